import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { MlService, MlSharedInfra, MlSharedInfraProps } from '../../src';

const VALUES = [
  'base-name',
  'buckets/artifacts',
  'buckets/datasets',
  'buckets/models',
  'endpoints/logs',
  'endpoints/s3',
  'endpoints/sagemaker-api',
  'endpoints/sagemaker-runtime',
  'endpoints/sts',
  'environment',
  'keys/storage',
  'keys/volumes',
  'policies/jobs',
  'policies/permissions-boundary',
  'policies/workspace',
  'roles/notebook/arn',
  'roles/notebook/name',
  'security-groups/endpoint',
  'security-groups/workload',
  'subnets/1',
  'subnets/2',
  'vpc-id',
];

describe('publish', () => {
  let app: App;
  let stack: Stack;
  beforeEach(() => {
    app = new App();
    stack = new Stack(app, 'Base');
  });

  test('writes one text parameter per value below the name', () => {
    base().publish('vision');

    expect(Object.keys(published())).toEqual(VALUES.map((value) => `/ml-infra/vision/${value}`));
    Template.fromStack(stack).allResourcesProperties('AWS::SSM::Parameter', { Type: 'String' });
  });

  test('writes what the base is, and not what an import of it would guess', () => {
    const shared = base({ baseName: 'vision-base' });

    shared.publish('vision');

    const value = published();
    expect(value['/ml-infra/vision/base-name']).toBe('vision-base');
    expect(value['/ml-infra/vision/environment']).toBe('prod');
    expect(value['/ml-infra/vision/vpc-id']).toEqual(stack.resolve(shared.network.vpc.vpcId));
    expect(value['/ml-infra/vision/subnets/2']).toEqual(stack.resolve(shared.network.subnets[1].subnetId));
    expect(value['/ml-infra/vision/buckets/models']).toEqual(stack.resolve(shared.storage.models.bucketName));
    expect(value['/ml-infra/vision/keys/volumes']).toEqual(stack.resolve(shared.encryptionKey.keyArn));
    expect(value['/ml-infra/vision/roles/notebook/name']).toEqual(stack.resolve(shared.notebookRole.roleName));
  });

  test('also writes endpoints that are required later, once each', () => {
    const shared = base();
    shared.publish('vision');

    shared.network.requireService(MlService.SECRETS_MANAGER);
    shared.network.requireService(MlService.SECRETS_MANAGER);

    const names = Object.keys(published());
    expect(names).toHaveLength(VALUES.length + 1);
    expect(names).toContain('/ml-infra/vision/endpoints/secretsmanager');
  });

  test('writes the ARN of its boundary', () => {
    const permissionsBoundary = iam.ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'corporate');

    base({ permissionsBoundary }).publish('vision');

    expect(published()['/ml-infra/vision/policies/permissions-boundary']).toEqual(
      stack.resolve(permissionsBoundary.managedPolicyArn),
    );
  });

  test("writes 'none' for a boundary that it has not, since a parameter cannot be empty", () => {
    base().publish('vision');

    expect(published()['/ml-infra/vision/policies/permissions-boundary']).toBe('none');
  });

  test('can be done under several names', () => {
    const shared = base();

    shared.publish('vision');
    shared.publish('vision.v2');

    expect(Object.keys(published())).toHaveLength(2 * VALUES.length);
  });

  test('fails for a name that another base of the app is published under', () => {
    base().publish('vision');
    const other = new MlSharedInfra(new Stack(app, 'Other'), 'Shared');

    expect(() => other.publish('vision')).toThrow(
      "Other/Shared: 'name' must be a name that no other base of the app is published under (Base has it), got: vision",
    );
  });

  test('fails when done twice under one name', () => {
    const shared = base();
    shared.publish('vision');

    expect(() => shared.publish('vision')).toThrow(/^Base\/Shared: 'name' must be .*, got: vision$/);
  });

  test('can use one name in each region, as each has its own parameters', () => {
    const publishIn = (region: string) =>
      new MlSharedInfra(new Stack(app, region, { env: { account: '111111111111', region } }), 'Shared').publish(
        'vision',
      );
    publishIn('us-east-1');

    expect(() => publishIn('eu-west-1')).not.toThrow();
  });

  test.each([
    ['before', true],
    ['after', false],
  ])('has readers in the same app deployed later, when the base is published %s they read it', (_, first) => {
    const shared = base();
    const reader = new Stack(app, 'Reader');
    if (first) {
      shared.publish('vision');
    }

    MlSharedInfra.fromPublished(reader, 'Shared', 'vision');
    if (!first) {
      shared.publish('vision');
    }

    expect(reader.dependencies).toEqual([stack]);
    expect(stack.dependencies).toEqual([]);
  });

  test('does not order stacks of different regions', () => {
    const inRegion = (region: string) => new Stack(app, region, { env: { account: '111111111111', region } });
    new MlSharedInfra(inRegion('us-east-1'), 'Shared').publish('vision');
    const reader = inRegion('eu-west-1');

    MlSharedInfra.fromPublished(reader, 'Shared', 'vision');

    expect(reader.dependencies).toEqual([]);
  });

  function base(props: MlSharedInfraProps = {}) {
    return new MlSharedInfra(stack, 'Shared', props);
  }

  function published(): { [name: string]: unknown } {
    const parameters = Object.values(Template.fromStack(stack).findResources('AWS::SSM::Parameter'));
    const entries = parameters.map(({ Properties }) => [Properties.Name, Properties.Value] as const);
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  }
});
