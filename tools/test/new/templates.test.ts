import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { descriptionOf, languagesOf, layoutsOf, readTemplates } from '../../src/new/templates';
import { temporaryFolder } from '../command';

describe('templates of a folder', () => {
  test('are the files that git tracks or would track, with dotfiles and executable bits', () => {
    const examples = repositoryOf({
      'team/python/README.md': '# Team\n\nFive people.\n',
      'team/python/.gitignore': '.venv/\n',
      'team/python/app.py': 'print()\n',
      'team/python/.venv/installed.py': '',
      'README.md': 'not of an app',
      'team/README.md': 'not of an app',
    });
    chmodSync(join(examples, 'team/python/app.py'), 0o755);
    symlinkSync('app.py', join(examples, 'team/python/link.py'));

    const files = [
      { path: '.gitignore', text: '.venv/\n', executable: false },
      { path: 'README.md', text: '# Team\n\nFive people.\n', executable: false },
      { path: 'app.py', text: 'print()\n', executable: true },
    ];
    expect(readTemplates(examples)).toEqual([
      { layout: 'team', language: 'python', description: 'Five people.', files },
    ]);
  });

  test('come in the order of the layouts and languages, and what is new comes last', () => {
    const apps = ['zoo/go', 'project/python', 'team/rust', 'team/java', 'team/typescript', 'environment/python'];
    const templates = readTemplates(repositoryOf(Object.fromEntries(apps.map((app) => [`${app}/main`, '']))));

    expect(layoutsOf(templates)).toEqual(['team', 'environment', 'project', 'zoo']);
    expect(languagesOf(templates, 'team')).toEqual(['typescript', 'java', 'rust']);
  });

  test.each([
    ['# T\n\nOne\nline. Two lines.\n', 'One line.'],
    ['# T\n\n![picture](a.svg)\n\nOnly one\n', 'Only one'],
    ['# T\n\nUses v1.2 of it! Yes.', 'Uses v1.2 of it!'],
    ['', ''],
  ])('are described by the first sentence of their README: %j', (readme, description) => {
    const templates = readTemplates(repositoryOf({ 'team/go/README.md': readme }));

    expect(descriptionOf(templates, 'team')).toBe(description);
  });

  test('do not hold what was deleted and is still tracked', () => {
    const examples = repositoryOf({ 'team/go/old.go': '', 'team/go/new.go': '' });
    execFileSync('git', ['add', '.'], { cwd: examples });
    rmSync(join(examples, 'team/go/old.go'));

    expect(readTemplates(examples)[0].files.map(({ path }) => path)).toEqual(['new.go']);
  });

  test('cannot hold bytes that are no text', () => {
    const examples = repositoryOf({ 'team/go/icon.png': Buffer.from([0x89, 0xff]) });

    expect(() => readTemplates(examples)).toThrow('team/go/icon.png must be text in UTF-8');
  });
});

test('templates of a file are what was packed', () => {
  const file = join(temporaryFolder(), 'templates.json');
  const templates = [{ layout: 'team', language: 'go', description: '', files: [] }];
  writeFileSync(file, JSON.stringify(templates));

  expect(readTemplates(file)).toEqual(templates);
});

test.each(['[{"layout": "team"', '{}', '[{}]', '[null]'])(
  'a file that is no longer what was packed is refused: %s',
  (text) => {
    const file = join(temporaryFolder(), 'templates.json');
    writeFileSync(file, text);

    expect(() => readTemplates(file)).toThrow(
      /^ml-infra new: 'templates' must be what the package ships, so install it again/,
    );
  },
);

test('a folder that is no repository is refused', () => {
  expect(() => readTemplates(temporaryFolder())).toThrow(
    /'templates' must be a folder of a clone, where git is installed \(.*\)/,
  );
});

function repositoryOf(files: Record<string, string | Buffer>): string {
  const folder = temporaryFolder();
  execFileSync('git', ['init', '--quiet'], { cwd: folder });
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}
