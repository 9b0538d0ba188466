import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { objectOf, objectsOf, readIfThere, readObject, textIn } from '../../src/assembly/json-files';
import { plantedFiles } from './planted';

test('an object is read', () => {
  expect(readObject(join(plantedFiles({ 'a.json': { one: 1 } }), 'a.json'))).toEqual({ one: 1 });
});

test.each(['[]', '7', 'null', '"text"'])('the JSON %s is refused, which is no object', (text) => {
  const file = join(plantedFiles({ 'a.json': text }), 'a.json');

  expect(() => readIfThere(file)).toThrow(/a\.json' must be a JSON object: run `cdk synth` again, got: /);
});

test('what is missing is refused where it must be there, and nothing elsewhere', () => {
  const file = join(plantedFiles({}), 'a.json');

  expect(readIfThere(file)).toBeUndefined();
  expect(() => readObject(file)).toThrow(/must be there/);
});

test('a folder in place of a file is refused', () => {
  const file = join(plantedFiles({}), 'a.json');
  mkdirSync(file);

  expect(() => readIfThere(file)).toThrow(/must be a file that can be read, got: EISDIR/);
});

test('what has another form than expected is empty', () => {
  expect([objectOf([]), objectOf(null), objectOf('x')]).toEqual([{}, {}, {}]);
  expect(objectsOf([{ a: 1 }, null, 7, []])).toEqual([{ a: 1 }]);
  expect(objectsOf({ length: 1 })).toEqual([]);
  expect([textIn(''), textIn(7), textIn('a')]).toEqual([undefined, undefined, 'a']);
});
