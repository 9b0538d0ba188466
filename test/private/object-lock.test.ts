import { fullDiff, ResourceImpact } from '@aws-cdk/cloudformation-diff';
import { CfnParameter, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  lockObjects,
  type ObjectLock,
  type ObjectLockSettings,
  requireObjectLock,
  requireOutlasting,
} from '../../src/private/object-lock';

const { COMPLIANCE, GOVERNANCE } = s3.ObjectLockMode;
const RETENTION = { objectLockRetention: Duration.days(30) };

describe('object lock', () => {
  let stack: Stack;
  beforeEach(() => {
    stack = new Stack(undefined, 'Team');
  });

  test('is off without a retention, and can then have no other setting', () => {
    expect(lockOf({})).toBeUndefined();
    for (const settings of [
      { objectLockMode: GOVERNANCE },
      { objectLockComplianceReason: 'law' },
      { objectLockNewBuckets: false },
    ]) {
      expect(() => lockOf(settings)).toThrow(
        /^Team: 'objectLock\w+' must be left out without objectLockRetention, which turns Object Lock on, got: /,
      );
    }
  });

  test('lets those with a right of its own delete, in buckets that exist, unless told otherwise', () => {
    expect(lockOf(RETENTION)).toEqual({ mode: GOVERNANCE, days: 30, isNewBucket: false });
    expect(lockOf({ ...RETENTION, objectLockNewBuckets: true })).toMatchObject({ isNewBucket: true });
  });

  test.each([Duration.days(0), Duration.hours(36), Duration.days(36_501)])('refuses %s', (objectLockRetention) => {
    expect(() => lockOf({ objectLockRetention })).toThrow(
      "Team: 'objectLockRetention' must be a whole number of days from 1 to 36500, got: ",
    );
  });

  test('refuses a retention that is known only at deployment', () => {
    const days = new CfnParameter(stack, 'Days', { type: 'Number' }).valueAsNumber;

    expect(() => lockOf({ objectLockRetention: Duration.days(days) })).toThrow(
      "Team: 'objectLockRetention' must be known at synthesis, because lifecycle rules must not be shorter",
    );
  });

  test('refuses COMPLIANCE without a reason, and says that nobody can undo it', () => {
    expect(() => lockOf({ ...RETENTION, objectLockMode: COMPLIANCE })).toThrow(
      "Team: 'objectLockMode' must be GOVERNANCE, or acknowledged with 'objectLockComplianceReason': nobody, not even the root user",
    );
    expect(() => lockOf({ ...RETENTION, objectLockMode: COMPLIANCE, objectLockComplianceReason: ' ' })).toThrow(
      "Team: 'objectLockComplianceReason' must be a reason in words, got: ' '",
    );
    expect(lockOf({ ...RETENTION, objectLockMode: COMPLIANCE, objectLockComplianceReason: 'law' })).toMatchObject({
      mode: COMPLIANCE,
    });
  });

  test('refuses a reason for what needs none', () => {
    expect(() => lockOf({ ...RETENTION, objectLockComplianceReason: 'law' })).toThrow(
      "Team: 'objectLockComplianceReason' must be left out unless objectLockMode is COMPLIANCE, got: law",
    );
  });

  test('is refused where objects are deleted with the stack', () => {
    expect(() => lockOf(RETENTION, RemovalPolicy.DESTROY)).toThrow(
      "Team: 'objectLockRetention' must be left out where data may be removed, as no object can be deleted before its time",
    );
  });

  test.each([
    ['expiration', { expiration: Duration.days(29) }, false],
    ['noncurrentVersionExpiration', { noncurrentVersionExpiration: Duration.days(29) }, false],
    ['expiration', { expiration: Duration.days(30) }, true],
    ['abortIncompleteMultipartUploadAfter', { abortIncompleteMultipartUploadAfter: Duration.days(7) }, true],
  ])('is compared with %s of lifecycle rules', (_prop, rule, isTaken) => {
    const lock = lockOf(RETENTION) as ObjectLock;
    const compare = () => requireOutlasting(stack, lock, [{}, rule], 'lock for less');

    if (isTaken) {
      expect(compare).not.toThrow();
    } else {
      expect(compare).toThrow(
        "Team: 'objectLockRetention' must be at most 29 days, after which versions of objects are to be deleted; lock for less, got: 30 days",
      );
    }
  });

  test.each([
    ['in place', false, ResourceImpact.WILL_UPDATE],
    ['as a new bucket, which is why that has to be said', true, ResourceImpact.WILL_REPLACE],
  ])('CloudFormation turns it on %s', (_how, isNewBucket, impact) => {
    const [before, after] = [undefined, { mode: GOVERNANCE, days: 30, isNewBucket }].map((lock) => {
      const other = new Stack();
      const bucket = new s3.Bucket(other, 'Bucket', { versioned: true });
      if (lock) {
        lockObjects(bucket, lock);
      }
      return Template.fromStack(other);
    });

    const impacts: ResourceImpact[] = [];
    fullDiff(before.toJSON(), after.toJSON()).resources.forEachDifference((_id, { changeImpact }) => {
      impacts.push(changeImpact);
    });

    expect(impacts).toEqual([impact]);
    after.hasResourceProperties('AWS::S3::Bucket', {
      ObjectLockEnabled: isNewBucket ? true : Match.absent(),
      ObjectLockConfiguration: {
        ObjectLockEnabled: 'Enabled',
        Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 30 } },
      },
    });
  });

  function lockOf(settings: ObjectLockSettings, removalPolicy = RemovalPolicy.RETAIN) {
    return requireObjectLock(stack, settings, removalPolicy);
  }
});
