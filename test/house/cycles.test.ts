import { cycles } from './rules/cycles';
import { planted, repository } from './source-tree';

describe('cycles', () => {
  test('do not occur in this repository', () => {
    expect(cycles(repository('src'))).toEqual([]);
  });

  test('are not seen where two files import a third', () => {
    expect(
      cycles(
        planted({
          'src/network/a.ts': "import './b'; import './c';",
          'src/network/b.ts': "import './c';",
          'src/network/c.ts': "import 'constructs';",
        }),
      ),
    ).toEqual([]);
  });

  test('are found between two files', () => {
    expect(cycles(planted({ 'src/network/a.ts': "import './b';", 'src/network/b.ts': "import './a';" }))).toEqual([
      'src/network/a.ts imports src/network/b.ts imports src/network/a.ts: an import must not lead back to its file',
    ]);
  });

  test('are found in a file that imports itself', () => {
    expect(cycles(planted({ 'src/network/a.ts': "import './a';" }))).toHaveLength(1);
  });

  test('are found where types alone are imported', () => {
    expect(
      cycles(
        planted({
          'src/network/a.ts': "import type { B } from './b';",
          'src/network/b.ts': "import type { A } from './a';",
        }),
      ),
    ).toHaveLength(1);
  });

  test('are found across areas and through an index', () => {
    expect(
      cycles(
        planted({
          'src/environment/index.ts': "export * from './ml-environment';",
          'src/environment/ml-environment.ts': "import { fail } from '../private/checks';",
          'src/private/checks.ts': "import { MlEnvironment } from '../environment';",
        }),
      ),
    ).toHaveLength(1);
  });

  test('are found in a file that imports the index of its own area', () => {
    expect(
      cycles(planted({ 'src/network/index.ts': "export * from './a';", 'src/network/a.ts': "import { B } from '.';" })),
    ).toHaveLength(1);
  });
});
