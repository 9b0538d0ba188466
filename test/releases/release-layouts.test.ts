import { App } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import * as library from '../../src';
import { type RecordedResource, type RecordedStacks, recordedStacks } from './recorded-template';
import { LAYOUTS } from './release-layouts';

jest.setTimeout(60_000);

const ENV = { account: '111111111111', region: 'eu-central-1' };

let stacks: RecordedStacks;
beforeAll(() => {
  stacks = recordedStacks(LAYOUTS.everything, {}, ENV);
});

test('every construct of the library stands in what releases record', () => {
  const app = new App();
  LAYOUTS.everything(app, ENV);
  const nodes = app.node.findAll();
  const constructs = Object.entries(library).filter(
    ([, exported]) => typeof exported === 'function' && exported.prototype instanceof Construct,
  );

  expect(constructs.length).toBeGreaterThan(8);
  const missing = constructs.filter(([, Exported]) => !nodes.some((node) => node instanceof (Exported as never)));
  expect(missing.map(([name]) => name)).toEqual([]);
});

test.each<[string, (resource: RecordedResource) => boolean]>([
  ['a key of storage that stands alone', ({ Type, Path }) => Type === 'AWS::KMS::Key' && Path.startsWith('Storage/')],
  ['buckets with Object Lock', ({ Properties }) => Properties.ObjectLockConfiguration !== undefined],
  ['buckets that are copied', ({ Properties }) => Properties.ReplicationConfiguration !== undefined],
  ['NAT gateways', ({ Type }) => Type === 'AWS::EC2::NatGateway'],
  ['NAT instances', ({ Type }) => Type === 'AWS::EC2::Instance'],
  ['nested stacks', ({ Type }) => Type === 'AWS::CloudFormation::Stack'],
  ['published values', ({ Type }) => Type === 'AWS::SSM::Parameter'],
  ['trails', ({ Type }) => Type === 'AWS::CloudTrail::Trail'],
  ['data that may be removed', ({ Type, DeletionPolicy }) => Type === 'AWS::S3::Bucket' && DeletionPolicy === 'Delete'],
  ['what empties it', ({ Type }) => Type === 'Custom::S3AutoDeleteObjects'],
  ['schedules', ({ Type }) => Type === 'AWS::Scheduler::Schedule'],
])('%s are recorded', (_, isIt) => {
  const resources = Object.values(stacks).flatMap(({ Resources }) => Object.values(Resources));

  expect(resources.filter(isIt).length).toBeGreaterThan(0);
});

test.each(Object.values(library.ExecutionRoleUse))(
  'a role for "%s" is recorded, of an owner and of the team',
  (use) => {
    const paths = Object.values(stacks).flatMap(({ Resources }) =>
      Object.values(Resources)
        .filter(({ Type }) => Type === 'AWS::IAM::Role')
        .map(({ Path }) => Path.split('/')[0]),
    );

    expect(paths).toEqual(expect.arrayContaining([use, `Role-${use}`]));
  },
);

test('an app that reads a base and one on a VPC of somebody else are recorded', () => {
  expect(Object.values(stacks.Reader.Parameters).map(({ Default }) => Default)).toContainEqual(
    expect.stringMatching('^/ml-infra/guarded/'),
  );
  const paths = Object.values(stacks.Existing.Resources).map(({ Path }) => Path);
  expect(paths).toContainEqual(expect.stringMatching('^Network/Endpoints/'));
  expect(paths).not.toContainEqual(expect.stringMatching('^Network/Vpc/'));
});
