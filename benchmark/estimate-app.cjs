// What an estimate and the facts take in an app: node estimate-app.cjs <variant> <notebooks> <folder for the assembly>
const fs = require('node:fs');
const path = require('node:path');
const { App, Stack } = require('aws-cdk-lib');
const { MlBudget, MlCostEstimate, MlCostLimit } = require('..');
const { factsBelow } = require('../lib/private/facts');
const { cpuMs } = require('./cpu.cjs');
const { define } = require('./ours.cjs');

const [variant, notebooks, outdir] = process.argv.slice(2);
const app = new App({
  outdir,
  analyticsReporting: false,
  context: { '@aws-cdk/core:stackResourceLimit': 0, 'aws:cdk:enable-path-metadata': true }, // paths as the CLI has them
});
const stack = new Stack(app, 'Team', { env: { account: '111122223333', region: 'eu-central-1' } });
define(stack, Number(notebooks), true);
if (variant === 'guarded') {
  new MlCostLimit(stack, 'Limit', { monthlyUsd: 1e6 });
  new MlBudget(stack, 'Budget', { emails: ['ml-team@example.com'] });
}

const bytesOf = (file) => fs.statSync(path.join(outdir, file)).size;
const estimate = variant === 'estimated' ? cpuMs(() => MlCostEstimate.of(app)) : undefined;
const synth = cpuMs(() => app.synth());
const facts = cpuMs(() => JSON.stringify(factsBelow(app)));
process.stdout.write(
  JSON.stringify({
    estimate,
    synth,
    facts,
    factsBytes: bytesOf('ml-infra.json'),
    templateBytes: bytesOf('Team.template.json'),
  }),
);
