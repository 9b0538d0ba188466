// Runs points of the benchmark, each in a fresh process.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));

/** What CDK would do besides synthesizing: validating templates dominates any measurement. */
const env = { ...process.env, CDK_VALIDATION: 'false', CDK_DISABLE_ANALYTICS: 'true', NODE_OPTIONS: '' };

/** Synthesizes `notebooks` notebooks, with or without owners, and returns what that took. A limit of 0 is none. */
export function measurePoint({ variant, notebooks, owned, limit = 0 }) {
  return measure('point.cjs', [variant, notebooks, owned, limit].map(String));
}

/** Estimates and synthesizes `notebooks` notebooks with owners into a folder, and returns what each took. */
export function measureEstimates({ variant, notebooks, outdir }) {
  return measure('estimate-app.cjs', [variant, String(notebooks), outdir]);
}

/** Estimates what stands in the folder of an assembly, and returns what that took. */
export function measureEngine(outdir) {
  return measure('estimate-engine.cjs', [outdir]);
}

/** Loads modules, and returns what that took. */
export function measureLoading(modules) {
  return measure('loading.cjs', modules);
}

/** Runs every case once, then every case again, in turns of changing direction, so that no case gets the quiet time. */
export function interleaved(cases, runs, work) {
  const results = new Map(cases.map((point) => [point, []]));
  for (let run = 0; run < runs; run++) {
    for (const point of run % 2 === 0 ? cases : cases.toReversed()) {
      results.get(point).push(work(point));
    }
  }
  return results;
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function measure(script, args) {
  return JSON.parse(execFileSync(process.execPath, [path.join(here, script), ...args], { cwd: here, env }));
}
