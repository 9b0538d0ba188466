import { App, Stack, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as flags from 'aws-cdk-lib/recommended-feature-flags.json';
import {
  AwsSolutionsChecks,
  HIPAASecurityChecks,
  NagPack,
  NIST80053R4Checks,
  NIST80053R5Checks,
  PCIDSS321Checks,
} from 'cdk-nag';
import { acknowledge, acknowledgeWildcards } from '../../src/private/acknowledgements';

describe('acknowledgements', () => {
  test.each([
    ['AwsSolutions', AwsSolutionsChecks, 'S1'],
    ['HIPAA.Security', HIPAASecurityChecks, 'S3BucketReplicationEnabled'],
    ['NIST.800.53.R4', NIST80053R4Checks, 'S3BucketReplicationEnabled'],
    ['NIST.800.53.R5', NIST80053R5Checks, 'S3BucketReplicationEnabled'],
    ['PCI.DSS.321', PCIDSS321Checks, 'S3BucketReplicationEnabled'],
  ])('%s no longer finds what was acknowledged, and still finds the rest', (_name, Pack, rule) => {
    const bucket = new s3.Bucket(new Stack(new App(), 'Stack'), 'Bucket');
    const before = findings(new Pack(), bucket);

    acknowledge(bucket, { [rule]: 'Why' });

    const after = findings(new Pack(), bucket);
    expect(before.filter((finding) => !after.includes(finding))).toEqual([expect.stringContaining(rule)]);
    expect(after.length).toBeGreaterThan(0);
  });

  test.each([
    ['no flag', {}],
    ['all recommended flags', flags],
  ])('the wildcards of a policy are accepted, each under its own id: %s', (_what, context) => {
    const stack = new Stack(new App({ context }), 'Stack');
    const bucket = new s3.Bucket(stack, 'Bucket');
    const policy = policyOn(stack, [
      '*',
      bucket.arnForObjects('users/${aws:PrincipalTag/ml-owner}/*'),
      stack.formatArn({ service: 'sagemaker', resource: 'model', resourceName: '*' }),
    ]);
    const before = findings(new AwsSolutionsChecks(), policy);

    acknowledgeWildcards(policy, 'Why');

    expect(before).toHaveLength(3);
    expect(findings(new AwsSolutionsChecks(), policy)).toEqual([]);
  });

  test('a wildcard that comes later is found again', () => {
    const policy = policyOn(new Stack(new App(), 'Stack'), ['*']);

    acknowledgeWildcards(policy, 'Why');
    policy.addStatements(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['*/later'] }));

    expect(findings(new AwsSolutionsChecks(), policy)).toEqual([expect.stringContaining('Resource::*/later')]);
  });

  test('neither resources without wildcard nor denied ones need a reason', () => {
    const policy = policyOn(new Stack(new App(), 'Stack'), ['exact']);
    policy.addStatements(
      new iam.PolicyStatement({ effect: iam.Effect.DENY, actions: ['s3:GetObject'], resources: ['denied*'] }),
    );

    acknowledgeWildcards(policy, 'Why');

    const metadata = policy.node.metadata.filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY);
    expect(metadata).toEqual([]);
  });

  function policyOn(stack: Stack, resources: string[]): iam.ManagedPolicy {
    const statements = [new iam.PolicyStatement({ actions: ['s3:GetObject'], resources })];
    return new iam.ManagedPolicy(stack, 'Policy', { statements });
  }

  function findings(pack: NagPack, scope: iam.ManagedPolicy | s3.Bucket): string[] {
    return pack.validateScope(scope).violations.map(({ ruleName }) => ruleName);
  }
});
