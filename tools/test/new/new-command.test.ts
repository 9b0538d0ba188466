import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTemplates } from '../../src/new/templates';
import { mlInfra, onTerminal, temporaryFolder } from '../command';

const LAYOUTS = [...new Set(readTemplates().map(({ layout }) => layout))];

let folder: string;

beforeEach(() => {
  folder = temporaryFolder();
});

describe('with flags', () => {
  test('writes an app called like its folder, with a repository, and says what comes next', () => {
    const { code, stdout, stderr } = mlInfra(folder, ['new', 'team', '--language', 'typescript', 'apps/sea-otter']);

    expect(stdout).toBe(
      `Written ${join(folder, 'apps/sea-otter')}\nStacks: SeaOtter\n\nNext:\n` +
        '  cd apps/sea-otter\n  npm install\n  npx cdk synth\n  npx cdk bootstrap\n  npx cdk deploy\n',
    );
    expect([code, stderr]).toEqual([0, '']);
    expect(nameOf('apps/sea-otter')).toBe('sea-otter');
    expect(existsSync(join(folder, 'apps/sea-otter/.git'))).toBe(true);
  });

  test('takes another name, and makes no repository if told so', () => {
    expect(mlInfra(folder, ['new', 'team', 'X y', '-l', 'typescript', '-n', 'sea-otter', '--no-git']).code).toBe(0);

    expect(nameOf('X y')).toBe('sea-otter');
    expect(existsSync(join(folder, 'X y/.git'))).toBe(false);
  });

  test('makes a folder called like the name, if none is given', () => {
    expect(mlInfra(folder, ['new', 'team', '-l', 'typescript', '-n', 'sea-otter']).code).toBe(0);

    expect(nameOf('sea-otter')).toBe('sea-otter');
  });

  test('writes JSON for other programs', () => {
    const { stdout } = mlInfra(folder, ['new', 'team', '-l', 'typescript', 'sea-otter', '--json']);

    const { files, ...rest } = JSON.parse(stdout);
    expect(rest).toEqual({
      layout: 'team',
      language: 'typescript',
      name: 'sea-otter',
      folder: join(folder, 'sea-otter'),
      stacks: ['SeaOtter'],
      git: true,
      next: ['cd sea-otter', 'npm install', 'npx cdk synth', 'npx cdk bootstrap', 'npx cdk deploy'],
    });
    expect(files).toEqual(expect.arrayContaining(['.gitignore', 'cdk.json', 'package.json']));
  });
});

describe('without a terminal', () => {
  test.each([
    [['new'], "'layout' must be given with 'ml-infra new <layout>' where no terminal is: team"],
    [['new', 'team', 'lab'], "'language' must be given with '--language' where no terminal is: typescript"],
    [['new', 'team', '-l', 'typescript'], "'name' must be given with '--name' or as a folder where no terminal is"],
  ])('a missing answer is named: %j', (words, message) => {
    const { code, stdout, stderr } = mlInfra(folder, words);

    expect(stderr).toContain(`ml-infra new: ${message}`);
    expect([code, stdout]).toEqual([2, '']);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a folder in use is another failure than a wrong command line, and JSON in either case', () => {
    mlInfra(folder, ['new', 'team', '-l', 'typescript', 'lab']);
    const inUse = mlInfra(folder, ['new', 'team', '-l', 'typescript', 'lab', '--json']);
    const wrong = mlInfra(folder, ['new', 'teem', '--json']);

    expect(JSON.parse(inUse.stdout).error).toContain("'folder' must be new or empty");
    expect(JSON.parse(wrong.stdout).error).toContain("'layout' must be team");
    expect([inUse.code, wrong.code]).toEqual([1, 2]);
    expect(inUse.stderr + wrong.stderr).toBe('');
  });
});

describe('on a terminal', () => {
  test('asks for layout, language and name, in that order, again until the answer can be used', () => {
    const { code, stdout } = onTerminal(
      folder,
      ['new'],
      [
        ['Which layout? ', '99\r'],
        ['Which layout? ', 'team\r'],
        ['Which language? ', '1\r'],
        ['(my-team) ', 'Sea Otter\r'],
        ['(my-team) ', 'sea-otter\r'],
      ],
    );

    expect(stdout).toContain(`'layout' must be a number or a name of the list, got: "99"`);
    expect(stdout).toContain('(give --name sea-otter), got: "Sea Otter"');
    expect(stdout).toMatch(/ {2}1 {2}team +[A-Z].*\.\r\n/);
    expect(code).toBe(0);
    expect(nameOf('sea-otter')).toBe('sea-otter');
  });

  test('asks for nothing that is given, and suggests the name of the folder', () => {
    const { code, stdout } = onTerminal(folder, ['new', 'team', 'lab', '-l', 'typescript'], [['(lab) ', '\r']]);

    expect(stdout).not.toContain('Which layout');
    expect(code).toBe(0);
    expect(nameOf('lab')).toBe('lab');
  });

  test.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
  ])('%s ends it with 130, and nothing is written', (_, key) => {
    const { code, stdout } = onTerminal(folder, ['new', 'team'], [['Which language? ', key]]);

    expect(stdout).toContain('Interrupted: nothing was written.');
    expect(code).toBe(130);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('asks nobody for JSON', () => {
    const { code, stdout } = onTerminal(folder, ['new', 'team', '--json'], []);

    expect(JSON.parse(stdout).error).toContain("'language' must be given with '--language'");
    expect(code).toBe(2);
  });

  test('refuses a folder in use before it asks anything', () => {
    mlInfra(folder, ['new', 'team', '-l', 'typescript', 'lab']);

    const { code, stdout } = onTerminal(folder, ['new', 'team', 'lab'], []);

    expect(stdout).toContain("'folder' must be new or empty");
    expect(code).toBe(1);
  });
});

test('lists each layout with what it is and its languages', () => {
  const rows = JSON.parse(mlInfra(folder, ['new', '--list', '--json']).stdout);
  const { stdout } = mlInfra(folder, ['new', '--list']);

  expect(rows.map(({ layout }: { layout: string }) => layout)).toEqual(LAYOUTS);
  for (const { layout, description, languages } of rows) {
    expect(stdout).toContain(`${layout}\n  ${description}\n  in ${languages.join(', ')}\n`);
  }
});

function nameOf(app: string): string {
  return JSON.parse(readFileSync(join(folder, app, 'package.json'), 'utf8')).name;
}
