import { Annotations, App, Aspects, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as recommended from 'aws-cdk-lib/recommended-feature-flags.json';
import { Construct, IConstruct } from 'constructs';
import { MlSharedInfra } from '../../../src';
import { MlNetwork, MlService, NetworkRisk } from '../../../src/network';
import { MlNotebook } from '../../../src/notebook';
import { existingNetwork, refusalsOf, Scene } from './scene';

const REASON = 'Decided with the security team, ticket 42';
const OUT = { natGatewayId: 'nat-1', destinationCidrBlock: '0.0.0.0/0' };

/** One way to break each thing that a network is for, and the risk that accepts it. */
const WAYS: [string, (scene: Scene) => void, NetworkRisk | undefined][] = [
  ['a route out', (scene) => void scene.route(OUT), undefined],
  [
    'a route elsewhere',
    (scene) => void scene.route({ transitGatewayId: 'tgw-1', destinationCidrBlock: '0.0.0.0/0' }),
    NetworkRisk.ROUTE_TO_OTHER_NETWORK,
  ],
  [
    'a public address',
    ({ stack, subnetId }) => void new ec2.CfnNatGateway(stack, 'Nat', { subnetId }),
    NetworkRisk.PUBLIC_ADDRESS,
  ],
  [
    'an open group',
    ({ network }) => network.workloadSecurityGroup.addIngressRule(ec2.Peer.anyIpv4(), ec2.Port.HTTPS),
    NetworkRisk.OPEN_INGRESS,
  ],
  [
    'an endpoint that is gone',
    ({ network }) => void network.node.findChild('Endpoints').node.tryRemoveChild('Endpoint-sts'),
    NetworkRisk.UNREACHABLE_SERVICE,
  ],
  ['a service without a way', (scene) => grant(scene, 'sqs:SendMessage'), NetworkRisk.UNREACHABLE_SERVICE],
];

describe('the guard of a network', () => {
  describe.each([
    ['no feature flags', {}],
    ['all recommended feature flags', recommended],
  ])('with %s', (_, flags) => {
    test('lets an app pass that undoes nothing', () => {
      expect(refusalsOf(new Scene({ services: [MlService.DYNAMODB] }, flags).app)).toEqual([]);
    });

    test.each(WAYS)('refuses %s, in one sentence', (_what, define, risk) => {
      const scene = new Scene({}, flags);
      define(scene);

      const [refusal, ...others] = refusalsOf(scene.app);
      expect(others).toEqual([]);
      expect(refusal).toMatch(/^Team\/[^:]+: '[a-zA-Z]+' must be .+, got: .+$/);
      expect(refusal.includes('acceptRisk')).toBe(risk !== undefined);
    });
  });

  test.each(WAYS)('accepts %s where the app says why, and no other word does', (_what, define, risk) => {
    const [right, wrong] = [new Scene(), new Scene()];
    for (const accepted of Object.values(NetworkRisk)) {
      (accepted === risk ? right : wrong).network.acceptRisk(accepted, REASON);
    }
    define(right);
    define(wrong);

    expect(refusalsOf(wrong.app)).toHaveLength(1);
    expect(refusalsOf(right.app)).toHaveLength(risk === undefined ? 1 : 0);
  });

  test('accepts a risk of a network in an existing VPC, and of that network alone', () => {
    const scene = new Scene();
    const existing = existingNetwork(scene);
    for (const network of [existing, scene.network]) {
      network.workloadSecurityGroup.addIngressRule(ec2.Peer.anyIpv4(), ec2.Port.HTTPS);
    }
    expect(refusalsOf(scene.app)).toHaveLength(2);

    existing.acceptRisk(NetworkRisk.OPEN_INGRESS, REASON);
    expect(refusalsOf(scene.app)).toEqual([expect.stringContaining('Team/Network/SecurityGroups')]);
  });

  test.each<[string, (app: App) => Construct]>([
    ['a stage', (app) => new Stack(new Stage(app, 'Prod'), 'Team')],
    ['a nested stack', (app) => new NestedStack(new Stack(app, 'Team'), 'Nested')],
    ['a nested stack of a stage', (app) => new NestedStack(new Stack(new Stage(app, 'Prod'), 'Team'), 'Nested')],
  ])('looks into %s', (_what, place) => {
    const app = new App();
    const network = new MlNetwork(place(app), 'Network');
    const [{ routeTable }] = network.subnets;
    new ec2.CfnRoute(network, 'Out', { ...OUT, routeTableId: routeTable.routeTableId });

    expect(refusalsOf(app)).toEqual([expect.stringContaining("Network/Out: 'natGatewayId' must be left out")]);
  });

  test('finds what another stack does', () => {
    const scene = new Scene();
    scene.route(OUT, new Stack(scene.app, 'Other'));

    expect(refusalsOf(scene.app)).toEqual([expect.stringContaining("Other/Route: 'natGatewayId' must be left out")]);
  });

  test('finds what an aspect adds at the last moment', () => {
    const scene = new Scene();
    const visit = (node: IConstruct) => {
      if (node === scene.stack && !scene.stack.node.tryFindChild('Route')) {
        scene.route(OUT);
      }
    };
    Aspects.of(scene.app).add({ visit }, { priority: 900 });

    expect(refusalsOf(scene.app)).toHaveLength(1);
  });

  test('looks anew at each synthesis', () => {
    const scene = new Scene();
    expect(refusalsOf(scene.app)).toEqual([]);
    scene.route(OUT);
    expect(refusalsOf(scene.app)).toHaveLength(1);
    scene.stack.node.tryRemoveChild('Route');

    expect(refusalsOf(scene.app)).toEqual([]);
  });

  test('says of all networks of an app what is wrong', () => {
    const scene = new Scene();
    const other = new MlNetwork(new Stack(scene.app, 'Other'), 'Network');
    scene.route(OUT);
    other.endpointSecurityGroup.addIngressRule(ec2.Peer.anyIpv6(), ec2.Port.HTTPS);

    expect(refusalsOf(scene.app)).toHaveLength(2);
  });

  test('warns of rights that another service may use for the workload, once, and heeds who knows it', () => {
    const warned = new Scene();
    grant(warned, 'glue:GetTable');
    expect(refusalsOf(warned.app)).toEqual([]);
    expect(warningsOf(warned.app)).toEqual([expect.stringContaining('give it services: [MlService.GLUE]')]);

    const known = new Scene();
    grant(known, 'glue:GetTable');
    Annotations.of(known.network).acknowledgeWarning('cdk-ml-infra:unreachableService');
    expect(warningsOf(known.app)).toEqual([]);

    const accepted = new Scene();
    grant(accepted, 'glue:GetTable');
    accepted.network.acceptRisk(NetworkRisk.UNREACHABLE_SERVICE, REASON);
    expect(warningsOf(accepted.app)).toEqual([]);
  });

  test('refuses a right that an app gives to a notebook on a service without a way', () => {
    const app = new App();
    const stack = new Stack(app, 'Team');
    const shared = new MlSharedInfra(stack, 'Shared');
    const [alice, team] = ['alice', undefined].map(
      (owner) => new MlNotebook(stack, owner ?? 'team', { shared, owner }).grantPrincipal,
    );
    const secret = new secretsmanager.Secret(new Stack(app, 'Secrets'), 'Secret');
    secret.grantRead(alice);
    secret.grantRead(team);

    expect(refusalsOf(app)).toEqual([
      expect.stringMatching(
        /^Team\/MlOwners-.*\/alice:Grants\/Policy\/Resource: 'actions' .*MlService\.SECRETS_MANAGER/,
      ),
      expect.stringMatching(/'actions' must be on services that Team\/Shared\/Network reaches; .*secretsmanager:/),
    ]);
    shared.network.requireService(MlService.SECRETS_MANAGER);
    expect(refusalsOf(app)).toEqual([]);
  });

  test('leaves what was accepted in the cloud assembly', () => {
    const { app, network } = new Scene();
    network.acceptRisk(NetworkRisk.OPEN_INGRESS, REASON);
    const { metadata } = app.synth().getStackByName('Team');

    expect(metadata['/Team/Network']).toContainEqual(
      expect.objectContaining({ type: 'cdk-ml-infra:acceptedRisk', data: { risk: 'open-ingress', reason: REASON } }),
    );
  });

  test('guards a network that another class implements', () => {
    const scene = new Scene();
    const other = new Stack(scene.app, 'Other');
    const vpc = ec2.Vpc.fromVpcAttributes(other, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'] });
    const group = (id: string) => ec2.SecurityGroup.fromSecurityGroupId(other, id, `sg-${id}`);
    const network = Object.assign(new Construct(other, 'Network'), {
      vpc,
      subnets: [],
      internetAccess: scene.network.internetAccess,
      workloadSecurityGroup: group('1'),
      endpointSecurityGroup: group('2'),
    });
    const risks = MlNetwork._guard(network as never, []);
    network.workloadSecurityGroup.addIngressRule(ec2.Peer.anyIpv4(), ec2.Port.HTTPS);
    expect(refusalsOf(scene.app)).toHaveLength(1);

    risks.accept(NetworkRisk.OPEN_INGRESS, REASON);
    expect(refusalsOf(scene.app)).toEqual([]);
  });
});

function grant(scene: Scene, action: string): void {
  const role = scene.role();
  role.addToPolicy(new iam.PolicyStatement({ actions: [action], resources: ['*'] }));
  scene.notebook(role);
}

function warningsOf(app: App): string[] {
  return app
    .synth({ force: true })
    .stacks.flatMap(({ messages }) => messages)
    .map(({ entry }) => String(entry.data))
    .filter((text) => text.includes('unreachableService') || text.includes('MlService'));
}
