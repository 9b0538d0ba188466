import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { MlStorage } from '../../src/storage';
import { ownerStatements, readSharedStatements, writeSharedStatements } from '../../src/storage/storage-statements';

const BUCKETS = ['datasets', 'models', 'artifacts'];
const TEAM_DATA = [
  ...['raw', 'processed', 'interim', 'external'].map((purpose) => `datasets/${purpose}/*`),
  ...['trained', 'artifacts', 'experiments', 'production'].map((purpose) => `models/${purpose}/*`),
  ...['code', 'output', 'reports'].map((purpose) => `artifacts/${purpose}/*`),
];
const PURPOSE_PREFIXES = TEAM_DATA.map((pattern) => pattern.slice(pattern.indexOf('/') + 1));

describe('storage statements', () => {
  const stack = new Stack(undefined, 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  const storage = MlStorage.fromBuckets(stack, 'Storage', {
    datasets: s3.Bucket.fromBucketName(stack, 'Datasets', 'datasets'),
    models: s3.Bucket.fromBucketName(stack, 'Models', 'models'),
    artifacts: s3.Bucket.fromBucketName(stack, 'Artifacts', 'artifacts'),
    encryptionKey: new kms.Key(stack, 'Key'),
  });

  test('an owner writes and deletes in the own areas of each bucket, and nowhere else', () => {
    const statements = ownerStatements(storage, 'alice');

    for (const action of [
      's3:PutObject',
      's3:DeleteObject',
      's3:AbortMultipartUpload',
      's3:ListMultipartUploadParts',
    ]) {
      expect(resourcesOf(statements, action)).toEqual([...inEach('users/alice/*'), ...inEach('shared/alice/*')]);
    }
  });

  test('an owner reads the own area, what all owners share, and team data', () => {
    const statements = ownerStatements(storage, 'alice');

    for (const action of ['s3:GetObject', 's3:GetObjectVersion']) {
      expect(resourcesOf(statements, action)).toEqual([
        ...inEach('users/alice/*'),
        ...inEach('shared/*'),
        ...TEAM_DATA,
      ]);
    }
  });

  test('an owner lists what can be read, and not what merely begins like it', () => {
    const statements = ownerStatements(storage, 'alice');

    expect(resourcesOf(statements, 's3:ListBucket')).toEqual(BUCKETS);
    expect(conditionOf(statements, 's3:ListBucket')).toEqual({
      StringLike: { 's3:prefix': ['users/alice/*', 'shared/*', ...PURPOSE_PREFIXES] },
    });
  });

  test("one who reads what is shared reads nobody's private area, and writes nothing", () => {
    const statements = readSharedStatements(storage);

    expect(actionsOf(statements)).toEqual(['kms:Decrypt', 's3:GetObject', 's3:GetObjectVersion', 's3:ListBucket']);
    expect(resourcesOf(statements, 's3:GetObject')).toEqual([...inEach('shared/*'), ...TEAM_DATA]);
    expect(conditionOf(statements, 's3:ListBucket')).toEqual({
      StringLike: { 's3:prefix': ['shared/*', ...PURPOSE_PREFIXES] },
    });
  });

  test('one who looks after team data writes that, and nothing of an owner', () => {
    const statements = writeSharedStatements(storage);

    expect(resourcesOf(statements, 's3:PutObject')).toEqual(TEAM_DATA);
    expect(resourcesOf(statements, 's3:DeleteObject')).toEqual(TEAM_DATA);
    expect(actionsOf(statements)).not.toContain('s3:GetObject');
  });

  test.each([
    ['an owner', ownerStatements(storage, 'alice'), ['kms:Decrypt', 'kms:GenerateDataKey']],
    ['a reader', readSharedStatements(storage), ['kms:Decrypt']],
    ['a writer', writeSharedStatements(storage), ['kms:Decrypt', 'kms:GenerateDataKey']],
  ])('%s may use the key through S3 alone', (_who, statements, actions) => {
    const onKey = statements.filter((statement) => statement.actions.some((action) => action.startsWith('kms:')));

    expect(onKey).toHaveLength(1);
    expect(onKey[0].actions).toEqual(actions);
    expect(onKey[0].resources).toEqual([storage.encryptionKey!.keyArn]);
    expect(stack.resolve(onKey[0].conditions)).toEqual({
      StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['s3.eu-west-1.', { Ref: 'AWS::URLSuffix' }]] } },
    });
  });

  test('nobody is given a right to a key where the buckets have none', () => {
    const { datasets, models, artifacts } = storage;
    const keyless = MlStorage.fromBuckets(stack, 'Keyless', { datasets, models, artifacts });

    expect(actionsOf(ownerStatements(keyless, 'alice')).join()).not.toContain('kms:');
  });

  test('no statement has an action without limits', () => {
    const all = [...ownerStatements(storage, 'a'), ...readSharedStatements(storage), ...writeSharedStatements(storage)];

    expect(actionsOf(all).filter((action) => action.includes('*'))).toEqual([]);
    expect(all.flatMap(({ resources }) => resources).filter((resource) => resource === '*')).toEqual([]);
  });

  function inEach(pattern: string): string[] {
    return BUCKETS.map((bucket) => `${bucket}/${pattern}`);
  }

  function statementOf(statements: iam.PolicyStatement[], action: string): iam.PolicyStatement {
    const found = statements.filter((statement) => statement.actions.includes(action));
    expect(found).toHaveLength(1);
    return found[0];
  }

  function conditionOf(statements: iam.PolicyStatement[], action: string) {
    return statementOf(statements, action).conditions;
  }

  function actionsOf(statements: iam.PolicyStatement[]): string[] {
    return [...new Set(statements.flatMap(({ actions }) => actions))].sort();
  }

  /** Bucket and pattern, without what stands before them in the ARN. */
  function resourcesOf(statements: iam.PolicyStatement[], action: string): string[] {
    const arns: { 'Fn::Join': [string, unknown[]] }[] = stack.resolve(statementOf(statements, action).resources);
    return arns.map((arn) => String(arn['Fn::Join'][1].at(-1)).replace(':s3:::', ''));
  }
});
