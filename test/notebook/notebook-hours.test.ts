import { App, Duration, NestedStack, Stack, Tags, Token } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import * as stepfunctions from 'aws-cdk-lib/aws-stepfunctions';
import { IMlSharedInfra, MlNotebook, MlSharedInfra } from '../../src';
import { NotebookHours } from '../../src/notebook/notebook-hours';
import { NotebookSchedule } from '../../src/notebook/notebook-schedule';
import { findingsIn, PACKS } from '../shared/findings';
import { textsOf } from '../shared/templates';

const SCHEDULE = 'AWS::Scheduler::Schedule';
const MACHINE = 'AWS::StepFunctions::StateMachine';
const RULE = 'AWS::Events::Rule';
const office = NotebookSchedule.weekdays({ start: '08:00', stop: '19:00', timeZone: 'Europe/Berlin' });

describe('NotebookHours', () => {
  let app: App;
  let stack: Stack;
  let shared: IMlSharedInfra;
  beforeEach(() => {
    app = new App();
    stack = new Stack(app, 'Team');
    shared = new MlSharedInfra(new Stack(app, 'Base'), 'Shared', { baseName: 'vision' });
  });

  describe('with a schedule', () => {
    test('has one entry for starting and one for stopping, at the minute and in the time zone', () => {
      scheduled('alice');

      const { Arn, RoleArn } = scheduleOf('start').Target;
      template().resourceCountIs(SCHEDULE, 2);
      template().hasResourceProperties(SCHEDULE, {
        ScheduleExpression: 'cron(0 8 ? * MON,TUE,WED,THU,FRI *)',
        ScheduleExpressionTimezone: 'Europe/Berlin',
        FlexibleTimeWindow: { Mode: 'OFF' },
        State: Match.absent(),
        Target: {
          Arn: { Ref: onlyOf(MACHINE) },
          RoleArn: Match.anyValue(),
          RetryPolicy: { MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 60 },
        },
      });
      expect(scheduleOf('stop')).toMatchObject({
        ScheduleExpression: 'cron(0 19 ? * MON,TUE,WED,THU,FRI *)',
        Target: { Arn, RoleArn },
      });
    });

    test('tells the state machine the action and the names', () => {
      const notebook = scheduled('alice');

      expect(inputOf('stop')).toEqual({ action: 'stop', names: [nameOf(notebook)] });
      expect(inputOf('start')).toEqual({ action: 'start', names: [nameOf(notebook)] });
    });

    test('has nothing per notebook but the name in two lists', () => {
      const synthesize = (ids: string[]) => {
        newTeam();
        ids.forEach((id) => {
          scheduled(id);
        });
        return resources();
      };
      const [before, after] = [synthesize(['alice', 'bob', 'eve']), synthesize(['alice', 'eve'])];

      const gone = Object.keys(before).filter((id) => !(id in after));
      const changed = Object.keys(after).filter((id) => JSON.stringify(after[id]) !== JSON.stringify(before[id]));

      expect(gone.map((id) => before[id].Type)).toEqual(['AWS::SageMaker::NotebookInstance']);
      expect(changed.map((id) => after[id].Type)).toEqual([SCHEDULE, SCHEDULE]);
    });

    test('comes out the same in whatever order notebooks are defined', () => {
      const late = NotebookSchedule.daily({ stop: '23:00' });
      const synthesize = (users: [string, NotebookSchedule][]) => {
        newTeam();
        users.forEach(([id, schedule]) => {
          scheduled(id, schedule);
        });
        return resources();
      };
      const users: [string, NotebookSchedule][] = [
        ['bob', office],
        ['alice', late],
        ['eve', office],
        ['Zoe', late],
      ];

      expect(synthesize([...users].reverse())).toEqual(synthesize(users));
    });

    test('has an entry for each time of day, which schedules that agree on it share', () => {
      scheduled('alice', NotebookSchedule.daily({ start: '08:00', stop: '19:00' }));
      scheduled('bob', NotebookSchedule.daily({ stop: '19:00' }));
      scheduled('eve', NotebookSchedule.daily({ stop: '19:00', timeZone: 'Asia/Tokyo' }));

      template().resourceCountIs(SCHEDULE, 3);
      template().resourceCountIs(MACHINE, 1);
      const lists = Object.values(template().findResources(SCHEDULE)).map(({ Properties }) => namesIn(Properties));
      expect(lists.map((names) => names.length).sort()).toEqual([1, 1, 2]);
    });

    test('lets the state machine look at, start and stop the notebooks of the base and no other', () => {
      scheduled('alice');

      expect(statementsOfRoleFor('states.amazonaws.com')).toEqual([
        {
          Action: [
            'sagemaker:DescribeNotebookInstance',
            'sagemaker:StartNotebookInstance',
            'sagemaker:StopNotebookInstance',
          ],
          Effect: 'Allow',
          Resource: notebooks(),
          Condition: { StringEquals: { 'aws:ResourceTag/ml-base': 'vision' } },
        },
      ]);
    });

    test('lets EventBridge Scheduler start that state machine and no other', () => {
      scheduled('alice');

      expect(statementsOfRoleFor('scheduler.amazonaws.com')).toEqual([
        { Action: 'states:StartExecution', Effect: 'Allow', Resource: { Ref: onlyOf(MACHINE) } },
      ]);
    });

    test('waits up to half an hour for a notebook that is on its way, and looks every minute', () => {
      scheduled('alice');

      template().hasResourceProperties(MACHINE, {
        StateMachineType: 'STANDARD',
        DefinitionSubstitutions: { PollSeconds: '60', PatienceSeconds: '1800', Partition: { Ref: 'AWS::Partition' } },
      });
    });

    test('refuses what is wrong in the name of the notebook', () => {
      expect(() => scheduled('alice', NotebookSchedule.daily({ stop: '7 pm' }))).toThrow(
        "Team/alice: 'schedule.stop' must be a time such as '08:30', from 00:00 to 23:59, got: 7 pm",
      );
    });
  });

  describe('with a maximum uptime', () => {
    test('reacts to starts of the notebooks that it has marked', () => {
      const notebook = limited('alice', Duration.hours(8));

      const mark = tagsOf(notebook)['ml-hours'];
      expect(mark).toMatch(/^Team-MlHours-vision-[0-9a-f]{8}$/);
      template().hasResourceProperties(RULE, {
        State: Match.absent(),
        EventPattern: {
          source: ['aws.sagemaker'],
          'detail-type': ['SageMaker Notebook Instance State Change'],
          detail: { NotebookInstanceStatus: ['InService'], Tags: { 'ml-hours': [mark] } },
        },
        Targets: [
          {
            Arn: { Ref: onlyOf(MACHINE) },
            InputTransformer: {
              InputPathsMap: { name: '$.detail.NotebookInstanceName' },
              InputTemplate: '{"name":<name>}',
            },
          },
        ],
      });
    });

    test.each<[Duration, string]>([
      [Duration.minutes(15), '15'],
      [Duration.hours(8), '480'],
      [Duration.days(30), '43200'],
    ])('writes %s on the notebook in minutes', (maxUptime, minutes) => {
      expect(tagsOf(limited('alice', maxUptime))['ml-max-uptime']).toBe(minutes);
    });

    test('lets no tag of the app take the place of its own', () => {
      const notebook = limited('alice', Duration.hours(8));
      Tags.of(app).add('ml-max-uptime', '1', { priority: 900 });
      Tags.of(notebook).add('ml-hours', 'elsewhere', { priority: 900 });

      expect(tagsOf(notebook)).toMatchObject({ 'ml-max-uptime': '480', 'ml-hours': expect.stringMatching(/^Team-/) });
    });

    test('has nothing per notebook but two tags, with whatever limit', () => {
      const synthesize = (ids: string[]) => {
        newTeam();
        ids.forEach((id, index) => {
          limited(id, Duration.hours(8 + index));
        });
        return resources();
      };
      const [two, one] = [synthesize(['alice', 'bob']), synthesize(['alice'])];

      const added = Object.keys(two).filter((id) => !(id in one));

      expect(added.map((id) => two[id].Type)).toEqual(['AWS::SageMaker::NotebookInstance']);
      expect(Object.keys(one).filter((id) => JSON.stringify(one[id]) !== JSON.stringify(two[id]))).toEqual([]);
    });

    test('leaves notebooks of other stacks on the base to those', () => {
      const [mine, theirs] = [limited('alice', Duration.hours(8)), limited('bob', Duration.hours(8), otherStack())];

      expect(tagsOf(mine)['ml-hours']).not.toBe(tagsOf(theirs)['ml-hours']);
    });

    test('leaves notebooks of another base in the stack to their own rule', () => {
      const mine = limited('alice', Duration.hours(8));
      shared = new MlSharedInfra(new Stack(app, 'OtherBase'), 'Shared', { baseName: 'speech' });
      const theirs = limited('bob', Duration.hours(8));

      template().resourceCountIs(RULE, 2);
      expect(tagsOf(mine)['ml-hours']).not.toBe(tagsOf(theirs)['ml-hours']);
    });

    test('lets the state machine look at and stop the notebooks of the base, and never start one', () => {
      limited('alice', Duration.hours(8));

      expect(statementsOfRoleFor('states.amazonaws.com')).toEqual([
        {
          Action: ['sagemaker:DescribeNotebookInstance', 'sagemaker:ListTags', 'sagemaker:StopNotebookInstance'],
          Effect: 'Allow',
          Resource: notebooks(),
          Condition: { StringEquals: { 'aws:ResourceTag/ml-base': 'vision' } },
        },
      ]);
    });

    test('lets EventBridge start that state machine and no other', () => {
      limited('alice', Duration.hours(8));

      expect(statementsOfRoleFor('events.amazonaws.com')).toEqual([
        { Action: 'states:StartExecution', Effect: 'Allow', Resource: { Ref: onlyOf(MACHINE) } },
      ]);
    });

    test('has the state machine read the tag that notebooks carry', () => {
      limited('alice', Duration.hours(8));

      template().hasResourceProperties(MACHINE, { DefinitionSubstitutions: { UptimeTag: 'ml-max-uptime' } });
    });

    test.each([Duration.minutes(14), Duration.seconds(930), Duration.days(31), Duration.minutes(0)])(
      'fails for %s, and says what it may be',
      (maxUptime) => {
        expect(() => limited('alice', maxUptime)).toThrow(
          /^Team\/alice: 'maxUptime' must be a whole number of minutes from 15 to 43200, got: /,
        );
      },
    );

    test('accepts minutes that are known only at deployment, and no other unit', () => {
      const count = Token.asNumber({ Ref: 'Count' });

      expect(tagsOf(limited('alice', Duration.minutes(count)))['ml-max-uptime']).toEqual({ Ref: 'Count' });
      expect(() => limited('bob', Duration.hours(count))).toThrow(
        /^Team\/bob: 'maxUptime' must be given as Duration\.minutes\(\) when it is known only at deployment, got: /,
      );
    });
  });

  test('defines for a schedule nothing of the maximum uptime, nor the other way round', () => {
    scheduled('alice');
    const other = otherStack();
    limited('bob', Duration.hours(8), other);

    template().resourceCountIs(RULE, 0);
    template().resourceCountIs(MACHINE, 1);
    Template.fromStack(other).resourceCountIs(SCHEDULE, 0);
    Template.fromStack(other).resourceCountIs(MACHINE, 1);
  });

  test('puts a definition into each state machine in which every placeholder has a value', () => {
    both('alice');

    const machines = Object.values(template().findResources(MACHINE)).map(({ Properties }) => Properties);

    expect(machines).toHaveLength(2);
    for (const { DefinitionString, DefinitionSubstitutions } of machines) {
      const placeholders = [...DefinitionString.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name);
      expect([...new Set(placeholders)].sort()).toEqual(Object.keys(DefinitionSubstitutions).sort());
      expect(JSON.parse(DefinitionString)).toHaveProperty('StartAt');
    }
  });

  test('trusts services on behalf of this account alone, and bounds and tags each role like the base', () => {
    const base = new Stack(app, 'BoundedBase');
    const permissionsBoundary = iam.ManagedPolicy.fromManagedPolicyName(base, 'Boundary', 'limits');
    shared = new MlSharedInfra(base, 'Shared', { baseName: 'bounded', permissionsBoundary });

    both('alice');

    const roles = Object.values(template().findResources('AWS::IAM::Role')).map(({ Properties }) => Properties);
    expect(roles).toHaveLength(4);
    for (const role of roles) {
      const [statement] = role.AssumeRolePolicyDocument.Statement;
      expect(statement.Condition).toEqual({ StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } });
      expect(role.PermissionsBoundary).toEqual(stack.resolve(permissionsBoundary.managedPolicyArn));
      expect(role.Policies).toBeUndefined();
      expect(role.Tags).toEqual([
        { Key: 'ml-base', Value: 'bounded' },
        { Key: 'ml-environment', Value: 'prod' },
      ]);
    }
    template().hasResourceProperties(MACHINE, { Tags: Match.arrayWith([{ Key: 'ml-base', Value: 'bounded' }]) });
  });

  test('leaves roles unbounded where the base is', () => {
    both('alice');

    template().resourcePropertiesCountIs('AWS::IAM::Role', { PermissionsBoundary: Match.absent() }, 4);
  });

  test('exports nothing from the stack of the base', () => {
    shared = new MlSharedInfra(new Stack(app, 'PlainBase'), 'Shared');
    both('alice');

    const texts = [...textsOf(app.synth()).values()];

    expect(texts.filter((text) => /"Export"|Fn::ImportValue/.test(text))).toEqual([]);
  });

  test('stands on a published base', () => {
    shared = MlSharedInfra.fromPublished(stack, 'Published', 'vision');
    both('alice');

    const [parameter] = Object.keys(template().findParameters('*', { Default: '/ml-infra/vision/base-name' }));
    expect(statementsOfRoleFor('scheduler.amazonaws.com')).toHaveLength(1);
    template().hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({ Condition: { StringEquals: { 'aws:ResourceTag/ml-base': { Ref: parameter } } } }),
        ],
      },
    });
  });

  test('stands in the nested stack of its notebooks', () => {
    const nested = new NestedStack(stack, 'Nested');
    scheduled('bob', office, nested);
    limited('eve', Duration.hours(8), nested);
    limited('alice', Duration.hours(8));

    expect(() => app.synth()).not.toThrow();
    Template.fromStack(nested).resourceCountIs(MACHINE, 2);
    template().resourceCountIs(MACHINE, 1);
  });

  test.each([undefined, 'cn-north-1', 'us-gov-west-1'])(
    'has no open finding and no partition in region %p',
    (region) => {
      app = new App();
      stack = new Stack(app, 'Team', { env: region ? { account: '111111111111', region } : undefined });
      shared = new MlSharedInfra(stack, 'Shared');
      both('alice');

      expect(findingsIn(app)).toEqual([]);
      expect(JSON.stringify(template().toJSON())).not.toContain('arn:aws:');
    },
  );

  test('acknowledges findings on what it defines and on nothing beside it', () => {
    both('alice');
    new stepfunctions.CfnStateMachine(stack, 'Foreign', { roleArn: 'arn', definitionString: '{}' });
    const targets = [{ id: 'Foreign', arn: 'arn' }];
    new events.CfnRule(stack, 'ForeignRule', { eventPattern: { source: ['aws.s3'] }, targets });

    const violations = PACKS.flatMap((Pack) => new Pack(app).validateScope(app).violations);

    expect(violations.map(({ ruleName }) => ruleName).sort()).toEqual([
      'AwsSolutions-SF1',
      'AwsSolutions-SF2',
      'Serverless-EventBusDLQ',
      'Serverless-StepFunctionStateMachineXray',
    ]);
  });

  function scheduled(id: string, schedule = office, scope = stack): MlNotebook {
    const notebook = new MlNotebook(scope, id, { shared });
    NotebookHours.of(notebook, shared).schedule(notebook, schedule);
    return notebook;
  }

  function limited(id: string, maxUptime: Duration, scope = stack): MlNotebook {
    const notebook = new MlNotebook(scope, id, { shared });
    NotebookHours.of(notebook, shared).limitUptime(notebook, maxUptime, instanceOf(notebook).tags);
    return notebook;
  }

  function both(id: string): void {
    const notebook = scheduled(id);
    NotebookHours.of(stack, shared).limitUptime(notebook, Duration.hours(8), instanceOf(notebook).tags);
  }

  function newTeam(): void {
    app = new App();
    stack = new Stack(app, 'Team');
    shared = new MlSharedInfra(new Stack(app, 'Base'), 'Shared', { baseName: 'vision' });
  }

  function otherStack(): Stack {
    return new Stack(app, 'OtherTeam');
  }

  function instanceOf(notebook: MlNotebook): sagemaker.CfnNotebookInstance {
    return notebook.node.findChild('Resource') as sagemaker.CfnNotebookInstance;
  }

  function nameOf(notebook: MlNotebook): unknown {
    return Stack.of(notebook).resolve(notebook.notebookName);
  }

  function tagsOf(notebook: MlNotebook): { [key: string]: unknown } {
    const id = stack.getLogicalId(instanceOf(notebook));
    const { Tags: tags } = Template.fromStack(Stack.of(notebook)).toJSON().Resources[id].Properties;
    return Object.fromEntries(tags.map(({ Key, Value }: { Key: string; Value: unknown }) => [Key, Value]));
  }

  function scheduleOf(action: string) {
    const schedules = Object.values(template().findResources(SCHEDULE)).map(({ Properties }) => Properties);
    return schedules.find(({ Target }) => JSON.stringify(Target.Input).includes(`\\"${action}\\"`));
  }

  /** The input as the state machine gets it, with references in the place of names. */
  function inputOf(action: string) {
    return inputIn(scheduleOf(action));
  }

  function notebooks() {
    return stack.resolve(stack.formatArn({ service: 'sagemaker', resource: 'notebook-instance', resourceName: '*' }));
  }

  function statementsOfRoleFor(service: string): unknown[] {
    const [role] = Object.values(
      template().findResources('AWS::IAM::Role', {
        Properties: { AssumeRolePolicyDocument: { Statement: [{ Principal: { Service: service } }] } },
      }),
    );
    const policies = role.Properties.ManagedPolicyArns.map(({ Ref }: { Ref: string }) => resources()[Ref]);
    return policies.flatMap(({ Properties }: { Properties: { PolicyDocument: { Statement: unknown[] } } }) => {
      return Properties.PolicyDocument.Statement;
    });
  }

  function onlyOf(type: string): string {
    const ids = Object.keys(template().findResources(type));
    expect(ids).toHaveLength(1);
    return ids[0];
  }

  // biome-ignore lint/suspicious/noExplicitAny: properties differ by type
  function resources(): { [id: string]: { Type: string; Properties: any } } {
    return template().toJSON().Resources;
  }

  function template(): Template {
    return Template.fromStack(stack);
  }
});

function inputIn({ Target }: { Target: { Input: { 'Fn::Join': [string, unknown[]] } } }) {
  const [, parts] = Target.Input['Fn::Join'];
  const references: unknown[] = [];
  const text = parts.map((part) => (typeof part === 'string' ? part : `#${references.push(part) - 1}`)).join('');
  const { action, names } = JSON.parse(text);
  return { action, names: names.map((name: string) => references[Number(name.slice(1))]) };
}

function namesIn(properties: Parameters<typeof inputIn>[0]): unknown[] {
  return inputIn(properties).names;
}
