import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { LifecycleFeature, MlSharedInfra, NotebookLifecycle } from '../../src';

describe('features of a lifecycle', () => {
  let stack: Stack;
  let shared: MlSharedInfra;

  beforeEach(() => {
    stack = new Stack(new App(), 'Team');
    shared = new MlSharedInfra(stack, 'Shared');
  });

  /** Construct ids end in the name of the service. */
  const endpoints = () => {
    const ids = shared.network.node.findAll().map(({ node }) => node.id);
    return ids.filter((id) => id.startsWith('Endpoint-')).map((id) => id.replace('Endpoint-', ''));
  };

  const statements = () =>
    Object.entries(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy'))
      .filter(([id]) => id.startsWith('Lifecycle'))
      .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);

  test('that need nothing add nothing to the base', () => {
    new NotebookLifecycle(stack, 'Lifecycle', { shared, environmentVariables: { A: 'a' } });
    expect(endpoints().sort()).toEqual(['logs', 's3', 'sagemaker-api', 'sagemaker-runtime', 'sts']);
    expect(statements().map(({ Action }) => Action)).toEqual(['s3:GetObject']);
  });

  test('give the base the endpoints, and the roles the rights, that they need', () => {
    const secret = new secretsmanager.Secret(stack, 'Secret');
    new NotebookLifecycle(stack, 'Lifecycle', { shared, secrets: { TOKEN: { secret } } });
    expect(endpoints()).toContain('secretsmanager');
    expect(statements().map(({ Action }) => Action)).toEqual([
      's3:GetObject',
      ['sagemaker:DescribeNotebookInstanceLifecycleConfig', 'sagemaker:ListTags'],
      ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'],
    ]);
  });

  test('keep a notebook from starting where they are required', () => {
    const script = (requiredFeatures?: LifecycleFeature[]) => {
      const own = new Stack(new App(), 'Own');
      const base = new MlSharedInfra(own, 'Shared');
      new NotebookLifecycle(own, 'Lifecycle', { shared: base, environmentVariables: { A: 'a' }, requiredFeatures });
      const [config] = Object.values(
        Template.fromStack(own).findResources('AWS::SageMaker::NotebookInstanceLifecycleConfig'),
      );
      return JSON.stringify(config.Properties.OnStart);
    };
    expect(script([LifecycleFeature.ENVIRONMENT])).toContain("on_error='fail'");
    expect(script()).toContain("on_error='continue'");
  });

  test('put what is known at deployment only into tags', () => {
    new NotebookLifecycle(stack, 'Lifecycle', {
      shared,
      environmentVariables: { BUCKET: shared.storage.datasets.bucketName },
    });
    Template.fromStack(stack).hasResourceProperties('AWS::SageMaker::NotebookInstanceLifecycleConfig', {
      Tags: [{ Key: 'ml-setting-0', Value: stack.resolve(shared.storage.datasets.bucketName) }],
    });
  });
});
