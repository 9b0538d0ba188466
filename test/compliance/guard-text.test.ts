import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { DataRule } from '../../src/compliance/compliance-rule';
import { guardName, guardText } from '../../src/compliance/guard-text';
import { equals, present, when } from '../../src/compliance/requirement';
import { RULES } from '../../src/compliance/rules';
import { GUARD_FILE, guardFile } from './documents';
import { CaseKind, KINDS, RuleCases } from './rule-cases';

const GUARD = join(
  __dirname,
  `../../node_modules/@cdklabs/cdk-validator-cfnguard/bin/ubuntu/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}/cfn-guard`,
);
const ROOT = join(__dirname, '../..');
const inGuard = RULES.filter((rule) => 'requirement' in rule);

// The only binary that is installed is that for Linux; elsewhere the tests show as skipped.
const onLinux = process.platform === 'linux' ? describe : describe.skip;

interface GuardResult {
  readonly name: string;
  readonly compliant: string[];
  readonly not_applicable: string[];
  readonly not_compliant: { readonly Rule: { readonly name: string } }[];
}

onLinux('CloudFormation Guard', () => {
  let results: Map<string, GuardResult>;
  beforeAll(() => {
    results = run();
  });

  test.each(inGuard.map(({ id }) => [id]))('says of %s what the pack says', (id) => {
    const cases = casesOf(id);

    const said = cases.map(({ file }) => kindIn(results.get(file), guardName(id)));

    expect(said.map((kind, index) => `${cases[index].what}: ${kind}`)).toEqual(
      cases.map(({ what, kind }) => `${what}: ${kind}`),
    );
  });
});

describe('the text for CloudFormation Guard', () => {
  test('holds every rule that is made of data, and no other', () => {
    const names = [...guardText(RULES).matchAll(/^rule (\w+) /gm)].map(([, name]) => name);

    expect(names).toEqual(inGuard.map(({ id }) => guardName(id)));
    expect(RULES.length - names.length).toBe(8);
  });

  test(`is that of ${GUARD_FILE}, which node scripts/export-guard.mjs renews`, () => {
    expect(readFileSync(join(ROOT, GUARD_FILE), 'utf8')).toBe(guardFile());
  });

  test('fails for a filter that Guard has no words for', () => {
    const rule: DataRule = { ...(inGuard[0] as DataRule), appliesWhen: when(present('A'), equals('B', 1)) };

    expect(() => guardText([rule])).toThrow("appliesWhen must be made of leaves, 'all', 'any' and 'some', got: when");
  });
});

function run(): Map<string, GuardResult> {
  const folder = mkdtempSync(join(tmpdir(), 'guard-'));
  const data = inGuard.flatMap(({ id }) => casesOf(id));
  for (const { file, body } of data) {
    writeFileSync(join(folder, file), JSON.stringify(body));
  }
  writeFileSync(join(folder, 'rules.guard'), guardText(RULES));
  const files = data.flatMap(({ file }) => ['-d', join(folder, file)]);
  const options = ['--structured', '-o', 'json', '--show-summary', 'none'];
  const { stdout, stderr } = spawnSync(GUARD, ['validate', '-r', join(folder, 'rules.guard'), ...files, ...options], {
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  rmSync(folder, { recursive: true });
  expect(stderr).toBe('');
  return new Map((JSON.parse(stdout) as GuardResult[]).map((result) => [basename(result.name), result]));
}

function casesOf(id: string) {
  const { cases } = require(`./rules/${id}`) as { cases: RuleCases };
  return KINDS.flatMap((kind) =>
    Object.entries(cases[kind]).map(([what, body], index) => ({
      kind,
      what,
      body,
      file: `${id}-${kind}-${index}.json`,
    })),
  );
}

function kindIn(result: GuardResult | undefined, rule: string): CaseKind | undefined {
  if (result?.not_applicable.includes(rule)) {
    return 'notApplicable';
  }
  if (result?.compliant.includes(rule)) {
    return 'compliant';
  }
  return result?.not_compliant.some(({ Rule }) => Rule.name === rule) ? 'nonCompliant' : undefined;
}
