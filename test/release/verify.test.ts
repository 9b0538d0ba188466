import { spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { digestOf, PlantedPackages } from './planted-packages';
import { PlantedRepository } from './planted-repository';

const SCRIPTS = join(__dirname, '..', '..', 'scripts');
const TARBALL = 'js/cdk-ml-infra-0.1.0.tgz';
const JAR = 'java/io/github/cdkmlinfra/cdk-ml-infra/0.1.0/cdk-ml-infra-0.1.0.jar';
const SOURCES = JAR.replace('.jar', '-sources.jar');
const TOKEN = `npm_${'a1B2'.repeat(9)}`;
const WHEEL = 'python/cdk_ml_infra-0.1.0-py3-none-any.whl';

const REQUIRED = [
  'releasetag.txt',
  'changelog.md',
  'release.json',
  'sbom.cdx.json',
  'js/cdk-ml-infra-tools-0.1.0.tgz',
  'python/cdk_ml_infra-0.1.0.tar.gz',
  JAR,
  SOURCES,
  JAR.replace('.jar', '-javadoc.jar'),
  JAR.replace('.jar', '.pom'),
  'go/cdkmlinfra/go.sum',
];

interface Component {
  readonly purl: string;
  readonly hashes?: { readonly content: string }[];
  readonly properties: { readonly value: string }[];
}

let packages: PlantedPackages;

jest.setTimeout(60_000); // processes of git and Node, on a machine that may be busy

beforeEach(() => {
  packages = new PlantedPackages();
});
afterEach(() => rmSync(packages.dist, { recursive: true }));

describe('packages of a release', () => {
  test('pass where names, versions, licences, digests and what they carry agree', () => {
    packages.write();

    expect(problems()).toEqual([]);
    expect(command()).toEqual({
      status: 0,
      said: expect.stringMatching(/kB {2}js.*\n[\s\S]*The packages are in order\.\n$/),
    });
  });

  test.each([
    ['without a package', (it) => rmSync(join(it.dist, WHEEL)), `${WHEEL} is missing`],
    [
      'with a package of Java cut short',
      (it) => cut(it, JAR),
      `${JAR.replace('.jar', '.pom')} cannot be read: invalid zip data`,
    ],
    ['with sources of Java cut short', (it) => cut(it, SOURCES), `${SOURCES} is no whole archive`],
    ['with a tarball cut short', (it) => cut(it, TARBALL), `${TARBALL} cannot be read: unexpected end of file`],
    [
      'with a tarball that holds no tar',
      (it) => it.add({ [TARBALL]: gzipSync('x'.repeat(600)) }),
      `${TARBALL} cannot be read: TAR_ENTRY_INVALID: checksum failure`,
    ],
    [
      'with a tar cut short',
      (it) => it.add({ [TARBALL]: gzipSync(gunzipSync(readFileSync(join(it.dist, TARBALL))).subarray(0, 600)) }),
      `${TARBALL} cannot be read: TAR_BAD_ARCHIVE: Truncated input`,
    ],
    ['with an empty tarball', (it) => it.add({ [TARBALL]: gzipSync('') }), `${TARBALL} is no whole archive`],
    [
      'with an npm package of no name',
      (it) => without(it.npm, /json$/, it),
      `${TARBALL} cannot be read: there is no package.json in it`,
    ],
    [
      'with a wheel without metadata',
      (it) => without(it.python, /METADATA$/, it),
      `${WHEEL} cannot be read: there is no METADATA or PKG-INFO in it`,
    ],
    ['with a file too many', (it) => it.add({ 'js/notes.txt': '' }), 'js/notes.txt is no file of a release 0.1.0'],
    [
      'with a package of another version',
      (it) => it.add({ 'js/cdk-ml-infra-0.0.9.tgz': '' }),
      'js/cdk-ml-infra-0.0.9.tgz is no',
    ],
    [
      'without sources of .NET',
      (it) => rmSync(join(it.dist, 'dotnet'), { recursive: true }),
      'CdkMlInfra.0.1.0.nupkg is missing',
    ],
    ['with the tag of another version', (it) => it.add({ 'releasetag.txt': 'v0.2.0' }), 'must say v0.1.0, got: v0.2.0'],
    ['that say another version', (it) => release(it, { version: '0.2.0' }), 'release.json must say the version 0.1.0'],
    ['that say no commit', (it) => release(it, { commit: 'main' }), 'release.json must say a commit, got: main'],
    ['with a release that is no JSON', (it) => it.add({ 'release.json': '{' }), 'release.json must say the version'],
    ['with an empty changelog', (it) => it.add({ 'changelog.md': '\n' }), 'changelog.md is empty'],
    [
      'with a whole changelog',
      (it) => it.add({ 'changelog.md': '## 0.1.0 (x)\n' }),
      'changelog.md must be of one release',
    ],
    ['with a bill of other packages', (it) => it.add({ 'sbom.cdx.json': bill('00') }), `another digest of ${TARBALL}`],
    [
      'with a bill of another version',
      (it) => it.add({ 'sbom.cdx.json': '{}' }),
      'sbom.cdx.json must be of the version',
    ],
    ['of no version', (it) => it.add({ 'version.txt': 'next' }), 'version.txt must be three numbers'],
    ['with a token in a text', (it) => it.add({ 'changelog.md': TOKEN }), 'changelog.md holds a token of npm'],
    ['with a token in sources', (it) => source(it, TOKEN), 'cdk_ml_infra-0.1.0/a.py holds a token of npm'],
    [
      'with a token in a module of Go',
      (it) => it.add({ 'go/cdkmlinfra/main.go': TOKEN }),
      'main.go holds a token of npm',
    ],
    ['of another name', (it) => manifest(it, { name: 'cdk-ml' }), `${TARBALL} has the name cdk-ml`],
    ['of another version', (it) => manifest(it, { version: '0.0.0' }), 'has the version 0.0.0, not 0.1.0'],
    ['of another licence', (it) => manifest(it, { license: 'MIT' }), 'has the licence MIT, not Apache-2.0'],
    ['with an assembly of another version', (it) => npm(it, '.jsii', '{"version":"0.0.9"}'), 'version 0.0.9'],
    ['of another licence in Java', (it) => pom(it, 'Apache License 2.0', 'MIT'), '.jar has the licence MIT'],
    ['without the text of the licence', (it) => without(it.python, /LICENSE$/, it), `${WHEEL} has no LICENSE`],
    ['with a configuration of npm', (it) => npm(it, '.npmrc', ''), `${TARBALL} holds package/.npmrc`],
    ['with tests', (it) => npm(it, 'test/a.js', ''), `${TARBALL} holds package/test/a.js`],
    ['with a folder of the machine', (it) => npm(it, 'lib/a.js', `'${homedir()}/b/c'`), 'a folder of this machine'],
    ['with an access key', (it) => npm(it, 'lib/a.js', `AKIA${'A1B2'.repeat(4)}`), 'holds an access key of AWS'],
    ['with a private key', (it) => npm(it, 'a', ['-----BEGIN', 'PRIVATE KEY-----'].join(' ')), 'holds a private key'],
    ['with a token', (it) => npm(it, 'a', TOKEN), 'package/a holds a token of npm'],
    [
      'with a command for another version of the library',
      (it) => tools(it, 'package.json', it.manifest({ name: 'cdk-ml-infra-tools', peerDependencies: {} })),
      'cdk-ml-infra-tools-0.1.0.tgz must need cdk-ml-infra 0.1.0, got: nothing',
    ],
    [
      'with a command without its part of the library',
      (it) => without(it.tools, /node_modules/, it),
      'must bundle the part of cdk-ml-infra that it runs',
    ],
    [
      'with a command that has other prices',
      (it) => tools(it, 'node_modules/cdk-ml-infra/prices.json', '{}'),
      'node_modules/cdk-ml-infra/prices.json, which js/cdk-ml-infra-0.1.0.tgz has not',
    ],
    [
      'with modules of others',
      (it) => tools(it, 'node_modules/other/a.js', ''),
      'cdk-ml-infra-tools-0.1.0.tgz holds package/node_modules/other/a.js',
    ],
    [
      'with a module in the library',
      (it) => npm(it, 'node_modules/cdk-ml-infra/a.js', ''),
      'holds package/node_modules',
    ],
    ['too large for npm', (it) => npm(it, 'a', noise(2_100_000)), 'must be under 2000000 bytes'],
  ] as [string, (it: PlantedPackages) => void, string][])('fail %s', (_, change, expected) => {
    packages.write();
    change(packages);

    expect(problems()).toEqual(expect.arrayContaining([expect.stringContaining(expected)]));
  });

  test('fail without any one of their files', () => {
    packages.write();
    for (const file of REQUIRED) {
      rmSync(join(packages.dist, file));
    }

    expect(problems()).toEqual(expect.arrayContaining(REQUIRED.map((file) => `${file} is missing`)));
  });

  test('fail in CI with sources of .NET alone', () => {
    packages.write();

    expect(command({ CI: 'true' }).said).toContain('fail  dotnet/CdkMlInfra.0.1.0.nupkg is missing\n');
  });

  test('fail where the changelog is not that of the commit', () => {
    packages.write();
    const repository = PlantedRepository.after('0.1.0');
    try {
      const commit = repository.git('rev-parse', 'HEAD').trim();
      release(packages, { commit });
      const inOrder = problems({ root: repository.root });
      packages.add({ 'changelog.md': '- Old.\n' });

      expect(inOrder).toEqual([`changelog.md must be what CHANGELOG.md says of 0.1.0 in ${commit}`]);
      expect(problems({ root: repository.root })).toEqual([]);
    } finally {
      repository.dispose();
      PlantedRepository.disposeOrigins();
    }
  });

  test('fail where another language carries other code than npm', () => {
    packages.write(Buffer.from('other'));

    const said = problems().join('\n');
    expect(said).toContain(`${WHEEL} must carry ${TARBALL}, byte for byte`);
    expect(said).toContain('cdk-ml-infra-0.1.0.jar must carry');
    expect(said).toContain('go/cdkmlinfra/go.mod must carry');
  });

  test('fail where a file is not what the digests say, is not listed, or is gone', () => {
    packages.write();
    sum();
    appendFileSync(join(packages.dist, WHEEL), 'x');
    packages.add({ 'js/more.txt': '' });
    rmSync(join(packages.dist, 'go/cdkmlinfra/LICENSE'));
    const said = problems({ summed: true }).join('\n');

    expect(said).toContain(`${WHEEL} is not what SHA256SUMS says`);
    expect(said).toContain('js/more.txt is not in SHA256SUMS');
    expect(said).toContain('go/cdkmlinfra/LICENSE is in SHA256SUMS only');
  });

  test('are not there before they are built, and the command fails', () => {
    expect(command()).toEqual({ status: 1, said: expect.stringContaining('holds no release') });
  });
});

describe('the digests', () => {
  test('are in the form that sha256sum reads', () => {
    packages.write();
    sum();
    const lines = readFileSync(join(packages.dist, 'SHA256SUMS'), 'utf8').split('\n');

    expect(lines).toContain(`${digestOf(readFileSync(join(packages.dist, TARBALL)))}  ${TARBALL}`);
  });
});

describe('the bill of materials', () => {
  test('has each package with its digest, and what its users get along by range', () => {
    packages.write();
    const options = { dist: packages.dist, version: '0.1.0', commit: 'a1', seconds: 0 };
    const bill = evaluated<{ components: Component[] }>(
      importOf('sbom', 'softwareBill'),
      `softwareBill(${JSON.stringify(join(SCRIPTS, '..'))}, ${JSON.stringify(options)})`,
    );

    const all = bill.components.filter(({ properties }) => !properties[0].value.endsWith('.tar.gz'));
    const components = all.map(({ purl, hashes, properties }) => [purl, hashes?.[0]?.content ?? properties[0].value]);
    expect(Object.fromEntries(components)).toMatchObject({
      'pkg:npm/cdk-ml-infra@0.1.0': digestOf(readFileSync(join(packages.dist, TARBALL))),
      'pkg:pypi/cdk-ml-infra@0.1.0': digestOf(readFileSync(join(packages.dist, WHEEL))),
      'pkg:maven/io.github.cdkmlinfra/cdk-ml-infra@0.1.0': expect.stringMatching(/^[0-9a-f]{64}$/),
      'pkg:golang/github.com/cdk-ml-infra/cdk-ml-infra-go/cdkmlinfra@v0.1.0': 'go/cdkmlinfra/go.mod',
      'pkg:npm/constructs': '^10.5.1',
      'pkg:pypi/aws-cdk-lib': '<3.0.0,>=2.269.0',
      'pkg:maven/software.constructs/constructs': '[10.5.1,11.0.0)',
      'pkg:golang/github.com/aws/jsii-runtime-go': 'v1.140.0',
    });
    expect(components).toHaveLength(10);
    expect(bill).toMatchObject({ bomFormat: 'CycloneDX', metadata: { timestamp: '1970-01-01T00:00:00.000Z' } });
  });
});

function command(env: Record<string, string> = { CI: '' }): { status: number | null; said: string } {
  const options = [join(SCRIPTS, 'release.mjs'), 'verify', packages.dist];
  const { status, stdout, stderr } = spawnSync(process.execPath, options, {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  return { status, said: `${stdout}${stderr}` };
}

function manifest(it: PlantedPackages, changes: object): void {
  npm(it, 'package.json', it.manifest(changes));
}

function release(it: PlantedPackages, changes: object): void {
  it.add({ 'release.json': JSON.stringify({ version: '0.1.0', commit: 'a1'.repeat(20), ...changes }) });
}

/** A bill that has the tarball, with a digest. */
function bill(content: string): string {
  const component = { hashes: [{ content }], properties: [{ name: 'cdk-ml-infra:file', value: TARBALL }] };
  return JSON.stringify({ metadata: { component: { version: '0.1.0' } }, components: [component] });
}

function source(it: PlantedPackages, content: string): void {
  it.sources['cdk_ml_infra-0.1.0/a.py'] = content;
  it.write();
}

/** Leaves the first half of a file, as an upload does that breaks off. */
function cut(it: PlantedPackages, file: string): void {
  const path = join(it.dist, file);
  truncateSync(path, Math.floor(statSync(path).size / 2));
}

function pom(it: PlantedPackages, before: string, after: string): void {
  it.pom = it.pom.replace(before, after);
  it.write();
}

function without(files: Record<string, unknown>, pattern: RegExp, it: PlantedPackages): void {
  for (const path of Object.keys(files).filter((each) => pattern.test(each))) {
    delete files[path];
  }
  it.write();
}

function npm(it: PlantedPackages, path: string, content: string): void {
  it.npm[`package/${path}`] = content;
  it.write();
}

function tools(it: PlantedPackages, path: string, content: string): void {
  it.tools[`package/${path}`] = content;
  it.write();
}

/** Text that cannot be packed into less. */
function noise(length: number): string {
  let state = 1;
  return Buffer.from(
    Uint8Array.from({ length }, () => {
      state = (state * 48271) % 2147483647;
      return state & 255;
    }),
  ).toString('latin1');
}

/** What is wrong with the packages, whose digests are written first unless a test wrote them. */
function problems({ summed = false, root = '' } = {}): string[] {
  const sums = summed ? '' : `writeChecksums(${JSON.stringify(packages.dist)});`;
  return evaluated<{ problems: string[] }>(
    `${importOf('verify', 'verifyRelease, writeChecksums')} ${sums}`,
    `verifyRelease(${JSON.stringify(packages.dist)}, ${JSON.stringify(root)})`,
  ).problems;
}

function sum(): void {
  evaluated(importOf('verify', 'writeChecksums'), `writeChecksums(${JSON.stringify(packages.dist)})`);
}

function importOf(name: string, names: string): string {
  return `import { ${names} } from '${pathToFileURL(join(SCRIPTS, 'release', `${name}.mjs`)).href}';`;
}

/** The value of an expression over modules that jest cannot load. */
function evaluated<T>(statements: string, expression: string): T {
  const text = `${statements} console.log(JSON.stringify(${expression} ?? null));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', text], {
    encoding: 'utf8',
    env: { ...process.env, CI: '' }, // what is asked for there alone has tests of its own
  });
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}
