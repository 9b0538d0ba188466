import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, '..', '..', '.github', 'workflows');
/** Releases of these cannot be changed after the fact, so that a version is as good as a commit. */
const IMMUTABLE = /^(actions\/setup-(node|java|python|go|dotnet)|peter-evans\/create-pull-request)@v\d+\.\d+\.\d+$/;
const release = readFileSync(join(FOLDER, 'release.yml'), 'utf8');

describe('workflows', () => {
  test.each(readdirSync(FOLDER))('%s pins each action by commit, or by a version that cannot be moved', (file) => {
    const used = [...readFileSync(join(FOLDER, file), 'utf8').matchAll(/uses: (\S+)/g)].map(([, action]) => action);

    expect(used.filter((action) => !/@[0-9a-f]{40}$/.test(action) && !IMMUTABLE.test(action))).toEqual([]);
  });
});

describe('the workflow of releases', () => {
  const jobs = Object.fromEntries(
    release
      .slice(release.indexOf('\njobs:\n') + 7)
      .split(/^(?= {2}\w+:$)/m)
      .map((text) => [text.slice(2, text.indexOf(':')), text]),
  );
  const publishing = Object.entries(jobs).filter(([name]) => name.startsWith('release_'));

  test('starts where the changelog changes on main, or by hand', () => {
    expect(release).toContain('    branches:\n      - main\n    paths:\n      - CHANGELOG.md\n');
  });

  test('builds once, with rights to read alone, and what the changelog lists last', () => {
    expect(permissionsOf(jobs.release)).toEqual(['contents: read']);
    expect(release.match(/npx projen release$/gm)).toHaveLength(1);
    const { tasks } = JSON.parse(readFileSync(join(FOLDER, '..', '..', '.projen', 'tasks.json'), 'utf8'));
    expect(tasks['bump:next-version'].steps).toEqual([{ exec: 'node scripts/release.mjs version' }]);
    expect(tasks['release:packages'].steps).toEqual([{ exec: 'node scripts/release.mjs build --unless-tagged' }]);
  });

  test.each(['npm', 'pypi', 'maven', 'nuget', 'golang', 'github'])('has a job for %s', (registry) => {
    expect(jobs[`release_${registry}`]).toContain('environment: release');
  });

  test('publishes in each job only what was built, by digest, where the version has no tag', () => {
    expect(publishing).toHaveLength(6);
    for (const [, job] of publishing) {
      expect(job).toContain("if: needs.release.outputs.tag_exists != 'true'");
      expect(job).toContain('sha256sum --check --strict --quiet SHA256SUMS');
      expect(job).not.toMatch(/projen package|npm ci|npm install$/m);
    }
  });

  test('needs no password of npm, PyPI and NuGet', () => {
    expect(release).not.toMatch(/NPM_TOKEN|TWINE_PASSWORD|NUGET_API_KEY|GO_GITHUB_TOKEN/);
    for (const [job, flag] of Object.entries({ npm: 'NPM', pypi: 'PYPI', nuget: 'NUGET' })) {
      expect(jobs[`release_${job}`]).toContain(`${flag}_TRUSTED_PUBLISHER: "true"`);
      expect(permissionsOf(jobs[`release_${job}`])).toEqual(
        expect.arrayContaining(['id-token: write', 'contents: read']),
      );
    }
  });

  test('states where packages come from: provenance on npm, attestations on PyPI and for each file', () => {
    expect(jobs.release_npm).toContain('NPM_CONFIG_PROVENANCE: "true"');
    expect(jobs.release_pypi).not.toContain('PYPI_DISABLE_ATTESTATIONS');
    expect(permissionsOf(jobs.attest).sort()).toEqual(['attestations: write', 'contents: read', 'id-token: write']);
    expect(jobs.attest).toContain('subject-checksums: dist/SHA256SUMS');
    expect(jobs.attest).toContain('!inputs.dry_run');
  });

  test('lets only the job that creates the release write contents', () => {
    const writers = Object.entries(jobs).filter(([, job]) => permissionsOf(job).includes('contents: write'));

    expect(writers.map(([name]) => name)).toEqual(['release_github']);
  });

  test('pins what publishes', () => {
    expect(release.match(/publib@\S+/g)).toEqual(Array(5).fill(expect.stringMatching(/^publib@0\.\d+\.\d+'$/)));
    expect(release).not.toMatch(/@latest|npm@'?$/m);
  });

  test('names no secret that docs/releasing.md does not', () => {
    const page = readFileSync(join(FOLDER, '..', '..', 'docs', 'releasing.md'), 'utf8');
    const secrets = new Set([...release.matchAll(/secrets\.(\w+)/g)].map(([, name]) => name));
    secrets.delete('GITHUB_TOKEN');

    expect(secrets.size).toBeGreaterThan(4);
    expect([...secrets].filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });
});

function permissionsOf(job: string): string[] {
  const [, block] = /^ {4}permissions:\n((?: {6}.*\n)+)/m.exec(job) ?? [];
  return block.trim().split(/\n\s+/);
}
