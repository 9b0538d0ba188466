import type { PolicyDocument, Statement } from '../decisions/scene';
import { ACCOUNT } from './define-app';
import { ofType, type PlacedResource, placeOf, type Synthesized } from './synthesized';

/** A policy of a template, with a text for each reference in it. */
export interface WrittenPolicy {
  readonly place: string;
  readonly kind: 'identity' | 'bucket' | 'key' | 'endpoint' | 'topic' | 'trust';
  readonly policy: PolicyDocument;
}

/** An ARN whose parts nobody knows before deployment. In a condition it is one of the account, as all references are. */
const ANY_ARN = 'arn:*:*:*:*:*';
const OWN_ARN = `arn:*:*:*:${ACCOUNT}:*`;

const KINDS: [WrittenPolicy['kind'], string, string[]][] = [
  ['identity', 'PolicyDocument', ['AWS::IAM::ManagedPolicy', 'AWS::IAM::Policy']],
  ['trust', 'AssumeRolePolicyDocument', ['AWS::IAM::Role']],
  ['bucket', 'PolicyDocument', ['AWS::S3::BucketPolicy']],
  ['key', 'KeyPolicy', ['AWS::KMS::Key']],
  ['endpoint', 'PolicyDocument', ['AWS::EC2::VPCEndpoint']],
  ['topic', 'PolicyDocument', ['AWS::SNS::TopicPolicy']],
];

/** The core's own providers of custom resources, which only removal of data and the default group of a VPC take. */
export function isOfCore({ logicalId }: PlacedResource): boolean {
  return /^Custom[A-Za-z0-9]+CustomResourceProvider(Role|Handler)[0-9A-F]{8}$/.test(logicalId);
}

/** Every policy of an app, also those that stand inside of a role. */
export function policiesOf(app: Synthesized): WrittenPolicy[] {
  const written = KINDS.flatMap(([kind, property, types]) =>
    ofType(app, ...types)
      .filter((resource) => !isOfCore(resource))
      .map((resource) => policyOf(app, resource, kind, resource.Properties[property])),
  );
  const inline = ofType(app, 'AWS::IAM::Role')
    .filter((resource) => !isOfCore(resource))
    .flatMap((role) =>
      (role.Properties.Policies ?? []).map((each: { PolicyDocument: unknown }) =>
        policyOf(app, role, 'identity', each.PolicyDocument),
      ),
    );
  return [...written, ...inline].filter(({ policy }) => policy !== undefined);
}

const REGISTRATION = /^ssm:(RegisterManagedInstance|RequestManagedInstanceRoleToken|UpdateManagedInstancePublicKey)$/;
const BUCKETS_OF_AWS = /:s3:::(prod-[a-z0-9-]+-starport-layer-bucket|al2023-repos-[a-z0-9-]+-de612dc2)\/\*$/;

/**
 * Whether an endpoint has to let a statement's actions through from anybody who has a way to it: reading buckets of AWS,
 * and registration as a managed node, for which there are no credentials yet.
 */
export function isOpenByNeed({ kind }: WrittenPolicy, { Action, Resource }: Statement): boolean {
  const actions = [Action].flat();
  const registers = actions.every((action) => REGISTRATION.test(action));
  const reads = actions.join() === 's3:GetObject' && [Resource ?? []].flat().every((arn) => BUCKETS_OF_AWS.test(arn));
  return kind === 'endpoint' && (registers || reads);
}

/** The statements of a policy that allow something to somebody. */
export function allowsOf({ policy }: WrittenPolicy): Statement[] {
  return policy.Statement.filter(({ Effect }) => Effect === 'Allow');
}

function policyOf(
  { plan }: Synthesized,
  resource: PlacedResource,
  kind: WrittenPolicy['kind'],
  document: unknown,
): WrittenPolicy {
  return { place: placeOf(resource), kind, policy: withTexts(document, plan.region) as PolicyDocument };
}

/** A value with a text in place of each reference: those of the place are known, all others stand for `any` ARN. */
function withTexts(value: unknown, region = 'eu-central-1', any = ANY_ARN): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => withTexts(item, region, any));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const [[name, argument] = ['', undefined], ...others] = Object.entries(value);
  if (others.length > 0 || !(name === 'Ref' || name.startsWith('Fn::'))) {
    const texts = Object.entries(value).map(([key, item]) => [
      key,
      withTexts(item, region, key === 'Condition' ? OWN_ARN : any),
    ]);
    return Object.fromEntries(texts);
  }
  if (name === 'Fn::Join') {
    const [separator, parts] = argument as [string, unknown[]];
    const texts = withTexts(parts, region, any) as string[];
    return texts.map((text, index) => (index > 0 && text === any ? 'any' : text)).join(separator);
  }
  const pseudo: { [name: string]: string } = {
    'AWS::AccountId': ACCOUNT,
    'AWS::Partition': 'aws',
    'AWS::Region': region,
    'AWS::URLSuffix': 'amazonaws.com',
  };
  return (name === 'Ref' && pseudo[argument as string]) || any;
}
