// Checks what can be checked of C# without a .NET SDK: that the generated sources parse, hold the whole public API under
// names that a compiler takes, and that the examples call nothing else.
//
//   node scripts/check-dotnet.mjs
import './install.mjs';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LAYOUTS } from './languages/create-app.mjs';
import { missing } from './languages/csharp.mjs';
import { buildPackages } from './packages/build.mjs';
import { root } from './packages/staging.mjs';
import { pythonEnv } from './python-env.mjs';

const checks = join(dirname(fileURLToPath(import.meta.url)), 'languages', 'csharp');
const bin = await pythonEnv('csharp', join(checks, 'requirements.txt'));
if (!bin) {
  console.log('skipped  C#: there is no Python environment to check it in');
  process.exit(process.env.CI ? 1 : 0);
}

const { packages } = await buildPackages({ targets: ['dotnet'] });
const [{ folder }] = packages;
const libraries = ['aws-cdk-lib', 'constructs'].flatMap((name) => ['--library', assemblyOf(name)]);
const apps = LAYOUTS.map((layout) => join(root, 'examples', layout, 'csharp')).filter((app) => existsSync(app));
const passed =
  python('-m', 'pytest', '-q', '-p', 'no:cacheprovider', join(root, 'test', 'languages', 'csharp')) &&
  python(join(checks, 'check.py'), '--assembly', join(root, '.jsii'), '--sources', folder, ...libraries, ...apps);
if (passed) {
  console.log(`pass     C#: generated and checked${missing() ? ', not compiled: no .NET SDK' : ''}`);
}
process.exit(passed ? 0 : 1);

function python(...options) {
  const env = { ...process.env, PYTHONPATH: checks, PYTHONDONTWRITEBYTECODE: '1' };
  return spawnSync(join(bin, 'python'), options, { cwd: root, stdio: 'inherit', env }).status === 0;
}

/** Large assemblies are compressed beside a file that names the compressed one. */
function assemblyOf(name) {
  const file = join(root, 'node_modules', name, '.jsii');
  return existsSync(`${file}.gz`) ? `${file}.gz` : file;
}
