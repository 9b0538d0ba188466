import { publicIndex } from './rules/public-index';
import { planted, repository } from './source-tree';

describe('public index', () => {
  test('exports this repository flat and whole', () => {
    expect(publicIndex(repository('src'))).toEqual([]);
  });

  test('may stay silent about a hidden area and about folders without an index', () => {
    expect(
      publicIndex(
        planted({
          'src/index.ts': "export * from './network';\n",
          'src/network/index.ts': '',
          'src/private/index.ts': '',
          'src/storage/ml-storage.ts': '',
        }),
      ),
    ).toEqual([]);
  });

  test('may choose what it exports of an area', () => {
    expect(
      publicIndex(planted({ 'src/index.ts': "export { MlNetwork } from './network';", 'src/network/index.ts': '' })),
    ).toEqual([]);
  });

  test('must not forget an area', () => {
    expect(publicIndex(planted({ 'src/index.ts': '', 'src/network/index.ts': '' }))).toEqual([
      "src/index.ts must export './network'",
    ]);
  });

  test.each([
    "export * as network from './network';",
    "import './network';",
    "export type * from './network';",
    'export class Hello {}',
  ])('must not say %s', (statement) => {
    expect(publicIndex(planted({ 'src/index.ts': statement }))).toEqual([
      `src/index.ts must hold nothing like: ${statement}`,
    ]);
  });
});
