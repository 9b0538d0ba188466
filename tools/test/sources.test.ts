import { existsSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { filesIn, TOOLS } from './command';

const SOURCES = filesIn(join(TOOLS, 'src'));
const WITHOUT_TEST = ['bin.ts', 'index.ts']; // every test of the command runs the one; the package's check the other

test.each(SOURCES)('%s has a test, and at most 400 lines', (source) => {
  const expected = join(__dirname, source.replace('.ts', '.test.ts'));

  expect(WITHOUT_TEST.includes(source) || existsSync(expected)).toBe(true);
  expect(textOf(source).split('\n').length).toBeLessThanOrEqual(400);
});

test('the sources import what the package depends on, and nothing else of the repository', () => {
  const { dependencies } = JSON.parse(readFileSync(join(TOOLS, 'package.json'), 'utf8'));
  const imports = SOURCES.flatMap((source) => [...textOf(source).matchAll(/ from '([^.'][^']*)'/g)]).map(
    ([, of]) => of,
  );

  expect(new Set(imports.filter((each) => !isBuiltin(each)))).toEqual(new Set(Object.keys(dependencies)));
});

function textOf(source: string): string {
  return readFileSync(join(TOOLS, 'src', source), 'utf8');
}
