import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { compareAssemblies } from 'jsii-diff/lib';
import { assemblyBreaks } from './assembly-breaks';
import type { Break } from './break';

/** Where assemblies stand while they are compared: below this repository, so that those of the core are found. */
const FOLDER = join(__dirname, '..', '..', '.cache', 'releases');

/** What jsii itself asks of those who read assemblies. */
const READING = { validate: false, supportedFeatures: ['intersection-types', 'class-covariant-overrides'] };

/** Which of several releases each assembly is of. */
export interface ReleasedApi {
  readonly version: string;
  readonly assembly: object;
}

// biome-ignore lint/suspicious/noExplicitAny: types of jsii-reflect, which only jsii-diff depends on
type Assembly = any;

/** How today's API breaks code, in any language, that was written for earlier releases. */
export async function apiBreaks(releases: ReleasedApi[], today: object): Promise<Break[]> {
  mkdirSync(FOLDER, { recursive: true });
  const folder = mkdtempSync(join(FOLDER, 'api-'));
  try {
    const now = await load(join(folder, 'today'), today);
    const found: Break[] = [];
    for (const { version, assembly } of releases) {
      const old = await load(join(folder, version), assembly);
      const beyond = assemblyBreaks(assembly, today).map((each) => ({ verb: 'breaks', what: 'API', ...each }) as const);
      found.push(...[...breaksBetween(old, now), ...beyond].map((each) => ({ ...each, place: { release: version } })));
    }
    return found;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Experimental or stable: what users build on may not break within a major version, below 1.0.0 within a minor. */
function breaksBetween(old: Assembly, now: Assembly): Break[] {
  const { mismatches } = compareAssemblies(old, now, { defaultExperimental: false });
  return [...mismatches].map(({ message, violationKey }) => {
    // One key covers all props of a struct. With the prop, no entry of BREAKING.md lets more pass than it says.
    const prop = message.match(/property '?(\w+)/)?.[1];
    const name = violationKey.startsWith('removed:') || prop === undefined ? violationKey : `${violationKey}.${prop}`;
    return { verb: 'breaks', what: 'API', name, detail: message };
  });
}

function load(folder: string, assembly: object): Promise<Assembly> {
  const { name, version, dependencies = {} } = assembly as { [key: string]: unknown };
  mkdirSync(folder);
  writeFileSync(join(folder, '.jsii'), JSON.stringify(assembly));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version, dependencies, jsii: {} }));
  const { TypeSystem } = createRequire(require.resolve('jsii-diff/lib'))('jsii-reflect');
  return new TypeSystem().loadModule(folder, READING);
}
