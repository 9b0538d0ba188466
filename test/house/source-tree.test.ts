import { paths, planted, repository } from './source-tree';

describe('repository', () => {
  test('holds the files of the project, untracked ones too', () => {
    expect(paths(repository(), /./)).toEqual(
      expect.arrayContaining(['package.json', 'src/index.ts', 'test/house/source-tree.test.ts']),
    );
  });

  test('leaves out what git ignores', () => {
    expect(paths(repository(), /^(node_modules|lib|dist)\/|^\.jsii$/)).toEqual([]);
  });

  test('can be limited to folders', () => {
    expect(paths(repository('src', 'test/house'), /^(?!src\/|test\/house\/)/)).toEqual([]);
  });
});

describe('paths', () => {
  test('answers in the order of the alphabet', () => {
    expect(paths(planted({ 'src/b.ts': '', 'src/a.ts': '', 'README.md': '' }), /^src\//)).toEqual([
      'src/a.ts',
      'src/b.ts',
    ]);
  });
});
