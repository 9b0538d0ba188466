import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BEGINNING } from '../../src/report/report';
import { plantedAssembly, plantedNotebook } from '../assembly/planted';
import { mlInfra, temporaryFolder } from '../command';

const LAB = () => plantedAssembly([{ name: 'Lab', resources: { A: plantedNotebook('ml.t3.medium', 'ada') } }]);

test('writes a page and its figures, and again over it', () => {
  const folder = LAB();
  const [first, second] = [1, 2].map(() => JSON.parse(mlInfra(folder, ['report', '.', '--json']).stdout));

  expect(second).toEqual(first);
  expect(first).toMatchObject({ file: join(folder, 'report.html'), stacks: 1, findings: 0, open: 0 });
  expect(readFileSync(first.file, 'utf8').startsWith(BEGINNING)).toBe(true);
  expect(first.bytes).toBe(readFileSync(first.file).length);
});

test('leaves any other file alone, and does not read the app before it knows', () => {
  const file = join(temporaryFolder(), 'index.html');
  writeFileSync(file, '<!doctype html>\n<html lang="en">');

  const { code, stderr } = mlInfra(temporaryFolder(), ['report', 'nowhere', '-o', file]);
  expect([code, stderr]).toEqual([1, expect.stringContaining('new or a report of this command')]);
  expect(readFileSync(file, 'utf8')).toBe('<!doctype html>\n<html lang="en">');
});
