import { type Decision, sentence } from './decision';
import { keepFigures } from './figures';
import { Scene } from './scene';
import { isAllowed } from './simulator';
import { tablesOf } from './tables';

// The simulator reads the data of a service when it is first asked for, which takes seconds on a busy machine.
jest.setTimeout(120_000);

const scene = Scene.define();
const tables = tablesOf(scene);
const right = new Map(tables.map(([subject]) => [subject, 0]));

describe.each(tables)('%s', (subject, table) => {
  test.each(table.map((decision): [string, Decision] => [sentence(decision), decision]))(
    '%s',
    async (_sentence, decision) => {
      const { caller, action, on, allowed } = decision;
      expect(await isAllowed(scene, caller, action, on, decision)).toBe(allowed);
      right.set(subject, (right.get(subject) ?? 0) + 1);
    },
  );
});

test('no request is asked twice, so that the number of decisions is that of different ones', () => {
  const sentences = tables.flatMap(([, table]) => table.map(sentence));
  expect(sentences.filter((each, index) => sentences.indexOf(each) !== index)).toEqual([]);
});

afterAll(() => {
  const table = tables.flatMap(([, decisions]) => decisions);
  keepFigures('decisions', {
    decisions: table.length,
    right: [...right.values()].reduce((sum, each) => sum + each, 0),
    denials: table.filter(({ allowed }) => !allowed).length,
    callers: new Set(table.map(({ caller }) => caller)).size,
    decisionsBySubject: Object.fromEntries(right),
  });
});
