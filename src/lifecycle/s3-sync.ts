import { Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { IConstruct } from 'constructs';
import { fail, requireKnown, requireList, requirePattern, requireWholeNumber } from '../private/checks';
import { FLAG, having, Kinds, LIST, mapOf, required, requireKinds, TEXT } from '../private/kinds';
import { BoundFeature, LifecycleFeature } from './lifecycle-feature';
import { LifecyclePhase, LifecycleUser } from './lifecycle-step';

/** What an `S3Sync` copies, where to, and what it changes on the way. */
export interface S3SyncOptions {
  /**
   * Folder for the copies, relative to `~/SageMaker`. Parts consist of letters, digits, spaces and `._@+-`, and begin
   * with a letter, a digit or an underscore.
   */
  readonly folder: string;

  /**
   * Folder in the bucket, such as `courses/nlp/`. Objects whose keys begin with it are copied, without it.
   *
   * @default - The whole bucket, which is refused for the buckets of a base.
   */
  readonly prefix?: string;

  /**
   * Patterns for keys without the prefix, of which one must match: `*` stands for any characters, slashes among them,
   * `?` for one, `[abc]` for one of these. At most 50.
   *
   * @default ['*']
   */
  readonly include?: string[];

  /**
   * Patterns for keys without the prefix, of which none may match. At most 50.
   *
   * @default - Nothing is left out.
   */
  readonly exclude?: string[];

  /**
   * Clears the outputs of notebooks (`.ipynb` of format 4), with execution counts, times and the state of widgets.
   *
   * @default false
   */
  readonly stripOutputs?: boolean;

  /**
   * Texts that take the place of others, such as the name of a bucket that of `<LabBucketName>`. At most 50. A value
   * may be known only at deployment, and then has at most 256 characters.
   *
   * They are replaced in notebooks, cell by cell, so that no value breaks one, and in texts up to 64 MiB in UTF-8 by
   * their suffix: .py .r .rmd .md .rst .txt .json .yaml .yml .toml .ini .cfg .conf .env .sh .sql .html .xml .js .ts.
   *
   * @default - Files are copied as they are.
   */
  readonly replace?: { [placeholder: string]: string };

  /**
   * Lets a new version in S3 also replace a file that was changed in the notebook, or that was there before.
   *
   * @default false
   */
  readonly overwrite?: boolean;
}

const SYNC_KINDS: Kinds<S3SyncOptions> = {
  folder: required(TEXT),
  prefix: TEXT,
  include: LIST,
  exclude: LIST,
  stripOutputs: FLAG,
  replace: mapOf(TEXT),
  overwrite: FLAG,
};
const PART = String.raw`[\p{L}\p{N}_][\p{L}\p{M}\p{N} ._@+-]{0,99}`;
const FOLDER = new RegExp(`^${PART}(/${PART}){0,9}$`, 'u');
const FOLDER_RULE = 'a folder below ~/SageMaker, such as course or course/week-1, of letters, digits, spaces and ._@+-';
const PREFIX = /^(?!\/)(?!.*\/\/)(?!(.*\/)?\.{1,2}(\/|$))[A-Za-z0-9!_.'() /@=+-]{0,512}$/;
const PREFIX_RULE =
  "a folder of the bucket, such as courses/nlp/, of at most 512 characters of A-Z a-z 0-9 ! _ . ' ( ) @ = + - / and space";

/**
 * Copies from S3 into notebooks, at each start and in the background.
 *
 * A file that was changed in the notebook is kept, a new version in S3 replaces one that was not, and nothing is
 * deleted. A copy that its user deletes comes back at the next start. Objects whose keys cannot be files below the
 * folder are left out.
 *
 * @example
 * declare const courses: s3.IBucket;
 *
 * new NotebookLifecycle(this, 'Lifecycle', {
 *   shared,
 *   sync: [
 *     S3Sync.fromBucket(courses, {
 *       prefix: 'lab-1/',
 *       folder: 'lab-1',
 *       include: ['Lab1*.ipynb', 'PythonCheatSheet*.ipynb'],
 *       stripOutputs: true,
 *       replace: { '<LabBucketName>': shared.storage.datasets.bucketName },
 *     }),
 *   ],
 * });
 */
export class S3Sync {
  /** Copies from a bucket of the account. Notebooks get the right to read what is below the prefix. */
  public static fromBucket(bucket: s3.IBucket, options: S3SyncOptions): S3Sync {
    return new S3Sync(bucket, options);
  }

  private constructor(
    private readonly bucket: s3.IBucket,
    private readonly options: S3SyncOptions,
  ) {}

  /** @internal */
  public _bind(scope: IConstruct, prop: string, ownBuckets: s3.IBucket[]): BoundSync {
    requireKinds(scope, { bucket: this.bucket }, { bucket: required(having('a bucket', 'bucketName')) }, prop);
    requireKinds(scope, this.options, SYNC_KINDS, prop);
    const {
      folder,
      include = ['*'],
      exclude = [],
      stripOutputs = false,
      replace = {},
      overwrite = false,
    } = this.options;
    requireFolder(scope, `${prop}.folder`, folder);
    const prefix = requireReadable(scope, prop, this.bucket, this.options.prefix, ownBuckets);
    requirePatterns(scope, `${prop}.include`, include, 1);
    requirePatterns(scope, `${prop}.exclude`, exclude, 0);
    requireReplacements(scope, `${prop}.replace`, replace);
    for (const [name, value] of Object.entries({ stripOutputs, overwrite })) {
      requireKnown(scope, `${prop}.${name}`, value, 'notebooks get it in a file');
    }
    return {
      settings: {
        bucket: this.bucket.bucketName,
        prefix,
        folder,
        include,
        exclude,
        stripOutputs,
        // A list, because a placeholder may be any text.
        replace: Object.entries(replace).map(([from, to]) => ({ from, to })),
        overwrite,
      },
      statements: readObjects(scope, this.bucket, prefix),
    };
  }
}

/** One sync as the bundle holds it, and what it takes. */
interface BoundSync {
  readonly settings: { readonly [key: string]: unknown };
  readonly statements: iam.PolicyStatement[];
}

/** Copies from S3. `ownBuckets` are those of the base, in which owners have areas of their own. */
export function bindSync(scope: IConstruct, syncs: S3Sync[], ownBuckets: s3.IBucket[]): BoundFeature {
  requireWholeNumber(scope, 'sync (count)', syncs.length, 0, 20);
  const bound = syncs.map((sync, index) => sync._bind(scope, `sync[${index}]`, ownBuckets));
  return {
    name: LifecycleFeature.SYNC,
    user: LifecycleUser.EC2_USER,
    phase: LifecyclePhase.BACKGROUND,
    timeoutSeconds: 7_200,
    settings: { syncs: bound.map(({ settings }) => settings) },
    statements: bound.flatMap(({ statements }) => statements),
  };
}

/** Requires a folder below `~/SageMaker`, other than those with a dot in front, such as that of the library's state. */
export function requireFolder(scope: IConstruct, prop: string, folder: string): void {
  requireKnown(scope, prop, folder, 'notebooks get it in a file');
  requirePattern(scope, prop, folder, FOLDER, FOLDER_RULE);
}

/** Requires what all notebooks may read, and returns the prefix with a slash at its end. */
export function requireReadable(
  scope: IConstruct,
  prop: string,
  bucket: s3.IBucket,
  prefix: string | undefined,
  ownBuckets: s3.IBucket[],
): string {
  const given = prefix ?? '';
  requireKnown(scope, `${prop}.prefix`, given, 'rights follow from it');
  requirePattern(scope, `${prop}.prefix`, given, PREFIX, PREFIX_RULE);
  requireOwnAccount(scope, `${prop}.bucket`, bucket);
  const folder = given === '' || given.endsWith('/') ? given : `${given}/`;
  if (isOneOf(scope, bucket, ownBuckets) && (folder === '' || folder.startsWith('users/'))) {
    const rule = "a prefix outside 'users/' in a bucket of the base, because all notebooks may read what is below it";
    fail(scope, `${prop}.prefix`, rule, given);
  }
  return folder;
}

/** Requires a bucket that the network of a base lets through, as far as that is known. */
export function requireOwnAccount(scope: IConstruct, prop: string, bucket: s3.IBucket): void {
  const [here, there] = [Stack.of(scope).account, bucket.env.account];
  if (here !== there && !Token.isUnresolved(here) && !Token.isUnresolved(there)) {
    const rule = `a bucket of account ${here}, because a base lets no other through; replicate it there`;
    fail(scope, prop, rule, `a bucket of account ${there}`);
  }
}

/** Whether a bucket is one of these, also when it was looked up again by its name or ARN. */
export function isOneOf(scope: IConstruct, bucket: s3.IBucket, buckets: s3.IBucket[]): boolean {
  const stack = Stack.of(scope);
  const same = (one: string, other: string) =>
    one === other || JSON.stringify(stack.resolve(one)) === JSON.stringify(stack.resolve(other));
  return buckets.some(
    (other) => other === bucket || same(other.bucketName, bucket.bucketName) || same(other.bucketArn, bucket.bucketArn),
  );
}

/** The rights to list and read what is below a prefix. */
export function readObjects(scope: IConstruct, bucket: s3.IBucket, prefix: string): iam.PolicyStatement[] {
  return [
    listObjects(bucket, prefix === '' ? undefined : `${prefix}*`),
    new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects(`${prefix}*`)] }),
    ...useKey(scope, bucket, ['kms:Decrypt']),
  ];
}

