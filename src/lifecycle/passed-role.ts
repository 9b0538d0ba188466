import { Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { fail } from '../private/checks';

/** Requires a role that a service of the account takes, as far as its account is known. */
export function requireOwnRole(scope: IConstruct, prop: string, role: iam.IRole): void {
  const [here, there] = [Stack.of(scope).account, role.env.account];
  if (here !== there && !Token.isUnresolved(here) && !Token.isUnresolved(there)) {
    fail(scope, prop, `a role of account ${here}, since roles are not passed across accounts`, there);
  }
}

/** The right to hand exactly this role to one service. */
export function passRole(role: iam.IRole, service: string): iam.PolicyStatement {
  return new iam.PolicyStatement({
    actions: ['iam:PassRole'],
    resources: [role.roleArn],
    conditions: { StringEquals: { 'iam:PassedToService': service } },
  });
}
