import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { requireFree, writeFiles } from '../../src/new/destination';
import { temporaryFolder, textsIn } from '../command';

const FILES = [
  { path: 'a.txt', text: 'größe', executable: false },
  { path: 'bin/deep/run.sh', text: 'echo', executable: true },
];
const TOO_LONG = { path: `more/${'x'.repeat(300)}`, text: '', executable: false };

let folder: string;

beforeEach(() => {
  folder = temporaryFolder();
});

describe('a folder is free', () => {
  test('if it does not exist, is empty, or holds a repository without files', () => {
    mkdirSync(join(folder, 'cloned', '.git'), { recursive: true });
    mkdirSync(join(folder, 'empty'));
    symlinkSync('empty', join(folder, 'link'));

    for (const name of ['new/deep', 'cloned', 'empty', 'link']) {
      expect(() => requireFree(join(folder, name))).not.toThrow();
    }
  });

  test('not if it holds as much as a dotfile', () => {
    writeFileSync(join(folder, '.env'), '');

    expect(() => requireFree(folder)).toThrow(
      `ml-infra new: 'folder' must be new or empty, but it holds '.env', got: "${folder}"`,
    );
  });

  test.each(['a\u001b[31m', 'a\nb', 'a\u202eb'])('not if a terminal would obey its name, like %j', (name) => {
    expect(() => requireFree(join(folder, name))).toThrow("'folder' must be a path without control characters, got: ");
  });

  test.each(['file', 'nothing', 'circle', 'x'.repeat(300)])('not if it cannot be read, like %s', (name) => {
    writeFileSync(join(folder, 'file'), '');
    symlinkSync('nowhere', join(folder, 'nothing'));
    symlinkSync('circle', join(folder, 'circle'));

    expect(() => requireFree(join(folder, name))).toThrow(
      /^ml-infra new: 'folder' must be a folder that can be read \(E\w+: .*\), got: ".*"$/,
    );
  });
});

describe('files', () => {
  test.each(['new', 'with space/and "quotes"', 'größe/数据', '$(id)'])(
    'are written below %s, with its parents',
    (name) => {
      writeFiles(join(folder, name), FILES);

      expect(textsIn(join(folder, name))).toEqual({ 'a.txt': 'größe', 'bin/deep/run.sh': 'echo' });
      expect(statSync(join(folder, name, 'bin/deep/run.sh')).mode & 0o100).toBe(0o100);
      expect(statSync(join(folder, name, 'a.txt')).mode & 0o111).toBe(0);
    },
  );

  test('are written through a link to a folder', () => {
    mkdirSync(join(folder, 'real'));
    symlinkSync('real', join(folder, 'link'));

    writeFiles(join(folder, 'link'), FILES);

    expect(existsSync(join(folder, 'real', 'a.txt'))).toBe(true);
  });

  test('do not follow a link that was put below the folder meanwhile', () => {
    mkdirSync(join(folder, 'app'));
    mkdirSync(join(folder, 'elsewhere'));
    symlinkSync('../elsewhere', join(folder, 'app', 'bin'));

    expect(() => writeFiles(join(folder, 'app'), FILES)).toThrow('elsewhere/deep');
    expect(textsIn(folder)).toEqual({});
    expect(readdirSync(join(folder, 'elsewhere'))).toEqual([]);
  });

  test('do not follow a link in place of a file', () => {
    mkdirSync(join(folder, 'app'));
    writeFileSync(join(folder, 'mine'), 'mine');
    symlinkSync('../mine', join(folder, 'app', 'a.txt'));

    expect(() => writeFiles(join(folder, 'app'), FILES)).toThrow('EEXIST');
    expect(readFileSync(join(folder, 'mine'), 'utf8')).toBe('mine');
  });

  test('are all gone after a failure, with the folders made for them', () => {
    expect(() => writeFiles(join(folder, 'new/deep'), [...FILES, TOO_LONG])).toThrow(
      /'folder' must be writable \(ENAMETOOLONG: .*\), got: /,
    );

    expect(readdirSync(folder)).toEqual([]);
  });

  test('of somebody else are neither overwritten nor removed', () => {
    mkdirSync(join(folder, 'bin'));
    writeFileSync(join(folder, 'bin', 'mine'), 'mine');
    expect(() => writeFiles(folder, [...FILES, { ...TOO_LONG, path: 'bin/mine' }])).toThrow('EEXIST');

    expect(textsIn(folder)).toEqual({ 'bin/mine': 'mine' });
  });

  test('cannot be written below a file', () => {
    writeFileSync(join(folder, 'file'), '');

    expect(() => writeFiles(join(folder, 'file', 'app'), FILES)).toThrow(`'folder' must be writable (`);
    expect(textsIn(folder)).toEqual({ file: '' });
  });
});
