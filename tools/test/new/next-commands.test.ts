import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { nextCommands } from '../../src/new/next-commands';
import { readTemplates } from '../../src/new/templates';
import { temporaryFolder } from '../command';

const LANGUAGES = [...new Set(readTemplates().map(({ language }) => language))];

test.each(LANGUAGES)('an app in %s is installed, looked at, and then deployed', (language) => {
  const commands = nextCommands(language, 'lab', ['Lab']);

  expect(commands[0]).toBe('cd lab');
  expect(commands.length).toBeGreaterThan(language === 'csharp' ? 3 : 4); // dotnet restores what it runs
  const cdk = language === 'typescript' ? 'npx cdk' : 'npx aws-cdk@~2.1148.1';
  expect(commands.slice(-3)).toEqual([`${cdk} synth`, `${cdk} bootstrap`, `${cdk} deploy`]);
});

test('nobody has to go where they are', () => {
  expect(nextCommands('typescript', '.', ['Lab'])[0]).toBe('npm install');
});

test('of several stacks the first is deployed, and not all environments at once', () => {
  expect(nextCommands('go', 'lab', ['LabDev', 'LabProd']).at(-1)).toMatch(/ deploy LabDev$/);
});

test.each(['lab', 'with space', `it's "so"`, '$(id) `id`', 'größe', '-lab'])('a shell enters the folder %s', (name) => {
  const parent = temporaryFolder();
  mkdirSync(join(parent, name));
  const [enter] = nextCommands('go', join(parent, name), []);

  expect(enterFrom(parent, nextCommands('go', name, [])[0])).toBe(join(parent, name));
  expect(enterFrom('/', enter)).toBe(join(parent, name));
});

function enterFrom(cwd: string, enter: string): string {
  return execFileSync('sh', ['-c', `${enter} && pwd`], { cwd, encoding: 'utf8' }).trim();
}
