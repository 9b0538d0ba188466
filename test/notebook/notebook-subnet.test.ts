import { fullDiff } from '@aws-cdk/cloudformation-diff';
import { App, RemovalPolicy, Size, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import {
  FlowLogTraffic,
  InternetAccess,
  LifecycleStep,
  MlInstanceType,
  MlNetwork,
  MlNetworkProps,
  MlNotebook,
  MlNotebookProps,
  MlService,
  MlSharedInfra,
  NotebookLifecycle,
} from '../../src';

const TYPE = 'AWS::SageMaker::NotebookInstance';
const IDS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'];

describe('the subnet of a notebook', () => {
  test('is one of the first two, and both are used', () => {
    const subnets = new Set(Object.values(subnetsOf(define(IDS))));

    expect(subnets.size).toBe(2);
  });

  test.each<[string, () => Template]>([
    ['the order of notebooks', () => define([...IDS].reverse())],
    ['notebooks that come', () => define(['zoe', ...IDS, 'yan'])],
    ['a third zone', () => define(IDS, { maxAzs: 3 })],
    ['the path above', () => define(IDS, {}, {}, 'Elsewhere')],
  ])('does not move with %s', (_, changed) => {
    const before = subnetsOf(define(IDS));

    const after = subnetsOf(changed());

    expect(after).toMatchObject(before);
  });

  test('does not move with notebooks that go', () => {
    const before = subnetsOf(define(IDS));

    const after = subnetsOf(define(IDS.slice(3)));

    expect(before).toMatchObject(after);
  });

  test('stands in the zone that was asked for', () => {
    const zones = ['eu-central-1a', 'eu-central-1b'].map((availabilityZone) => {
      const template = define(['alice'], {}, { availabilityZone });
      const subnets = template.findResources('AWS::EC2::Subnet');
      return subnets[Object.values(subnetsOf(template))[0]].Properties.AvailabilityZone;
    });

    expect(zones).toEqual(['eu-central-1a', 'eu-central-1b']);
  });

  test('fails for a zone that the network is not in, and lists those it is in', () => {
    expect(() => define(['alice'], {}, { availabilityZone: 'eu-central-1z' })).toThrow(
      "Team/alice: 'availabilityZone' must be a zone of the network: eu-central-1a, eu-central-1b, got: eu-central-1z",
    );
  });

  test('fails for a zone when the zones are only known at deployment, and says what makes them known', () => {
    const stack = new Stack(new App(), 'Team');
    const shared = new MlSharedInfra(stack, 'Shared');

    expect(() => new MlNotebook(stack, 'alice', { shared, availabilityZone: 'eu-central-1a' })).toThrow(
      "Team/alice: 'availabilityZone' must be left out, since the zones of the network are only known at deployment; give its stack an 'env' with a region, got: eu-central-1a",
    );
  });
});

describe('a notebook is not replaced, and keeps its volume, by', () => {
  const before = define(IDS);
  const lifecycleOf = (shared: MlSharedInfra) =>
    new NotebookLifecycle(Stack.of(shared), 'Lifecycle', { shared, onStart: [LifecycleStep.script('a', 'true')] });

  test.each<[string, () => Template]>([
    ['another notebook', () => define(['zoe', ...IDS])],
    ['a lifecycle', () => define(IDS, {}, (shared) => ({ lifecycle: lifecycleOf(shared) }))],
    ['another instance type', () => define(IDS, {}, { instanceType: MlInstanceType.M5_XLARGE })],
    ['a larger volume', () => define(IDS, {}, { volumeSize: Size.gibibytes(100) })],
    ['root access', () => define(IDS, {}, { rootAccess: true })],
    ['an owner', () => define(IDS, {}, { owner: 'alice' })],
    ['a removal policy', () => define(IDS, {}, { removalPolicy: RemovalPolicy.DESTROY })],
    ['publishing the base', () => define(IDS, {}, (shared) => shared.publish('vision'))],
    ['more endpoints', () => define(IDS, { services: [MlService.KMS, MlService.GLUE] })],
    ['internet through gateways', () => define(IDS, { internetAccess: InternetAccess.NAT_GATEWAY })],
    ['internet through instances', () => define(IDS, { internetAccess: InternetAccess.NAT_INSTANCE })],
    ['public subnets', () => define(IDS, { publicSubnets: true })],
    ['a third zone', () => define(IDS, { maxAzs: 3 })],
    ['less in the flow logs', () => define(IDS, { flowLogs: FlowLogTraffic.NONE })],
    ['traffic between workloads', () => define(IDS, { trafficBetweenWorkloads: true })],
    ['egress to S3 alone', () => define(IDS, (scope) => ({ s3PrefixList: prefixList(scope) }))],
    [
      'traffic rules',
      () =>
        define(IDS, {}, (shared) =>
          shared.network.workloadSecurityGroup.addIngressRule(ec2.Peer.ipv4('10.1.0.0/16'), ec2.Port.tcp(8443)),
        ),
    ],
  ])('%s', (_, changed) => {
    const after = changed();

    expect(replacements(before, after)).toEqual([]);
  });

  test('nothing, because the guard sees a zone and direct internet access, which do replace', () => {
    const inZone = (availabilityZone: string) => replacements(before, define(IDS, {}, { availabilityZone }));

    const moved = [...inZone('eu-central-1a'), ...inZone('eu-central-1b')];

    expect(moved).toHaveLength(IDS.length);
    expect(replacements(before, define(IDS, {}, { directInternetAccess: true }))).toHaveLength(IDS.length);
  });
});

type Choice<T, From> = T | ((from: From) => T | unknown);

/** A network, a base and notebooks; `change` says what differs. */
function define(
  ids: string[],
  network: Choice<MlNetworkProps, Stack> = {},
  change: Choice<Partial<MlNotebookProps>, MlSharedInfra> = {},
  stackName = 'Team',
): Template {
  const env = { account: '111111111111', region: 'eu-central-1' };
  const zones = ['a', 'b', 'c'].map((letter) => `eu-central-1${letter}`);
  const context = { [`availability-zones:account=${env.account}:region=${env.region}`]: zones };
  const stack = new Stack(new App({ context }), stackName, { env });
  const networkProps = typeof network === 'function' ? network(stack) : network;
  const shared = new MlSharedInfra(stack, 'Shared', {
    network: new MlNetwork(stack, 'Network', networkProps as MlNetworkProps),
  });
  const props = typeof change === 'function' ? change(shared) : change;
  for (const id of ids) {
    new MlNotebook(stack, id, { shared, ...(isNotebookProps(props) ? props : {}) });
  }
  return Template.fromStack(stack);
}

function isNotebookProps(value: unknown): value is Partial<MlNotebookProps> {
  return typeof value === 'object' && value !== null && !('ruleId' in value);
}

function prefixList(scope: Stack) {
  return ec2.PrefixList.fromPrefixListId(scope, 'S3', 'pl-6ea54007');
}

/** Logical id of the subnet of each notebook, without what follows from the stack. */
function subnetsOf(template: Template): { [notebook: string]: string } {
  const notebooks = Object.entries(template.findResources(TYPE));
  return Object.fromEntries(notebooks.map(([id, { Properties }]) => [id, Properties.SubnetId.Ref]));
}

/** Notebooks that CloudFormation would replace, or may replace, with the properties that make it do so. */
function replacements(before: Template, after: Template): string[] {
  const changes: string[] = [];
  fullDiff(before.toJSON(), after.toJSON()).resources.forEachDifference((logicalId, difference) => {
    if (difference.resourceType === TYPE && /REPLACE/.test(difference.changeImpact)) {
      changes.push(logicalId);
    }
  });
  return changes;
}
