// What the engine of the tools takes for an assembly, without loading the CDK: node estimate-engine.cjs <folder>
const fs = require('node:fs');
const path = require('node:path');
const { estimate } = require('../lib/cost/pricing');
const { cpuMs } = require('./cpu.cjs');

const [folder] = process.argv.slice(2);
const read = (file) => JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8'));
const { constructs: facts } = read('ml-infra.json');
const template = read('Team.template.json');
const resources = Object.entries(template.Resources).map(([logicalId, { Type: type, Properties, Metadata }]) => ({
  path: (Metadata?.['aws:cdk:path'] ?? logicalId).replace(/\/(Resource|Default)$/, ''),
  logicalId,
  stack: 'Team',
  type,
  properties: Properties ?? {},
  region: 'eu-central-1',
}));

process.stdout.write(
  JSON.stringify({
    json: cpuMs(() => JSON.parse(JSON.stringify(template))),
    estimate: cpuMs(() => estimate({ resources, facts, defaultRegion: 'eu-central-1' })),
  }),
);
