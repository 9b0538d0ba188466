import { runSimulation } from '@cloud-copilot/iam-simulate';
import { App, CfnParameter, Duration, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { bindGlueSessions, GlueSessionsOptions } from '../../src/lifecycle/glue-sessions';
import { lint } from '../decisions/lint';

const ACCOUNT = '111111111111';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/team/glue`;
const ALICE = { 'ml-owner': 'alice', 'ml-base': 'dev' };
const BOB = { 'ml-owner': 'bob', 'ml-base': 'dev' };
const ELSEWHERE = { 'ml-owner': 'alice', 'ml-base': 'prod' };

describe('glue sessions', () => {
  let stack: Stack;
  let scope: Construct;
  let role: iam.IRole;
  beforeEach(() => {
    stack = new Stack(new App(), 'Team', { env: { account: ACCOUNT, region: 'eu-west-1' } });
    scope = new Construct(stack, 'Lifecycle');
    role = iam.Role.fromRoleArn(stack, 'Role', ROLE);
  });

  test('begin small and end soon', () => {
    expect(bindGlueSessions(scope, { role })).toMatchObject({
      name: 'glue_sessions',
      user: 'ec2-user',
      phase: 'background',
      settings: { roleArn: ROLE, glueVersion: '4.0', workerType: 'G.1X', numberOfWorkers: 2, idleMinutes: 30 },
      services: ['glue'],
    });
  });

  test('begin as they are told', () => {
    const options = { glueVersion: '5.0', workerType: 'G.025X', numberOfWorkers: 299, idleTimeout: Duration.days(2) };

    expect(bindGlueSessions(scope, { role, ...options }).settings).toEqual({
      roleArn: ROLE,
      glueVersion: '5.0',
      workerType: 'G.025X',
      numberOfWorkers: 299,
      idleMinutes: 2_880,
    });
  });

  test('take a role that is known only at deployment, as it is', () => {
    const own = new iam.Role(stack, 'Own', { assumedBy: new iam.ServicePrincipal('glue.amazonaws.com') });

    expect(bindGlueSessions(scope, { role: own }).settings.roleArn).toBe(own.roleArn);
  });

  describe('of the caller', () => {
    const session = `arn:aws:glue:eu-west-1:${ACCOUNT}:session/1`;

    test.each<[string, boolean, { [key: string]: string }]>([
      ['glue:CreateSession', true, request(ALICE)],
      ['glue:CreateSession', false, request(BOB)],
      ['glue:CreateSession', false, request(ELSEWHERE)],
      ['glue:CreateSession', false, {}],
      ['glue:RunStatement', true, resource(ALICE)],
      ['glue:RunStatement', false, resource(BOB)],
      ['glue:RunStatement', false, resource(ELSEWHERE)],
      ['glue:RunStatement', false, request(ALICE)],
      ['glue:RunStatement', false, {}],
      ['glue:GetStatement', true, resource(ALICE)],
      ['glue:GetStatement', false, resource(BOB)],
      ['glue:CancelStatement', true, resource(ALICE)],
      ['glue:CancelStatement', false, resource(BOB)],
      ['glue:GetSession', true, resource(ALICE)],
      ['glue:GetSession', false, resource(BOB)],
      ['glue:StopSession', true, resource(ALICE)],
      ['glue:StopSession', false, resource(BOB)],
      ['glue:TagResource', true, { ...request(ALICE), ...resource(ALICE) }],
      ['glue:TagResource', false, { ...request(ALICE), ...resource(BOB) }],
      ['glue:TagResource', false, { ...request(ALICE) }],
      ['glue:TagResource', false, { ...request(BOB), ...resource(ALICE) }],
      ['glue:DeleteSession', false, resource(ALICE)],
      ['glue:UntagResource', false, resource(ALICE)],
    ])('%s is allowed: %p, given %p', async (action, expected, context) => {
      expect(await isAllowed(action, session, context)).toBe(expected);
    });

    test.each<[string, string, boolean]>([
      [ROLE, 'glue.amazonaws.com', true],
      [ROLE, 'sagemaker.amazonaws.com', false],
      [`arn:aws:iam::${ACCOUNT}:role/team/glue-admin`, 'glue.amazonaws.com', false],
    ])('run under %s, passed to %s: %p', async (passed, service, expected) => {
      expect(await isAllowed('iam:PassRole', passed, { 'iam:PassedToService': service })).toBe(expected);
    });

    test('are told apart by keys that AWS knows', async () => {
      expect(await lint({ name: 'glue', kind: 'identity', policy: policy() })).toEqual([]);
    });
  });

  test('refuse a role of another account', () => {
    role = iam.Role.fromRoleArn(stack, 'Foreign', 'arn:aws:iam::222222222222:role/glue');

    expect(() => bindGlueSessions(scope, { role })).toThrow(
      "Team/Lifecycle: 'glueSessions.role' must be a role of account 111111111111",
    );
  });

  test.each<[keyof GlueSessionsOptions, unknown, string]>([
    ['glueVersion', '4', "a version such as '4.0', got: 4"],
    ['glueVersion', '4.0\n', "a version such as '4.0', got: '4.0\\n'"],
    ['workerType', 'g.1x', "a worker type such as 'G.1X', got: g.1x"],
    ['numberOfWorkers', 1, 'a whole number from 2 to 299, got: 1'],
    ['numberOfWorkers', 300, 'a whole number from 2 to 299, got: 300'],
    ['numberOfWorkers', 2.5, 'a whole number from 2 to 299, got: 2.5'],
    ['idleTimeout', Duration.seconds(30), 'a whole number of minutes from 1 to 2880, got: '],
    ['idleTimeout', Duration.minutes(2_881), 'a whole number of minutes from 1 to 2880, got: '],
    ['numberOfWorkers', Token.asNumber({ Ref: 'Workers' }), 'known at synthesis, because notebooks get it in a file'],
  ])('refuse the %s %p', (prop, value, rule) => {
    expect(() => bindGlueSessions(scope, { role, [prop]: value })).toThrow(
      `Team/Lifecycle: 'glueSessions.${prop}' must be ${rule}`,
    );
  });

  test('refuse an idle timeout that is known only at deployment', () => {
    const idleTimeout = Duration.minutes(new CfnParameter(stack, 'Minutes', { type: 'Number' }).valueAsNumber);

    expect(() => bindGlueSessions(scope, { role, idleTimeout })).toThrow(
      "Team/Lifecycle: 'glueSessions.idleTimeout' must be known at synthesis, because notebooks get it in a file, got: a deploy-time value",
    );
  });

  function policy() {
    const statements = bindGlueSessions(scope, { role }).statements ?? [];
    const document = new iam.PolicyDocument({ statements }).toJSON();
    return JSON.parse(JSON.stringify(stack.resolve(document)).replace(/\{"Ref":"AWS::Partition"\}/g, '"aws"'), flat);
  }

  async function isAllowed(action: string, resourceArn: string, context: { [key: string]: string }) {
    const result = await runSimulation(
      {
        request: {
          principal: `arn:aws:iam::${ACCOUNT}:role/alice`,
          action,
          resource: { resource: resourceArn, accountId: ACCOUNT },
          contextVariables: { ...tags('aws:PrincipalTag', ALICE), ...context },
        },
        identityPolicies: [{ name: 'glue', policy: policy() }],
        serviceControlPolicies: [],
        resourceControlPolicies: [],
        resourcePolicy: undefined,
      },
      {},
    );
    if (result.resultType === 'error') {
      throw new Error(JSON.stringify(result.errors));
    }
    return result.overallResult === 'Allowed';
  }
});

/** Joins what is left of `Fn::Join` once everything in it is known. */
function flat(_key: string, value: unknown): unknown {
  const join = (value as { 'Fn::Join'?: [string, string[]] } | null)?.['Fn::Join'];
  return join ? join[1].join(join[0]) : value;
}

function tags(key: string, values: { [tag: string]: string }) {
  return Object.fromEntries(Object.entries(values).map(([tag, value]) => [`${key}/${tag}`, value]));
}

function request(values: { [tag: string]: string }) {
  return tags('aws:RequestTag', values);
}

function resource(values: { [tag: string]: string }) {
  return tags('aws:ResourceTag', values);
}
