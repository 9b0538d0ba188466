// One point of the benchmark, in a process of its own: node point.cjs <variant> <notebooks> <owned> <limit>
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const [variant, notebooks, owned, limit] = process.argv.slice(2);
const { App, Stack } = require('aws-cdk-lib');
const { define } = require(`./${variant}.cjs`);

const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'ml-infra-benchmark-'));
process.on('exit', () => fs.rmSync(outdir, { recursive: true }));
const app = new App({
  outdir,
  analyticsReporting: false,
  context: { '@aws-cdk/core:stackResourceLimit': Number(limit) },
});
const stack = new Stack(app, 'Team', { env: { account: '111122223333', region: 'eu-central-1' } });
define(stack, Number(notebooks), owned === 'true');
app.synth();

const { user, system } = process.cpuUsage();
const { maxRSS } = process.resourceUsage();
const template = JSON.parse(fs.readFileSync(path.join(outdir, 'Team.template.json'), 'utf8'));
const types = {};
for (const { Type: type } of Object.values(template.Resources)) {
  types[type] = (types[type] ?? 0) + 1;
}
const outputs = Object.values(template.Outputs ?? {});
process.stdout.write(
  JSON.stringify({
    cpuMs: (user + system) / 1000,
    rssMb: maxRSS / 1024,
    bytes: JSON.stringify(template).length,
    resources: Object.keys(template.Resources).length,
    outputs: outputs.length,
    exports: outputs.filter((output) => output.Export).length,
    types,
  }),
);
