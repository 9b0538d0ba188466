import { Duration } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ABORT_UPLOADS } from '../private/hardened-bucket';

/** What each bucket's team data is sorted by: the first part of the key. */
export const PURPOSES = {
  datasets: ['raw', 'processed', 'interim', 'external'],
  models: ['trained', 'artifacts', 'experiments', 'production'],
  artifacts: ['code', 'output', 'reports'],
};

/** Area of one owner, and area that an owner shows to all. Objects in both never change class nor expire. */
const PERSONAL = ['users', 'shared'];

/** Readable within milliseconds, unlike the other archive classes: jobs can still use what is archived. */
const ARCHIVE = s3.StorageClass.GLACIER_INSTANT_RETRIEVAL;

/** Datasets go to the archive after 90 days; old versions are forgotten. */
export function datasetRules(versionRetention: Duration): s3.LifecycleRule[] {
  return [
    ABORT_UPLOADS,
    ...PURPOSES.datasets.map((purpose) => ({
      id: `archive-${purpose}`,
      prefix: `${purpose}/`,
      transitions: [{ storageClass: ARCHIVE, transitionAfter: Duration.days(90) }],
      noncurrentVersionExpiration: versionRetention,
    })),
    ...forgetVersions(PERSONAL, versionRetention),
  ];
}

/**
 * Old versions of models go to the archive after 30 days and leave it after a year, or later where all versions are kept
 * for longer; those in production stay.
 */
export function modelRules(versionRetention: Duration): s3.LifecycleRule[] {
  const expiration = longest(Duration.days(365), versionRetention);
  return [
    ABORT_UPLOADS,
    ...PURPOSES.models.map((purpose) => ({
      id: `archive-versions-${purpose}`,
      prefix: `${purpose}/`,
      noncurrentVersionTransitions: [{ storageClass: ARCHIVE, transitionAfter: Duration.days(30) }],
      noncurrentVersionExpiration: purpose === 'production' ? undefined : expiration,
    })),
    ...forgetVersions(PERSONAL, versionRetention),
  ];
}

/** What jobs leave behind stays; old versions are forgotten. */
export function artifactRules(versionRetention: Duration): s3.LifecycleRule[] {
  return [ABORT_UPLOADS, ...forgetVersions([...PURPOSES.artifacts, ...PERSONAL], versionRetention)];
}

function longest(least: Duration, asked: Duration): Duration {
  return !asked.isUnresolved() && asked.toDays() > least.toDays() ? asked : least;
}

function forgetVersions(prefixes: string[], versionRetention: Duration): s3.LifecycleRule[] {
  return prefixes.map((prefix) => ({
    id: `forget-versions-${prefix}`,
    prefix: `${prefix}/`,
    noncurrentVersionExpiration: versionRetention,
  }));
}
