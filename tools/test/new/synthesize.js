// Synthesizes apps in TypeScript, each into cdk.out of its folder: one process for all, which loads the core once.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

require('ts-node').register({
  transpileOnly: true,
  skipProject: true,
  compilerOptions: { module: 'node16', moduleResolution: 'node16', target: 'es2022' },
});

for (const folder of process.argv.slice(2)) {
  const { app, context } = JSON.parse(readFileSync(join(folder, 'cdk.json'), 'utf8'));
  process.env.CDK_OUTDIR = join(folder, 'cdk.out');
  process.env.CDK_CONTEXT_JSON = JSON.stringify(context);
  require(join(folder, app.split(' ').at(-1)));
}
