import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { MlNotebook, MlSharedInfra, type NotebookOptions } from '../../src';

const NOTHING: NotebookOptions = {};

test('a notebook of which nothing is said is as its documentation promises', () => {
  const stack = new Stack();
  new MlNotebook(stack, 'Plain', { shared: new MlSharedInfra(stack, 'Shared'), ...NOTHING });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::SageMaker::NotebookInstance', {
    InstanceType: 'ml.t3.medium',
    VolumeSizeInGB: 50,
    RootAccess: 'Disabled',
    DirectInternetAccess: 'Disabled',
  });
  const [notebook] = Object.values(template.findResources('AWS::SageMaker::NotebookInstance'));
  for (const absent of ['NotebookInstanceName', 'LifecycleConfigName', 'DefaultCodeRepository']) {
    expect(notebook.Properties).not.toHaveProperty(absent);
  }
  expect(notebook).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
});
