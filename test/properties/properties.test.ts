import * as fc from 'fast-check';
import { type AppPlan, NEWCOMER, type NotebookPlan, SMALLEST } from './plan';
import { PLANTED, PLANTED_DEPENDENCE } from './planted';
import { INVARIANTS, PROPERTIES } from './properties';
import { refusesWrongly } from './refusals';
import { ignoresOrder, isTheSameAgain, leavesOthersAlone } from './relations';
import { synthesize, synthesizeOnce, writeTemplates } from './synthesized';

/** Fixed, so that `npm test` says the same on every machine; scripts/check-properties.mjs takes another each time. */
const seed = Number(process.env.PROPERTY_SEED ?? 20_261_121);
const numRuns = Number(process.env.PROPERTY_RUNS ?? 8);

jest.setTimeout(60_000 + numRuns * 3_000);

beforeAll(() => {
  jest.spyOn(console, 'error').mockImplementation(); // the core prints warnings, of which such apps have many
});

afterAll(() => {
  if (process.env.PROPERTY_TEMPLATES) {
    writeTemplates(process.env.PROPERTY_TEMPLATES);
  }
});

describe(`any app, of ${numRuns} by the seed ${seed},`, () => {
  test.each(Object.entries(PROPERTIES))('%s', async (_name, property) => {
    await fc.assert(property, { seed, numRuns });
  });
});

describe('a property notices an app that', () => {
  test.each(PLANTED)('$what: $property', async ({ property, fault, edit, says, change }) => {
    const plan = { ...SMALLEST, ...change };
    const wrong = synthesize(plan, fault);
    edit?.(wrong);

    expect(await INVARIANTS[property](synthesizeOnce(plan))).toEqual([]);
    expect((await INVARIANTS[property](wrong)).join('\n')).toContain(says);
  });

  test('is planted once at least for each of them', () => {
    expect(new Set(PLANTED.map(({ property }) => property))).toEqual(new Set(Object.keys(INVARIANTS)));
  });

  const member = (id: string): NotebookPlan => ({ ...SMALLEST.notebooks[0], id });
  const pair: AppPlan = { ...SMALLEST, notebooks: [member('alice'), member('bob')] };
  const { onTime, onOrder, onNumber } = PLANTED_DEPENDENCE;

  test('is taken although it is refused otherwise', () => {
    expect(refusesWrongly(SMALLEST)).toEqual(['it was taken']);
  });

  test('is refused in other words', () => {
    const { notebooks } = SMALLEST;

    expect(refusesWrongly({ ...SMALLEST, notebooks: [...notebooks, ...notebooks] }).join()).toContain('alice');
  });

  test('differs each time', () => {
    expect([isTheSameAgain(pair), isTheSameAgain(pair, onTime)]).toEqual([[], ['Base.template.json differs']]);
  });

  test('depends on the order of notebooks', () => {
    expect(ignoresOrder(pair)).toEqual([]);
    expect(ignoresOrder(pair, onOrder).join()).toMatch(/^Base.template.json\/alice\w+ changes VolumeSizeInGB/);
  });

  test('changes for others when somebody joins', () => {
    expect(leavesOthersAlone(pair, member(NEWCOMER))).toEqual([]);
    expect(leavesOthersAlone(pair, member(NEWCOMER), onNumber)).toHaveLength(2);
  });
});
