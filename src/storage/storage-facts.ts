import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { tellFacts } from '../private/facts';
import { ReplicatedStorage } from './replication';

/** What is told of storage besides its buckets. */
export interface StorageFacts {
  readonly encryption: string;

  /** A key that was defined with the buckets. */
  readonly ownKey?: kms.IKey;
  readonly lockedDays?: number;
}

/** Lets a storage tell its buckets, and what keeps the objects in them. */
export function tellStorage(storage: ReplicatedStorage & Construct, { encryption, ownKey, lockedDays }: StorageFacts) {
  const { locked = [], replica } = storage._protection ?? {};
  const on = locked.length < 3 ? ` on ${locked.join(', ')}` : '';
  const days = lockedDays === 1 ? '1 day' : `${lockedDays} days`;
  tellFacts(storage, () => ({
    kind: 'MlStorage',
    details: [
      encryption,
      ...(lockedDays === undefined ? [] : [`Object Lock ${days}${on}`]),
      ...(replica ? ['replicated'] : []),
    ],
    parts: [
      { kind: 'bucket', construct: storage.datasets, label: 'datasets' },
      { kind: 'bucket', construct: storage.models, label: 'models' },
      { kind: 'bucket', construct: storage.artifacts, label: 'artifacts' },
      ...(ownKey ? [{ kind: 'key' as const, construct: ownKey, label: 'key' }] : []),
    ],
    links: replica ? [{ to: replica, label: 'copies to' }] : undefined,
  }));
}
