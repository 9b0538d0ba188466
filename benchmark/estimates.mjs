// What cost estimates and the facts for the tools take: a section of RESULTS.md.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { interleaved, measureEngine, measureEstimates } from './processes.mjs';
import { check, missedOf, table, targets } from './sections.mjs';

export const ESTIMATES = '\n## Estimates and facts\n';
const SIZES = [100, 1200];
const VARIANTS = ['plain', 'estimated', 'guarded'];
const ENGINE_NOTEBOOKS = 2000;
/** Shares of a synthesis, of bytes, and of a round through JSON: what was measured, and at least a fifth on top. */
const TARGETS = { estimate: 0.5, guarded: 2, facts: 0.05, bytes: 0.2, engine: 6 };

/** The section, and which of its targets are missed. */
export function measureEstimatesAndFacts(runs) {
  const folder = mkdtempSync(join(os.tmpdir(), 'ml-infra-benchmark-'));
  try {
    return render(runs, measureApps(runs, folder), measureEngines(runs, folder));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function measureApps(runs, folder) {
  const points = SIZES.flatMap((notebooks) =>
    VARIANTS.map((variant) => ({ variant, notebooks, outdir: join(folder, `${variant}-${notebooks}`) })),
  );
  const results = interleaved(points, runs, measureEstimates);
  return SIZES.map((notebooks) => {
    const [plain, estimated, guarded] = VARIANTS.map((variant) =>
      leastOf(results.get(points.find((point) => point.variant === variant && point.notebooks === notebooks))),
    );
    return {
      notebooks,
      plain,
      estimated,
      guarded,
      estimate: estimated.estimate / estimated.synth,
      guards: guarded.synth / plain.synth,
      facts: plain.facts / plain.synth,
    };
  });
}

function measureEngines(runs, folder) {
  const outdir = join(folder, 'engine');
  measureEstimates({ variant: 'plain', notebooks: ENGINE_NOTEBOOKS, outdir });
  return leastOf(interleaved([outdir], runs, measureEngine).get(outdir));
}

function render(runs, apps, engine) {
  const [few, many] = apps.map(({ notebooks, plain }) => ({ notebooks, ...plain }));
  const perNotebook = (figure) => (many[figure] - few[figure]) / (many.notebooks - few.notebooks);
  const [factsBytes, templateBytes] = ['factsBytes', 'templateBytes'].map(perNotebook);
  const checks = [
    ...apps.flatMap(({ notebooks, estimate, guards, facts }) => [
      check(`estimate of ${notebooks} notebooks`, estimate, TARGETS.estimate, 'x their synthesis'),
      check(`synthesis of ${notebooks} with a limit and a budget`, guards, TARGETS.guarded, 'x that without'),
      check(`facts of ${notebooks} notebooks`, facts, TARGETS.facts, 'x their synthesis'),
    ]),
    check('bytes of facts per notebook', factsBytes / templateBytes, TARGETS.bytes, 'x those of the template'),
    check(`engine, ${ENGINE_NOTEBOOKS} notebooks`, engine.estimate / engine.json, TARGETS.engine, 'x JSON'),
  ];
  const text = `${ESTIMATES}
Rerun this section alone with \`npm run benchmark -- estimates\`. Measured on ${os.cpus().length} cores (${os.cpus()[0].model.trim()}), load average
${os.loadavg()[0].toFixed(1)} at the end, Node ${process.versions.node}.

${targets(checks)}

Milliseconds of CPU of a part of a process, for one base and N notebooks with owners in one stack, with paths in the
template as the CLI has them: least of ${runs} fresh processes each, in turns. The estimate is \`MlCostEstimate.of(app)\` before the
synthesis of the same process, with reading the prices. One \`MlCostLimit\` and one \`MlBudget\` of the estimate make
synthesis estimate twice. Most of an estimate is CDK resolving the properties of what costs. The facts are gathered and
turned into text once more after a synthesis that wrote \`ml-infra.json\`: its own time has them too. Targets are at least
a fifth above what was first measured, since runs on a busy machine differ that much.

${table(
  ['N', 'synthesis', 'with limit and budget', 'ratio', 'estimate', 'synthesis after it', 'ratio', 'facts', 'ratio'],
  apps.map(({ notebooks, plain, guarded, guards, estimated, estimate, facts }) => [
    notebooks,
    plain.synth.toFixed(0),
    guarded.synth.toFixed(0),
    guards.toFixed(2),
    estimated.estimate.toFixed(0),
    estimated.synth.toFixed(0),
    estimate.toFixed(2),
    plain.facts.toFixed(1),
    facts.toFixed(3),
  ]),
)}

\`ml-infra.json\` has ${(few.factsBytes / 1000).toFixed(0)} kB for ${few.notebooks} notebooks and ${(many.factsBytes / 1000).toFixed(0)} kB for ${many.notebooks}: one more takes ${factsBytes.toFixed(0)} bytes, beside ${templateBytes.toFixed(0)} of the
template as CDK writes it.

The engine of the tools, \`estimate()\` of \`lib/cost/pricing\` without the CDK, takes ${engine.estimate.toFixed(0)} ms for the template of ${ENGINE_NOTEBOOKS}
notebooks, the first time and with reading the prices; \`JSON.parse(JSON.stringify(template))\` takes ${engine.json.toFixed(0)} ms there.
`;
  return { text, missed: missedOf(checks) };
}

function leastOf(results) {
  return Object.fromEntries(
    Object.keys(results[0]).map((figure) => [figure, Math.min(...results.map((result) => result[figure]))]),
  );
}
