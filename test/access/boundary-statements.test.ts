import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { boundaryStatements } from '../../src/access';

describe('boundaryStatements', () => {
  const stack = new Stack();
  const limits = { additionalActions: [], serviceRoleArns: [] };

  test('allow actions by their full names alone', () => {
    expect(
      allowed(boundaryStatements(stack, limits))
        .flatMap(({ actions }) => actions)
        .filter((name) => name.includes('*')),
    ).toEqual([]);
  });

  test('deny every service that they allow, and what was added, in other regions, but for handing on a role', () => {
    const statements = boundaryStatements(stack, {
      ...limits,
      regions: ['eu-west-1'],
      additionalActions: ['athena:GetQueryExecution'],
    });
    const elsewhere = statements.find(({ conditions }) => conditions.StringNotEquals);
    const services = allowed(statements).flatMap(({ actions }) => actions.map((action) => `${action.split(':')[0]}:*`));

    expect(elsewhere?.effect).toBe(iam.Effect.DENY);
    expect(elsewhere?.conditions).toEqual({ StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1'] } });
    expect([...(elsewhere?.actions ?? []), 'iam:*'].sort()).toEqual([...new Set(services)].sort());
  });

  test('say nothing about regions unless they are asked to', () => {
    expect(JSON.stringify(boundaryStatements(stack, limits).map((each) => each.toStatementJson()))).not.toContain(
      'aws:RequestedRegion',
    );
  });

  test('let the roles of features be handed to Glue and Systems Manager, and no other role', () => {
    const passing = (serviceRoleArns: string[]) =>
      boundaryStatements(stack, { ...limits, serviceRoleArns }).filter(({ actions }) =>
        actions.includes('iam:PassRole'),
      );

    expect(passing([])).toHaveLength(1);
    expect(passing(['glue'])[1].resources).toEqual(['glue']);
    expect(passing(['glue'])[1].conditions).toEqual({
      StringEquals: { 'iam:PassedToService': ['glue.amazonaws.com', 'ssm.amazonaws.com'] },
    });
  });

  function allowed(statements: iam.PolicyStatement[]): iam.PolicyStatement[] {
    return statements.filter(({ effect }) => effect === iam.Effect.ALLOW);
  }
});
