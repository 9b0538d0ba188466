// Asks every policy checker about every example, and writes what was counted into docs/security-posture.md.
//
//   npm run posture                                          renews the page
//   npm run posture -- --check                               fails where the page is stale
//   npm run posture -- --coverage                            measures all checkers anew, also those that are slow to install
//   npm run posture -- --coverage --registry <folder> <version>   the rules of the guard rules registry, too
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cfnLint, controlTower, hasGuard } from './posture/checkers.mjs';
import { differencesFromRecord, recordCoverage, recordedCoverage } from './posture/coverage.mjs';
import { countedFigures } from './posture/figures.mjs';
import { coverageRows, figureRows, ledgerRows, withParts } from './posture/page.mjs';

const require = createRequire(import.meta.url);
require('./posture/typescript.cjs');
const { APPS } = require('../test/posture/apps.ts');
const { takeInventory } = require('../test/posture/inventory.ts');
const { LEDGER, MOST, problemsWith } = require('../test/posture/ledger.ts');
const { MlComplianceChecks } = require('../src/compliance/index.ts');

const root = fileURLToPath(new URL('..', import.meta.url));
const page = join(root, 'docs', 'security-posture.md');
const options = process.argv.slice(2);

if (!hasGuard) {
  console.log('skipped: CloudFormation Guard does not exist for this machine; that takes Linux or macOS.');
  process.exit(process.env.CI ? 1 : 0);
}

const { problems, templates } = await examine();
const open = problems.length;
const [folder, version] = options.includes('--registry') ? options.slice(options.indexOf('--registry') + 1) : [];
if (options.includes('--coverage')) {
  await recordCoverage(folder && { folder, version });
} else {
  problems.push(...(await differencesFromRecord()));
}
const { counted, problems: uncounted } = countedFigures();
problems.push(...uncounted);
const parts = {
  figures: figureRows({
    counted,
    ledger: LEDGER,
    most: MOST,
    rules: MlComplianceChecks.rules,
    apps: Object.keys(APPS).length,
    templates,
    open,
  }),
  ledger: ledgerRows(LEDGER),
  coverage: coverageRows(recordedCoverage()),
};
console.log(parts.figures.join('\n'));
const before = readFileSync(page, 'utf8');
const after = withParts(before, parts);
if (!options.includes('--check')) {
  writeFileSync(page, after);
} else if (after !== before) {
  problems.push('docs/security-posture.md is stale: run `npm run posture` and commit the result');
}
for (const problem of problems) {
  console.log(`fail  ${problem}`);
}
process.exit(problems.length > 0 ? 1 : 0);

/** What the checkers find on all apps, and the ledger does not have. */
async function examine() {
  const inventory = takeInventory(join(root, '.cache', 'posture', 'apps'));
  const files = Object.keys(inventory.templates);
  const findings = [
    ...inventory.findings,
    ...controlTower(files).map((each) => ({ checker: 'Control Tower', ...each })),
    ...(await cfnLint(files)).map((each) => ({ checker: 'cfn-lint', ...each })),
  ].map(({ checker, rule, path, file, logicalId }) => ({
    checker,
    rule,
    path: path ?? inventory.templates[file][logicalId] ?? `${file}/${logicalId}`,
  }));
  const open = inventory.open.map((finding) => `nobody acknowledged ${finding}`);
  return { problems: [...open, ...problemsWith(findings, LEDGER)], templates: files.length / 2 };
}
