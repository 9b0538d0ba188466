import type { Finding } from '../shared/findings';

/** How many requirements may be left unmet, over all checkers together. */
export const MOST = 12;

/** A requirement of policy checkers that is left unmet, which is a decision each. */
export interface UnmetRequirement {
  readonly requirement: string;

  /** What it is left unmet on, as people say it. */
  readonly on: string;

  /** The ends of the paths of the constructs on which it is left unmet; anywhere else it is a finding. */
  readonly where: RegExp;

  readonly reason: string;

  /** The rules that ask for it, by checker; those of cdk-nag without the names of their packs. */
  readonly rules: { readonly [checker: string]: readonly string[] };
}

const BUCKETS = /(Storage\/(AccessLogs|Artifacts|Datasets|Models)|Trail\/(AccessLogs|Events))\/Resource$/;
const MACHINES = /MlHours-[^/]+\/(Schedule|Uptime)Machine$/;

/**
 * Every requirement that the checkers find unmet in the apps of `apps.ts`, once, however many checkers repeat it. It is
 * frozen: a finding that is not here fails, and so does a line here that nothing finds any more.
 */
export const LEDGER: readonly UnmetRequirement[] = [
  {
    requirement: 'the default security group of a VPC is empty',
    on: 'the VPC',
    where: /Network\/Vpc\/Resource$/,
    reason: 'nothing uses the default group; emptying it takes a custom resource: `restrictDefaultSecurityGroup`',
    rules: { 'cdk-nag': ['VPCDefaultSecurityGroupClosed'] },
  },
  {
    requirement: 'buckets are copied to another region',
    on: 'buckets',
    where: BUCKETS,
    reason: 'a copy in another region doubles the cost; versions protect against mistakes',
    rules: { 'cdk-nag': ['S3BucketReplicationEnabled'] },
  },
  {
    requirement: 'objects are locked',
    on: 'buckets',
    where: BUCKETS,
    reason: 'a locked object cannot be deleted when a person asks for it',
    rules: { 'cdk-nag': ['S3BucketDefaultLockEnabled'], 'Control Tower': ['CT.S3.PR.9'] },
  },
  {
    requirement: 'a bucket of access logs has a customer managed key and an access log, as buckets of data have',
    on: 'buckets of access logs',
    where: /(Storage|Trail)\/AccessLogs\/Resource$/,
    reason:
      'S3 delivers access logs only to buckets with keys that S3 manages; a bucket that logs into itself never stops',
    rules: {
      'cdk-nag': ['S3DefaultEncryptionKMS'],
      'Control Tower': ['CT.S3.PR.10', 'CT.S3.PR.2'],
    },
  },
  {
    requirement: 'buckets send events',
    on: 'buckets',
    where: BUCKETS,
    reason: 'nothing listens, and EventBridge charges for the events of S3',
    rules: { 'Control Tower': ['CT.S3.PR.4'] },
  },
  {
    requirement: 'no policy has a wildcard',
    on: 'managed policies, wildcard by wildcard',
    where: /(Policy\d*|MlPolicy-[0-9a-f]+|Ingestion)\/Resource$/,
    reason: 'names of objects, jobs and images are not known before; tags and prefixes bound them',
    rules: { 'cdk-nag': ['IAM5'] },
  },
  {
    requirement: 'the policy of a key denies grants to all but AWS services',
    on: 'keys',
    where: /Key\/Resource$/,
    reason: 'policies of the roles bind grants to AWS services; a Deny on top is unverified on a live account',
    rules: { 'Control Tower': ['CT.KMS.PR.3'] },
  },
  {
    requirement: 'state machines log every event',
    on: 'state machines of `schedule` and `maxUptime`',
    where: MACHINES,
    reason: 'delivery of logs takes rights on every resource; Step Functions keeps the history of 90 days',
    rules: { 'cdk-nag': ['SF1'], 'Control Tower': ['CT.STEPFUNCTIONS.PR.1'] },
  },
  {
    requirement: 'state machines write traces',
    on: 'state machines of `schedule` and `maxUptime`',
    where: MACHINES,
    reason: 'traces take rights on every resource, and there is one service to be seen in them',
    rules: {
      'cdk-nag': ['SF2', 'StepFunctionStateMachineXray'],
      'Control Tower': ['CT.STEPFUNCTIONS.PR.2'],
    },
  },
  {
    requirement: 'events and mails that cannot be delivered go to a queue',
    on: 'rules of `maxUptime` and `NotebookAlarms`, mail addresses of an example',
    where: /(MlHours-[^/]+\/Started|Alarms\/Failed\/Resource|Alarms\/Topic\/[^/]+\/Resource)$/,
    reason: 'EventBridge and SNS try again for long; a queue would need a reader of its own',
    rules: { 'cdk-nag': ['EventBusDLQ', 'SNSRedrivePolicy'] },
  },
  {
    requirement: 'a value is right in the template already',
    on: 'notebooks whose base is in another stack, ARNs in state machines',
    where: /(Notebooks\/alice(\/Resource)?|Project\w+\/\w+\/Resource|Machine)$/,
    reason: 'the requirement is met: the checkers take a subnet of another stack and any partition for a wrong value',
    rules: {
      'Control Tower': ['CT.SAGEMAKER.PR.2', 'CT.SAGEMAKER.PR.1'],
      'cfn-lint': ['E3601'],
    },
  },
  {
    requirement: 'every parameter of a template is used',
    on: 'readers of a published base',
    where: /Shared\/Published/,
    reason: 'parameters are read even where nothing uses them, so that a missing one fails at once',
    rules: { 'cfn-lint': ['W2001'] },
  },
];

/** What is wrong with findings and the ledger together, as sentences. */
export function problemsWith(findings: readonly Finding[], ledger: readonly UnmetRequirement[]): string[] {
  const isIn = ({ rules, where }: UnmetRequirement, { checker, rule, path }: Finding) =>
    (rules[checker]?.includes(rule) ?? false) && where.test(path);
  const open = findings.filter((finding) => !ledger.some((unmet) => isIn(unmet, finding)));
  const unseen = ledger.flatMap((unmet) =>
    Object.entries(unmet.rules).flatMap(([checker, rules]) =>
      rules
        .filter((rule) => !findings.some((each) => each.checker === checker && each.rule === rule && isIn(unmet, each)))
        .map((rule) => `${checker} no longer finds ${rule}: remove it from the ledger`),
    ),
  );
  const tooMany =
    ledger.length > MOST ? [`the ledger must have at most ${MOST} requirements, got: ${ledger.length}`] : [];
  const sentences = open.map(({ checker, rule, path }) => `${checker} finds ${rule} on ${path}`);
  return [...new Set(sentences), ...unseen, ...tooMany];
}

/** The rules of cdk-nag in the ledger that a scope of constructs meets. */
export function nagLedger(): string[] {
  return LEDGER.flatMap(({ rules }) => rules['cdk-nag'] ?? []).sort();
}
