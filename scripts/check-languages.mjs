// Uses the library as its users do in each language: installs the built package into a fresh app of each layout,
// synthesizes it, and requires the templates of the TypeScript app beside the same core. Installs and compiles first what
// is missing or old, so that no old code is proven.
//
//   node scripts/check-languages.mjs [--language python,java] [--layout team] [--require python,java,go]
//
// A language is a module of scripts/languages that exports
//   name        as in examples/<layout>/<name>
//   missing()   why it cannot be checked on this machine, or undefined
//   core()      the newest aws-cdk-lib that its registry delivers
//   prepare(folder, packages, core)   points the app in the folder at the package and at the core, and installs both
//   synth(folder, outdir)             runs the app by the command of its cdk.json
// where `packages` is what buildPackages() returns: `outdir` has a folder of packages per target, of `version`.
// What it cannot do it throws.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { differencesBetween } from './languages/compare.mjs';
import { createApp, exampleOf, LAYOUTS } from './languages/create-app.mjs';
import * as typescript from './languages/typescript.mjs';
import { buildPackages } from './packages/build.mjs';
import { chosen, optionsOf } from './packages/options.mjs';
import { root } from './packages/staging.mjs';

/** The target of scripts/packages.mjs that a language uses. */
const TARGET_OF = { typescript: 'js', python: 'python', java: 'java', go: 'go', csharp: 'dotnet' };

const options = optionsOf({
  language: { type: 'string', default: Object.keys(TARGET_OF).join(',') },
  layout: { type: 'string', default: LAYOUTS.join(',') },
  require: { type: 'string', default: process.env.CI ? 'typescript,python,java,go' : '' },
});
const languages = chosen(options, 'language', Object.keys(TARGET_OF));
const layouts = chosen(options, 'layout', LAYOUTS);
const required = options.require === '' ? [] : chosen(options, 'require', Object.keys(TARGET_OF));
const work = join(root, '.cache', 'languages');
const references = new Map();
const results = [];
let packages;
try {
  await check();
  process.exit(summarize() ? 0 : 1);
} catch (error) {
  console.error(`fail     ${error.message}`);
  process.exit(1);
}

async function check() {
  await import('./install.mjs');
  mkdirSync(work, { recursive: true });
  const modules = await load(languages);
  const usable = Object.values(modules).filter(({ because }) => !because);
  const targets = [...new Set(['js', ...usable.map(({ name }) => TARGET_OF[name])])];
  packages = await buildPackages({ targets });
  for (const language of languages) {
    for (const layout of layouts.filter((each) => exampleOf(each, language))) {
      const start = Date.now();
      const result = await outcome(layout, modules[language]);
      const seconds = ((Date.now() - start) / 1000).toFixed(0);
      results.push({ layout, language, ...result });
      console.log(`${result.kind.padEnd(8)} ${layout} ${language}: ${result.text} (${seconds} s)`);
    }
  }
}

/** What became of an app: `equal`, `skipped` or `failed`, and why. */
async function outcome(layout, { language, because, core }) {
  const skipped = because ?? packages.packages.find(({ target }) => target === TARGET_OF[language.name])?.skipped;
  if (skipped) {
    return { kind: required.includes(language.name) ? 'failed' : 'skipped', text: skipped };
  }
  try {
    const folder = join(work, `${layout}-${language.name}`);
    const output = join(folder, 'cdk.out');
    createApp(layout, language.name, folder);
    await language.prepare(folder, packages, core);
    await language.synth(folder, output);
    const differences = compare(layout, language, { core, folder, output });
    return differences.length > 0
      ? { kind: 'failed', text: `differs from TypeScript:\n${differences.join('\n').replace(/^/gm, '           ')}` }
      : { kind: 'equal', text: `aws-cdk-lib ${core}` };
  } catch (error) {
    return { kind: 'failed', text: error.message };
  }
}

/** TypeScript is compared with itself by way of the CLI, all others with TypeScript. */
function compare(layout, language, { core, folder, output }) {
  if (language === typescript) {
    references.set(`${layout} ${core}`, output);
    if (layout !== 'team') {
      return [];
    }
    const byCli = join(folder, 'cdk.out.cli');
    typescript.synthByCli(folder, byCli);
    return differencesBetween(output, byCli);
  }
  return differencesBetween(reference(layout, core), output);
}

function reference(layout, core) {
  const key = `${layout} ${core}`;
  if (!references.has(key)) {
    const output = join(work, `${layout}-typescript-${core}.out`);
    typescript.synthWithCore(layout, packages, core, output);
    references.set(key, output);
  }
  return references.get(key);
}

async function load(names) {
  const entries = names.map(async (name) => {
    const language = await import(`./languages/${name}.mjs`);
    const because = await language.missing();
    return [name, { name, language, because, core: because ? undefined : await language.core() }];
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** Prints all that was asked for, so that what is missing shows, and returns whether it passed. */
function summarize() {
  console.log(`\n${''.padEnd(12)}${languages.map((language) => language.padEnd(12)).join('')}`);
  for (const layout of layouts) {
    const cells = languages.map(
      (language) => results.find((each) => each.layout === layout && each.language === language)?.kind ?? 'no example',
    );
    console.log(`${layout.padEnd(12)}${cells.map((cell) => cell.padEnd(12)).join('')}`);
  }
  for (const { layout, language, text } of results.filter(({ kind }) => kind === 'skipped')) {
    console.log(`skipped  ${layout} ${language}: ${text}`);
  }
  for (const problem of packages.problems) {
    console.log(`fail     ${problem}`);
  }
  const unchecked = required.filter(
    (language) => languages.includes(language) && !results.some((each) => each.language === language),
  );
  for (const language of unchecked) {
    console.log(`fail     ${language} has no example`);
  }
  const count = (kind) => results.filter((each) => each.kind === kind).length;
  console.log(`\n${count('equal')} passed, ${count('failed')} failed, ${count('skipped')} skipped`);
  return count('failed') + packages.problems.length + unchecked.length === 0 && count('equal') > 0;
}
