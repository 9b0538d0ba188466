import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { jobRoleStatements, MODEL_AREAS, modelRoleStatements, pipelineRoleStatements } from '../../src/access';
import { PURPOSES } from '../../src/storage/purposes';

const stack = new Stack(undefined, 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
const actionsOf = (statements: iam.PolicyStatement[]) => statements.flatMap(({ actions }) => actions);

describe('jobRoleStatements', () => {
  const data = new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['data'] });
  const statements = jobRoleStatements(stack, [data], 'key');

  test('begin with the data that they were given', () => {
    expect(statements[0]).toBe(data);
  });

  test('know nothing of SageMaker, roles or notebooks', () => {
    expect(actionsOf(statements).filter((action) => /^(sagemaker|iam|sts|states):/.test(action))).toEqual([]);
  });
});

describe('modelRoleStatements', () => {
  const statements = modelRoleStatements(stack, { bucketArn: 'bucket', keyArn: 'storage' }, 'alice', 'volumes');

  test('read what the bucket of models has for the team, which storage says as well', () => {
    expect(MODEL_AREAS).toEqual(PURPOSES.models);
    expect(statements.find(({ actions }) => actions.includes('s3:GetObject'))?.resources).toEqual([
      'bucket/users/alice/*',
      'bucket/shared/*',
      ...PURPOSES.models.map((purpose) => `bucket/${purpose}/*`),
    ]);
  });

  test('write nothing and decrypt through S3 alone', () => {
    expect(
      actionsOf(statements).filter((action) => /Put(?!MetricData|LogEvents)|DeleteObject|Generate/.test(action)),
    ).toEqual([]);
    expect(statements.find(({ actions }) => actions.includes('kms:Decrypt'))?.resources).toEqual(['storage']);
  });

  test('have no right to a key where the bucket has none', () => {
    expect(actionsOf(modelRoleStatements(stack, { bucketArn: 'bucket' }, 'alice', 'key'))).not.toContain('kms:Decrypt');
  });
});

describe('pipelineRoleStatements', () => {
  test('name the rules of Step Functions in full, one for each kind of job', () => {
    const rules = pipelineRoleStatements(stack).find(({ actions }) => actions.includes('events:PutRule'));

    expect(
      stack.resolve(rules?.resources).map((arn: { 'Fn::Join': [string, string[]] }) => arn['Fn::Join'][1][2]),
    ).toEqual(
      ['Training', 'Processing', 'Tuning'].map(
        (kind) => `:events:eu-west-1:111122223333:rule/StepFunctionsGetEventsForSageMaker${kind}JobsRule`,
      ),
    );
  });

  test('reach no data and no role', () => {
    expect(actionsOf(pipelineRoleStatements(stack)).filter((action) => /^(s3|kms|iam):/.test(action))).toEqual([]);
  });
});
