import * as fs from 'node:fs';
import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as fsx from 'aws-cdk-lib/aws-fsx';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { IConstruct } from 'constructs';
import { fail, requireKnown, requireList, requirePattern } from '../private/checks';
import { FLAG, having, Kinds, required, requireKinds, TEXT } from '../private/kinds';
import { BoundFeature, FeaturePeer, LifecycleFeature, ServiceName } from './lifecycle-feature';
import { LifecyclePhase, LifecycleUser } from './lifecycle-step';
import { isOneOf, readObjects, requireReadable, useKey } from './s3-sync';

/** How a file system of EFS is mounted. */
export interface EfsMountOptions {
  /** Name below `~/SageMaker`: 1 to 63 characters of `A-Z`, `a-z`, `0-9`, `.`, `_` and `-`, a letter or digit first. */
  readonly folder: string;

  /**
   * Access point of the file system, which gives files an owner and notebooks a folder of their own.
   *
   * @default - The root of the file system, where the permissions of its files decide who of them writes.
   */
  readonly accessPoint?: efs.IAccessPoint;

  /**
   * Mounts the file system without the right to write.
   *
   * @default false
   */
  readonly readOnly?: boolean;
}

/** How a file system of FSx for Lustre is mounted. */
export interface LustreMountOptions {
  /** Name below `~/SageMaker`: 1 to 63 characters of `A-Z`, `a-z`, `0-9`, `.`, `_` and `-`, a letter or digit first. */
  readonly folder: string;

  /**
   * Mount name that FSx made for the file system: 1 to 8 lower-case letters and digits.
   *
   * @default - Taken from an `fsx.LustreFileSystem`, and required for an imported one.
   */
  readonly mountName?: string;

  /**
   * DNS name of the file system.
   *
   * @default - Taken from an `fsx.LustreFileSystem`, and `<id>.fsx.<region>.amazonaws.com` for an imported one.
   */
  readonly dnsName?: string;

  /**
   * Mounts the file system for reading. Lustre has no IAM: whoever has root access can mount it otherwise.
   *
   * @default false
   */
  readonly readOnly?: boolean;
}

/** How a bucket is mounted. */
export interface S3MountOptions {
  /** Name below `~/SageMaker`: 1 to 63 characters of `A-Z`, `a-z`, `0-9`, `.`, `_` and `-`, a letter or digit first. */
  readonly folder: string;

  /**
   * Folder in the bucket, such as `images/`.
   *
   * @default - The whole bucket, which is refused for the buckets of a base.
   */
  readonly prefix?: string;

  /**
   * Mounts the bucket without the right to write. With false, notebooks may write and delete what is below the prefix,
   * but in the buckets of a base no more than their roles may anyhow.
   *
   * @default true
   */
  readonly readOnly?: boolean;

  /**
   * Path of the RPM package of Mountpoint for Amazon S3, x86_64, at most 100 MiB. It is delivered with the scripts.
   *
   * @default - Installed from the repositories of Amazon Linux, which have it since release 2023.9.20251110.
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/mountpoint-installation.html
   */
  readonly rpmPath?: string;
}

const FOLDER = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;
const FOLDER_RULE = '1 to 63 characters of A-Z a-z 0-9 . _ - that begin with a letter or digit';
const LARGEST_PACKAGE = 100 * 1024 * 1024;
const BEGIN_OF_RPM = Buffer.from([0xed, 0xab, 0xee, 0xdb]);
const DNS_NAME = /^(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)+$/;

const FILE_SYSTEM = having('a file system', 'fileSystemId');
const EFS_KINDS: Kinds<EfsMountOptions> = {
  folder: required(TEXT),
  accessPoint: having('an access point of EFS', 'accessPointArn'),
  readOnly: FLAG,
};
const LUSTRE_KINDS: Kinds<LustreMountOptions> = {
  folder: required(TEXT),
  mountName: TEXT,
  dnsName: TEXT,
  readOnly: FLAG,
};
const S3_KINDS: Kinds<S3MountOptions> = { folder: required(TEXT), prefix: TEXT, readOnly: FLAG, rpmPath: TEXT };

/**
 * A file system that notebooks see as a folder, mounted in the background at each start.
 *
 * It is mounted below `/mnt/ml-infra`, and a link in `~/SageMaker` leads there. A file system that does not answer
 * within ten seconds is left out, and told in `SETUP-STATUS.md`. Programs on it never run with the rights of another
 * user. The clients come from the repositories of Amazon Linux, for which the base's endpoint of S3 is opened.
 *
 * @example
 * declare const home: efs.FileSystem;
 *
 * new NotebookLifecycle(this, 'Lifecycle', {
 *   shared,
 *   mounts: [
 *     FileSystemMount.efs(home, { folder: 'team' }),
 *     FileSystemMount.s3(shared.storage.datasets, { prefix: 'raw/', folder: 'raw' }),
 *   ],
 * });
 */
