import { Duration } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { artifactRules, datasetRules, modelRules, PURPOSES } from '../../src/storage/purposes';

const DAYS = Duration.days(90);
const ARCHIVE = s3.StorageClass.GLACIER_INSTANT_RETRIEVAL;

describe('lifecycle rules', () => {
  test.each(PURPOSES.datasets)('datasets in %s/ go after 90 days to an archive that jobs read at once', (purpose) => {
    expect(ruleFor(datasetRules(DAYS), `${purpose}/`)).toMatchObject({
      transitions: [{ storageClass: ARCHIVE, transitionAfter: Duration.days(90) }],
      noncurrentVersionExpiration: DAYS,
    });
  });

  test.each(['trained', 'artifacts', 'experiments'])(
    'old versions of models in %s/ are archived, then forgotten',
    (purpose) => {
      expect(ruleFor(modelRules(DAYS), `${purpose}/`)).toMatchObject({
        noncurrentVersionTransitions: [{ storageClass: ARCHIVE, transitionAfter: Duration.days(30) }],
        noncurrentVersionExpiration: Duration.days(365),
      });
    },
  );

  test.each([
    [366, 366],
    [364, 365],
  ])('old versions of models are kept for at least a year, and %d days are %d', (asked, kept) => {
    const days = Duration.days(asked);

    expect(ruleFor(modelRules(days), 'trained/').noncurrentVersionExpiration?.toDays()).toBe(kept);
  });

  test('old versions of models in production are archived and never forgotten', () => {
    const rule = ruleFor(modelRules(DAYS), 'production/');

    expect(rule.noncurrentVersionTransitions).toHaveLength(1);
    expect(rule.noncurrentVersionExpiration).toBeUndefined();
  });

  test.each(PURPOSES.artifacts)('old versions of artifacts in %s/ are forgotten', (purpose) => {
    expect(ruleFor(artifactRules(DAYS), `${purpose}/`).noncurrentVersionExpiration).toBe(DAYS);
  });

  describe.each([
    ['datasets', datasetRules],
    ['models', modelRules],
    ['artifacts', artifactRules],
  ])('of %s', (_bucket, rulesFor) => {
    const rules = rulesFor(DAYS);

    test.each(['users/', 'shared/'])('never change the class of an object in %s, nor expire it', (prefix) => {
      const touching = rules.filter((rule) => prefix.startsWith(rule.prefix ?? ''));

      expect(ruleFor(rules, prefix).noncurrentVersionExpiration).toBe(DAYS);
      for (const rule of touching) {
        expect(rule).not.toHaveProperty('transitions');
        expect(rule).not.toHaveProperty('noncurrentVersionTransitions');
        expect(rule).not.toHaveProperty('expiration');
        expect(rule).not.toHaveProperty('expirationDate');
      }
    });

    test('never expire a current object', () => {
      expect(rules.filter((rule) => rule.expiration ?? rule.expirationDate)).toEqual([]);
    });

    test('abort failed uploads, and have ids of their own', () => {
      expect(rules).toContainEqual(expect.objectContaining({ abortIncompleteMultipartUploadAfter: Duration.days(7) }));
      expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    });
  });

  test('there are purposes as the documentation says', () => {
    expect(PURPOSES).toEqual({
      datasets: ['raw', 'processed', 'interim', 'external'],
      models: ['trained', 'artifacts', 'experiments', 'production'],
      artifacts: ['code', 'output', 'reports'],
    });
  });

  function ruleFor(rules: s3.LifecycleRule[], prefix: string): s3.LifecycleRule {
    const found = rules.filter((rule) => rule.prefix === prefix);
    expect(found).toHaveLength(1);
    return found[0];
  }
});
