import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { requireWritable, writeWhole } from '../src/output-file';
import { temporaryFolder } from './command';

const WRITES = {
  command: 'diagram',
  what: 'a picture',
  beginnings: [/^<svg [^>]*class="mlp"/, /^(```mermaid\n)?flowchart LR/, /^one\ntwo$/],
};

let folder: string;

beforeEach(() => {
  folder = temporaryFolder();
});

test('writes a new file, and over a picture', () => {
  const file = join(folder, 'team.svg');
  for (const text of ['<svg xmlns="x" class="mlp">1</svg>', '<svg xmlns="x" class="mlp">2</svg>']) {
    requireWritable(file, WRITES);
    writeWhole('diagram', file, text);

    expect(readFileSync(file, 'utf8')).toBe(text);
  }
  expect(readdirSync(folder)).toEqual(['team.svg']);
});

test.each(['flowchart LR\n  subgraph app["x"]', '```mermaid\nflowchart LR\n  subgraph app["x"]', ''])(
  'may write over %j',
  (text) => {
    const file = join(folder, 'team.md');
    writeFileSync(file, text);

    expect(() => requireWritable(file, WRITES)).not.toThrow();
  },
);

test('a file whose lines end as on Windows is known, one that goes on after its end is not', () => {
  const file = join(folder, 'whole.txt');
  writeFileSync(file, 'one\r\ntwo');
  expect(() => requireWritable(file, WRITES)).not.toThrow();

  writeFileSync(file, `one\ntwo${'x'.repeat(1000)}`);
  expect(() => requireWritable(file, WRITES)).toThrow('new or a picture of this command');
});

test('takes names as long as a file may have, and refuses longer ones', () => {
  const file = join(folder, `${'a'.repeat(246)}.svg`);
  writeWhole('diagram', file, 'x');
  expect(readFileSync(file, 'utf8')).toBe('x');

  const longer = join(folder, `${'a'.repeat(300)}.svg`);
  expect(() => requireWritable(longer, WRITES)).toThrow(
    "'output' must be a path that this machine takes (ENAMETOOLONG",
  );
  expect(() => writeWhole('diagram', longer, 'x')).toThrow("'output' must be a file that can be written (ENAMETOOLONG");
  expect(readdirSync(folder)).toHaveLength(1);
});

test('refuses what would be lost', () => {
  writeFileSync(join(folder, 'README.md'), '# Mine');
  mkdirSync(join(folder, 'there.svg'));
  symlinkSync(join(folder, 'README.md'), join(folder, 'link.svg'));

  for (const [name, rule] of [
    ['README.md', 'new or a picture of this command'],
    ['there.svg', 'a file, but it is a folder'],
    ['link.svg', 'a plain file, but it is a link'],
    ['none/team.svg', 'in a folder that exists'],
    ['a\nb.svg', 'a path without control characters'],
    ['-', 'a file, since - stands for none here'],
  ]) {
    expect(() => requireWritable(join(folder, name), WRITES)).toThrow(`ml-infra diagram: 'output' must be ${rule}`);
  }
});

test('says what kept it from writing, and leaves nothing behind', () => {
  const file = join(folder, 'there');
  mkdirSync(join(file, 'full'), { recursive: true });

  expect(() => writeWhole('diagram', file, 'x')).toThrow("'output' must be a file that can be written (E");
  expect(readdirSync(folder)).toEqual(['there']);
});
