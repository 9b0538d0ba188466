import { spawnSync } from 'node:child_process';
import { BIN, mlInfra, temporaryFolder, VARIABLES } from './command';

test('prints the version of the package', () => {
  const { code, stdout } = mlInfra(temporaryFolder(), ['--version']);

  expect(stdout.trim()).toBe(require('../package.json').version);
  expect(code).toBe(0);
});

test('explains itself and its exit codes', () => {
  const { code, stdout } = mlInfra(temporaryFolder(), ['--help']);

  expect(stdout).toContain('new [options] [layout] [folder]');
  for (const command of ['cost', 'diagram', 'report', 'doctor']) {
    expect(stdout).toMatch(new RegExp(`^ {2}${command} \\[options\\] \\[\\w+\\]`, 'm'));
  }
  expect(stdout).toMatch(/Exit codes:\n {2}0 {4}done\n {2}1 .*\n {2}2 .*\n {2}3 .*\n {2}130 /);
  expect(code).toBe(0);
});

test.each([
  [['new', 'team', 'lab', '--colour'], "unknown option '--colour'"],
  [['nwe'], "unknown command 'nwe'"],
  [['new', 'team', 'lab', 'more'], 'too many arguments'],
  [['new', 'team', 'lab', '--language'], 'argument missing'],
])('ends with 2 for the words %j', (words, said) => {
  const { code, stdout, stderr } = mlInfra(temporaryFolder(), words);

  expect(stderr).toContain(said);
  expect(stdout).toBe('');
  expect(code).toBe(2);
});

test.each([
  [['new', 'team', '--json', '--colour'], "ml-infra new: unknown option '--colour'"],
  [['new', '--json', 'team', 'lab', '--language'], "ml-infra new: option '-l, --language <language>' argument missing"],
  [['new', 'team', 'lab', 'more', '--json'], 'ml-infra new: too many arguments'],
  [['cost', '--format', 'json', '--colour'], "ml-infra cost: unknown option '--colour'"],
  [['cost', '--format=json', '--limit', 'much'], "ml-infra cost: 'limit' must be a number of USD"],
])('says in JSON what is wrong with the words %j', (words, said) => {
  const { code, stdout, stderr } = mlInfra(temporaryFolder(), words);

  expect(JSON.parse(stdout).error).toContain(said);
  expect([code, stderr]).toEqual([2, '']);
});

describe('no stack of Node is shown', () => {
  test('for a full disk', () => {
    const { code, stderr } = inShell('--list > /dev/full');

    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^ml-infra: the output cannot be written \(ENOSPC.*\)\n$/),
    ]);
  });

  test('for a reader that is gone', () => {
    expect(inShell('--list >&3', 'exec 3> >(true) && wait $! && ')).toEqual({ code: 1, stderr: '' });
  });

  test('in a clone without git', () => {
    const { code, stdout, stderr } = mlInfra(temporaryFolder(), ['new', '--list'], { PATH: temporaryFolder() });

    expect(stderr).toMatch(
      /^ml-infra new: 'templates' must be a folder of a clone, where git is installed \(.*\), got: .*\n$/,
    );
    expect([code, stdout]).toEqual([1, '']);
  });
});

function inShell(words: string, before = '') {
  const { status, stderr } = spawnSync('bash', ['-c', `${before}"$0" "$1" new ${words}`, process.execPath, BIN], {
    encoding: 'utf8',
    env: VARIABLES,
  });
  return { code: status, stderr };
}
