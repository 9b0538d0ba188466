import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { EXAMPLES } from '../examples/synthesis';
import type { Finding } from '../shared/findings';
import { APPS } from './apps';
import { LEDGER, MOST, problemsWith, UnmetRequirement } from './ledger';

const LOCK: UnmetRequirement = {
  requirement: 'objects are locked',
  on: 'buckets',
  where: /Storage\/Datasets\/Resource$/,
  reason: 'a locked object cannot be deleted when a person asks for it',
  rules: { 'cdk-nag': ['S3BucketDefaultLockEnabled'], 'Control Tower': ['s3_bucket_object_lock_enabled_check'] },
};
const ON_DATASETS = 'Team/Shared/Storage/Datasets/Resource';
const NAG: Finding = { checker: 'cdk-nag', rule: 'S3BucketDefaultLockEnabled', path: ON_DATASETS };
const TOWER: Finding = { checker: 'Control Tower', rule: 's3_bucket_object_lock_enabled_check', path: ON_DATASETS };

describe('the ledger', () => {
  test('takes every finding that it has, from every checker', () => {
    expect(problemsWith([NAG, TOWER, NAG], [LOCK])).toEqual([]);
  });

  test('does not take a rule that it does not have', () => {
    const finding = { ...NAG, rule: 'S3BucketVersioningEnabled' };

    expect(problemsWith([NAG, TOWER, finding], [LOCK])).toEqual([
      `cdk-nag finds S3BucketVersioningEnabled on ${ON_DATASETS}`,
    ]);
  });

  test('does not take a rule of another checker by the same name', () => {
    const finding = { ...NAG, checker: 'cfn-lint' };

    expect(problemsWith([NAG, TOWER, finding], [LOCK])).toEqual([
      `cfn-lint finds S3BucketDefaultLockEnabled on ${ON_DATASETS}`,
    ]);
  });

  test('does not take a rule on another construct than the one that it names', () => {
    const finding = { ...NAG, path: 'Team/Uploads/Resource' };

    expect(problemsWith([NAG, TOWER, finding], [LOCK])).toEqual([
      'cdk-nag finds S3BucketDefaultLockEnabled on Team/Uploads/Resource',
    ]);
  });

  test('does not keep a rule that nothing finds any more', () => {
    expect(problemsWith([NAG], [LOCK])).toEqual([
      'Control Tower no longer finds s3_bucket_object_lock_enabled_check: remove it from the ledger',
    ]);
  });

  test('does not grow beyond its limit', () => {
    const long = Array.from({ length: MOST + 1 }, () => LOCK);

    expect(problemsWith([NAG, TOWER], long)).toEqual([
      `the ledger must have at most ${MOST} requirements, got: ${MOST + 1}`,
    ]);
  });

  test('has at most twelve requirements, each with a reason and no rule twice', () => {
    const rules = LEDGER.flatMap((unmet) =>
      Object.entries(unmet.rules).flatMap(([checker, names]) => names.map((name) => `${checker} ${name}`)),
    );

    expect(MOST).toBe(12);
    expect(LEDGER.length).toBeLessThanOrEqual(MOST);
    expect(LEDGER.filter(({ reason }) => reason.length < 20)).toEqual([]);
    expect(rules).toEqual([...new Set(rules)]);
  });

  test('is held against every example', () => {
    const examples = readdirSync(EXAMPLES).filter((name) => existsSync(join(EXAMPLES, name, 'typescript')));

    expect(Object.keys(APPS)).toEqual(expect.arrayContaining(examples));
  });
});
