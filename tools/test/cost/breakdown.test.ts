import { estimateOf } from '../../src/assembly/estimate-of';
import { readAssembly } from '../../src/assembly/read-assembly';
import { commonPath, differencesBy, linesOf, reasonsOf, sumsBy, usesOf } from '../../src/cost/breakdown';
import { plantedAssembly, plantedNotebook } from '../assembly/planted';

const THREE = {
  name: 'Lab',
  resources: {
    Ada: plantedNotebook('ml.t3.medium', 'ada'),
    Bob: plantedNotebook('ml.t3.medium', 'bob'),
    Shared: plantedNotebook('ml.m5.xlarge'),
  },
};

function lab(facts: object[] = [], resources: Record<string, object> = THREE.resources) {
  const assembly = readAssembly(plantedAssembly([{ ...THREE, resources }], facts));
  return { assembly, estimate: estimateOf(assembly) };
}

const instances = <Line extends { text: string }>(lines: Line[]) => lines.filter(({ text }) => text.startsWith('ml.'));

test('costs that read alike are one line with their number and their place', () => {
  const { estimate } = lab();

  expect(instances(linesOf(estimate.items))).toMatchObject([
    { text: expect.stringContaining('ml.m5.xlarge'), count: 1, path: 'Lab/Shared' },
    { text: expect.stringContaining('ml.t3.medium'), count: 2, path: 'Lab', usd: expect.closeTo(73, 2) },
  ]);
});

test('each cost is a line of its own where that is asked for', () => {
  expect(
    instances(linesOf(lab().estimate.items, { each: true }))
      .map(({ path }) => path)
      .sort(),
  ).toEqual(['Lab/Ada', 'Lab/Bob', 'Lab/Shared']);
});

test('costs are summed up by the owner, and those of nobody as none', () => {
  const { assembly, estimate } = lab();

  const sums = sumsBy('owner', { estimate, assembly });
  expect(sums.map(({ text }) => text).sort()).toEqual(['ada', 'bob', 'none']);
  expect(sums.reduce((total, { usd }) => total + usd, 0)).toBeCloseTo(estimate.monthlyTotal, 2);
  expect(sums[0].text).toBe('none');
});

test('costs are summed up by the nearest construct that tells of itself, which stated use is not', () => {
  const facts = [
    { kind: 'MlUsage', path: 'Lab', stack: 'Lab', usage: { notebookHours: 10 } },
    { kind: 'MlNotebook', path: 'Lab/Ada', stack: 'Lab' },
  ];
  const { assembly, estimate } = lab(facts);
  const nested = estimate.items.map((item) =>
    item.constructPath === 'Lab/Ada' ? { ...item, constructPath: 'Lab/Ada/Deep/Down' } : item,
  );

  const sums = sumsBy('construct', { estimate: { ...estimate, items: nested }, assembly });
  expect(sums.map(({ text }) => text).sort()).toEqual(['Lab/Ada', 'Lab/Bob', 'Lab/Shared']);
});

test('prices by use and reasons that read alike are one, with their number', () => {
  const bucket = { Type: 'AWS::S3::Bucket' };
  const [one, two] = ['AWS::Odd::One', 'AWS::Odd::Two'].map((Type) => ({ Type }));
  const { estimate } = lab([], { A: bucket, B: bucket, One: one, Two: two });

  const storage = usesOf(estimate.byUse).filter(({ use }) => use.measure === 's3StorageGb');
  expect(storage).toMatchObject([{ count: 2 }]);
  expect(reasonsOf(estimate.unpriced)).toMatchObject([
    { types: ['AWS::Odd::One', 'AWS::Odd::Two'], count: 2, path: 'Lab', reason: expect.stringContaining('the type') },
  ]);
});

test('what paths have in common is a construct, not half of its name', () => {
  expect(commonPath(['Lab/Ada', 'Lab/Adam'])).toBe('Lab');
  expect(commonPath(['Lab/Ada', 'Lab/Ada/Key'])).toBe('Lab/Ada');
  expect(commonPath(['Lab/Ada'])).toBe('Lab/Ada');
  expect(commonPath(['A', 'B'])).toBe('');
});

test('an owner who is called none is not nobody', () => {
  const sums = sumsBy(
    'owner',
    lab([], { A: plantedNotebook('ml.t3.medium', 'none'), B: plantedNotebook('ml.m5.xlarge') }),
  );

  expect(sums.map(({ text }) => text)).toEqual(['none', "'none'"]);
  const quoted = lab([], { A: plantedNotebook('ml.t3.medium', 'none'), B: plantedNotebook('ml.t3.medium', "'none'") });
  expect(sumsBy('owner', quoted).map(({ text }) => text)).toEqual(["''none''", "'none'"]);
});

test('who has nothing but costs without a price is in the sums, too', () => {
  const odd = { Type: 'AWS::Odd::One', Properties: { Tags: [{ Key: 'ml-owner', Value: 'eve' }] } };

  expect(sumsBy('owner', lab([], { ...THREE.resources, Odd: odd }))).toContainEqual({
    text: 'eve',
    usd: 0,
    priced: 0,
    missing: 1,
  });
});

test('differences are summed up by the owner, the largest first, and what stays is left out', () => {
  const [small, large] = ['ml.t3.medium', 'ml.m5.xlarge'];
  const before = lab([], {
    A: plantedNotebook(small, 'ada'),
    B: plantedNotebook(small, 'bob'),
    C: plantedNotebook(small, 'eve'),
  });
  const after = lab([], { A: plantedNotebook(small, 'ada'), B: plantedNotebook(large, 'bob') });

  const differences = differencesBy('owner', before, after);
  expect(differences.map(({ text }) => text)).toEqual(['bob', 'eve']);
  expect(differences.reduce((sum, { difference }) => sum + difference, 0)).toBeCloseTo(
    after.estimate.monthlyTotal - before.estimate.monthlyTotal,
    6,
  );
});

test('machines without a price are told of first, what only use costs last', () => {
  const topic = { Type: 'AWS::SNS::Topic' };
  const { estimate } = lab([], {
    One: topic,
    Two: topic,
    Odd: { Type: 'AWS::Odd::One' },
    Eve: plantedNotebook('ml.p6.48xlarge'),
  });

  expect(reasonsOf(estimate.unpriced).map(({ path }) => path)).toEqual(['Lab/Eve', 'Lab/Odd', 'Lab']);
});
