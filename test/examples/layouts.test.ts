import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { problemsOfLayouts } from './layouts';
import { EXAMPLES } from './synthesis';

test('layouts lock no stack of another, under any feature flags', () => {
  expect(problemsOfLayouts()).toEqual([]);
});

test('every example has a test', () => {
  const examples = readdirSync(EXAMPLES).filter((layout) => existsSync(join(EXAMPLES, layout, 'typescript')));

  expect(examples.filter((layout) => !existsSync(join(__dirname, `${layout}.test.ts`)))).toEqual([]);
});
