import { App, Duration, Stack } from 'aws-cdk-lib';
import {
  LifecycleStep,
  MlEnvironment,
  MlNotebook,
  MlSharedInfra,
  NotebookAlarms,
  NotebookLifecycle,
  SageMakerLogRetention,
} from '../src';
import { ApiLimit, LIMITS } from '../src/private/limits-table';
import { textsOf, WrittenTemplate } from './shared/templates';

/** The longest that a value can be which is only known at deployment. */
const LONGEST: { readonly [name: string]: string } = {
  'AWS::Region': 'ap-southeast-5',
  'AWS::AccountId': '1'.repeat(12),
  'AWS::Partition': 'aws-us-gov',
};

describe('what the library writes itself is within the limits of AWS, with the longest names:', () => {
  const numbered = (prefix: string, count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}${index}`, 'x'.repeat(63)]));
  const app = new App();
  const stack = new Stack(app, 'Team');
  MlEnvironment.set(app, MlEnvironment.custom({ name: 'e'.repeat(63), tags: numbered('tag', 40) }));
  const shared = new MlSharedInfra(stack, 'Shared', { baseName: 'b'.repeat(63) });
  const environmentVariables = numbered('V', 6);
  const lifecycle = new NotebookLifecycle(stack, 'Lifecycle', {
    shared,
    environmentVariables,
    idleStop: Duration.hours(1),
    onCreate: [LifecycleStep.script('s'.repeat(63), 'true')],
  });
  new MlNotebook(stack, 'One', { shared, owner: 'o'.repeat(63), lifecycle, environmentVariables, project: 'p' });
  new NotebookAlarms(stack, 'Alarms', { shared });
  new SageMakerLogRetention(stack, 'Logs', { endpointNames: ['n'.repeat(63)] });
  const [text] = textsOf(app.synth()).values();
  const resources = Object.values((JSON.parse(text) as WrittenTemplate).Resources);
  const properties = (type: string) => resources.filter(({ Type }) => Type === type).map((each) => each.Properties);
  const notebooks = properties('AWS::SageMaker::NotebookInstance');
  const lifecycles = properties('AWS::SageMaker::NotebookInstanceLifecycleConfig');
  const roles = properties('AWS::IAM::Role');
  const alarms = properties('AWS::CloudWatch::Alarm');

  test.each<[string, ApiLimit, unknown[]]>([
    ['the platform', LIMITS.platform, notebooks.map(({ PlatformIdentifier }) => PlatformIdentifier)],
    [
      'the version of instance metadata',
      LIMITS.metadataVersion,
      notebooks.map((each) => each.InstanceMetadataServiceConfiguration.MinimumInstanceMetadataServiceVersion),
    ],
    ['the security groups of a notebook', LIMITS.securityGroups, notebooks.map((each) => each.SecurityGroupIds)],
    ['the tags of a notebook', LIMITS.tags, notebooks.map(({ Tags }) => Tags)],
    ['the keys of tags', LIMITS.tagKey, notebooks.flatMap(({ Tags }) => Tags.map((each: { Key: string }) => each.Key))],
    [
      'the values of tags',
      LIMITS.tagValue,
      notebooks.flatMap(({ Tags }) => Tags.map((each: { Value: string }) => each.Value)),
    ],
    [
      'the hooks of a lifecycle',
      LIMITS.lifecycleHooks,
      lifecycles.flatMap(({ OnStart, OnCreate }) => [OnStart, OnCreate]),
    ],
    [
      'the scripts of a lifecycle, encoded',
      LIMITS.lifecycleScript,
      lifecycles
        .flatMap(({ OnStart, OnCreate }) => [...OnStart, ...OnCreate])
        .map(({ Content }) => Buffer.from(written(Content['Fn::Base64'])).toString('base64')),
    ],
    ['the paths of roles', LIMITS.rolePath, roles.flatMap(({ Path }) => Path ?? [])],
    ['the tags of roles', LIMITS.roleTags, roles.map(({ Tags }) => Tags ?? [])],
    ['the actions of alarms', LIMITS.alarmActions, alarms.map(({ AlarmActions }) => AlarmActions)],
    ['the descriptions of alarms', LIMITS.alarmDescription, alarms.map((each) => written(each.AlarmDescription))],
    [
      'the retries of schedules',
      LIMITS.scheduleRetries,
      properties('AWS::Scheduler::Schedule').map(({ Target }) => Target.RetryPolicy.MaximumRetryAttempts),
    ],
  ])('%s', (_, limit, values) => {
    expect(values.length).toBeGreaterThan(0);
    expect(values.filter((value) => !isWithin(value, limit))).toEqual([]);
  });
});

function isWithin(value: unknown, { min = 0, max = Number.POSITIVE_INFINITY, pattern = '[^]*' }: ApiLimit): boolean {
  const size = typeof value === 'number' ? value : (value as string | unknown[]).length;
  const matches = typeof value !== 'string' || new RegExp(`^(?:${pattern})$`, 'u').test(value);
  return size >= min && size <= max && matches;
}

/** A text as it is deployed, as long as it can be. */
function written(value: unknown): string {
  if (typeof value === 'string') {
    return value;
  }
  const { Ref, 'Fn::Join': join, 'Fn::Sub': sub } = value as { [name: string]: unknown };
  if (join !== undefined) {
    return (join as [string, unknown[]])[1].map(written).join((join as [string])[0]);
  }
  return sub === undefined
    ? (LONGEST[String(Ref)] ?? 'x'.repeat(128))
    : String(sub).replace(/\$\{([^}]+)\}/g, (_, name) => LONGEST[name]);
}
