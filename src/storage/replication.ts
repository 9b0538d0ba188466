import { createHash } from 'node:crypto';
import { Aws, Stack, Stage, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct, IConstruct } from 'constructs';
import { acknowledgeWildcards } from '../private/acknowledgements';
import { roleArn } from '../private/arns';
import { fail } from '../private/checks';

const BUCKETS = ['datasets', 'models', 'artifacts'] as const;

/** Storage as replication sees it. */
export interface ReplicatedStorage extends IConstruct {
  readonly datasets: s3.IBucket;
  readonly models: s3.IBucket;
  readonly artifacts: s3.IBucket;
  readonly encryptionKey?: kms.IKey;

  /** What is known of buckets that are defined in this app. */
  readonly _protection?: StorageProtection;
}

/** What storages of this app have to know of each other. */
export interface StorageProtection {
  /** Ids of the buckets with Object Lock. */
  readonly locked: readonly string[];

  /** Where its objects are copied to. */
  readonly replica?: IConstruct;

  /** Roles that copy objects from or to it: ARNs, or patterns of such, that no other stack is needed for. */
  readonly replicators: string[];
}

/** Properties of a `Replication`. */
export interface ReplicationProps {
  readonly source: ReplicatedStorage;
  readonly replica: ReplicatedStorage;
  readonly deleteMarkers: boolean;
  readonly permissionsBoundary?: iam.IManagedPolicy;
}

/** Requires a storage that S3 can copy to, with nothing lost on the way. */
export function requireReplica(scope: IConstruct, source: ReplicatedStorage, replica: ReplicatedStorage): void {
  const refuse = (rule: string, got: unknown): never => fail(scope, 'replicateTo', rule, got);
  if (Stage.of(replica) !== Stage.of(scope)) {
    refuse('a storage of the same stage; across stages, name its buckets with MlStorage.fromBuckets', replica);
  }
  requireAnotherRegion(scope, replica);
  if (new Set(BUCKETS.map((name) => replica[name].bucketArn)).size < BUCKETS.length) {
    refuse('a storage of three buckets, since areas have the same names in each', replica);
  }
  if ((source.encryptionKey === undefined) !== (replica.encryptionKey === undefined)) {
    const kind = source.encryptionKey ? 'a key in KMS' : 'keys that S3 manages';
    refuse(`a storage that is encrypted alike, with ${kind}`, replica);
  }
  const { _protection: known } = replica;
  if (known === undefined) {
    return;
  }
  if (known.replica) {
    refuse(
      `a storage that is not replicated itself, as S3 does not copy replicas on to ${known.replica.node.path}`,
      replica,
    );
  }
  if (known.replicators.length > 0) {
    refuse('a storage that no other is replicated to, since owners have the same prefixes in both', replica);
  }
  const open = source._protection?.locked.find((id) => !known.locked.includes(id));
  if (open) {
    refuse(`a storage with Object Lock on ${open}, without which S3 copies no locked object`, replica);
  }
}

function requireAnotherRegion(scope: IConstruct, replica: ReplicatedStorage): void {
  const here = Stack.of(scope);
  for (const name of BUCKETS) {
    const { account, region } = replica[name].env;
    if (Token.isUnresolved(here.region) || Token.isUnresolved(region)) {
      const rule = "in a stack whose 'env' names a region, and so must this, since they may not be the same";
      fail(scope, 'replicateTo', rule, replica);
    }
    if (region === here.region) {
      const rule = `in another region than ${here.region}; import a bucket of another region by its name and region with Bucket.fromBucketAttributes`;
      fail(scope, 'replicateTo', rule, replica[name]);
    }
    if (account !== here.account && !Token.isUnresolved(account) && !Token.isUnresolved(here.account)) {
      const rule = `in the same account, ${here.account}; for copies in another one, use AWS Backup`;
      fail(scope, 'replicateTo', rule, account);
    }
  }
}

/**
 * Has S3 copy each new object of three buckets to their replicas, with a role of its own.
 *
 * The role can read versions of the source and write replicas, and nothing else. It may delete at the other side only
 * where delete markers are copied.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html
 */