export abstract class FileSystemMount {
  /** A file system of Elastic File System, encrypted on its way and with the identity of the notebook's role. */
  public static efs(fileSystem: efs.IFileSystem, options: EfsMountOptions): FileSystemMount {
    return new EfsMount(folderOf(options), fileSystem, options);
  }

  /** A file system of FSx for Lustre. */
  public static fsxLustre(fileSystem: fsx.IFileSystem, options: LustreMountOptions): FileSystemMount {
    return new LustreMount(folderOf(options), fileSystem, options);
  }

  /** A bucket of the account, by Mountpoint for Amazon S3. Good for reading; files cannot be changed in place. */
  public static s3(bucket: s3.IBucket, options: S3MountOptions): FileSystemMount {
    return new BucketMount(folderOf(options), bucket, options);
  }

  protected constructor(
    /** Name below `~/SageMaker`. */
    public readonly folder: string,
  ) {}

  /** @internal */
  public abstract _bind(scope: IConstruct, prop: string, ownBuckets: s3.IBucket[]): BoundMount;
}

/** One mount as the bundle holds it, and what it takes. */
interface BoundMount {
  readonly settings: { readonly [key: string]: unknown };
  readonly statements?: iam.PolicyStatement[];
  readonly peers?: FeaturePeer[];
  readonly files?: { readonly [path: string]: Buffer };
}

/** File systems. `ownBuckets` are those of the base, in which owners have areas of their own. */
export function bindMounts(scope: IConstruct, mounts: FileSystemMount[], ownBuckets: s3.IBucket[]): BoundFeature {
  for (const [index, { folder }] of mounts.entries()) {
    requireKnown(scope, `mounts[${index}].folder`, folder, 'a folder is named after it');
    requirePattern(scope, `mounts[${index}].folder`, folder, FOLDER, FOLDER_RULE);
  }
  const folders = mounts.map(({ folder }) => folder);
  requireList(scope, 'mounts', folders, 0, 10);
  const bound = mounts.map((mount, index) => mount._bind(scope, `mounts[${index}]`, ownBuckets));
  const services: ServiceName[] = mounts.length > 0 ? ['amazon-linux'] : [];
  return {
    name: LifecycleFeature.MOUNTS,
    user: LifecycleUser.ROOT,
    phase: LifecyclePhase.BACKGROUND,
    timeoutSeconds: 1_800,
    settings: { mounts: bound.map(({ settings }, index) => ({ folder: folders[index], ...settings })) },
    statements: bound.flatMap(({ statements }) => statements ?? []),
    peers: bound.flatMap(({ peers }) => peers ?? []),
    files: Object.assign({}, ...bound.map(({ files }) => files ?? {})),
    services,
  };
}

class EfsMount extends FileSystemMount {
  constructor(
    folder: string,
    private readonly fileSystem: efs.IFileSystem,
    private readonly options: EfsMountOptions,
  ) {
    super(folder);
  }

  /** @internal */
  public _bind(scope: IConstruct, prop: string): BoundMount {
    requireKinds(scope, { fileSystem: this.fileSystem }, { fileSystem: required(FILE_SYSTEM) }, prop);
    requireKinds(scope, this.options, EFS_KINDS, prop);
    const { accessPoint, readOnly = false } = this.options;
    requireKnown(scope, `${prop}.readOnly`, readOnly, 'rights follow from it');
    if (accessPoint && accessPoint.fileSystem.fileSystemId !== this.fileSystem.fileSystemId) {
      fail(scope, `${prop}.accessPoint`, 'an access point of the same file system', accessPoint);
    }
    const { region, urlSuffix } = Stack.of(scope);
    return {
      settings: {
        kind: 'efs',
        host: `${this.fileSystem.fileSystemId}.efs.${region}.${urlSuffix}`,
        port: 2_049,
        accessPoint: accessPoint?.accessPointId ?? null,
        readOnly,
      },
      statements: [
        new iam.PolicyStatement({
          actions: ['elasticfilesystem:ClientMount', ...(readOnly ? [] : ['elasticfilesystem:ClientWrite'])],
          resources: [this.fileSystem.fileSystemArn],
          conditions: accessPoint && {
            StringEquals: { 'elasticfilesystem:AccessPointArn': accessPoint.accessPointArn },
          },
        }),
      ],
      peers: [{ peer: this.fileSystem, port: ec2.Port.tcp(2_049), description: 'EFS' }],
    };
  }
}