/** The right to list what matches a pattern; without one, all. */
export function listObjects(bucket: s3.IBucket, pattern?: string): iam.PolicyStatement {
  return new iam.PolicyStatement({
    actions: ['s3:ListBucket'],
    resources: [bucket.bucketArn],
    conditions: pattern === undefined ? undefined : { StringLike: { 's3:prefix': pattern } },
  });
}

/** The right to use the key of a bucket, through S3 alone: the ARNs of objects decide which. */
export function useKey(scope: IConstruct, bucket: s3.IBucket, actions: string[]): iam.PolicyStatement[] {
  if (!bucket.encryptionKey) {
    return [];
  }
  const { region, urlSuffix } = Stack.of(scope);
  const conditions = { StringEquals: { 'kms:ViaService': `s3.${region}.${urlSuffix}` } };
  return [new iam.PolicyStatement({ actions, resources: [bucket.encryptionKey.keyArn], conditions })];
}

/** Requires patterns that the notebook can match against names. */
export function requirePatterns(scope: IConstruct, prop: string, patterns: string[], min: number): void {
  requireList(scope, prop, patterns, min, 50);
  for (const pattern of patterns) {
    requireKnown(scope, prop, pattern, 'notebooks get it in a file');
    requirePattern(scope, prop, pattern, /^\P{Cc}{1,256}$/u, 'patterns of 1 to 256 characters on one line');
  }
}

function requireReplacements(
  scope: IConstruct,
  prop: string,
  replace: { readonly [placeholder: string]: string },
): void {
  requireWholeNumber(scope, `${prop} (count)`, Object.keys(replace).length, 0, 50);
  for (const [placeholder, value] of Object.entries(replace)) {
    requireKnown(scope, prop, placeholder, 'notebooks get it in a file');
    requirePattern(
      scope,
      prop,
      placeholder,
      /^\P{Cc}{1,100}$/u,
      'a map whose keys have 1 to 100 characters on one line',
    );
    requirePattern(scope, `${prop}.${placeholder}`, value, /^[^\0]{0,4096}$/, 'a text of at most 4096 characters');
  }
}
