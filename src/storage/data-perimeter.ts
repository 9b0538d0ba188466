import { Lazy, Reference, Stack, Token, Tokenization } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { IConstruct } from 'constructs';
import { fail, requireList, requirePattern, requireProps } from '../private/checks';
import { having, Kinds, listOf, required, requireKinds, TEXT } from '../private/kinds';

/**
 * A perimeter around the objects of the buckets: requests that do not come through the S3 endpoint of the network are
 * denied, with whatever credentials they are made.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies-vpc-endpoint.html
 */
export interface DataPerimeterOptions {
  /**
   * Who may reach objects from anywhere: from 1 to 20 roles or users, such as those of administrators and of whatever
   * loads data. A role that is not of this app is given as `new iam.ArnPrincipal(...)`, where only its name may have
   * wildcards.
   */
  readonly breakGlass: iam.IPrincipal[];

  /**
   * Further endpoints for S3, `vpce-` and letters and digits, at most 20: those that an existing VPC has already, or of
   * other networks.
   *
   * @default - The endpoint that the network of the base defines.
   */
  readonly endpointIds?: string[];
}

const KINDS: Kinds<DataPerimeterOptions> = {
  breakGlass: required(listOf(having('a principal such as a role or new iam.ArnPrincipal(...)', 'policyFragment'))),
  endpointIds: listOf(TEXT),
};

/** Who put a perimeter around a bucket: two would deny what comes through the endpoint of the other. */
const KEEPERS = new WeakMap<s3.IBucket, IConstruct>();

/** What stands inside of the perimeter, and who else comes in. */
export interface DataPerimeterProps {
  readonly options: DataPerimeterOptions;
  readonly buckets: s3.IBucket[];

  /** Ids of the endpoints that the network has, also of those whose id nobody knows. */
  readonly endpointIds: string[];

  /** Roles of the library that have to come in from outside, also those that are defined later. */
  readonly ownRoles: () => string[];
}

