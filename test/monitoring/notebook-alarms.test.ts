import * as fs from 'node:fs';
import { App, CfnParameter, Stack, Stage } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as recommended from 'aws-cdk-lib/recommended-feature-flags.json';
import { MlEnvironment, MlNotebook, MlSharedInfra } from '../../src';
import { METRICS_NAMESPACE } from '../../src/lifecycle/metrics';
import { NotebookAlarms, NotebookAlarmsProps } from '../../src/monitoring';
import { findingsIn } from '../shared/findings';
import { resourcesIn, templateOf, textsOf, WrittenResource, WrittenTemplate } from '../shared/templates';

const METRICS = ['DiskUsedPercent', 'SetupFailures', 'IdleCheckErrors'];
const ENV = { account: '111111111111', region: 'eu-central-1' };

describe('NotebookAlarms', () => {
  let app: App;
  let stack: Stack;
  beforeEach(() => {
    app = new App();
    stack = new Stack(app, 'Watch', { env: ENV });
  });

  describe('about a notebook that failed', () => {
    test('listens to failures of notebooks of the base, and to nothing else', () => {
      alarms({ shared: base('vision') });

      Template.fromStack(stack).hasResourceProperties('AWS::Events::Rule', {
        EventPattern: {
          source: ['aws.sagemaker'],
          'detail-type': ['SageMaker Notebook Instance State Change'],
          detail: { NotebookInstanceStatus: ['Failed'], Tags: { 'ml-base': ['vision'] } },
        },
        State: 'ENABLED',
        Targets: [{ Arn: { Ref: Match.stringLikeRegexp('AlarmsTopic') } }],
      });
    });

    test('asks for the tag that notebooks of the base carry', () => {
      const shared = base();
      new MlNotebook(stack, 'alice', { shared, owner: 'alice' });
      alarms({ shared });

      const template = writtenIn(stack);
      const [[, notebook]] = resourcesIn(template, 'AWS::SageMaker::NotebookInstance');
      const tag = notebook.Properties.Tags.find(({ Key }: { Key: string }) => Key === 'ml-base');
      expect(only(template, 'AWS::Events::Rule').Properties.EventPattern.detail.Tags).toEqual({
        'ml-base': [tag.Value],
      });
    });

    test('says which notebook, whose it is, and where to look', () => {
      alarms();

      const [{ InputTransformer }] = only(writtenIn(stack), 'AWS::Events::Rule').Properties.Targets;
      const message = transformed(InputTransformer, {
        detail: { NotebookInstanceName: 'alice-1', Tags: { 'ml-owner': 'alice' }, FailureReason: 'a "quoted" reason' },
      });
      expect(message).toEqual([
        'The SageMaker notebook alice-1 of alice has failed to start or to be created.',
        'What it says: https://console.aws.amazon.com/sagemaker/home?region=eu-central-1#/notebook-instances/alice-1',
        'What its setup says: log group /aws/sagemaker/NotebookInstances, stream alice-1/LifecycleConfigOnStart',
        '(alice-1/LifecycleConfigOnCreate if it is new).',
      ]);
    });
  });

  describe('about what notebooks measure', () => {
    test.each([
      ['the fullest disk', 'DiskUsedPercent', 85],
      ['failed steps of the setup', 'SetupFailures', 1],
      ['failed checks for idleness', 'IdleCheckErrors', 12],
    ])('asks for %s of each notebook of the base, whatever else is published', (_, metric, threshold) => {
      alarms({ shared: base('vision') });

      expect(alarmOn(metric)).toMatchObject({
        Metrics: [
          {
            Expression:
              `SELECT MAX("${metric}") FROM SCHEMA("ml-infra/notebooks", "Base", "NotebookInstanceName") ` +
              'WHERE "Base" = \'vision\' GROUP BY "NotebookInstanceName" ORDER BY MAX() DESC',
            ReturnData: true,
          },
        ],
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        Threshold: threshold,
      });
    });

    test.each(METRICS)('is not taken in by notebooks that are stopped, or publish %s once an hour', (metric) => {
      alarms();

      const { EvaluationPeriods, DatapointsToAlarm, TreatMissingData, Metrics } = alarmOn(metric);
      expect({ DatapointsToAlarm, TreatMissingData }).toEqual({
        DatapointsToAlarm: 1,
        TreatMissingData: 'notBreaching',
      });
      expect(EvaluationPeriods * Metrics[0].Period).toBeGreaterThan(3_600);
      expect(EvaluationPeriods * Metrics[0].Period).toBeLessThan(3 * 3_600); // what CloudWatch looks back
    });

    test.each(METRICS)('tells the topic of %s, and says what to do', (metric) => {
      const { topic } = alarms();

      const { AlarmActions, AlarmDescription } = alarmOn(metric);
      expect(AlarmActions).toEqual([stack.resolve(topic.topicArn)]);
      expect(JSON.stringify(AlarmDescription)).toMatch(/volumeSize|see log group|see \/var\/log/);
    });

    test('asks for what notebooks do publish', () => {
      const script = fs.readFileSync('assets/notebook/lifecycle/features/metrics.py', 'utf8');
      alarms();

      for (const metric of METRICS) {
        expect(script).toContain(`"${metric}":`);
        expect(JSON.stringify(alarmOn(metric).Metrics)).toContain(METRICS_NAMESPACE);
      }
      expect(script).toContain('{"Base": notebook.tags["ml-base"], "NotebookInstanceName": notebook.name}');
    });

    test.each([1, 70, 100])('goes off at %p percent where the app says so', (diskUsedPercent) => {
      alarms({ diskUsedPercent });

      expect(alarmOn('DiskUsedPercent').Threshold).toBe(diskUsedPercent);
    });

    test.each([0, 101, 85.5, -1, Number.NaN])('refuses %p percent', (diskUsedPercent) => {
      expect(() => alarms({ diskUsedPercent })).toThrow(
        `Watch/Alarms: 'diskUsedPercent' must be a whole number from 1 to 100, got: ${diskUsedPercent}`,
      );
    });

    test('takes percents that are known only at deployment', () => {
      const percent = new CfnParameter(stack, 'Percent', { type: 'Number' });

      alarms({ diskUsedPercent: percent.valueAsNumber });

      expect(alarmOn('DiskUsedPercent').Threshold).toEqual({ Ref: 'Percent' });
    });

    test('lets an app add actions to the alarms', () => {
      const { diskUsedAlarm, setupFailuresAlarm, idleChecksAlarm } = alarms();
      const action = { bind: () => ({ alarmActionArn: 'arn:aws:sns:eu-central-1:111111111111:pager' }) };

      diskUsedAlarm.addAlarmAction(action);
      setupFailuresAlarm.addAlarmAction(action);
      idleChecksAlarm.addAlarmAction(action);

      expect(METRICS.map((metric) => alarmOn(metric).AlarmActions.length)).toEqual([2, 2, 2]);
    });
  });

  test('adds nothing for more notebooks', () => {
    const shared = base();
    alarms({ shared });
    for (let index = 0; index < 20; index++) {
      new MlNotebook(stack, `n${index}`, { shared });
    }

    const types = Object.values(writtenIn(stack).Resources).map(({ Type }) => Type);
    expect(types.filter((type) => type === 'AWS::CloudWatch::Alarm')).toHaveLength(3);
    expect(types.filter((type) => type === 'AWS::Events::Rule')).toHaveLength(1);
  });

  describe('with a topic of the app', () => {
    test('defines none of its own, and lets the alarms publish to that one', () => {
      const topic = new sns.Topic(stack, 'Mine');

      const watching = alarms({ topic });

      const template = writtenIn(stack);
      expect(watching.topic).toBe(topic);
      expect(only(template, 'AWS::SNS::Topic')).toBeDefined();
      expect(services(only(template, 'AWS::SNS::TopicPolicy'))).toEqual(['cloudwatch', 'events']);
      expect(alarmOn('DiskUsedPercent').AlarmActions).toEqual([stack.resolve(topic.topicArn)]);
      expect(only(template, 'AWS::Events::Rule').Properties.Targets[0].Arn).toEqual(stack.resolve(topic.topicArn));
    });

    test('warns of one whose policy it cannot change', () => {
      alarms({ topic: sns.Topic.fromTopicArn(stack, 'Mine', 'arn:aws:sns:eu-central-1:111111111111:alarms') });

      Annotations.fromStack(stack).hasWarning('/Watch/Alarms', Match.stringLikeRegexp('the policy of the topic'));
    });

    test('refuses one that EventBridge does not deliver to', () => {
      const topic = new sns.Topic(stack, 'Mine', { fifo: true });

      expect(() => alarms({ topic })).toThrow(
        "Watch/Alarms: 'topic' must be a standard topic, since EventBridge delivers to no other, got: Watch/Mine",
      );
    });
  });

  describe.each([
    ['no feature flags', {}],
    ['all recommended feature flags', { ...recommended }],
  ])('with %s', (_, context) => {
    test('watches a base of another stack without locking or changing it', () => {
      const templates = [false, true].map((watched) => {
        const flagged = new App({ context });
        const shared = new MlSharedInfra(new Stack(flagged, 'Base'), 'Shared');
        const stackOfAlarms = new Stack(flagged, 'Watch');
        if (watched) {
          new NotebookAlarms(stackOfAlarms, 'Alarms', { shared });
        }
        return flagged.synth();
      });

      const [before, after] = templates.map((assembly) => templateOf(assembly, 'Base'));
      expect(after).toEqual(before);
      expect(JSON.stringify([after, templateOf(templates[1], 'Watch')])).not.toMatch(/"Export"|Fn::ImportValue/);
    });

    test('has no open finding in any pack, whatever base it watches', () => {
      const flagged = new App({ context });
      const watch = new Stack(flagged, 'Watch');
      new NotebookAlarms(watch, 'Alarms', { shared: new MlSharedInfra(new Stack(flagged, 'Base'), 'Shared') });
      new NotebookAlarms(watch, 'Published', { shared: MlSharedInfra.fromPublished(watch, 'Read', 'vision') });
      new NotebookAlarms(watch, 'Own', { shared: new MlSharedInfra(watch, 'Shared') });

      expect(findingsIn(watch)).toEqual([]);
    });
  });

  test('watches a published base by the name that was published', () => {
    alarms({ shared: MlSharedInfra.fromPublished(stack, 'Read', 'vision') });

    const template = writtenIn(stack);
    const parameters = Object.entries(template.Parameters ?? {});
    const [name] = parameters.find(([, { Default }]) => Default === '/ml-infra/vision/base-name') ?? [];
    const expression = JSON.stringify(alarmOn('DiskUsedPercent').Metrics[0].Expression);
    expect(name).toBeDefined();
    expect(expression).toContain(`"' GROUP BY`);
    expect(expression).toContain(`{"Ref":"${name}"}`);
    expect(only(template, 'AWS::Events::Rule').Properties.EventPattern.detail.Tags).toEqual({
      'ml-base': [{ Ref: name }],
    });
  });

  test('refuses a base that it cannot refer to', () => {
    const stage = new Stage(app, 'Prod');
    const shared = new MlSharedInfra(new Stack(stage, 'Base'), 'Shared');

    expect(() => alarms({ shared })).toThrow(
      /^Watch\/Alarms: 'shared' must be a base of the same stage; across stages/,
    );
  });

  test('carries the tags of the base and its environment', () => {
    const environment = MlEnvironment.custom({ name: 'lab', tags: { cost: '42' } });
    alarms({ shared: new MlSharedInfra(stack, 'Shared', { environment, baseName: 'vision' }) });

    const template = Template.fromStack(stack);
    for (const type of ['AWS::SNS::Topic', 'AWS::KMS::Key', 'AWS::CloudWatch::Alarm', 'AWS::Events::Rule']) {
      template.hasResourceProperties(type, {
        Tags: Match.arrayWith([
          { Key: 'cost', Value: '42' },
          { Key: 'ml-base', Value: 'vision' },
          { Key: 'ml-environment', Value: 'lab' },
        ]),
      });
    }
  });

  test('can stand twice on a base, in one stack and in two', () => {
    const shared = base();
    alarms({ shared });
    new NotebookAlarms(stack, 'More', { shared, diskUsedPercent: 95 });
    new NotebookAlarms(new Stack(app, 'Elsewhere', { env: ENV }), 'Alarms', { shared });

    const templates = ['Watch', 'Elsewhere'].map((name) => templateOf(app.synth(), name));

    const named = templates.flatMap(({ Resources }) => Object.values(Resources)).map(({ Properties }) => Properties);
    expect(named.filter(({ AlarmName, TopicName, Name }) => AlarmName ?? TopicName ?? Name)).toEqual([]);
  });

  test.each([undefined, 'cn-north-1', 'us-gov-west-1'])('spells no partition out in region %p', (region) => {
    const [first, second] = [1, 2].map(() => {
      const again = new App();
      const env = region ? { account: ENV.account, region } : undefined;
      const watch = new Stack(again, 'Watch', { env });
      new NotebookAlarms(watch, 'Alarms', { shared: new MlSharedInfra(new Stack(again, 'Base', { env }), 'Shared') });
      return textsOf(again.synth());
    });

    expect(first.get('Watch.template.json')).not.toContain('arn:aws:');
    expect([...first]).toEqual([...second]);
  });

  test('leads to the console of the partition', () => {
    const env = { account: ENV.account, region: 'cn-north-1' };
    const watch = new Stack(app, 'China', { env });
    new NotebookAlarms(watch, 'Alarms', { shared: new MlSharedInfra(watch, 'Shared') });

    const [{ InputTransformer }] = only(writtenIn(watch), 'AWS::Events::Rule').Properties.Targets;
    expect(InputTransformer.InputTemplate).toContain('https://console.amazonaws.cn/sagemaker/home?region=cn-north-1');
  });

  function base(baseName?: string) {
    return new MlSharedInfra(new Stack(app, 'Base', { env: ENV }), 'Shared', { baseName });
  }

  function alarms(props: Partial<NotebookAlarmsProps> = {}) {
    return new NotebookAlarms(stack, 'Alarms', { shared: props.shared ?? base(), ...props });
  }

  function alarmOn(metric: string) {
    const found = resourcesIn(writtenIn(stack), 'AWS::CloudWatch::Alarm').filter(([, { Properties }]) =>
      JSON.stringify(Properties.Metrics).includes(metric),
    );
    expect(found).toHaveLength(1);
    return found[0][1].Properties;
  }
});

function writtenIn(stack: Stack): WrittenTemplate {
  return Template.fromStack(stack).toJSON() as WrittenTemplate;
}

function only(template: WrittenTemplate, type: string): WrittenResource {
  const found = resourcesIn(template, type);
  expect(found).toHaveLength(1);
  return found[0][1];
}

function services(policy: WrittenResource): string[] {
  const statements: { Principal: { Service: string } }[] = policy.Properties.PolicyDocument.Statement;
  return statements.map(({ Principal }) => Principal.Service.replace('.amazonaws.com', ''));
}

/** The lines that EventBridge makes of an event: it puts values in place of names, and takes each line for JSON. */
function transformed(
  { InputPathsMap, InputTemplate }: { InputPathsMap: { [name: string]: string }; InputTemplate: string },
  event: object,
): string[] {
  const valueAt = (path: string) =>
    path
      .replace(/^\$\./, '')
      .split('.')
      .reduce((part: unknown, key) => (part as { [key: string]: unknown } | undefined)?.[key], event);
  const filled = InputTemplate.replace(/<([\w-]+)>/g, (_, name) => String(valueAt(InputPathsMap[name]) ?? ''));
  return filled.split('\n').map((line) => JSON.parse(line));
}
