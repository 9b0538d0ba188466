import { Stack } from 'aws-cdk-lib';
import { workspaceStatements } from '../../src/access';

describe('workspaceStatements', () => {
  const stack = new Stack(undefined, 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  const statements = workspaceStatements(stack);

  test('logs go to the groups of SageMaker alone', () => {
    expect(resourcesOf('logs:PutLogEvents')).toEqual(['logs:eu-west-1:111122223333:log-group:/aws/sagemaker/*:*']);
  });

  test('metrics go to the namespaces of SageMaker and of this library alone', () => {
    expect(statementOf('cloudwatch:PutMetricData').conditions).toEqual({
      StringLike: { 'cloudwatch:namespace': ['/aws/sagemaker/*', 'ml-infra/*'] },
    });
  });

  test("a workspace sees and stops itself and its owner's others on the same base, and starts or changes none", () => {
    const statement = statementOf('sagemaker:StopNotebookInstance');

    expect(statement.actions).toEqual([
      'sagemaker:DescribeNotebookInstance',
      'sagemaker:ListTags',
      'sagemaker:StopNotebookInstance',
    ]);
    expect(resourcesOf('sagemaker:StopNotebookInstance')).toEqual([
      'sagemaker:eu-west-1:111122223333:notebook-instance/*',
    ]);
    expect(statement.conditions).toEqual({
      StringEquals: {
        'aws:ResourceTag/ml-owner': '${aws:PrincipalTag/ml-owner}',
        'aws:ResourceTag/ml-base': '${aws:PrincipalTag/ml-base}',
      },
    });
  });

  test('images are pulled, also those of AWS in its own accounts, and never pushed', () => {
    expect(resourcesOf('ecr:BatchGetImage')).toEqual(['ecr:eu-west-1:*:repository/*']);
    expect(
      statements.flatMap(({ actions }) => actions).filter((action) => /^ecr:(Put|Upload|Create)/.test(action)),
    ).toEqual([]);
  });

  test('only actions that AWS does not limit to resources are allowed on all', () => {
    const everywhere = statements.filter(({ resources }) => resources.includes('*'));

    expect(everywhere.flatMap(({ actions }) => actions)).toEqual([
      'cloudwatch:PutMetricData',
      'ecr:GetAuthorizationToken',
    ]);
  });

  function statementOf(action: string) {
    const found = statements.filter(({ actions }) => actions.includes(action));
    expect(found).toHaveLength(1);
    return found[0];
  }

  /** ARNs from the service on. */
  function resourcesOf(action: string): string[] {
    const arns: { 'Fn::Join': [string, unknown[]] }[] = stack.resolve(statementOf(action).resources);
    return arns.map((arn) => String(arn['Fn::Join'][1].at(-1)).slice(1));
  }
});
