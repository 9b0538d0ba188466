import { cpSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { REGION } from './emulator.mjs';
import { isolatedVariables, root, run, runPackage } from './tools.mjs';

const EXAMPLE = path.join(root, 'examples', 'team', 'typescript');
const FOLDER = path.join(root, '.cache', 'demo', 'team');
const SOURCE = path.join(FOLDER, 'lib', 'team-stack.ts');
const ASSEMBLY = path.join(FOLDER, 'cdk.out');
const ADAPTED = path.join(FOLDER, 'cdk.out-emulator');

export const STACK = 'Team';

/** Copies the example to where the demo may edit it. */
export function copyExample() {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  for (const part of ['bin', 'lib', 'cdk.json', 'package.json', 'tsconfig.json']) {
    cpSync(path.join(EXAMPLE, part), path.join(FOLDER, part), { recursive: true });
  }
}

/** Adds a line below the last notebook of the app. */
export function addLine(line) {
  editSource((lines) => {
    const last = lines.findLastIndex((each) => each.includes('new MlNotebook('));
    const [indent] = lines[last].match(/^ */);
    return lines.toSpliced(last + 1, 0, indent + line);
  });
}

/** Takes a line out of the app again. */
export function removeLine(line) {
  editSource((lines) => lines.filter((each) => each.trim() !== line));
}

/** Synthesizes with the CLI, as a user does: `cdk.json` says how, and any finding fails it. */
export async function synthesize({ checkTypes = true } = {}) {
  const env = isolatedVariables(checkTypes ? {} : { TS_NODE_TRANSPILE_ONLY: 'true' });
  await runPackage('aws-cdk/bin/cdk', ['synth', '--quiet', '--no-notices'], { cwd: FOLDER, env });
  const file = path.join(ASSEMBLY, `${STACK}.template.json`);
  const { pluginReports } = readJson(path.join(ASSEMBLY, 'validation-report.json'));
  return {
    resources: readJson(file).Resources,
    bytes: statSync(file).size,
    warnings: pluginReports.flatMap(({ violations }) => violations).length,
  };
}

/** What the app costs, and a page and a picture of it. */
export async function look() {
  const command = (...words) =>
    run(process.execPath, [path.join(root, 'tools', 'lib', 'bin.js'), ...words], { cwd: FOLDER });
  const [report, picture] = ['report.html', 'picture.svg'].map((name) => path.join(FOLDER, '..', name));
  const cost = JSON.parse(await command('cost', '--json', '--region', REGION));
  await command('report', '--region', REGION, '--output', report);
  await command('diagram', '--region', REGION, '--output', picture);
  return { cost, report, picture };
}

/**
 * Makes a copy of what was synthesized that the emulator takes, and returns its folder. Two things differ: moto cannot
 * update a stack with the rule about the version of the bootstrapping, and the demo ends by destroying the stack.
 */
export function adaptToEmulator() {
  rmSync(ADAPTED, { recursive: true, force: true });
  cpSync(ASSEMBLY, ADAPTED, { recursive: true });
  editJson(path.join(ADAPTED, 'manifest.json'), ({ artifacts }) => {
    artifacts[STACK].properties.terminationProtection = false;
  });
  editJson(path.join(ADAPTED, `${STACK}.template.json`), (template) => {
    delete template.Rules.CheckBootstrapVersion;
    delete template.Parameters.BootstrapVersion;
  });
  return ADAPTED;
}

/** The types of what two syntheses do not have in common, and how many resources differ. */
export function compare(before, after) {
  const typesOf = (left, right) => Object.keys(left).flatMap((id) => (id in right ? [] : [left[id].Type]));
  const changed = Object.keys(after).filter(
    (id) =>
      id in before &&
      after[id].Type !== 'AWS::CDK::Metadata' &&
      JSON.stringify(before[id]) !== JSON.stringify(after[id]),
  );
  return { added: typesOf(after, before), removed: typesOf(before, after), changed };
}

function editSource(edit) {
  writeFileSync(SOURCE, edit(readFileSync(SOURCE, 'utf8').split('\n')).join('\n'));
}

function editJson(file, edit) {
  const content = readJson(file);
  edit(content);
  writeFileSync(file, JSON.stringify(content, undefined, 1));
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
