import { existsSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { filesIn, TOOLS } from './command';

const SOURCES = filesIn(join(TOOLS, 'src'));
/** Every test of the command runs the one; the package's check the other. */
const TESTED_BY_ALL = ['bin.ts', 'index.ts'];
const PACKAGE = /^(@[^/]+\/)?[^/]+/;
const IMPORT = /^(?:import|export|\}) ?.*from '([^.'\n][^'\n]*)';$|\bimport\('([^.'\n][^'\n]*)'\)/gm;
const RUNS = /^(export )?(default |abstract |async )*(const|let|function|class) /m;

test.each(SOURCES)('%s has a test unless it declares types alone, and at most 400 lines', (source) => {
  const expected = join(__dirname, source.replace('.ts', '.test.ts'));
  const needsTest = RUNS.test(textOf(source)) && !TESTED_BY_ALL.includes(source);

  expect(!needsTest || existsSync(expected)).toBe(true);
  expect(textOf(source).split('\n').length).toBeLessThanOrEqual(400);
});

test('the sources import what the package depends on, and nothing else of the repository', () => {
  const { dependencies } = JSON.parse(readFileSync(join(TOOLS, 'package.json'), 'utf8'));
  const imports = SOURCES.flatMap((source) => [...textOf(source).matchAll(IMPORT)]).map(
    ([, of, lazily]) => of ?? lazily,
  );

  const packages = imports.filter((each) => !isBuiltin(each)).map((each) => each.match(PACKAGE)?.[0]);
  expect(new Set(packages)).toEqual(new Set(Object.keys(dependencies)));
});

function textOf(source: string): string {
  return readFileSync(join(TOOLS, 'src', source), 'utf8');
}
