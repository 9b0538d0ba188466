import { lint } from '../decisions/lint';
import { isOfCore, isOpenByNeed, policiesOf } from './policies';
import { isGivenUp } from './stateful';
import { ofType, type PlacedResource, pathOf, placeOf, type Synthesized } from './synthesized';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const MOST = { Resources: 500, Parameters: 200, Outputs: 200 };

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const LONGEST_POLICY = 6_144;
const MOST_POLICIES_OF_A_ROLE = 10;

/** What the core's own function needs to empty a bucket that may be deleted. */
const EMPTIES = 's3:DeleteObject*';

/** Rights of a role of the app's own, which CDK writes beside it. */
const OF_PEOPLE = /\/(Person|OwnRole)\//;

const LINTED = new Map<string, Promise<string[]>>();

/** Every action exists, fits its resource and its condition keys, and none is a pattern or on everything beside a few. */
export async function allowsNoWildcards(app: Synthesized): Promise<string[]> {
  const checked = policiesOf(app).map(async (written) => {
    const { place, kind, policy } = written;
    // That tags of an activation need a right on its role is not in AWS's data, but in its samples.
    const statements = policy.Statement.filter(
      (statement) =>
        statement.Action !== 'ssm:AddTagsToResource' &&
        !isOpenByNeed(written, statement) &&
        !(kind === 'bucket' && isGivenUp(app) && [statement.Action].flat().includes(EMPTIES)),
    );
    const key = `${kind} ${JSON.stringify(statements)}`;
    // What a topic says of itself is on itself, as with a key.
    const faults =
      LINTED.get(key) ??
      lint({ name: '', kind: kind === 'topic' ? 'key' : kind, policy: { ...policy, Statement: statements } });
    LINTED.set(key, faults);
    return (await faults).map((fault) => `${place}${fault}`);
  });
  const ofAws = ofType(app, 'AWS::IAM::Role')
    .filter(
      (role) => !isOfCore(role) && JSON.stringify(role.Properties.ManagedPolicyArns ?? []).includes(':aws:policy/'),
    )
    .map((role) => `${placeOf(role)} has a policy that AWS may widen`);
  return [...(await Promise.all(checked)).flat(), ...ofAws];
}

/** IAM and CloudFormation take what was synthesized, whatever the names at deployment are. */
export function staysWithinLimits(app: Synthesized): string[] {
  const policies = ofType(app, 'AWS::IAM::ManagedPolicy')
    .map((policy): [string, number] => [placeOf(policy), longest(app, policy, policy.Properties.PolicyDocument)])
    .filter(([, size]) => size >= LONGEST_POLICY)
    .map(([place, size]) => `${place} may have ${size} characters`);
  const parts = [...app.templates].flatMap(([file, template]) =>
    Object.entries(MOST)
      .map(([part, most]): [number, string, number] => [countOf(template, part), part, most])
      .filter(([count, , most]) => count > most)
      .map(([count, part]) => `${file} has ${count} ${part}`),
  );
  const attached = ofType(app, 'AWS::IAM::Role')
    .map((role): [string, number] => [placeOf(role), attachedTo(app, role)])
    .filter(([, count]) => count > MOST_POLICIES_OF_A_ROLE)
    .map(([place, count]) => `${place} has ${count} policies`);
  const inline = ofType(app, 'AWS::IAM::Policy')
    .filter((policy) => !OF_PEOPLE.test(pathOf(policy)))
    .map((policy) => `${placeOf(policy)} is inline`);
  return [...policies, ...parts, ...attached, ...inline];
}

function attachedTo(app: Synthesized, role: PlacedResource): number {
  const reference = JSON.stringify({ Ref: role.logicalId });
  const others = ofType(app, 'AWS::IAM::ManagedPolicy').filter(
    ({ file, Properties }) => file === role.file && JSON.stringify(Properties.Roles ?? []).includes(reference),
  );
  return (role.Properties.ManagedPolicyArns ?? []).length + others.length;
}

function countOf(template: object, part: string): number {
  return Object.keys((template as { [part: string]: object })[part] ?? {}).length;
}

/** Characters of references at their longest; what is none of these comes to 110, as an ARN with a generated name does. */
const LENGTHS: { [name: string]: number } = {
  'AWS::AccountId': 12,
  'AWS::Partition': 'aws-us-gov'.length,
  'AWS::Region': 'ap-southeast-1'.length,
  'AWS::StackName': 128,
  'AWS::URLSuffix': 'amazonaws.com.cn'.length,
  'AWS::EC2::SecurityGroup': 20,
  'AWS::EC2::Subnet': 24,
  'AWS::EC2::VPC': 21,
  'AWS::S3::Bucket': 63 + 'arn:aws-us-gov:s3:::'.length,
};

/** The same of values of a published base, by the beginning of their names. */
const PUBLISHED: { [value: string]: number } = {
  'base-name': 63,
  'buckets/': 63,
  'security-groups/': 20,
  'subnets/': 24,
  'vpc-id': 21,
};

function longest(app: Synthesized, owner: PlacedResource, value: unknown): number {
  if (Array.isArray(value)) {
    return value.reduce((sum: number, each) => sum + longest(app, owner, each) + 1, 2);
  }
  if (typeof value !== 'object' || value === null) {
    return JSON.stringify(value).length;
  }
  const entries = Object.entries(value);
  const [name, argument] = entries[0] ?? ['', undefined];
  if (name === 'Fn::Join') {
    const [separator, parts] = argument as [string, unknown[]];
    const inner = parts.reduce((sum: number, part) => sum + longest(app, owner, part) - 2 + separator.length, 0);
    return inner + 2;
  }
  if (name === 'Ref' || name.startsWith('Fn::')) {
    const target = [argument].flat()[0] as string;
    const { Resources, Parameters = {} } = app.templates.get(owner.file) ?? { Resources: {} };
    const published = Object.keys(PUBLISHED).find((value) => Parameters[target]?.Default?.includes(`/${value}`));
    return (PUBLISHED[published ?? ''] ?? LENGTHS[Resources[target]?.Type ?? target] ?? 110) + 2;
  }
  return entries.reduce((sum, [key, each]) => sum + key.length + 4 + longest(app, owner, each), 2);
}
