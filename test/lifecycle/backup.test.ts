import { App, CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { BackupOptions, bindBackup } from '../../src/lifecycle/backup';

const AREA = `\${aws:PrincipalTag/ml-base}/users/\${aws:PrincipalTag/ml-owner}/notebooks/*`;

describe('backup', () => {
  let stack: Stack;
  let scope: Construct;
  let artifacts: s3.IBucket;
  beforeEach(() => {
    stack = new Stack(new App(), 'Team', { env: { account: '111111111111', region: 'eu-west-1' } });
    scope = new Construct(stack, 'Lifecycle');
    artifacts = s3.Bucket.fromBucketName(stack, 'Artifacts', 'artifacts');
  });

  test('copies to the artifacts of the base once a day, with the rights that owners have there anyhow', () => {
    expect(bindBackup(scope, {}, artifacts)).toMatchObject({
      name: 'backup',
      user: 'root',
      phase: 'background',
      settings: { bucket: 'artifacts', everySeconds: 86_400, exclude: [] },
      statements: [],
    });
  });

  test('copies as it is told', () => {
    const options: BackupOptions = { every: Duration.hours(2), exclude: ['data/*'] };

    expect(bindBackup(scope, options, artifacts).settings).toEqual({
      bucket: 'artifacts',
      byBase: false,
      everySeconds: 7_200,
      exclude: ['data/*'],
    });
  });

  test('lets each owner write the own backups in another bucket, and nothing else', () => {
    const bucket = s3.Bucket.fromBucketName(stack, 'Backups', 'backups');

    expect(statements({ bucket })).toEqual([
      {
        Action: 's3:ListBucket',
        Effect: 'Allow',
        Resource: stack.resolve(bucket.bucketArn),
        Condition: { StringLike: { 's3:prefix': AREA } },
      },
      {
        Action: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'],
        Effect: 'Allow',
        Resource: stack.resolve(bucket.arnForObjects(AREA)),
      },
    ]);
  });

  test('keeps bases apart in another bucket, where alice of one is not alice of the other', () => {
    const bucket = s3.Bucket.fromBucketName(stack, 'Others', 'others');

    expect(bindBackup(scope, { bucket }, artifacts).settings).toMatchObject({ byBase: true });
    expect(bindBackup(scope, { bucket: artifacts }, artifacts).settings).toMatchObject({ byBase: false });
  });

  test('uses the key of the other bucket, through S3 alone', () => {
    const encryptionKey = new kms.Key(stack, 'Key');
    const bucket = new s3.Bucket(stack, 'Backups', { encryptionKey });

    expect(statements({ bucket })[2]).toEqual({
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Effect: 'Allow',
      Resource: stack.resolve(encryptionKey.keyArn),
      Condition: { StringEquals: { 'kms:ViaService': stack.resolve(`s3.eu-west-1.${stack.urlSuffix}`) } },
    });
  });

  test('takes a bucket whose name is known only at deployment, as it is', () => {
    const bucket = new s3.Bucket(stack, 'Backups');

    expect(bindBackup(scope, { bucket }, artifacts).settings.bucket).toBe(bucket.bucketName);
  });

  test('refuses a bucket of another account', () => {
    const bucket = s3.Bucket.fromBucketAttributes(stack, 'Foreign', { bucketName: 'foreign', account: '222222222222' });

    expect(() => bindBackup(scope, { bucket }, artifacts)).toThrow(
      "Team/Lifecycle: 'backup.bucket' must be a bucket of account 111111111111, because a base lets no other through; replicate it there, got: a bucket of account 222222222222",
    );
  });

  test.each([Duration.hours(1), Duration.days(7)])('takes copies every %s', (every) => {
    expect(() => bindBackup(scope, { every }, artifacts)).not.toThrow();
  });

  test.each([Duration.minutes(59), Duration.minutes(10_081), Duration.seconds(3_630)])(
    'refuses copies every %s',
    (every) => {
      expect(() => bindBackup(scope, { every }, artifacts)).toThrow(
        "Team/Lifecycle: 'backup.every' must be a whole number of minutes from 60 to 10080, got: ",
      );
    },
  );

  test('refuses an interval that is known only at deployment', () => {
    const every = Duration.minutes(new CfnParameter(stack, 'Minutes', { type: 'Number' }).valueAsNumber);

    expect(() => bindBackup(scope, { every }, artifacts)).toThrow(
      "Team/Lifecycle: 'backup.every' must be known at synthesis, because notebooks get it in a file, got: a deploy-time value",
    );
  });

  test('refuses a pattern on two lines', () => {
    expect(() => bindBackup(scope, { exclude: ['a\nb'] }, artifacts)).toThrow(
      "Team/Lifecycle: 'backup.exclude' must be patterns of 1 to 256 characters on one line, got: 'a\\nb'",
    );
  });

  function statements(options: BackupOptions) {
    const bound = bindBackup(scope, options, artifacts);
    return (bound.statements ?? []).map((statement) => stack.resolve(statement.toStatementJson()));
  }
});
