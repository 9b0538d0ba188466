import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
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
    expect(readdirSync(join(repository.root, 'out')).sort()).toEqual(['changelog.md', 'releasetag.txt', 'version.txt']);
    expect(['changelog.md', 'releasetag.txt', 'version.txt'].map((file) => repository.read(`out/${file}`))).toEqual([
      '- Old.\n',
      'v0.2.0',
      '0.2.0',
    ]);
  });
});
