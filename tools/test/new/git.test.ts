import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { initializeGit } from '../../src/new/git';
import { temporaryFolder } from '../command';

afterEach(() => {
  delete process.env.GIT_DIR;
});

test('a folder becomes a repository', () => {
  const folder = temporaryFolder();

  expect(initializeGit(folder)).toBe(true);
  expect(execFileSync('git', ['status', '--short'], { cwd: folder, encoding: 'utf8' })).toBe('');
});

test('a folder inside a repository stays a part of it', () => {
  const folder = temporaryFolder();
  execFileSync('git', ['init', '--quiet'], { cwd: folder });
  mkdirSync(join(folder, 'apps', 'lab'), { recursive: true });

  expect(initializeGit(join(folder, 'apps', 'lab'))).toBe(false);
  expect(existsSync(join(folder, 'apps', 'lab', '.git'))).toBe(false);
});

test('a hook of another repository does not decide where', () => {
  const [folder, other] = [temporaryFolder(), temporaryFolder()];
  process.env.GIT_DIR = join(other, '.git');

  expect(initializeGit(folder)).toBe(true);
  expect(existsSync(join(folder, '.git'))).toBe(true);
  expect(existsSync(join(other, '.git'))).toBe(false);
});

test('without git there is no repository, and no failure', () => {
  const { PATH } = process.env;
  process.env.PATH = temporaryFolder();
  try {
    expect(initializeGit(temporaryFolder())).toBe(false);
  } finally {
    process.env.PATH = PATH;
  }
});