/**
 * Denies requests for objects that come from outside.
 *
 * Only what reads, writes and lists objects is denied, and not what configures a bucket: a mistake here never locks
 * CloudFormation out, which can always take the statement away. AWS services that call by themselves, or for somebody
 * who was allowed to call them, do not come through an endpoint and are let through.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function denyFromOutside(scope: IConstruct, props: DataPerimeterProps): void {
  const { options } = props;
  requireProps(scope, 'dataPerimeter', options, KINDS);
  requireKinds(scope, options, KINDS, 'dataPerimeter');
  const endpointIds = requireEndpoints(scope, props);
  const insiders = requireBreakGlass(scope, options.breakGlass);
  for (const bucket of props.buckets) {
    requireOneKeeper(scope, bucket);
    const added = bucket.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'DenyObjectsFromOutside',
        effect: iam.Effect.DENY,
        principals: [new iam.AnyPrincipal()],
        actions: ['s3:*'],
        // Of the bucket itself only its list: the other actions on it are those that configure it.
        resources: [bucket.arnForObjects('*')],
        conditions: conditions(endpointIds, insiders, props.ownRoles),
      }),
    );
    if (!added.statementAdded) {
      const rule = 'left out for buckets that exist, whose policies are not changed';
      fail(scope, 'dataPerimeter', rule, bucket);
    }
    bucket.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'DenyListsFromOutside',
        effect: iam.Effect.DENY,
        principals: [new iam.AnyPrincipal()],
        actions: ['s3:ListBucket', 's3:ListBucketMultipartUploads', 's3:ListBucketVersions'],
        resources: [bucket.bucketArn],
        conditions: conditions(endpointIds, insiders, props.ownRoles),
      }),
    );
  }
}

function requireOneKeeper(scope: IConstruct, bucket: s3.IBucket): void {
  const keeper = KEEPERS.get(bucket);
  if (keeper) {
    const rule = `given by one base for the buckets that several share; name the endpoints of all in that of ${keeper.node.path}`;
    fail(scope, 'dataPerimeter', rule, bucket);
  }
  KEEPERS.set(bucket, scope);
}

function conditions(endpointIds: string[], insiders: string[], ownRoles: () => string[]) {
  return {
    StringNotEquals: { 'aws:SourceVpce': endpointIds },
    ArnNotLike: { 'aws:PrincipalArn': Lazy.list({ produce: () => [...insiders, ...ownRoles()] }) },
    BoolIfExists: { 'aws:PrincipalIsAWSService': 'false', 'aws:ViaAWSService': 'false' },
  };
}

function requireEndpoints(scope: IConstruct, { options, buckets, endpointIds }: DataPerimeterProps): string[] {
  const given = options.endpointIds ?? [];
  requireList(scope, 'dataPerimeter.endpointIds', given, 0, 20);
  for (const id of given) {
    requirePattern(
      scope,
      'dataPerimeter.endpointIds',
      id,
      /^vpce-[0-9a-z]+$/,
      'ids of endpoints, vpce- and letters and digits',
    );
  }
  const known = endpointIds.filter((id) => Token.isUnresolved(id) || id.startsWith('vpce-'));
  if (known.length + given.length === 0) {
    const rule = 'given the id of the endpoint for S3 that the VPC has, as the network does not define one';
    fail(scope, 'dataPerimeter.endpointIds', rule, given);
  }
  requireNoCycle(scope, buckets[0], known);
  return [...new Set([...known, ...given])];
}

/** A base refers to its buckets, so their policies cannot refer to an endpoint of its stack from another one. */
function requireNoCycle(scope: IConstruct, bucket: s3.IBucket, endpointIds: string[]): void {
  const here = Stack.of(scope);
  const targets = endpointIds
    .flatMap((id) => Tokenization.reverseString(id).tokens)
    .flatMap((token) => (Reference.isReference(token) ? Stack.of(token.target) : []));
  if (Stack.of(bucket) !== here && targets.includes(here)) {
    const rule =
      'left out where storage and network stand in different stacks, which would wait for each other; define the storage in the stack of the base';
    fail(scope, 'dataPerimeter', rule, bucket);
  }
}

/** ARNs that `aws:PrincipalArn` may have. A wildcard in place of an account or of all names would let everybody in. */
function requireBreakGlass(scope: IConstruct, principals: iam.IPrincipal[]): string[] {
  const prop = 'dataPerimeter.breakGlass';
  const arns = principals.flatMap((principal) => {
    const { principalJson, conditions } = principal.policyFragment;
    const arns = Object.keys(principalJson).join() === 'AWS' ? principalJson.AWS : undefined;
    if (arns === undefined || Object.keys(conditions).length > 0) {
      fail(
        scope,
        prop,
        'roles and users, without conditions; AWS services are let through as they are',
        principal.toString(),
      );
    }
    return arns;
  });
  requireList(scope, prop, arns, 1, 20);
  for (const arn of arns) {
    const rule = 'roles and users by their ARNs, with a name that is more than a wildcard';
    const known = withoutTokens(scope, arn);
    requirePattern(scope, prop, known, /^arn:[^:*?]+:iam::[^:*?]+:(role|user)\/[^*?]*[^*?/]/, rule);
    if (/:role\/ml-infra\//.test(known)) {
      fail(scope, prop, 'others than the roles of owners, which the perimeter keeps inside', known);
    }
  }
  return arns;
}

/** An ARN in which each deploy-time part is a word, so that what is written out can be looked at. */
function withoutTokens(scope: IConstruct, arn: string): string {
  const resolved: unknown = Stack.of(scope).resolve(arn);
  if (typeof resolved === 'string') {
    return resolved;
  }
  const join = (resolved as { 'Fn::Join'?: [string, unknown[]] })['Fn::Join'];
  return join
    ? join[1].map((part) => (typeof part === 'string' ? part : 'token')).join(join[0])
    : 'arn:token:iam::token:role/token';
}
