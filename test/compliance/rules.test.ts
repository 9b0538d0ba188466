import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataRule } from '../../src/compliance/compliance-rule';
import { RULES } from '../../src/compliance/rules';
import { verdicts } from '../../src/compliance/verdicts';
import { DOCS_FILE, withRules } from './documents';
import { CaseKind, KINDS, RuleCases } from './rule-cases';
import { mutantsOf } from './rule-mutants';

const OWN_ACCOUNT = '111111111111';

describe('the rules', () => {
  const ids = RULES.map(({ id }) => id);

  test('are one per file, listed in the order of their ids', () => {
    const files = readdirSync(join(__dirname, '../../src/compliance/rules')).map((file) => file.replace(/\.ts$/, ''));

    expect(ids).toEqual(files.sort());
  });

  test('cover the SageMaker controls of Security Hub but those on tags', () => {
    const numbers = RULES.flatMap(({ controls }) => controls)
      .map((control) => /^SageMaker\.(\d+)$/.exec(control)?.[1])
      .filter((number) => number !== undefined);

    const all = Array.from({ length: 25 }, (_, index) => String(index + 1));
    expect(numbers.sort()).toEqual(all.filter((number) => !['6', '7'].includes(number)).sort());
  });

  test(`are all in the table of ${DOCS_FILE}, which node scripts/export-guard.mjs renews`, () => {
    const page = readFileSync(join(__dirname, '../..', DOCS_FILE), 'utf8');

    expect(page).toBe(withRules(page));
    expect([...page.matchAll(/^\| \[`([\w-]+)`\]/gm)].map(([, id]) => id)).toEqual(ids);
  });

  test.each(RULES.map((rule) => [rule.id, rule] as const))('%s says what must hold and what to do', (_, rule) => {
    expect(rule.title).toMatch(/^[A-Z][^.]+$/);
    expect(rule.remedy).toMatch(/^[A-Z][^<>]+$|"Null"/);
    expect(rule.link).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
    expect(rule.resourceTypes).not.toEqual([]);
  });
});

describe.each(RULES.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  const { cases } = require(`./rules/${id}`) as { cases: RuleCases };

  test('has cases of each kind', () => {
    expect(KINDS.filter((kind) => Object.keys(cases[kind]).length === 0)).toEqual([]);
  });

  test.each(
    KINDS.flatMap((kind) =>
      Object.entries({ ...cases[kind], ...cases.beyondGuard?.[kind] }).map(([what, body]) => ({ kind, what, body })),
    ),
  )('is $kind: $what', ({ kind, body }) => {
    const verdict = verdicts(rule, body, OWN_ACCOUNT).find(({ logicalId }) => logicalId === 'Subject');

    expect(kindOf(verdict)).toBe(kind);
  });
});

describe.each(RULES.flatMap((rule) => ('requirement' in rule ? [[rule.id, rule] as const] : [])))(
  'each part of %s',
  (id, rule) => {
    const { cases } = require(`./rules/${id}`) as { cases: RuleCases };
    const bodies = KINDS.flatMap((kind) => Object.values({ ...cases[kind], ...cases.beyondGuard?.[kind] }));
    const decisions = (each: DataRule) =>
      bodies.map((body) => kindOf(verdicts(each, body, OWN_ACCOUNT).find(({ logicalId }) => logicalId === 'Subject')));

    test('decides a case', () => {
      const survivors = mutantsOf(rule).filter(({ mutant }) => `${decisions(mutant)}` === `${decisions(rule)}`);

      expect(survivors.map(({ change }) => change)).toEqual([]);
    });
  },
);

function kindOf(verdict: { findings: unknown[] } | undefined): CaseKind {
  if (verdict === undefined) {
    return 'notApplicable';
  }
  return verdict.findings.length === 0 ? 'compliant' : 'nonCompliant';
}
