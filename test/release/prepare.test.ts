import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PlantedRepository } from './planted-repository';

let repository: PlantedRepository;

jest.setTimeout(60_000); // processes of git and Node, on a machine that may be busy

afterEach(() => repository.dispose());
afterAll(() => PlantedRepository.disposeOrigins());

describe('the version to prepare', () => {
  test.each([
    ['0.1.0', 'fix: a', '0.1.1'],
    ['0.1.0', 'feat: a', '0.2.0'],
    ['0.1.4', 'feat(network)!: a', '0.2.0'],
    ['0.9.9', 'fix: a\n\nBREAKING CHANGE: all of it', '0.10.0'],
    ['1.4.2', 'feat: a', '1.5.0'],
    ['1.4.2', 'refactor!: a', '2.0.0'],
    ['1.4.2', 'test: a', 'nothing to release since 1.4.2'],
  ])('follows %s by what %j says: %s', (last, message, expected) => {
    repository = PlantedRepository.after(last);
    repository.commit(message, 'docs: not for users');

    expect(repository.release('next').said).toBe(`${expected}\n`);
  });

  test('is 0.1.0 where nothing was released, whatever the commits are', () => {
    repository = PlantedRepository.fresh().commit('feat!: a');

    expect(repository.release('next').said).toBe('0.1.0\n');
  });

  test('may be higher than the commits call for, and is what the changelog lists last from then on', () => {
    repository = PlantedRepository.after('0.1.0').commit('fix: a');

    expect(repository.release('prepare', '1.0.0').said).toContain('Prepared 1.0.0, after 0.1.0');
    expect(repository.release('version').said).toBe('1.0.0\n');
  });
});

