import { CfnParameter, Stack, Token } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { bindSync, S3Sync, S3SyncOptions } from '../../src/lifecycle/s3-sync';

describe('S3Sync', () => {
  let stack: Stack;
  let scope: Construct;
  let bucket: s3.IBucket;
  let own: s3.IBucket;
  beforeEach(() => {
    stack = new Stack(undefined, 'Team', { env: { account: '111111111111', region: 'eu-west-1' } });
    scope = new Construct(stack, 'Lifecycle');
    bucket = s3.Bucket.fromBucketName(stack, 'Courses', 'courses');
    own = s3.Bucket.fromBucketName(stack, 'Datasets', 'datasets');
  });

  test('copies everything below a prefix as the user, in the background', () => {
    const bound = bind({ prefix: 'nlp/', folder: 'course/week 1' });

    expect(bound).toMatchObject({ name: 'sync', user: 'ec2-user', phase: 'background' });
    expect(bound.settings).toEqual({
      syncs: [
        {
          bucket: 'courses',
          prefix: 'nlp/',
          folder: 'course/week 1',
          include: ['*'],
          exclude: [],
          stripOutputs: false,
          replace: [],
          overwrite: false,
        },
      ],
    });
  });

  test('passes on what it is told', () => {
    const options: S3SyncOptions = {
      folder: 'lab',
      include: ['Lab1*.ipynb'],
      exclude: ['*draft*'],
      stripOutputs: true,
      overwrite: true,
      replace: { '<A>': 'a', $value: 'of any name' },
    };

    expect(bind(options).settings.syncs).toEqual([
      {
        bucket: 'courses',
        ...options,
        prefix: '',
        replace: [
          { from: '<A>', to: 'a' },
          { from: '$value', to: 'of any name' },
        ],
      },
    ]);
  });

  test('gives notebooks the right to list and read what is below the prefix, and no more', () => {
    expect(statements({ prefix: 'nlp', folder: 'lab' })).toEqual([
      {
        Action: 's3:ListBucket',
        Effect: 'Allow',
        Resource: arn('courses'),
        Condition: { StringLike: { 's3:prefix': 'nlp/*' } },
      },
      { Action: 's3:GetObject', Effect: 'Allow', Resource: arn('courses/nlp/*') },
    ]);
  });

  test('reads a whole bucket without a prefix', () => {
    expect(statements({ folder: 'lab' })).toEqual([
      { Action: 's3:ListBucket', Effect: 'Allow', Resource: arn('courses') },
      { Action: 's3:GetObject', Effect: 'Allow', Resource: arn('courses/*') },
    ]);
  });

  test('decrypts with the key of the bucket, through S3 alone', () => {
    const encryptionKey = new kms.Key(stack, 'Key');
    bucket = new s3.Bucket(stack, 'Encrypted', { encryptionKey });

    expect(statements({ folder: 'lab' })[2]).toEqual({
      Action: 'kms:Decrypt',
      Effect: 'Allow',
      Resource: stack.resolve(encryptionKey.keyArn),
      Condition: { StringEquals: { 'kms:ViaService': stack.resolve(`s3.eu-west-1.${stack.urlSuffix}`) } },
    });
  });

  test('takes bucket names and values that are known only at deployment', () => {
    bucket = new s3.Bucket(stack, 'New');
    const value = new CfnParameter(stack, 'Value').valueAsString;

    const [sync] = bind({ folder: 'lab', replace: { '<A>': value } }).settings.syncs as { [key: string]: unknown }[];

    expect(sync.bucket).toBe(bucket.bucketName);
    expect(sync.replace).toEqual([{ from: '<A>', to: value }]);
  });

  test.each(['nlp', 'nlp/'])('the prefix %p is a folder', (prefix) => {
    expect((bind({ folder: 'lab', prefix }).settings.syncs as { prefix: string }[])[0].prefix).toBe('nlp/');
  });

  test.each(['', 'users', 'users/', 'users/alice', 'users/alice/x/'])(
    'refuses to hand %p of a bucket of the base to everybody',
    (prefix) => {
      bucket = own;
      const again = s3.Bucket.fromBucketName(stack, 'Again', 'datasets');

      const message = `Team/Lifecycle: 'sync[0].prefix' must be a prefix outside 'users/' in a bucket of the base, because all notebooks may read what is below it, got: ${prefix === '' ? "''" : prefix}`;
      expect(() => bind({ folder: 'lab', prefix })).toThrow(message);
      bucket = again;
      expect(() => bind({ folder: 'lab', prefix })).toThrow(message);
    },
  );

  test.each(['raw/', 'shared/alice/', 'users-of-all/'])('takes %p of a bucket of the base', (prefix) => {
    bucket = own;

    expect(() => bind({ folder: 'lab', prefix })).not.toThrow();
  });

  test('refuses a bucket of another account, which the base would not let through', () => {
    bucket = s3.Bucket.fromBucketAttributes(stack, 'Foreign', { bucketName: 'foreign', account: '222222222222' });

    expect(() => bind({ folder: 'lab' })).toThrow(
      "Team/Lifecycle: 'sync[0].bucket' must be a bucket of account 111111111111, because a base lets no other through; replicate it there, got: a bucket of account 222222222222",
    );
  });

  test('takes a bucket whose account is known only at deployment', () => {
    scope = new Construct(new Stack(undefined, 'Anywhere'), 'Lifecycle');

    expect(() => bind({ folder: 'lab' })).not.toThrow();
  });

  test.each(['course', 'course/week-1', 'Übung 1', '_x', 'a.b@c+d', 'a'.repeat(100)])(
    'takes the folder %p',
    (folder) => {
      expect(() => bind({ folder })).not.toThrow();
    },
  );

  test.each([
    ['', "''"],
    ['.', '.'],
    ['..', '..'],
    ['a/../b', 'a/../b'],
    ['/etc', '/etc'],
    ['a//b', 'a//b'],
    ['a/', 'a/'],
    ['.ml-infra', '.ml-infra'],
    ['.ssh', '.ssh'],
    ['a/.git', 'a/.git'],
    ['a\0', "'a\\u0000'"],
    ['a\nb', "'a\\nb'"],
    ['$(id)', '$(id)'],
    ['~', '~'],
    ['a'.repeat(101), 'a'.repeat(101)],
  ])('refuses the folder %p', (folder, shown) => {
    expect(() => bind({ folder })).toThrow(
      `Team/Lifecycle: 'sync[0].folder' must be a folder below ~/SageMaker, such as course or course/week-1, of letters, digits, spaces and ._@+-, got: ${shown}`,
    );
  });

  test.each(['/a', 'a//b', '../a', 'a/../b', 'a/..', '.', 'a/./b', 'a*', '[a]', 'a\0', 'ü'])(
    'refuses the prefix %p',
    (prefix) => {
      expect(() => bind({ folder: 'lab', prefix })).toThrow(
        /^Team\/Lifecycle: 'sync\[0\]\.prefix' must be a folder of the bucket, such as courses\/nlp\/, /,
      );
    },
  );

  test.each<[string, Partial<S3SyncOptions>, string]>([
    ['include', { include: [] }, 'a list of 1 to 50, got: []'],
    ['include', { include: ['*', '*'] }, 'a list without repetition, got: *'],
    ['include', { include: ['a\n'] }, "patterns of 1 to 256 characters on one line, got: 'a\\n'"],
    ['exclude', { exclude: [''] }, "patterns of 1 to 256 characters on one line, got: ''"],
    ['exclude', { exclude: Array.from({ length: 51 }, (_, index) => `${index}`) }, 'a list of 0 to 50, got: ['],
    ['replace', { replace: { '': 'x' } }, "a map whose keys have 1 to 100 characters on one line, got: ''"],
    ['replace.<A>', { replace: { '<A>': 'x\0' } }, "a text of at most 4096 characters, got: 'x\\u0000'"],
    ['replace.<A>', { replace: { '<A>': 'x'.repeat(4097) } }, 'a text of at most 4096 characters, got: x'],
  ])('refuses a wrong %s', (prop, options, rule) => {
    expect(() => bind({ folder: 'lab', ...options })).toThrow(`Team/Lifecycle: 'sync[0].${prop}' must be ${rule}`);
  });

  test.each<[string, (token: string) => S3SyncOptions]>([
    ['folder', (folder) => ({ folder })],
    ['prefix', (prefix) => ({ folder: 'lab', prefix })],
    ['include', (pattern) => ({ folder: 'lab', include: [pattern] })],
    ['exclude', (pattern) => ({ folder: 'lab', exclude: [pattern] })],
    ['replace', (placeholder) => ({ folder: 'lab', replace: { [placeholder]: 'x' } })],
    ['stripOutputs', () => ({ folder: 'lab', stripOutputs: Token.asAny(true) as unknown as boolean })],
    ['overwrite', () => ({ folder: 'lab', overwrite: Token.asAny(true) as unknown as boolean })],
  ])('refuses a deploy-time value as %s', (prop, options) => {
    const token = new CfnParameter(stack, 'Token').valueAsString;

    expect(() => bind(options(token))).toThrow(`Team/Lifecycle: 'sync[0].${prop}' must be known at synthesis, because`);
  });

  test('names the one of several that is wrong', () => {
    const syncs = [S3Sync.fromBucket(bucket, { folder: 'a' }), S3Sync.fromBucket(bucket, { folder: '..' })];

    expect(() => bindSync(scope, syncs, [own])).toThrow("'sync[1].folder'");
  });

  test('refuses more than twenty', () => {
    const syncs = Array.from({ length: 21 }, (_, index) => S3Sync.fromBucket(bucket, { folder: `${index}` }));

    expect(() => bindSync(scope, syncs, [])).toThrow(
      "Team/Lifecycle: 'sync (count)' must be a whole number from 0 to 20, got: 21",
    );
  });

  function bind(options: S3SyncOptions) {
    return bindSync(scope, [S3Sync.fromBucket(bucket, options)], [own]);
  }

  function statements(options: S3SyncOptions) {
    return (bind(options).statements ?? []).map((statement) => stack.resolve(statement.toStatementJson()));
  }

  function arn(resource: string) {
    return stack.resolve(stack.formatArn({ service: 's3', region: '', account: '', resource }));
  }
});
