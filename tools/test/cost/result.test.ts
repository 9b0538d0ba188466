import { readAssembly } from '../../src/assembly/read-assembly';
import { exceeds, pricesLine, resultOf, sharingLine } from '../../src/cost/result';
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

  expect(result({}, { today: new Date(`${birthday}T00:00:00Z`) }).old).toBe(false);
  const old = result({}, { today: new Date(`${birthday}T00:00:01Z`) });
  expect(pricesLine(old)).toBe(`eu-west-1, us-east-1, prices of ${estimate.pricesOf} (older than 12 months)`);
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
