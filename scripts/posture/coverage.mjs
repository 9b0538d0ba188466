// Which controls each checker covers, measured on the cases of the rules of our pack: a checker notices a template that
// does not comply if it reports a rule on it that it does not report on its twin, the first template that complies and is
// about the same type of resource. A case without a twin is not measured.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cfnLint, checkov, controlTower, guard, guardFilesIn, versions } from './checkers.mjs';

const require = createRequire(import.meta.url);
const DATA = fileURLToPath(new URL('coverage.json', import.meta.url));
const FOLDER = fileURLToPath(new URL('../../.cache/posture/twins', import.meta.url));
const REGISTRY = 'guard rules registry';

/** Number of rule files from which on a copy of the registry counts as whole. */
const WHOLE = 100;

/** What was measured last: the versions of the checkers, and what each of them noticed of each rule of ours. */
export function recordedCoverage() {
  return JSON.parse(readFileSync(DATA, 'utf8'));
}

/**
 * Measures every checker and records it.
 *
 * @param {{ folder: string, version: string } | undefined} registry a copy of the rules of the registry, which is in no
 *   package registry; what was recorded of it stays without one
 */
export async function recordCoverage(registry) {
  const checkers = { ...cheapCheckers(), checkov: () => checkov(FOLDER) };
  if (registry) {
    checkers[REGISTRY] = (files) => guard(files, registry.folder);
  }
  const { rules } = await measure(checkers);
  const before = registry ? undefined : recordedCoverage();
  const servicesKnown = registry && servicesNamedIn(registry.folder);
  for (const [id, rule] of Object.entries(rules)) {
    if (before) {
      rule.noticed[REGISTRY] = before.rules[id]?.noticed[REGISTRY];
    } else if (servicesKnown && !typesOf(id).some((type) => servicesKnown.includes(serviceOf(type)))) {
      rule.noticed[REGISTRY] = undefined;
    }
  }
  const version = before ? before.checkers[REGISTRY] : registry.version;
  const recorded = { checkers: { ...versions(), [REGISTRY]: version }, rules };
  writeFileSync(DATA, `${JSON.stringify(recorded, undefined, 2)}\n`);
  return recorded;
}

/** Measures the checkers that are quick to install anew: sentences about what is no longer as it was recorded. */
export async function differencesFromRecord() {
  const recorded = recordedCoverage();
  const { rules } = await measure(cheapCheckers());
  const asRecorded = (id, checker) => JSON.stringify(recorded.rules[id]?.noticed[checker]);
  return [
    ...Object.entries(rules).flatMap(([id, { controls, cases, noticed }]) => [
      ...(JSON.stringify([controls, cases]) ===
      JSON.stringify([recorded.rules[id]?.controls, recorded.rules[id]?.cases])
        ? []
        : [`${id} has other controls or cases than when coverage was recorded`]),
      ...Object.entries(noticed)
        .filter(([checker, now]) => JSON.stringify(now) !== asRecorded(id, checker))
        .map(
          ([checker, now]) =>
            `${checker} notices ${JSON.stringify(now)} of ${id}, recorded: ${asRecorded(id, checker)}`,
        ),
    ]),
    ...Object.keys(recorded.rules)
      .filter((id) => !rules[id])
      .map((id) => `${id} is gone, but its coverage is recorded`),
    ...Object.entries(versions())
      .filter(([checker, version]) => recorded.checkers[checker] !== version)
      .map(([checker, version]) => `${checker} is ${version}, recorded: ${recorded.checkers[checker]}`),
  ];
}

function cheapCheckers() {
  const { nagRulesOn, ownRulesOn } = require('../../test/posture/twins.ts');
  const inProcess = (rulesOn) => (_files, templates) =>
    templates.flatMap(({ file, body }) => rulesOn(body).map((rule) => ({ file, rule })));
  return {
    MlComplianceChecks: inProcess(ownRulesOn),
    'cdk-nag': inProcess(nagRulesOn),
    'Control Tower': (files) => controlTower(files),
    'cfn-lint': (files) => cfnLint(files),
  };
}

async function measure(checkers) {
  const { twins } = require('../../test/posture/twins.ts');
  const templates = twins().map((twin, index) => ({ ...twin, file: join(FOLDER, `${index}.template.json`) }));
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  for (const { file, body } of templates) {
    writeFileSync(file, JSON.stringify(body));
  }
  const files = templates.map(({ file }) => file);
  const rules = {};
  for (const { rule, controls } of templates) {
    rules[rule] ??= { controls, cases: pairsOf(rule, templates).length, noticed: {} };
  }
  for (const [checker, report] of Object.entries(checkers)) {
    const findings = await report(files, templates);
    for (const id of Object.keys(rules)) {
      rules[id].noticed[checker] = noticed(pairsOf(id, templates), findings);
    }
  }
  return { rules };
}

/** The templates of a rule that do not comply, each with its twin. */
function pairsOf(id, templates) {
  const own = templates.filter(({ rule }) => rule === id);
  return own
    .filter(({ isCompliant }) => !isCompliant)
    .map((wrong) => ({ wrong, right: own.find(({ isCompliant, type }) => isCompliant && type === wrong.type) }))
    .filter(({ right }) => right);
}

function noticed(pairs, findings) {
  const rulesOn = ({ file }) => findings.filter((each) => each.file === file).map(({ rule }) => rule);
  const perCase = pairs
    .map(({ wrong, right }) => rulesOn(wrong).filter((rule) => !rulesOn(right).includes(rule)))
    .filter((rules) => rules.length > 0);
  return { cases: perCase.length, by: [...new Set(perCase.flat().map((rule) => rule.replace(/\[.*/s, '')))].sort() };
}

function typesOf(id) {
  const { RULES } = require('../../src/compliance/rules.ts');
  return RULES.find((rule) => rule.id === id).resourceTypes;
}

/** The services whose resources rules name, or nothing where the copy is whole. */
function servicesNamedIn(folder) {
  const texts = guardFilesIn(folder).map((file) => readFileSync(file, 'utf8'));
  return texts.length >= WHOLE ? undefined : texts.flatMap((text) => text.match(/AWS::\w+/g) ?? []);
}

function serviceOf(type) {
  return type.split('::').slice(0, 2).join('::');
}
