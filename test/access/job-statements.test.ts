import { Stack } from 'aws-cdk-lib';
import { jobStatements } from '../../src/access';

const JOBS = ['training-job', 'processing-job', 'hyper-parameter-tuning-job'];
const BY_CALLER = (key: string) => ({
  [`aws:${key}/ml-owner`]: '${aws:PrincipalTag/ml-owner}',
  [`aws:${key}/ml-base`]: '${aws:PrincipalTag/ml-base}',
});

describe('jobStatements', () => {
  const stack = new Stack(undefined, 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  const statements = jobStatements(stack, {
    baseName: 'base',
    subnetIds: ['subnet-1', 'subnet-2'],
    securityGroupId: 'sg-1',
    encryptionKeyArn: 'key',
  });

  test.each(['CreateTrainingJob', 'CreateProcessingJob', 'CreateHyperParameterTuningJob'])(
    '%s is allowed in the network of the base alone, and only with the tags of the caller',
    (action) => {
      const { conditions } = statementOf(`sagemaker:${action}`);

      expect(resourcesOf(`sagemaker:${action}`)).toEqual(sagemakerArns(JOBS));
      expect(conditions).toEqual({
        StringEquals: BY_CALLER('RequestTag'),
        'ForAllValues:StringEquals': {
          'sagemaker:VpcSubnets': ['subnet-1', 'subnet-2'],
          'sagemaker:VpcSecurityGroupIds': ['sg-1'],
        },
        Null: { 'sagemaker:VpcSubnets': 'false', 'sagemaker:VpcSecurityGroupIds': 'false' },
      });
    },
  );

  test('transform jobs, which run under the role of a model that may be of anybody, are not among them', () => {
    const actions = statements.flatMap((statement) => statement.actions);

    expect(actions.filter((action) => /Transform|Model/.test(action))).toEqual([]);
  });

  test('tags are set while creating only, so that nobody makes the work of others their own', () => {
    const { actions, conditions } = statementOf('sagemaker:AddTags');

    expect(actions).toEqual(['sagemaker:AddTags']);
    expect(resourcesOf('sagemaker:AddTags')).toEqual(sagemakerArns(JOBS));
    expect(conditions).toEqual({
      StringEquals: BY_CALLER('RequestTag'),
      StringLike: { 'sagemaker:TaggingAction': 'Create*' },
    });
    expect(statements.flatMap((statement) => statement.actions)).not.toContain('sagemaker:DeleteTags');
  });

  test.each(['StopTrainingJob', 'StopProcessingJob', 'DescribeTrainingJob'])(
    '%s is allowed by the tags of the resource, never by its name',
    (action) => {
      expect(statementOf(`sagemaker:${action}`).conditions).toEqual({ StringEquals: BY_CALLER('ResourceTag') });
      expect(resourcesOf(`sagemaker:${action}`)).toEqual(sagemakerArns(JOBS));
    },
  );

  test('owners pass roles of their own path on that base alone, and to SageMaker alone', () => {
    const { conditions } = statementOf('iam:PassRole');

    expect(resourcesOf('iam:PassRole')).toEqual([
      'iam::111122223333:role/ml-infra/base/${aws:PrincipalTag/ml-owner}/*',
    ]);
    expect(conditions).toEqual({ StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } });
  });

  test('the key is granted to resources of AWS through SageMaker alone', () => {
    const { resources, conditions } = statementOf('kms:CreateGrant');

    expect(resources).toEqual(['key']);
    expect(stack.resolve(conditions)).toEqual({
      Bool: { 'kms:GrantIsForAWSResource': 'true' },
      StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['sagemaker.eu-west-1.', { Ref: 'AWS::URLSuffix' }]] } },
    });
  });

  test('only network calls, which AWS wants unlimited, are allowed on all resources', () => {
    const everywhere = statements.filter(({ resources }) => resources.includes('*'));

    expect(everywhere).toHaveLength(1);
    expect(everywhere[0].actions.filter((action) => !/^ec2:(Create|Delete|Describe)/.test(action))).toEqual([]);
  });

  function statementOf(action: string) {
    const found = statements.filter(({ actions }) => actions.includes(action));
    expect(found).toHaveLength(1);
    return found[0];
  }

  function sagemakerArns(types: string[]): string[] {
    return types.map((type) => `sagemaker:eu-west-1:111122223333:${type}/*`);
  }

  /** ARNs from the service on. */
  function resourcesOf(action: string): string[] {
    const arns: { 'Fn::Join': [string, unknown[]] }[] = stack.resolve(statementOf(action).resources);
    return arns.map((arn) => String(arn['Fn::Join'][1].at(-1)).slice(1));
  }
});
