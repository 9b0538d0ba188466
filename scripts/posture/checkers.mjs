// The policy checkers that read templates: what each reports, as `{ file, rule, logicalId }`.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, parse } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pythonEnv } from '../python-env.mjs';

const MOST_OUTPUT = 256 * 1024 * 1024;
const here = fileURLToPath(new URL('.', import.meta.url));
const plugin = fileURLToPath(new URL('../../node_modules/@cdklabs/cdk-validator-cfnguard/', import.meta.url));
const platform = { linux: 'ubuntu', darwin: 'macos' }[process.platform];
const architecture = { x64: 'x86_64', arm64: 'aarch64' }[process.arch];

/** The proactive controls of Control Tower, which the plugin for the core brings along: one per file. */
const CONTROL_TOWER = join(plugin, 'rules', 'control-tower', 'cfn-guard');

/** Whether CloudFormation Guard exists for this machine. */
export const hasGuard = platform !== undefined && architecture !== undefined;

/** What Control Tower reports, by the ids of its controls. */
export function controlTower(files) {
  const rules = guardFilesIn(CONTROL_TOWER).flatMap((file) =>
    rulesIn(file).map((rule) => [rule, parse(file).name.toUpperCase().replaceAll('-', '.')]),
  );
  const controls = new Map(rules);
  return guard(files, CONTROL_TOWER).map(({ rule, ...place }) => ({ ...place, rule: controls.get(rule) ?? rule }));
}

/** The files of CloudFormation Guard in a folder. */
export function guardFilesIn(folder) {
  const names = readdirSync(folder, { recursive: true });
  return names.filter((name) => name.endsWith('.guard')).map((name) => join(folder, name));
}

/** What the rules in a folder of CloudFormation Guard report. */
export function guard(files, rules) {
  const binary = join(plugin, 'bin', platform, architecture, 'cfn-guard');
  const options = ['--output-format', 'json', '--show-summary', 'none', '--structured'];
  const given = ['--rules', rules, ...files.flatMap((file) => ['--data', file])];
  const reports = JSON.parse(output(binary, ['validate', ...options, ...given], [0, 19]));
  return reports.flatMap(({ name, not_compliant: found = [] }) =>
    found.flatMap(({ Rule }) =>
      resourcesNamedIn(Rule).map((logicalId) => ({ file: name, rule: Rule.name, logicalId })),
    ),
  );
}

/** What cfn-lint reports, its errors and its warnings. */
export async function cfnLint(files) {
  const bin = await environment('checkers', 'requirements.txt');
  const report = JSON.parse(output(join(bin, 'cfn-lint'), ['--format', 'json', '--', ...files], [0, 2, 4, 6]));
  return report.map(({ Filename, Rule, Location, Message }) => ({
    file: Filename,
    rule: Rule.Id,
    logicalId: Location.Path?.[1],
    message: Message,
  }));
}

/** What checkov reports. It is slow to install, so that only the command that measures coverage asks it. */
export async function checkov(folder) {
  const bin = await environment('checkov', 'requirements-checkov.txt');
  const options = ['--framework', 'cloudformation', '--output', 'json', '--quiet', '--compact', '--skip-download'];
  const reports = [JSON.parse(output(join(bin, 'checkov'), ['--directory', folder, ...options], [0, 1]))].flat();
  return reports.flatMap(({ results }) =>
    results.failed_checks.map(({ check_id: rule, file_path: path, resource }) => ({
      file: join(folder, path),
      rule,
      logicalId: resource.split('.').at(-1),
    })),
  );
}

async function environment(name, requirements) {
  const bin = await pythonEnv(name, join(here, requirements));
  if (!bin) {
    throw new Error(`there is no Python environment for ${name}: the line above says why`);
  }
  return bin;
}

/** The versions that are measured. */
export function versions() {
  const npm = (name) => JSON.parse(readFileSync(join(plugin, '..', '..', name, 'package.json'), 'utf8')).version;
  const pinned = (file) => readFileSync(join(here, file), 'utf8').match(/==(\S+)/)[1];
  return {
    'cdk-nag': npm('cdk-nag'),
    'Control Tower': `cdk-validator-cfnguard ${npm('@cdklabs/cdk-validator-cfnguard')}`,
    'cfn-lint': pinned('requirements.txt'),
    checkov: pinned('requirements-checkov.txt'),
  };
}

/** Guard has no field for the resource of a check; its places in the template name it. */
function resourcesNamedIn(report) {
  return [...new Set([...JSON.stringify(report).matchAll(/"\/Resources\/([A-Za-z0-9]+)/g)].map(([, id]) => id))];
}

function rulesIn(file) {
  return [...readFileSync(file, 'utf8').matchAll(/^rule (\w+) when is_cfn_template/gm)].map(([, rule]) => rule);
}

function output(command, options, expected) {
  const { status, stdout, stderr, error } = spawnSync(command, options, { encoding: 'utf8', maxBuffer: MOST_OUTPUT });
  if (error || !expected.includes(status)) {
    throw new Error(`${command} failed: ${error?.message ?? stderr.trim().split('\n').at(-1)}`);
  }
  return stdout;
}
