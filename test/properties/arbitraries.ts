import * as fc from 'fast-check';
import {
  type AppPlan,
  type BasePlan,
  type EnvironmentPlan,
  type ExtrasPlan,
  FEATURES,
  type Feature,
  LAYOUTS,
  type LifecyclePlan,
  NEWCOMER,
  type NetworkPlan,
  type NotebookPlan,
  type SchedulePlan,
  type StepPlan,
} from './plan';

/** Texts that would do harm if they ever became code, or met names that JavaScript, a shell or JSON has for itself. */
const HOSTILE = ['$(touch x) `id` "\'', '${AWS::AccountId}', '<b>&amp;', "'; DROP --", 'constructor', 'größer 🚀'];

/** One line, as people and attackers write it. */
const line = (maxLength: number) =>
  fc.oneof(
    fc.constantFrom(...HOSTILE),
    fc
      .string({ unit: 'grapheme', minLength: 1, maxLength })
      .filter((text) => !/[\p{Cc}\p{Cs}]/u.test(text) && text.trim() === text && text !== ''),
  );

/** A value of a tag. */
const tagValue = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9 _.:/=+@-]{0,40}$/).map((text) => text.trim());

/** A value now and then, so that most plans stay small. */
const sometimes = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 1 });
const rarely = fc.integer({ min: 0, max: 5 }).map((number) => number === 5);

/** Who a notebook may belong to, or be called after. No two differ in case only. */
const owner = fc
  .oneof(
    fc.constantFrom('alice', 'bob', 'alice2', 'alice-b', 'a.b', 'x@example.com', 'C+1=2', '0'),
    fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._@+=-]{0,62}$/),
  )
  .filter((name) => !name.includes('..') && !(name in {}))
  .filter((name) => !['team', NEWCOMER].includes(name.toLowerCase()));

const environment: fc.Arbitrary<EnvironmentPlan> = fc.oneof(
  fc.constantFrom({ name: 'dev' }, { name: 'staging' }, { name: 'prod' }),
  fc.record({
    name: fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/).filter((name) => !['dev', 'staging', 'prod'].includes(name)),
    custom: fc
      .record({
        removalPolicy: sometimes(fc.constantFrom('retain', 'destroy', 'retain-on-update-or-delete')),
        allowDataRemoval: sometimes(fc.boolean()),
        zones: sometimes(fc.integer({ min: 2, max: 3 })),
        endpointZones: sometimes(fc.integer({ min: 1, max: 2 })),
        logRetention: sometimes(fc.constantFrom(1, 7, 30, 365, 3653, 9999)),
        versionDays: sometimes(fc.integer({ min: 1, max: 3650 })),
        tags: sometimes(fc.dictionary(fc.stringMatching(/^cost-[a-z]{1,20}$/), tagValue, { maxKeys: 4 })),
      })
      .map((custom) => custom as EnvironmentPlan['custom']),
  }),
);

const network: fc.Arbitrary<NetworkPlan> = fc.record({
  kind: fc.constantFrom('default', 'new', 'new', 'existing'),
  prefix: fc.integer({ min: 16, max: 24 }),
  zones: sometimes(fc.integer({ min: 2, max: 3 })),
  internetAccess: fc.constantFrom('none', 'none', 'nat-gateway', 'nat-instance'),
  publicSubnets: fc.boolean(),
  restrictDefaultSecurityGroup: rarely,
  flowLogs: fc.constantFrom('ALL', 'ALL', 'REJECT', 'NONE'),
  trafficBetweenWorkloads: fc.boolean(),
  s3PrefixList: fc.boolean(),
  services: fc.subarray(['GLUE', 'KMS', 'SECRETS_MANAGER', 'ECR_API', 'ECR_DOCKER', 'AMAZON_LINUX', 'SAGEMAKER_API']),
});

const base: fc.Arbitrary<BasePlan> = fc.record({
  baseName: sometimes(fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9-]{0,62}$/)),
  key: fc.constantFrom('default', 'default', 'own', 'imported'),
  storage: fc.constantFrom('default', 'default', 's3-managed', 'own key', 'existing'),
  permissionsBoundary: fc.boolean(),
  network,
});

