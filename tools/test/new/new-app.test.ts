import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pascalCase } from '../../src/new/app-name';
import { newApp } from '../../src/new/new-app';
import { readTemplates } from '../../src/new/templates';
import { filesIn, TOOLS, temporaryFolder, textsIn } from '../command';

const TEMPLATES = readTemplates();
const APPS = TEMPLATES.map(({ layout, language }): [string, string] => [layout, language]);
const MADE: Record<string, string[]> = {
  typescript: ['node_modules/a.js'],
  python: ['.venv/bin/python', '__pycache__/a.pyc'],
  java: ['target/a.class'],
  go: ['sea-otter'],
  csharp: ['src/Team/bin/a.dll', 'src/Team/obj/a.json'],
};
const LONGEST = `l${'o'.repeat(38)}g`;

describe.each(APPS)('an app of layout %s in %s', (layout, language) => {
  test('is the example itself under its own name', () => {
    const folder = join(temporaryFolder(), 'app');
    const template = TEMPLATES.find((each) => each.layout === layout && each.language === language)!;

    const { files } = newApp({ layout, language, name: layout, folder });

    expect(textsIn(folder)).toEqual(Object.fromEntries(template.files.map(({ path, text }) => [path, text])));
    expect([...files].sort()).toEqual(filesIn(folder));
  });

  test('keeps out of git what its tools make, and nothing that it is made of', () => {
    const folder = join(temporaryFolder(), 'app');
    const { files } = newApp({ layout, language, name: 'sea-otter', folder });
    execFileSync('git', ['init', '--quiet'], { cwd: folder });

    const made = ['cdk.out/a.json', ...MADE[language]];
    const ignored = execFileSync('git', ['check-ignore', ...made, ...files], { cwd: folder, encoding: 'utf8' });
    expect(ignored.trim().split('\n')).toEqual(made);
  });

  test('shares no stack with an app of another name, and has those of the layout in other languages', () => {
    const [one, other] = ['sea-otter', 'vision'].map((name) => stacksOf(layout, language, name));
    const reference = TEMPLATES.find((template) => template.layout === layout)!;

    expect(one.length).toBeGreaterThan(0);
    expect(one.filter((stack) => other.includes(stack))).toEqual([]);
    expect(one).toEqual(stacksOf(layout, reference.language, 'sea-otter'));
  });

  test('has its name in its package and its stacks, and nothing in code or commands names a stack of the example', () => {
    const folder = join(temporaryFolder(), 'app');
    newApp({ layout, language, name: 'sea-otter', folder });
    const texts = textsIn(folder);

    const manifests = Object.keys(texts).filter((path) => /^(package\.json|pom\.xml|go\.mod)$/.test(path));
    for (const manifest of manifests) {
      expect(texts[manifest]).toContain('sea-otter');
    }
    for (const stack of stacksOf(layout, language, layout)) {
      const named = new RegExp(`["'\`]${stack}["'\`]|deploy .*\\b${stack}\\b`);
      expect(Object.keys(texts).filter((path) => named.test(texts[path]))).toEqual([]);
    }
  });
});

test('apps in TypeScript synthesize under other names, even the longest, with the stacks that were announced', () => {
  const parent = temporaryFolder();
  symlinkSync(join(TOOLS, '..', 'node_modules'), join(parent, 'node_modules'));
  const apps = APPS.filter(([, language]) => language === 'typescript').flatMap(([layout, language]) =>
    ['sea-otter', LONGEST].map((name) => newApp({ layout, language, name, folder: join(parent, `${layout}-${name}`) })),
  );

  execFileSync(process.execPath, [join(__dirname, 'synthesize.js'), ...apps.map(({ folder }) => folder)], {
    cwd: join(TOOLS, '..'),
    env: { ...process.env, CDK_VALIDATION: 'false' },
    stdio: 'pipe',
  });

  for (const { folder, stacks } of apps) {
    const templates = readdirSync(join(folder, 'cdk.out')).filter((file) => file.endsWith('.template.json'));
    expect(templates.sort()).toEqual(stacks.map((stack) => `${stack}.template.json`).sort());
  }
}, 60_000);

test('the README of each layout says in a sentence what it is', () => {
  expect(TEMPLATES.filter(({ description }) => !/^[A-Z].{10,160}\.$/.test(description))).toEqual([]);
});

describe('nothing is written', () => {
  test.each([
    [
      { layout: 'teem' },
      `ml-infra new: 'layout' must be ${choices([...new Set(TEMPLATES.map(({ layout }) => layout))])}, got: "teem"`,
    ],
    [
      { language: 'rust' },
      `ml-infra new: 'language' must be ${choices(languagesOf('team'))}, for the layout team, got: "rust"`,
    ],
    [{ name: 'Sea Otter' }, "ml-infra new: 'name' must be 1 to 40 lower-case letters"],
    [{ templates: join(__dirname, 'nowhere.json') }, 'ENOENT'],
  ])('where it is refused: %j', (wrong, message) => {
    const parent = temporaryFolder();
    const options = { layout: 'team', language: 'typescript', name: 'sea-otter', folder: join(parent, 'app') };

    expect(() => newApp({ ...options, ...wrong })).toThrow(message);
    expect(readdirSync(parent)).toEqual([]);
  });

  test('into a folder that is in use', () => {
    const folder = temporaryFolder();
    const options = { layout: 'team', language: 'typescript', name: 'sea-otter', folder };
    newApp(options);
    const before = textsIn(folder);

    expect(() => newApp({ ...options, name: 'vision' })).toThrow("'folder' must be new or empty, but it holds");
    expect(textsIn(folder)).toEqual(before);
  });
});

test('the library and its core are asked for in versions', () => {
  const folder = join(temporaryFolder(), 'app');
  newApp({ layout: 'team', language: 'typescript', name: 'sea-otter', folder });
  const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

  expect(dependencies).toMatchObject({ 'cdk-ml-infra': expect.stringMatching(/^\^\d/) });
});

function stacksOf(layout: string, language: string, name: string): readonly string[] {
  const { stacks } = newApp({ layout, language, name, folder: join(temporaryFolder(), 'app') });
  expect(stacks.filter((stack) => !stack.startsWith(pascalCase(name)))).toEqual([]);
  return stacks;
}

function languagesOf(layout: string): string[] {
  return APPS.filter(([each]) => each === layout).map(([, language]) => language);
}

function choices(names: string[]): string {
  return names.join(', ').replace(/, ([^,]*)$/, ' or $1');
}
