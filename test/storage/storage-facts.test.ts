import { App, Duration, Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { MlStorage, StorageBucket, StorageEncryption } from '../../src';
import { factsBelow } from '../../src/private/facts';

let stack: Stack;
beforeEach(() => {
  stack = new Stack(new App(), 'Stack');
});

const buckets = (at: string) =>
  ['Datasets', 'Models', 'Artifacts'].map((id) => ({ kind: 'bucket', path: `${at}/${id}`, label: id.toLowerCase() }));

describe('storage tells', () => {
  test('its buckets, and the key that was defined with them', () => {
    new MlStorage(stack, 'Storage');

    expect(factsBelow(stack)).toEqual([
      {
        path: 'Stack/Storage',
        stack: 'Stack',
        kind: 'MlStorage',
        details: ['KMS'],
        parts: [...buckets('Stack/Storage'), { kind: 'key', path: 'Stack/Storage/Key', label: 'key' }],
      },
    ]);
  });

  test('no key of somebody else', () => {
    new MlStorage(stack, 'Storage', { encryptionKey: new kms.Key(stack, 'Key') });

    expect(factsBelow(stack)[0].parts).toEqual(buckets('Stack/Storage'));
  });

  test('which keys encrypt it', () => {
    new MlStorage(stack, 'Storage', { encryption: StorageEncryption.S3_MANAGED });

    expect(factsBelow(stack)[0]).toMatchObject({ details: ['keys of S3'], parts: buckets('Stack/Storage') });
  });

  test.each([
    [30, undefined, 'Object Lock 30 days'],
    [1, undefined, 'Object Lock 1 day'],
    [7, [StorageBucket.MODELS, StorageBucket.ARTIFACTS], 'Object Lock 7 days on models, artifacts'],
  ])('that it is locked for %d days on %s', (days, objectLockBuckets, detail) => {
    new MlStorage(stack, 'Storage', { objectLockRetention: Duration.days(days), objectLockBuckets });

    expect(factsBelow(stack)[0].details).toEqual(['KMS', detail]);
  });

  test('where it is copied to', () => {
    const app = new App();
    const [here, there] = ['eu-central-1', 'eu-west-1'].map(
      (region) => new Stack(app, region, { env: { account: '111111111111', region } }),
    );
    const replicateTo = new MlStorage(there, 'Storage');
    new MlStorage(here, 'Storage', { replicateTo });

    expect(factsBelow(here)[0]).toMatchObject({
      details: ['KMS', 'replicated'],
      links: [{ to: 'eu-west-1/Storage', label: 'copies to' }],
    });
    expect(factsBelow(there)[0]).not.toHaveProperty('links');
  });

  test('that its buckets are those of somebody else', () => {
    const bucket = (name: string) => s3.Bucket.fromBucketName(stack, name, name.toLowerCase());
    MlStorage.fromBuckets(stack, 'Storage', {
      datasets: bucket('Datasets'),
      models: bucket('Models'),
      artifacts: bucket('Artifacts'),
    });

    expect(factsBelow(stack)).toEqual([
      {
        path: 'Stack/Storage',
        stack: 'Stack',
        kind: 'MlStorage',
        details: ['existing buckets'],
        parts: buckets('Stack'),
      },
    ]);
  });
});
