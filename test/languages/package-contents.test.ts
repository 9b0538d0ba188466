import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const PACKAGES = join(__dirname, '..', '..', 'scripts', 'packages');
const SOURCES = ['package.json', '.jsii', 'README.md', 'LICENSE', 'src/index.ts', 'assets/notebook/on-start.sh'];
const PACKED = [
  'package.json',
  '.jsii',
  'README.md',
  'LICENSE',
  'lib/index.js',
  'lib/index.d.ts',
  'assets/notebook/on-start.sh',
];

describe('the tarball', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'contents-'));
    for (const path of SOURCES) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), '');
    }
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test('holds compiled code, its types, scripts and texts', () => {
    expect(problems(PACKED)).toEqual([]);
  });

  test.each(PACKED)('must hold %s', (path) => {
    expect(problems(PACKED.filter((each) => each !== path))).toEqual([
      `the tarball lacks ${path}: run \`npx projen compile\`, or correct .npmignore`,
    ]);
  });

  test.each([
    ['lib/left-behind.js', 'lib/left-behind.js'],
    ['assets/notebook/__pycache__/on_start.pyc', 'assets/notebook/__pycache__/on_start.pyc'],
    ['tools/src/index.ts', 'tools/'],
    ['jest.config.json', 'jest.config.json'],
  ])('must not hold %s', (path, named) => {
    expect(problems([...PACKED, path])).toEqual([
      `the tarball must not hold ${named}: delete it, or name it in .npmignore`,
    ]);
  });

  test.each([
    [1_999_999, []],
    [2_000_000, ['the tarball must stay under 2000000 bytes, got: 2000000']],
  ])('of %i bytes has the problems %j', (size, expected) => {
    expect(problems(PACKED, size)).toEqual(expected);
  });

  function problems(paths: string[], size = 1): string[] {
    return call('contents.mjs', 'problemsOfContents', folder, { size, files: paths.map((path) => ({ path })) });
  }
});

describe('the wheel', () => {
  const WHEEL = [
    'cdk_ml_infra/__init__.py',
    'cdk_ml_infra/py.typed',
    'cdk_ml_infra/_jsii/cdk-ml-infra@0.1.0.jsii.tgz',
    'cdk_ml_infra-0.1.0.dist-info/LICENSE',
  ];

  test('holds typed code, the library and the licence', () => {
    expect(problems(WHEEL)).toEqual([]);
  });

  test.each([
    ['cdk_ml_infra/py.typed', 'its types must be marked with py.typed'],
    ['cdk_ml_infra/_jsii/cdk-ml-infra@0.1.0.jsii.tgz', 'the library must be in it once, got: nothing'],
    ['cdk_ml_infra-0.1.0.dist-info/LICENSE', 'the licence must be in it'],
  ])('must hold %s', (path, sentence) => {
    expect(problems(WHEEL.filter((each) => each !== path))).toEqual([sentence]);
  });

  test('must not hold a second library', () => {
    expect(problems([...WHEEL, 'cdk_ml_infra/_jsii/old.tgz'])).toHaveLength(1);
  });

  function problems(names: string[]): string[] {
    return call('python.mjs', 'problemsOfWheel', names);
  }
});

/** Calls a function of a script, which is a module that jest cannot load. */
function call(script: string, name: string, ...args: unknown[]): string[] {
  const module = pathToFileURL(join(PACKAGES, script)).href;
  const code = `import { ${name} } from '${module}'; console.log(JSON.stringify(${name}(...JSON.parse(process.argv[1]))))`;
  const options = ['--input-type=module', '--eval', code, JSON.stringify(args)];
  const { stdout, stderr } = spawnSync(process.execPath, options, { encoding: 'utf8' });
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}
