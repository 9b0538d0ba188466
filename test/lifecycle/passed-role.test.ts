import { App, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { passRole, requireOwnRole } from '../../src/lifecycle/passed-role';

describe('a role that is passed', () => {
  const stack = new Stack(new App(), 'Team', { env: { account: '111111111111', region: 'eu-west-1' } });
  const own = iam.Role.fromRoleArn(stack, 'Own', 'arn:aws:iam::111111111111:role/path/glue');

  test('is passed to one service, and no other role is', () => {
    expect(passRole(own, 'glue.amazonaws.com').toStatementJson()).toEqual({
      Action: 'iam:PassRole',
      Effect: 'Allow',
      Resource: 'arn:aws:iam::111111111111:role/path/glue',
      Condition: { StringEquals: { 'iam:PassedToService': 'glue.amazonaws.com' } },
    });
  });

  test('is of the account', () => {
    const foreign = iam.Role.fromRoleArn(stack, 'Foreign', 'arn:aws:iam::222222222222:role/glue');

    expect(() => requireOwnRole(stack, 'a.role', own)).not.toThrow();
    expect(() => requireOwnRole(stack, 'a.role', foreign)).toThrow(
      "Team: 'a.role' must be a role of account 111111111111, since roles are not passed across accounts, got: 222222222222",
    );
  });

  test('may be of an account that is known only at deployment', () => {
    const anywhere = new Stack(new App(), 'Anywhere');
    const role = iam.Role.fromRoleArn(anywhere, 'Role', 'arn:aws:iam::222222222222:role/glue');

    expect(() => requireOwnRole(anywhere, 'a.role', role)).not.toThrow();
  });
});
