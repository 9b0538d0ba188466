import { StorageBucket, StorageEncryption } from '../../src/storage';

describe('storage options', () => {
  test('buckets have the names that the members of a storage have', () => {
    expect(StorageBucket).toEqual({ DATASETS: 'datasets', MODELS: 'models', ARTIFACTS: 'artifacts' });
  });

  test('encryption has a word for each kind of key', () => {
    expect(StorageEncryption).toEqual({ KMS: 'kms', S3_MANAGED: 's3-managed' });
  });
});