export class Replication extends Construct {
  constructor(scope: Construct, id: string, props: ReplicationProps) {
    super(scope, id);
    const path = `/ml-infra-replication/${createHash('sha256').update(scope.node.path).digest('hex').slice(0, 16)}/`;
    const role = new iam.Role(this, 'Role', {
      path,
      assumedBy: new iam.ServicePrincipal('s3.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
      permissionsBoundary: props.permissionsBoundary,
    });
    const policy = new iam.ManagedPolicy(this, 'Policy', { roles: [role], statements: statements(this, props) });
    const accept = () =>
      acknowledgeWildcards(policy, 'Names of objects are not known before; buckets are named in full');
    accept();
    // Again before checkers read it, when names of the other region have become what the template says.
    this.node.addValidation({
      validate: () => {
        accept();
        return [];
      },
    });
    for (const name of BUCKETS) {
      copy(props, name, role);
    }
    // By its path, since a replica whose policy named the role would wait for the stack that waits for it.
    const pattern = roleArn(this, `${path.slice(1)}*`);
    props.source._protection?.replicators.push(role.roleArn);
    props.replica._protection?.replicators.push(pattern);
  }
}

function copy({ source, replica, deleteMarkers }: ReplicationProps, name: (typeof BUCKETS)[number], role: iam.IRole) {
  const key = replica.encryptionKey;
  (source[name].node.defaultChild as s3.CfnBucket).replicationConfiguration = {
    role: role.roleArn,
    rules: [
      {
        id: `copy-${name}`,
        status: 'Enabled',
        priority: 1,
        filter: { prefix: '' },
        deleteMarkerReplication: { status: deleteMarkers ? 'Enabled' : 'Disabled' },
        destination: {
          bucket: bucketArn(replica[name]),
          encryptionConfiguration: key && { replicaKmsKeyId: keyArn(key) },
        },
        sourceSelectionCriteria: key && { sseKmsEncryptedObjects: { status: 'Enabled' } },
      },
    ],
  };
}

function statements(scope: IConstruct, { source, replica, deleteMarkers }: ReplicationProps): iam.PolicyStatement[] {
  const from = BUCKETS.map((name) => bucketArn(source[name]));
  const to = BUCKETS.map((name) => bucketArn(replica[name]));
  const objects = (arns: string[]) => arns.map((arn) => `${arn}/*`);
  const lock = ['s3:GetObjectLegalHold', 's3:GetObjectRetention'];
  const isLocked = (source._protection?.locked.length ?? 0) > 0;
  return [
    new iam.PolicyStatement({ actions: ['s3:GetReplicationConfiguration', 's3:ListBucket'], resources: from }),
    new iam.PolicyStatement({
      actions: [
        ...(isLocked ? lock : []),
        's3:GetObjectVersionAcl',
        's3:GetObjectVersionForReplication',
        's3:GetObjectVersionTagging',
      ],
      resources: objects(from),
    }),
    new iam.PolicyStatement({
      actions: [...(deleteMarkers ? ['s3:ReplicateDelete'] : []), 's3:ReplicateObject', 's3:ReplicateTags'],
      resources: objects(to),
    }),
    ...keyStatement(['kms:Decrypt'], source.encryptionKey, Stack.of(scope).region, from),
    ...keyStatement(['kms:Encrypt', 'kms:GenerateDataKey'], replica.encryptionKey, replica.datasets.env.region, to),
  ];
}

/**
 * The use of a key through S3, for objects of some buckets. S3 names the bucket where a bucket key is used, else the
 * object.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html
 */
function keyStatement(actions: string[], key: kms.IKey | undefined, region: string, buckets: string[]) {
  const context = buckets.flatMap((arn) => [arn, `${arn}/*`]);
  return key === undefined
    ? []
    : [
        new iam.PolicyStatement({
          actions,
          resources: [keyArn(key)],
          conditions: {
            StringEquals: { 'kms:ViaService': `s3.${region}.${Aws.URL_SUFFIX}` },
            StringLike: { 'kms:EncryptionContext:aws:s3:arn': context },
          },
        }),
      ];
}

/** Of the resource itself, since the L2 asks for a physical name before another region may refer to it. */
function bucketArn(bucket: s3.IBucket): string {
  const { defaultChild } = bucket.node;
  return s3.CfnBucket.isCfnBucket(defaultChild) ? defaultChild.attrArn : bucket.bucketArn;
}

function keyArn(key: kms.IKey): string {
  const { defaultChild } = key.node;
  return kms.CfnKey.isCfnKey(defaultChild) ? defaultChild.attrArn : key.keyArn;
}
