import { readAssembly } from '../../src/assembly/read-assembly';
import { exceeds, pricesLine, problemsOf, resultOf, sharingLine, totalLine, warningOf } from '../../src/cost/result';
import { plantedAssembly, plantedNotebook } from '../assembly/planted';

const resources = { Ada: plantedNotebook('ml.t3.medium'), Bob: plantedNotebook('ml.t3.medium') };
const KEY = { Type: 'AWS::KMS::Key', Properties: {} };
const REGION = { region: 'us-east-1' };

function result(more: Record<string, object> = {}, options: Partial<Parameters<typeof resultOf>[1]> = {}) {
  const stacks = [
    { name: 'One', region: 'eu-west-1', resources: { ...resources, ...more } },
    { name: 'Two', region: 'unknown-region', resources: {} },
  ];
  return resultOf(readAssembly(plantedAssembly(stacks)), { ...REGION, ...options });
}

test('all regions are named whose prices apply', () => {
  expect(result().regions).toEqual(['eu-west-1', 'us-east-1']);
});

test('prices older than 12 months are called old', () => {
  const { estimate } = result();
  const [year, ...rest] = estimate.pricesOf.split('-');
  const birthday = `${Number(year) + 1}-${rest.join('-')}`;

  expect(result({}, { today: new Date(`${birthday}T00:00:00Z`) }).stale).toBe(false);
  const old = result({}, { today: new Date(`${birthday}T00:00:01Z`) });
  expect(pricesLine(old)).toBe(`eu-west-1, us-east-1, prices of ${estimate.pricesOf} (older than 12 months)`);
  expect(old.estimate.assumptions.at(-1)).toMatch(/^Prices are older than 12 months: the oldest are of /);
  expect(result({}, { today: new Date(`${birthday}T00:00:00Z`) }).estimate.assumptions.join()).not.toContain('older');
});

test('sharing is told of where something is shared', () => {
  expect(result().sharing).toBeUndefined();

  const { sharing } = result({ KEY });
  expect(sharing).toMatchObject({ workloads: 2, savedUsd: expect.closeTo(1, 2) });
  expect(sharingLine(sharing!, (usd) => usd.toFixed(1))).toMatch(
    /^Sharing saves 1\.0 \(1 %\) of the \d+\.\d that 2 workloads/,
  );
});

test('a limit is exceeded above it, not at it', () => {
  const { monthlyTotal } = result().estimate;

  expect([monthlyTotal - 0.01, monthlyTotal, undefined].map((limit) => exceeds(result({}, { limit })))).toEqual([
    true,
    false,
    false,
  ]);
});

describe('a machine without a price', () => {
  const UNKNOWN = { Eve: plantedNotebook('ml.p6.48xlarge') };

  test('makes the total the least that it can be', () => {
    expect(totalLine(result())).toMatch(/^\d+\.\d\d USD$/);
    expect(totalLine(result(UNKNOWN))).toMatch(/^at least \d+\.\d\d USD, 1 cost without a price$/);
    expect(totalLine(result({ ...UNKNOWN, Odd: { Type: 'AWS::Odd::One' } }))).toMatch(/, 2 costs without a price$/);
  });

  test('is warned of beside a limit, which it may exceed, and beside nothing else', () => {
    expect(warningOf(result(UNKNOWN, { limit: 1000 }))).toMatch(
      /^ml-infra cost: warning: --limit does not count machines without a price: One\/Eve \(no price of ml\.p6\.48xlarge .*\)$/,
    );
    expect(warningOf(result(UNKNOWN))).toBeUndefined();
    expect(warningOf(result({ Odd: { Type: 'AWS::Odd::One' } }, { limit: 1000 }))).toBeUndefined();
  });

  test('is a problem where all must have a price', () => {
    expect(problemsOf(result(UNKNOWN), { strict: true })).toEqual([
      expect.stringMatching(/^ml-infra cost: every cost .* \(--strict\), got none of: One\/Eve \(no price of ml\.p6/),
    ]);
    expect(problemsOf(result(UNKNOWN), { strict: false })).toEqual([]);
    expect(problemsOf(result(UNKNOWN, { limit: 1 }), { strict: true })).toEqual([
      expect.stringMatching(/\(--limit\), got: at least \d+\.\d\d$/),
      expect.stringContaining('--strict'),
    ]);
  });
});

test('what only use costs is no gap', () => {
  const topic = result({ Topic: { Type: 'AWS::SNS::Topic' } });

  expect(topic.estimate.unpriced).toHaveLength(1);
  expect(totalLine(topic)).not.toContain('at least');
  expect(problemsOf(topic, { strict: true })).toEqual([]);
});