const steps: fc.Arbitrary<StepPlan[]> = fc.uniqueArray(
  fc.record({
    name: fc.stringMatching(/^step-[A-Za-z0-9._-]{0,20}$/),
    text: line(80),
    blocking: fc.boolean(),
    root: fc.boolean(),
    seconds: sometimes(fc.integer({ min: 1, max: 240 })),
  }),
  { selector: ({ name }) => name.toLowerCase(), maxLength: 3 },
);

const features: Feature[] = [...FEATURES];

const lifecycle: fc.Arbitrary<LifecyclePlan> = fc.record({
  idleMinutes: sometimes(fc.integer({ min: 5, max: 10_080 })),
  fineIdle: fc.boolean(),
  onStart: steps,
  onCreate: steps,
  variables: sometimes(
    fc.dictionary(fc.stringMatching(/^TEAM_[A-Z0-9_]{1,20}$/), line(80), { minKeys: 1, maxKeys: 4 }),
  ),
  features: fc.oneof(fc.constant<Feature[]>([]), fc.constant(features), fc.subarray(features)),
  pipPackages: fc.subarray(['lightgbm==4.6.0', 'boto3 >= 1.40', "pandas; python_version > '3.8'"]),
  condaPackages: fc.subarray(['graphviz', 'conda-forge::r-base=4']),
});

const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));

const schedule: fc.Arbitrary<SchedulePlan> = fc
  .record({
    days: fc.subarray(['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'], { minLength: 1 }),
    start: sometimes(clock),
    stop: sometimes(clock),
    timeZone: sometimes(fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kolkata')),
  })
  .filter(({ start, stop }) => start !== stop);

const notebook: fc.Arbitrary<NotebookPlan> = fc.record({
  id: owner,
  owner: fc.constantFrom('id', 'id', 'first', 'nobody'),
  instanceType: sometimes(fc.constantFrom('ml.t3.medium', 'ml.m5.4xlarge', 'ml.g6.xlarge')),
  gibibytes: sometimes(fc.integer({ min: 5, max: 16_384 })),
  lifecycle: sometimes(fc.integer({ min: 0, max: 1 })),
  idleMinutes: sometimes(fc.integer({ min: 5, max: 10_080 })),
  project: sometimes(tagValue),
  gitUserName: sometimes(tagValue),
  schedule: sometimes(schedule),
  uptimeMinutes: sometimes(fc.integer({ min: 15, max: 43_200 })),
  code: fc.subarray(['git', 'git with secret', 'codecommit']),
  zone: sometimes(fc.integer({ min: 0, max: 1 })),
  named: fc.boolean(),
  ownRole: rarely,
  ownKey: rarely,
  rootAccess: sometimes(fc.boolean()),
  directInternetAccess: sometimes(rarely),
  removalPolicy: sometimes(fc.constantFrom('retain', 'destroy')),
});

const extras: fc.Arbitrary<ExtrasPlan> = fc.record({
  alarmsAt: sometimes(fc.integer({ min: 1, max: 100 })),
  selfService: fc.boolean(),
  logRetention: sometimes(fc.constantFrom(1, 30, 365)),
  outputs: fc.boolean(),
  grants: fc.boolean(),
  baseGrantsTo: fc.constantFrom('nobody', 'role beside the base', 'role beside the notebooks'),
});

/** A notebook that joins others. */
export const newcomer: fc.Arbitrary<NotebookPlan> = notebook.map((plan) => ({ ...plan, id: NEWCOMER, owner: 'id' }));

/** Any app that the library must take, but for those that are known to be broken. */
export const appPlan: fc.Arbitrary<AppPlan> = fc.record({
  region: fc.constantFrom(undefined, 'eu-central-1', 'us-east-1', 'cn-north-1', 'us-gov-west-1'),
  recommendedFlags: fc.boolean(),
  foreignTags: fc.boolean(),
  removeData: fc.boolean(),
  environment,
  layout: fc.constantFrom(...LAYOUTS),
  base,
  lifecycles: fc.array(lifecycle, { maxLength: 2 }),
  notebooks: fc.uniqueArray(notebook, { selector: ({ id }) => id.toLowerCase(), minLength: 1, maxLength: 4 }),
  extras,
});
