import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PlantedRepository } from './planted-repository';

let repository: PlantedRepository;

jest.setTimeout(60_000); // processes of git and Node, on a machine that may be busy

afterEach(() => repository.dispose());
afterAll(() => PlantedRepository.disposeOrigins());

describe('a build of a release', () => {
  test('is refused before one is prepared', () => {
    repository = PlantedRepository.fresh();

    expect(repository.release('build')).toEqual({
      status: 1,
      said: expect.stringContaining('CHANGELOG.md lists no release: run `npm run release -- prepare`'),
    });
    expect(existsSync(join(repository.root, 'dist'))).toBe(false);
  });

  test('is of what is committed, and not of the work tree', () => {
    repository = PlantedRepository.fresh();
    repository.release('prepare');

    expect(repository.release('build').said).toContain('CHANGELOG.md lists no release');
  });

  test('makes no package where the version has a tag, and says which one that is', () => {
    repository = PlantedRepository.after('0.2.0');
    repository.git('tag', 'v0.2.0');
    repository.commit('feat: what comes next');

    const { status, said } = repository.release('build', '--unless-tagged', '--outdir', 'out');
    expect({ status, said }).toEqual({ status: 0, said: expect.stringContaining('version 0.2.0 has a tag') });
    const written = readdirSync(join(repository.root, 'out')).sort();
    expect(written).toEqual(['.cdk-ml-infra-build', 'changelog.md', 'releasetag.txt', 'version.txt']);
    expect(['changelog.md', 'releasetag.txt', 'version.txt'].map((file) => repository.read(`out/${file}`))).toEqual([
      '- Old.\n',
      'v0.2.0',
      '0.2.0',
    ]);
  });
});

describe('a build deletes nothing that no build made', () => {
  test.each<[string, string, (it: PlantedRepository) => void, string]>([
    ['the repository', '.', () => {}, 'a folder below the repository or beside it'],
    ['the repository by a link', 'link', (it) => symlinkSync(it.root, join(it.root, 'link')), 'below the repository'],
    ['a folder that git tracks', 'examples', () => {}, 'team/typescript/package.json is one, got: examples'],
    ['a folder below such a one', 'examples/team', () => {}, 'typescript/package.json is one, got: examples/team'],
    ["somebody's files", 'keep', (it) => it.write({ 'keep/a': 'a' }), 'a new or an empty folder, or one that a build'],
    ["somebody's changelog", 'keep', (it) => it.write({ 'keep/changelog.md': 'a' }), 'a new or an empty folder'],
    ['what git keeps', '.git', () => {}, 'a folder without files of git'],
    ['a file', 'package.json', () => {}, "'--outdir' must be a folder, got: package.json"],
  ])('%s', (_, outdir, arrange, expected) => {
    repository = PlantedRepository.after('0.2.0');
    arrange(repository);
    const before = readdirSync(repository.root, { recursive: true }).length;

    expect(repository.release('build', '--outdir', outdir)).toEqual({
      status: 1,
      said: expect.stringContaining(expected),
    });
    expect(readdirSync(repository.root, { recursive: true })).toHaveLength(before);
    expect(repository.git('status', '--porcelain', '--untracked-files=no')).toBe('');
  });

  // Not by a build, which would delete the machine on the day that this breaks.
  test.each(['..', '/'])('what is above the repository, as %s', (outdir) => {
    repository = PlantedRepository.after('0.2.0');
    const module = pathToFileURL(join(__dirname, '..', '..', 'scripts', 'packages', 'outdir.mjs')).href;
    const code = `import { refuseForeign } from '${module}'; refuseForeign(process.argv[1], process.argv[2]);`;
    const options = ['--input-type=module', '--eval', code, repository.root, outdir];

    const { stderr } = spawnSync(process.execPath, options, { encoding: 'utf8' });
    expect(stderr).toContain(
      `a folder below the repository or beside it, since a build deletes what is in it, got: ${outdir}`,
    );
  });

  test('also not what an earlier build made, where the version has a tag', () => {
    repository = PlantedRepository.after('0.2.0');
    repository.git('tag', 'v0.2.0');
    repository.write({ 'out/.cdk-ml-infra-build': '', 'out/js/a.tgz': 'built' });

    expect(repository.release('build', '--unless-tagged', '--outdir', 'out').status).toBe(0);
    expect(repository.read('out/js/a.tgz')).toBe('built');
  });

  test.each<[string, (it: PlantedRepository) => void]>([
    ['of an earlier build', (it) => it.write({ 'out/.cdk-ml-infra-build': '', 'out/js/a.tgz': 'built' })],
    [
      'that projen wrote to',
      (it) => it.write({ 'out/changelog.md': '', 'out/version.txt': '', 'out/releasetag.txt': '' }),
    ],
    ['without files', (it) => mkdirSync(join(it.root, 'out'))],
  ])('and takes a folder %s', (_, arrange) => {
    repository = PlantedRepository.after('0.2.0');
    arrange(repository);

    // The planted repository has nothing to install from, so that a build ends after it emptied the folder.
    expect(repository.release('build', '--outdir', 'out').said).toContain('scripts/install.mjs failed');
    expect(repository.read('out/version.txt')).toBe('0.2.0');
    expect(existsSync(join(repository.root, 'out', 'js'))).toBe(false);
  });
});
