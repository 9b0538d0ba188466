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
const texts = fs
  .readdirSync(outdir)
  .filter((file) => file.endsWith('.template.json'))
  .map((file) => fs.readFileSync(path.join(outdir, file), 'utf8'));
const templates = texts.map((text) => JSON.parse(text));
const sizes = templates.map((template) => JSON.stringify(template).length);
const resources = templates.flatMap((template) => Object.values(template.Resources));
const outputs = templates.flatMap((template) => Object.values(template.Outputs ?? {}));
const types = {};
for (const { Type: type } of resources) {
  types[type] = (types[type] ?? 0) + 1;
}
process.stdout.write(
  JSON.stringify({
    cpuMs: (user + system) / 1000,
    rssMb: maxRSS / 1024,
    bytes: sizes.reduce((all, one) => all + one),
    largestBytes: Math.max(...sizes),
    templates: templates.length,
    resources: resources.length,
    outputs: outputs.length,
    exports: outputs.filter((output) => output.Export).length,
    types,
  }),
);
