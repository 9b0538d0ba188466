import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packagesIn, sha256 } from './packages.mjs';

const ECOSYSTEMS = {
  js: (name) => `pkg:npm/${name.replace('@', '%40')}`,
  python: (name) => `pkg:pypi/${name.toLowerCase()}`,
  java: (name) => `pkg:maven/${name.replace(':', '/')}`,
  go: (name) => `pkg:golang/${name}`,
  dotnet: (name) => `pkg:nuget/${name}`,
};

/** What a library does not bring along. */
const ASIDE = ['devDependencies', 'peerDependencies', 'overrides', 'workspaces', 'scripts'];

/**
 * The bill of materials of a release, in the form of CycloneDX: npm's own for the library, and below it each package that
 * was built, with its digest and what its users install along. Those have ranges instead of versions: which one is
 * installed is decided where the library is used.
 */
export function softwareBill(checkout, { dist, version, commit, seconds }) {
  const bill = npmBill(checkout);
  const root = bill.metadata.component;
  const packages = packagesIn(dist);
  const built = packages.map(({ file, name, purl, license }) => ({
    'bom-ref': `${purl}#${file}`,
    type: 'library',
    name,
    version,
    purl,
    ...(license ? { licenses: [{ license: { id: license } }] } : {}),
    hashes: file.includes('/go.mod') ? [] : [{ alg: 'SHA-256', content: sha256(readFileSync(join(dist, file))) }],
    properties: [{ name: 'cdk-ml-infra:file', value: file }],
  }));
  const needed = new Map();
  // The command needs the library, which is built along.
  const referenceTo = (language, name) => {
    const along = packages.findIndex((each) => each.language === language && each.name === name);
    return along < 0 ? ECOSYSTEMS[language](name) : built[along]['bom-ref'];
  };
  for (const { language, needs } of packages) {
    for (const [name, range] of needs.filter(([each]) => referenceTo(language, each) === ECOSYSTEMS[language](each))) {
      const purl = ECOSYSTEMS[language](name);
      const properties = [{ name: 'cdk-ml-infra:range', value: range }];
      needed.set(purl, { 'bom-ref': purl, type: 'library', name, purl, scope: 'required', properties });
    }
  }
  return {
    ...bill,
    serialNumber: `urn:uuid:${uuidOf(commit)}`,
    metadata: {
      ...bill.metadata,
      timestamp: new Date(seconds * 1000).toISOString(),
      component: { ...root, name: 'cdk-ml-infra' },
    },
    components: [...built, ...needed.values()],
    dependencies: [
      { ref: root['bom-ref'], dependsOn: built.map((each) => each['bom-ref']) },
      ...packages.map(({ language, needs }, index) => ({
        ref: built[index]['bom-ref'],
        dependsOn: needs.map(([name]) => referenceTo(language, name)),
      })),
    ],
  };
}

/**
 * What npm says of the library, asked where nothing else is: among the workspaces, npm goes around in the circle of the
 * library and the command that needs it. It bundles nothing, and its peers are the users' own: the list of components is
 * empty.
 */
function npmBill(checkout) {
  const whole = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8'));
  const manifest = Object.fromEntries(Object.entries(whole).filter(([name]) => !ASIDE.includes(name)));
  const folder = mkdtempSync(join(tmpdir(), 'sbom-'));
  try {
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
    return billOf(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function billOf(folder) {
  const options = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'library', '--loglevel=error'];
  const { status, stdout, stderr } = spawnSync('npm', options, {
    cwd: folder,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    throw new Error(`npm sbom failed: ${stderr.trim()}`);
  }
  const bill = JSON.parse(stdout);
  if (bill.components.some(({ purl }) => !purl.startsWith('pkg:npm/cdk-ml-infra'))) {
    throw new Error(`The library has dependencies of its own: ${bill.components.map(({ purl }) => purl).join(', ')}`);
  }
  return bill;
}

/** A number of the form of a UUID, the same for each build of a commit. */
function uuidOf(commit) {
  const digits = sha256(commit).replace(/^(.{12}).(.{3})./, '$14$28');
  return [8, 12, 16, 20, 32].map((end, place, ends) => digits.slice(place && ends[place - 1], end)).join('-');
}
