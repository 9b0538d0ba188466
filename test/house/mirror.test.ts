import { mirror } from './rules/mirror';
import { planted, repository } from './source-tree';

describe('mirror', () => {
  test('is kept by this repository', () => {
    expect(mirror(repository('src', 'test', 'assets'))).toEqual([]);
  });

  test('holds for a source and a script with their tests', () => {
    expect(
      mirror(
        treeOf(
          'src/network/ml-network.ts',
          'test/network/ml-network.test.ts',
          'src/network/endpoints/gateway.ts',
          'test/network/endpoints/gateway.test.ts',
          'assets/lifecycle/bundle/on-start.sh',
          'test/assets/lifecycle/bundle/test_on_start.py',
          'assets/lifecycle/idle/idle.py',
          'test/assets/lifecycle/idle/test_idle.py',
        ),
      ),
    ).toEqual([]);
  });

  test('asks for no test of an index, of a table or of an empty Python package file', () => {
    const files = ['src/index.ts', 'src/cost/index.ts', 'src/cost/price-table.ts', 'assets/lifecycle/idle/__init__.py'];

    expect(mirror(treeOf(...files))).toEqual([]);
  });

  test('asks for no source of a test outside the areas, nor of what tests share', () => {
    expect(
      mirror(treeOf('test/house/layers.test.ts', 'test/examples/team.test.ts', 'test/network/planted-vpc.ts')),
    ).toEqual([]);
  });

  test('holds for a rule of the policy pack with its cases, which one test runs', () => {
    expect(mirror(treeOf('src/compliance/rules/model-vpc.ts', 'test/compliance/rules/model-vpc.ts'))).toEqual([]);
  });

  test('breaks at a rule without cases, and at cases without a rule', () => {
    expect(mirror(treeOf('src/compliance/rules/model-vpc.ts', 'test/compliance/rules/old.ts'))).toEqual([
      'src/compliance/rules/model-vpc.ts must have a test, test/compliance/rules/model-vpc.ts',
      'test/compliance/rules/old.ts must have a source, src/compliance/rules/old.ts',
    ]);
  });

  test.each(['src/network/ml-network.ts', 'src/network/endpoints/gateway.ts', 'src/private/checks.ts'])(
    'breaks at %s without a test',
    (source) => {
      const [violation] = mirror(treeOf(source));

      expect(violation).toBe(`${source} must have a test, ${source.replace('src', 'test').replace('.ts', '.test.ts')}`);
    },
  );

  test.each(['test/network/old.test.ts', 'test/private/old.test.ts', 'test/network/endpoints/old.test.ts'])(
    'breaks at %s without a source',
    (file) => {
      const [violation] = mirror(treeOf(file));

      expect(violation).toBe(`${file} must have a source, ${file.replace('test', 'src').replace('.test.ts', '.ts')}`);
    },
  );

  test('breaks where a test stands in the folder of another area', () => {
    expect(mirror(treeOf('src/network/ml-network.ts', 'test/storage/ml-network.test.ts'))).toHaveLength(2);
  });

  test.each([
    ['assets/lifecycle/bundle/on-start.sh', 'test/assets/lifecycle/bundle/test_on_start.py'],
    ['assets/lifecycle/idle/idle.py', 'test/assets/lifecycle/idle/test_idle.py'],
  ])('breaks at %s without a test', (script, expected) => {
    expect(mirror(treeOf(script))).toEqual([`${script} must have a test, ${expected}`]);
  });

  test('breaks at a Python package file that holds code', () => {
    expect(mirror(planted({ 'assets/lifecycle/idle/__init__.py': 'print(1)\n' }))).toHaveLength(1);
  });

  function treeOf(...files: string[]) {
    return planted(Object.fromEntries(files.map((file) => [file, ''])));
  }
});