describe('what is prepared', () => {
  test('is a section of the changelog: words by hand, then commits since the release before, by type', () => {
    repository = PlantedRepository.after('0.1.0');
    repository.commit('feat(storage): keep copies', 'fix: refuse tokens', 'test: cover it', 'chore: tidy');
    repository.release('prepare');

    const text = repository
      .read('CHANGELOG.md')
      .replace(/\d{4}-\d\d-\d\d/, 'DAY')
      .replace(/ \(\[.*\)$/gm, '');
    expect(text).toBe(
      [
        '# Changelog\n\nReleases.\n\n## Unreleased\n\n## 0.2.0 (DAY)\n\n- Written by hand.',
        '### Features\n\n* **storage:** keep copies',
        '### Bug fixes\n\n* refuse tokens',
        '## 0.1.0\n\n- Old.\n'.replace('0.1.0', '0.1.0 (2026-01-02)'),
      ].join('\n\n'),
    );
  });

  test('asks for the new version wherever the library is asked for, and nowhere else', () => {
    repository = PlantedRepository.after('0.1.0');
    const before = {
      'examples/team/typescript/package.json': '{"version": "0.1.0", "cdk-ml-infra": "^0.1.0", "constructs": "^0.1.0"}',
      'examples/team/python/requirements.txt': 'aws-cdk-lib>=0.1.0,<3\ncdk-ml-infra>=0.1.0,<0.2\n',
      'examples/team/java/pom.xml': '<version>0.1.0</version><cdk-ml-infra.version>0.1.0</cdk-ml-infra.version>',
      'examples/team/go/go.mod':
        '\tgithub.com/cdk-ml-infra/cdk-ml-infra-go/cdkmlinfra v0.1.0\n\texample.com/a v0.1.0\n',
      'examples/team/csharp/Team.csproj': '<PackageReference Include="CdkMlInfra" Version="0.1.0" />',
      'README.md': 'pip install "cdk-ml-infra>=0.1.0,<0.2"; npm install cdk-ml-infra@0.1.0; node 0.1.0\n',
      'MIGRATION.md': 'After cdk-ml-infra@0.1.0, do this.\n',
    };
    repository.write(before);
    repository.commit('feat: a');
    const { said } = repository.release('prepare', '0.3.0');

    const files = Object.keys(before) as (keyof typeof before)[];
    expect(Object.fromEntries(files.map((file) => [file, repository.read(file)]))).toEqual({
      'examples/team/typescript/package.json': '{"version": "0.1.0", "cdk-ml-infra": "^0.3.0", "constructs": "^0.1.0"}',
      'examples/team/python/requirements.txt': 'aws-cdk-lib>=0.1.0,<3\ncdk-ml-infra>=0.3.0,<0.4\n',
      'examples/team/java/pom.xml': '<version>0.1.0</version><cdk-ml-infra.version>0.3.0</cdk-ml-infra.version>',
      'examples/team/go/go.mod':
        '\tgithub.com/cdk-ml-infra/cdk-ml-infra-go/cdkmlinfra v0.3.0\n\texample.com/a v0.1.0\n',
      'examples/team/csharp/Team.csproj': '<PackageReference Include="CdkMlInfra" Version="0.3.0" />',
      'README.md': 'pip install "cdk-ml-infra>=0.3.0,<0.4"; npm install cdk-ml-infra@0.3.0; node 0.1.0\n',
      'MIGRATION.md': before['MIGRATION.md'],
    });
    expect(said.match(/examples\/team\/\w+\/[\w.]+|README\.md/g)?.sort()).toEqual(files.slice(0, -1).sort());
  });

  test('has the record of templates made, for the version', () => {
    repository = PlantedRepository.fresh();
    repository.release('prepare');

    expect(repository.read('test/releases/0.1.0/options')).toBe('--record');
  });

  test('has what authors of commits wrote as text: no HTML, and no heading of a release', () => {
    repository = PlantedRepository.after('0.1.0');
    repository.commit(
      'feat!: a <img src=x onerror=alert(1)>\n\nBREAKING CHANGE: all\n\n## 9.9.9 (2026-01-01)\n\n- No.',
    );
    repository.write({ 'MIGRATION.md': '## 0.2.0\n\nDo this.\n' });
    repository.commit('docs: say so').release('prepare');

    const text = repository.read('CHANGELOG.md');
    expect(text).toContain('a &lt;img src=x');
    expect(text).not.toContain('<');
    expect(repository.release('version').said).toBe('0.2.0\n');
  });

  test('comes with one command to commit all of it', () => {
    repository = PlantedRepository.fresh();

    expect(repository.release('prepare').said).toContain(
      "  git add test/releases/0.1.0 && git commit --all --message 'chore: release 0.1.0'\n",
    );
  });

  test('is not committed, and no tag is set', () => {
    repository = PlantedRepository.fresh();
    repository.release('prepare');

    expect(repository.git('log', '--format=%s').trim()).toBe('chore: start');
    expect(repository.git('tag')).toBe('');
  });
});

describe('a release is refused', () => {
  test.each([
    ['where a file is not committed', (it) => it.write({ 'new.txt': '' }), [], 'clean work tree'],
    ['on another branch', (it) => it.git('switch', '--quiet', '--create', 'topic'), [], 'got: topic'],
    ['where users get nothing new', (it) => it.commit('docs: a', 'chore: b'), [], 'Nothing to release'],
    ['of a version that exists', (it) => it.commit('feat: a'), ['0.2.0'], 'Version 0.2.0 exists already'],
    ['of a version that a tag names', (it) => it.commit('feat: a').git('tag', 'v0.4.0'), ['0.4.0'], 'exists already'],
    ['of a version that is lower', (it) => it.commit('fix: a'), ['0.1.9'], '0.1.9 is lower than 0.2.0'],
    ['of a fix that holds a feature', (it) => it.commit('feat: a'), ['0.2.1'], 'it must be at least 0.3.0'],
    ['of what is no version', (it) => it.commit('fix: a'), ['v0.3'], 'three numbers such as 0.2.0, got: v0.3'],
    [
      'where BREAKING.md names what no commit does',
      (it) => {
        it.write({ 'BREAKING.md': '# Breaks\n\n## 0.3.0\n\n- replaces a bucket\n' });
        it.commit('feat: a');
      },
      [],
      'BREAKING.md names breaks in 0.3.0, and no commit since 0.2.0 is breaking',
    ],
    [
      'where nothing tells users of a break',
      (it) => {
        it.write({ 'BREAKING.md': '# Breaks\n\n## 0.3.0\n\n## 0.2.0\n\n- older\n' });
        it.commit('feat!: a');
      },
      [],
      "neither BREAKING.md nor MIGRATION.md has a heading '## 0.3.0'",
    ],
    [
      'where an example asks for the library in a way that cannot be renewed',
      (it) => {
        it.write({ 'examples/team/rust/Cargo.toml': 'cdk_ml_infra = "0.2"\n' });
        it.commit('feat: a');
      },
      [],
      'examples/team/rust asks for the library in no form',
    ],
    [
      'where templates cannot be recorded',
      (it) => {
        it.write({ 'recording-fails': '' });
        it.commit('feat: a');
      },
      [],
      '--record 0.3.0 failed',
    ],
    [
      'where an upgrade hurts',
      (it) => {
        it.write({ 'comparing-fails': '' });
        it.commit('feat: a');
      },
      [],
      'node scripts/check-releases.mjs failed',
    ],
  ] as [string, (it: PlantedRepository) => void, string[], string][])('%s', (_, arrange, words, expected) => {
    repository = PlantedRepository.after('0.2.0');
    arrange(repository);

    const before = repository.git('status', '--porcelain');

    expect(repository.release('prepare', ...words)).toEqual({ status: 1, said: expect.stringContaining(expected) });
    expect(repository.git('status', '--porcelain')).toBe(before);
  });

  test('with all as it was, also the record that a new one takes the place of', () => {
    repository = PlantedRepository.after('0.2.0');
    const script =
      "import { rmSync } from 'node:fs'; if (process.argv[2]) { rmSync('test/releases/0.1.0/a'); process.exit(3); }";
    repository.write({ 'scripts/check-releases.mjs': script, 'test/releases/0.1.0/a': 'old' });
    repository.commit('feat: a');

    expect(repository.release('prepare').said).toContain('Nothing is prepared: the files are as they were.');
    expect(repository.git('status', '--porcelain')).toBe('');
    expect(repository.read('test/releases/0.1.0/a')).toBe('old');
  });

  test.each(['0.0.0', '0.0.5'])('of %s as the first version', (version) => {
    repository = PlantedRepository.fresh();

    expect(repository.release('prepare', version)).toEqual({
      status: 1,
      said: expect.stringContaining(
        `Version ${version} is too low: it is the first release, so it must be at least 0.1.0`,
      ),
    });
  });

  test.each([
    ['to the release before', () => PlantedRepository.after('0.2.0')],
    ['to the first commit, where nothing was released', () => PlantedRepository.fresh()],
  ])('of a clone that does not reach back %s', (_, origin) => {
    repository = origin().commit('fix: a');
    const shallow = PlantedRepository.fresh();
    try {
      shallow.git('clone', '--quiet', '--depth=1', `file://${repository.root}`, 'clone');
      const clone = join(shallow.root, 'clone');

      expect(repository.release('prepare', '--root', clone).said).toContain('run git fetch --unshallow first');
      expect(existsSync(join(clone, 'test', 'releases'))).toBe(false);
    } finally {
      shallow.dispose();
    }
  });
});
