import { mlInfra, temporaryFolder } from './command';

test('prints the version of the package', () => {
  const { code, stdout } = mlInfra(temporaryFolder(), ['--version']);

  expect(stdout.trim()).toBe(require('../package.json').version);
  expect(code).toBe(0);
});

test('explains itself and its exit codes', () => {
  const { code, stdout } = mlInfra(temporaryFolder(), ['--help']);

  expect(stdout).toContain('new [options] [layout] [folder]');
  expect(stdout).toMatch(/Exit codes:\n {2}0 {4}done\n {2}1 .*\n {2}2 .*\n {2}130 /);
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
