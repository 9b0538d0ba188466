import { runSimulation } from '@cloud-copilot/iam-simulate';
import { App, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { MlEnvironment } from '../../src/environment';
import { MlService } from '../../src/network';
import { MlSharedInfra } from '../../src/shared';
import { type DataPerimeterOptions, MlStorage } from '../../src/storage';
import { lint } from '../decisions/lint';
import { DeployedTemplates, type PlacedResource } from '../decisions/templates';
import { findingsIn } from '../shared/findings';
import { templateOf } from '../shared/templates';

const ENV = { account: '111122223333', region: 'eu-central-1' };
const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
const ENDPOINT = 'vpce-0123456789abcdef0';
const EVERYTHING = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

jest.setTimeout(60_000);

describe('data perimeter', () => {
  const app = new App();
  const stack = new Stack(app, 'Base', { env: ENV });
  const shared = new MlSharedInfra(stack, 'Shared');
  const loader = new iam.Role(stack, 'Loader', { assumedBy: new iam.AccountRootPrincipal() });
  shared.storage._keepInside(
    shared,
    { breakGlass: [new iam.ArnPrincipal(role('Admin')), new iam.ArnPrincipal(role('sso/*/Ops_*')), loader] },
    endpointsOf(shared),
  );
  const template = templateOf(app.synth(), 'Base') as never;
  const deployed = new DeployedTemplates([{ stackName: 'Base', region: ENV.region, template }]);
  const bucket = found('AWS::S3::Bucket', 'Datasets');
  const bucketPolicy = documentOf(found('AWS::S3::BucketPolicy', 'Datasets'));
  const bucketArn = deployed.attributeOf(bucket, 'Arn');
  const team = found('AWS::IAM::Role', 'NotebookRole');
  const teamArn = deployed.attributeOf(team, 'Arn');
  const inside = { 'aws:SourceVpce': deployed.refOf(found('AWS::EC2::VPCEndpoint', 'Endpoints3')) };
  const OWN = 'users/team/a.csv';

  describe('for those who may reach an object', () => {
    test.each([
      ['through the endpoint', inside, true],
      ['from the internet', {}, false],
      ['through an endpoint of somebody else', { 'aws:SourceVpce': 'vpce-0000000000000000f' }, false],
      ['from an address of the company', { 'aws:SourceIp': '192.0.2.1' }, false],
      ['by a service that they asked for it', { 'aws:ViaAWSService': 'true' }, true],
    ])('%s', async (_from, context, isAllowed) => {
      for (const action of ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:GetObjectVersion']) {
        expect([action, await may(teamArn, action, OWN, context)]).toEqual([action, isAllowed]);
      }
      const list = { ...context, 's3:prefix': 'users/team/' };
      expect(await may(teamArn, 's3:ListBucket', '', list)).toBe(isAllowed);
    });
  });

  test.each([
    ['Deployer', false],
    ['Admin', true],
    ['Administrator', false],
    ['sso/eu-central-1/Ops_a1b2', true],
    ['sso/eu-central-1/Dev_a1b2', false],
  ])('%s, who may do everything, reaches objects from outside: %p', async (name, isAllowed) => {
    for (const action of ['s3:GetObject', 's3:PutObject', 's3:GetObjectTagging', 's3:BypassGovernanceRetention']) {
      expect([action, await may(role(name), action, OWN)]).toEqual([action, isAllowed]);
    }
    for (const action of ['s3:ListBucket', 's3:ListBucketVersions', 's3:ListBucketMultipartUploads']) {
      expect([action, await may(role(name), action, '')]).toEqual([action, isAllowed]);
    }
  });

  test('a role of the app can be one of those who come in', async () => {
    expect(await may(deployed.attributeOf(found('AWS::IAM::Role', 'Loader'), 'Arn'), 's3:PutObject', OWN)).toBe(true);
  });

  test('locks nobody out who configures the buckets, such as CloudFormation', async () => {
    for (const action of [
      's3:PutBucketPolicy',
      's3:GetBucketPolicy',
      's3:DeleteBucketPolicy',
      's3:PutLifecycleConfiguration',
    ]) {
      expect([action, await may(role('Deployer'), action, '')]).toEqual([action, true]);
    }
  });

  test('stands around each of the three buckets, and not around the one that services log to', () => {
    for (const name of ['Datasets', 'Models', 'Artifacts', 'AccessLogs']) {
      const document = documentOf(found('AWS::S3::BucketPolicy', name));
      const sids = document.Statement.filter(({ Sid }: { Sid?: string }) => Sid?.startsWith('Deny'));
      expect([name, sids.length]).toEqual([name, name === 'AccessLogs' ? 0 : 2]);
    }
  });

  test('is a policy that AWS understands, and no checker complains about', async () => {
    expect(await lint({ name: 'Datasets', kind: 'bucket', policy: bucketPolicy })).toEqual([]);
    expect(findingsIn(stack)).toEqual([]);
  });

  describe('is refused', () => {
    const refused = "Other/Storage: 'dataPerimeter";
    const admin = new iam.ArnPrincipal(role('Admin'));

    test.each([
      ['nobody', []],
      ['everybody', [new iam.AnyPrincipal()]],
      ['everybody in other words', [new iam.StarPrincipal()]],
      ['everybody by ARN', [new iam.ArnPrincipal('*')]],
      ['every role', [new iam.ArnPrincipal(role('*'))]],
      ['roles of any account', [new iam.ArnPrincipal('arn:aws:iam::*:role/Admin')]],
      ['an account', [new iam.AccountPrincipal('111122223333')]],
      ['a service', [new iam.ServicePrincipal('athena.amazonaws.com')]],
      [
        'somebody on a condition',
        [new iam.PrincipalWithConditions(admin, { Bool: { 'aws:MultiFactorAuthPresent': 'true' } })],
      ],
    ])('with %s to come in from anywhere', (_who, breakGlass) => {
      expect(() => keep({ breakGlass })).toThrow(new RegExp(`^${refused}.breakGlass' must be `));
    });

    test('without an endpoint that anybody knows', () => {
      expect(() => keep({ breakGlass: [admin] }, ['provided-by-vpc'])).toThrow(
        `${refused}.endpointIds' must be given the id of the endpoint for S3 that the VPC has, as the network does not define one, got: []`,
      );
      expect(() => keep({ breakGlass: [admin], endpointIds: [ENDPOINT] }, ['provided-by-vpc'])).not.toThrow();
    });

    test.each(['vpc-0123', '*', ''])('for endpoint %j', (id) => {
      expect(() => keep({ breakGlass: [admin], endpointIds: [id] })).toThrow(
        `${refused}.endpointIds' must be ids of endpoints`,
      );
    });

    test('with what is misspelt', () => {
      expect(() => keep({ breakGlass: [admin], break_glass: [] } as DataPerimeterOptions)).toThrow(
        `${refused}' must be with no props but breakGlass, endpointIds`,
      );
    });

    test('twice, since nothing comes through two endpoints at once', () => {
      const storage = new MlStorage(new Stack(new App(), 'Other', { env: ENV }), 'Storage');
      storage._keepInside(storage, { breakGlass: [admin] }, [ENDPOINT]);

      expect(() => storage._keepInside(storage, { breakGlass: [admin] }, [ENDPOINT])).toThrow(
        `${refused}' must be given by one base for the buckets that several share; name the endpoints of all in that of Other/Storage`,
      );
    });

    test('for storage of another stack than the network, before the two wait for each other', () => {
      const both = new App();
      const storage = new MlStorage(new Stack(both, 'Data', { env: ENV }), 'Storage');
      const base = new MlSharedInfra(new Stack(both, 'Other', { env: ENV }), 'Storage', { storage });

      expect(endpointsOf(base)).toHaveLength(1);
      expect(() => storage._keepInside(base, { breakGlass: [admin] }, endpointsOf(base))).toThrow(
        `${refused}' must be left out where storage and network stand in different stacks, which would wait for each other`,
      );
    });

    test('around buckets that exist, whose policies are not changed', () => {
      const other = new Stack(undefined, 'Other');
      const bucket = s3.Bucket.fromBucketName(other, 'Bucket', 'theirs');
      const existing = MlStorage.fromBuckets(other, 'Storage', { datasets: bucket, models: bucket, artifacts: bucket });

      expect(() => existing._keepInside(existing, { breakGlass: [admin] }, [ENDPOINT])).toThrow(
        `${refused}' must be left out for buckets that exist, whose policies are not changed`,
      );
    });
  });

  test('lets in what copies objects to another region, on both sides, and what empties buckets that are deleted', async () => {
    const regions = ['eu-central-1', 'eu-west-1'];
    const copied = new App({ context: { 'cdk-ml-infra:removeData': true } });
    const [here, there] = regions.map((region) => new Stack(copied, region, { env: { ...ENV, region } }));
    MlEnvironment.set(copied, MlEnvironment.DEV);
    const replica = new MlStorage(there, 'Storage');
    const options = { breakGlass: [new iam.ArnPrincipal(role('Admin'))] };
    replica._keepInside(replica, options, [ENDPOINT]);
    const source = new MlStorage(here, 'Storage', { replicateTo: replica });
    source._keepInside(source, options, [ENDPOINT]);

    const assembly = copied.synth();
    const both = new DeployedTemplates(
      regions.map((region) => ({ stackName: region, region, template: templateOf(assembly, region) as never })),
    );
    const [copier] = both.ofType('AWS::IAM::Role').filter(({ logicalId }) => logicalId.includes('Replication'));
    const cleaners = both.ofType('AWS::IAM::Role').filter(({ logicalId }) => logicalId.includes('AutoDelete'));
    const policies = both.ofType('AWS::S3::BucketPolicy').filter(({ logicalId }) => !logicalId.includes('AccessLogs'));
    expect([cleaners.length, policies.length]).toEqual([2, 6]);
    for (const policy of policies) {
      const resourcePolicy = both.resolve(policy.stack, policy.resource.Properties.PolicyDocument);
      const [cleaner] = cleaners.filter(({ stack: { region } }) => region === policy.stack.region);
      const name = both.resolve(policy.stack, policy.resource.Properties.Bucket);
      const reaches = async (who: string) =>
        isAllowed({
          who,
          action: 's3:DeleteObject',
          on: `arn:aws:s3:::${name}/a`,
          resourcePolicy,
          identity: [EVERYTHING],
        });
      expect(await reaches(both.attributeOf(copier, 'Arn'))).toBe(true);
      expect(await reaches(both.attributeOf(cleaner, 'Arn'))).toBe(true);
      expect(await reaches(role('Deployer'))).toBe(false);
    }
  });

  function keep(options: DataPerimeterOptions, endpointIds = [ENDPOINT]) {
    const storage = new MlStorage(new Stack(new App(), 'Other', { env: ENV }), 'Storage');
    storage._keepInside(storage, options, endpointIds);
  }

  /** As the base finds them. */
  function endpointsOf({ network }: MlSharedInfra): string[] {
    const ids: string[] = [];
    network._forEachEndpoint((service, id) => ids.push(...(service === MlService.S3.name ? [id] : [])));
    return ids;
  }

  function found(type: string, name: string): PlacedResource {
    const [first, ...others] = deployed.ofType(type).filter(({ logicalId }) => logicalId.includes(name));
    expect([name, others.length]).toEqual([name, 0]);
    return first;
  }

  function documentOf({ stack: place, resource }: PlacedResource) {
    return deployed.resolve(place, resource.Properties.PolicyDocument);
  }

  /** Whether somebody may, by the policies of the template; whoever is not of it may do everything. */
  function may(who: string, action: string, key: string, context = {}): Promise<boolean> {
    const arns: string[] = deployed.resolve(team.stack, team.resource.Properties.ManagedPolicyArns);
    const attached = deployed
      .ofType('AWS::IAM::ManagedPolicy')
      .filter((policy) => arns.includes(deployed.refOf(policy)));
    const tags = { 'aws:PrincipalTag/ml-owner': 'team', 'aws:PrincipalTag/ml-base': shared.baseName };
    return isAllowed({
      who,
      action,
      on: key === '' ? bucketArn : `${bucketArn}/${key}`,
      resourcePolicy: bucketPolicy,
      identity: who === teamArn ? attached.map(documentOf) : [EVERYTHING],
      context: { ...(who === teamArn ? tags : {}), ...context },
    });
  }
});

interface Request {
  readonly who: string;
  readonly action: string;
  readonly on: string;
  // biome-ignore lint/suspicious/noExplicitAny: the content of a template has no type
  readonly resourcePolicy: any;
  // biome-ignore lint/suspicious/noExplicitAny: the content of a template has no type
  readonly identity: any[];
  readonly context?: { readonly [key: string]: string };
}

async function isAllowed({ who, action, on, resourcePolicy, identity, context = {} }: Request): Promise<boolean> {
  const result = await runSimulation(
    {
      request: {
        principal: who,
        action,
        resource: { resource: on, accountId: ENV.account },
        contextVariables: {
          'aws:PrincipalArn': who,
          'aws:PrincipalAccount': ENV.account,
          'aws:PrincipalIsAWSService': 'false',
          'aws:ViaAWSService': 'false',
          'aws:SecureTransport': 'true',
          's3:TlsVersion': '1.3',
          ...context,
        },
      },
      identityPolicies: identity.map((policy, index) => ({ name: String(index), policy })),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy,
    },
    {},
  );
  if (result.resultType === 'error') {
    throw new Error(JSON.stringify(result.errors));
  }
  return result.overallResult === 'Allowed';
}
