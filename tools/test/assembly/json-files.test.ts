import { mkdirSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { isBelow, objectOf, objectsOf, readIfThere, readObject, textIn } from '../../src/assembly/json-files';
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

  expect(() => readIfThere(file)).toThrow(/must be a file that can be read, got: a folder$/);
});

test.each([
  ['a path', 'a/../../secret.json'],
  ['a link', 'a/link.json'],
  ['a link over a folder', 'a/up/secret.json'],
])('%s that leads out of the folder is refused, and shows nothing of what is there', (_, path) => {
  const folder = plantedFiles({ 'secret.json': 'root:x:0:0', 'within/a/own.json': {} });
  const root = join(folder, 'within');
  symlinkSync('../../secret.json', join(root, 'a', 'link.json'));
  symlinkSync('../..', join(root, 'a', 'up'));

  const read = () => readObject(`${root}/${path}`, root);
  expect(read).toThrow(/must be in the folder that `cdk synth` wrote, and not lead out of it/);
  expect(read).not.toThrow(/root:x/);
});

test('a link within the folder is followed, also one to the folder', () => {
  const folder = plantedFiles({ 'within/own.json': { one: 1 } });
  symlinkSync('own.json', join(folder, 'within', 'other.json'));
  symlinkSync('within', join(folder, 'link'));

  expect(readObject(join(folder, 'link', 'other.json'), join(folder, 'link'))).toEqual({ one: 1 });
});

test('what is no file, or larger than any assembly, is not read', () => {
  const folder = plantedFiles({ 'large.json': '' });
  truncateSync(join(folder, 'large.json'), 101 * 1024 * 1024);

  expect(() => readObject('/dev/zero')).toThrow(/must be a file that can be read, got: a device$/);
  expect(() => readObject(join(folder, 'large.json'))).toThrow(/must be at most 100 MiB, got: 101 MiB$/);
});

test('a path is below a folder, or is not', () => {
  expect(['/a/b', '/a/..b', '/a', '/', '/ab', '/a/../b'].map((path) => isBelow('/a', path))).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
});

test('what has another form than expected is empty', () => {
  expect([objectOf([]), objectOf(null), objectOf('x')]).toEqual([{}, {}, {}]);
  expect(objectsOf([{ a: 1 }, null, 7, []])).toEqual([{ a: 1 }]);
  expect(objectsOf({ length: 1 })).toEqual([]);
  expect([textIn(''), textIn(7), textIn('a')]).toEqual([undefined, undefined, 'a']);
});
