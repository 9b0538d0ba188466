// Compares src/private/limits-table.ts with the model of AWS's API that botocore carries, and names each difference.
// docs/limits.md says how the pinned botocore is renewed.
//
//   node scripts/check-limits.mjs [--table <compiled limits table>] [--models <data folder of botocore>]
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';

const repository = dirname(dirname(fileURLToPath(import.meta.url)));
const { values: options } = parseArgs({ options: { table: { type: 'string' }, models: { type: 'string' } } });

const folder = options.models ?? (await modelsOfPinnedBotocore());
if (folder === undefined) {
  console.log('skipped: limits were not compared; that takes Linux and Python 3.9 or later.');
  process.exit(process.env.CI ? 1 : 0);
}
const table = resolve(options.table ?? join(repository, 'lib', 'private', 'limits-table.js'));
if (!existsSync(table)) {
  console.log(`${table} must exist: run \`npx projen compile\` first.`);
  process.exit(1);
}
const { LIMITS } = createRequire(import.meta.url)(table);
const models = new Map();
const compared = Object.entries(LIMITS).filter(([, { shape }]) => shape !== undefined);
const differences = compared.flatMap(([name, limit]) => compare(name, limit));
for (const difference of differences) {
  console.log(difference);
}
console.log(`${compared.length} limits compared with the API model of AWS, ${differences.length} differences.`);
process.exit(differences.length > 0 || compared.length === 0 ? 1 : 0);

function compare(name, limit) {
  const shape = shapeAt(limit.shape);
  if (shape === undefined) {
    return [`${name}: AWS has no ${limit.shape} any more`];
  }
  const ranges = ['min', 'max', 'pattern']
    .filter((part) => limit[part] !== shape[part])
    .map((part) => `${name}: ${part} is ${limit[part]} here and ${shape[part]} at AWS (${limit.shape})`);
  const [ours, theirs] = [limit.values ?? [], limit.inWords ? numbersInWords(shape.documentation) : (shape.enum ?? [])];
  const missing = theirs.filter((value) => !ours.includes(value));
  const gone = ours.filter((value) => !theirs.includes(value));
  return [
    ...ranges,
    ...(missing.length > 0 ? [`${name}: AWS also has ${missing.join(', ')} (${limit.shape})`] : []),
    ...(gone.length > 0 ? [`${name}: AWS no longer has ${gone.join(', ')} (${limit.shape})`] : []),
  ];
}

/** The shape at a place such as `service:Input.Member.List[].Member`. */
function shapeAt(place) {
  const [service, path] = place.split(':');
  const { shapes } = modelOf(service);
  const [input, ...members] = path.replaceAll('[]', '.[]').split('.');
  return members.reduce(
    (shape, member) => shapes[(member === '[]' ? shape?.member : shape?.members?.[member])?.shape],
    shapes[input],
  );
}

function modelOf(service) {
  if (!models.has(service)) {
    const versions = join(folder, service);
    const newest = existsSync(versions) ? readdirSync(versions).sort().at(-1) : undefined;
    const file = newest && join(versions, newest, 'service-2.json.gz');
    models.set(service, file ? JSON.parse(gunzipSync(readFileSync(file)).toString()) : { shapes: {} });
  }
  return models.get(service);
}

function numbersInWords(documentation = '') {
  const [, list = ''] = /Possible values are:?([^.]*)/.exec(documentation) ?? [];
  return (list.match(/\d+/g) ?? []).map(Number);
}

async function modelsOfPinnedBotocore() {
  if (process.platform !== 'linux') {
    return undefined;
  }
  const { pythonEnv } = await import('./python-env.mjs');
  const bin = await pythonEnv('assets', join(repository, 'test', 'assets', 'requirements.txt'));
  const libraries = bin && join(dirname(bin), 'lib');
  const python = libraries && readdirSync(libraries).find((name) => name.startsWith('python3'));
  return python && join(libraries, python, 'site-packages', 'botocore', 'data');
}
