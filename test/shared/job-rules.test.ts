import { App, CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import { JobRules, MlInstanceType, MlNetwork, MlSharedInfra, MlStorage, StorageEncryption } from '../../src';
import { conditionsOf } from '../../src/shared/job-rules';
import { longest } from './longest-names';

describe('rules for jobs', () => {
  let stack: Stack;
  beforeEach(() => {
    stack = new Stack(new App(), 'Team');
  });

  test('are conditions of the one statement that starts jobs', () => {
    const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/abc');
    new MlSharedInfra(stack, 'Shared', {
      encryptionKey,
      jobs: {
        networkIsolation: true,
        interContainerTrafficEncryption: true,
        instanceTypes: [MlInstanceType.M5_XLARGE],
        maxRuntime: Duration.hours(2),
        encryptedVolumes: true,
        encryptedOutput: true,
      },
    });

    Template.fromStack(stack).hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: Match.arrayWith(['sagemaker:CreateTrainingJob']),
            Condition: {
              StringEquals: {
                'aws:RequestTag/ml-owner': '${aws:PrincipalTag/ml-owner}',
                'aws:RequestTag/ml-base': '${aws:PrincipalTag/ml-base}',
                'sagemaker:VolumeKmsKeyArn': encryptionKey.keyArn,
                'sagemaker:OutputKmsKeyArn': encryptionKey.keyArn,
              },
              'ForAllValues:StringEquals': Match.objectLike({ 'sagemaker:InstanceTypes': ['ml.m5.xlarge'] }),
              Null: {
                'sagemaker:VpcSubnets': 'false',
                'sagemaker:VpcSecurityGroupIds': 'false',
                'sagemaker:InstanceTypes': 'false',
              },
              Bool: { 'sagemaker:NetworkIsolation': 'true', 'sagemaker:InterContainerTrafficEncryption': 'true' },
              NumericLessThanEquals: { 'sagemaker:MaxRuntimeInSeconds': 7_200 },
            },
          }),
        ]),
      },
    });
  });

  test('leave the policy smaller than IAM takes, with as many machines and subnets as there can be', () => {
    const names = [...Array(20).keys()].map((index) => `ml.trn1n-flex${index + 10}.48xlarge`);
    new MlSharedInfra(stack, 'Shared', {
      network: new MlNetwork(stack, 'Network', { maxAzs: 3 }),
      jobs: {
        networkIsolation: true,
        interContainerTrafficEncryption: true,
        instanceTypes: names.map((name) => MlInstanceType.of(name)),
        maxRuntime: Duration.days(28),
        encryptedVolumes: true,
        encryptedOutput: true,
      },
    });

    const policies = Object.values(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy'));
    const sizes = policies.map(({ Properties }) => longest(Properties.PolicyDocument).length);
    expect(Math.max(...sizes)).toBeGreaterThan(4_000);
    expect(Math.max(...sizes)).toBeLessThan(6_144);
  });

  test('are none by default', () => {
    expect(Object.values(conditions({})).filter((value) => value !== undefined)).toEqual([]);
  });

  test('of the value false are none', () => {
    new MlSharedInfra(stack, 'Shared', { jobs: { networkIsolation: false, encryptedVolumes: false } });

    expect(JSON.stringify(Template.fromStack(stack))).not.toMatch(/sagemaker:(NetworkIsolation|VolumeKmsKeyArn)/);
  });

  test.each<[string, JobRules, string]>([
    ['no machine', { instanceTypes: [] }, "'jobs.instanceTypes' must be a list of 1 to 20, got: []"],
    [
      'a machine twice',
      { instanceTypes: [MlInstanceType.M5_XLARGE, MlInstanceType.of('ml.m5.xlarge')] },
      "'jobs.instanceTypes' must be a list without repetition, got: ml.m5.xlarge",
    ],
    [
      'more machines than a policy has room for',
      { instanceTypes: [...Array(21).keys()].map((index) => MlInstanceType.of(`ml.m${index}.large`)) },
      "'jobs.instanceTypes' must be a list of 1 to 20, got: ",
    ],
    [
      'a machine without prefix',
      { instanceTypes: [MlInstanceType.of('m5.xlarge')] },
      "'jobs.instanceTypes[0]' must be a SageMaker instance type such as 'ml.m5.xlarge', with the prefix ml., got: m5.xlarge",
    ],
    [
      'no time at all',
      { maxRuntime: Duration.seconds(0) },
      "'jobs.maxRuntime' must be a whole number of seconds from 1 to 2419200, got: ",
    ],
    [
      'more time than AWS gives',
      { maxRuntime: Duration.days(29) },
      "'jobs.maxRuntime' must be a whole number of seconds from 1 to 2419200, got: 29 days",
    ],
  ])('fail for %s', (_, rules, message) => {
    expect(() => new MlSharedInfra(stack, 'Shared', { jobs: rules })).toThrow(`Team/Shared: ${message}`);
  });

  test('fail for a time that is known at deployment only, since it stands in a policy', () => {
    const seconds = new CfnParameter(stack, 'Seconds', { type: 'Number' }).valueAsNumber;

    expect(() => conditions({ maxRuntime: Duration.seconds(seconds) })).toThrow(
      /^Team: 'jobs.maxRuntime' must be known at synthesis, because it stands in a policy, got: /,
    );
  });

  test('fail for encrypted output where the buckets have no key', () => {
    const storage = new MlStorage(stack, 'Storage', { encryption: StorageEncryption.S3_MANAGED });

    expect(() => new MlSharedInfra(stack, 'Shared', { storage, jobs: { encryptedOutput: true } })).toThrow(
      "Team/Shared: 'jobs.encryptedOutput' must be left out where the buckets have no key of KMS, got: true",
    );
  });

  function conditions(rules: JobRules) {
    return conditionsOf(stack, rules, { volumeKeyArn: 'volumes', outputKeyArn: 'output' });
  }
});