class LustreMount extends FileSystemMount {
  constructor(
    folder: string,
    private readonly fileSystem: fsx.IFileSystem,
    private readonly options: LustreMountOptions,
  ) {
    super(folder);
  }

  /** @internal */
  public _bind(scope: IConstruct, prop: string): BoundMount {
    const { fileSystem } = this;
    requireKinds(scope, { fileSystem }, { fileSystem: required(FILE_SYSTEM) }, prop);
    requireKinds(scope, this.options, LUSTRE_KINDS, prop);
    const known = fileSystem instanceof fsx.LustreFileSystem ? fileSystem : undefined;
    const { region, urlSuffix } = Stack.of(scope);
    const mountName = this.options.mountName ?? known?.mountName;
    const host = this.options.dnsName ?? known?.dnsName ?? `${fileSystem.fileSystemId}.fsx.${region}.${urlSuffix}`;
    const readOnly = this.options.readOnly ?? false;
    const rule = '1 to 8 lower-case letters and digits, as FSx shows it for the file system';
    if (mountName === undefined) {
      fail(scope, `${prop}.mountName`, rule, mountName);
    }
    requirePattern(scope, `${prop}.mountName`, mountName, /^[a-z0-9]{1,8}$/, rule);
    requirePattern(scope, `${prop}.dnsName`, host, DNS_NAME, 'a DNS name');
    requireKnown(scope, `${prop}.readOnly`, readOnly, 'notebooks get it in a file');
    return {
      settings: { kind: 'lustre', host, port: 988, mountName, readOnly },
      peers: [
        { peer: fileSystem, port: ec2.Port.tcp(988), description: 'FSx for Lustre', inbound: true },
        { peer: fileSystem, port: ec2.Port.tcpRange(1_018, 1_023), description: 'FSx for Lustre', inbound: true },
      ],
    };
  }
}

class BucketMount extends FileSystemMount {
  constructor(
    folder: string,
    private readonly bucket: s3.IBucket,
    private readonly options: S3MountOptions,
  ) {
    super(folder);
  }

  /** @internal */
  public _bind(scope: IConstruct, prop: string, ownBuckets: s3.IBucket[]): BoundMount {
    requireKinds(scope, { bucket: this.bucket }, { bucket: required(having('a bucket', 'bucketName')) }, prop);
    requireKinds(scope, this.options, S3_KINDS, prop);
    const { readOnly = true, rpmPath } = this.options;
    requireKnown(scope, `${prop}.readOnly`, readOnly, 'rights follow from it');
    const prefix = requireReadable(scope, prop, this.bucket, this.options.prefix, ownBuckets);
    const content = rpmPath === undefined ? undefined : readPackage(scope, `${prop}.rpmPath`, rpmPath);
    const name = content && `${this.folder}.rpm`;
    const writes = !readOnly && !isOneOf(scope, this.bucket, ownBuckets);
    return {
      settings: { kind: 's3', bucket: this.bucket.bucketName, prefix, readOnly, package: name ?? null },
      statements: [
        ...readObjects(scope, this.bucket, prefix),
        ...(writes ? writeObjects(scope, this.bucket, prefix) : []),
      ],
      files: name && content ? { [name]: content } : undefined,
    };
  }
}

/** What is no set of props has no folder, which the construct that takes the mount refuses. */
function folderOf(options: { readonly folder: string }): string {
  return Object(options).folder;
}

function writeObjects(scope: IConstruct, bucket: s3.IBucket, prefix: string): iam.PolicyStatement[] {
  return [
    new iam.PolicyStatement({
      actions: ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:PutObject'],
      resources: [bucket.arnForObjects(`${prefix}*`)],
    }),
    ...useKey(scope, bucket, ['kms:GenerateDataKey']),
  ];
}

function readPackage(scope: IConstruct, prop: string, path: string): Buffer {
  requireKnown(scope, prop, path, 'the file is read at synthesis');
  const rule = 'the path of an RPM package of at most 100 MiB';
  const file =
    typeof path === 'string' && !path.includes('\0') ? fs.statSync(path, { throwIfNoEntry: false }) : undefined;
  if (!file?.isFile() || file.size > LARGEST_PACKAGE) {
    fail(scope, prop, rule, path);
  }
  const content = fs.readFileSync(path);
  return content.subarray(0, 4).equals(BEGIN_OF_RPM) ? content : fail(scope, prop, rule, path);
}
