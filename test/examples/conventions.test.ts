import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { EXAMPLE_APPS } from './example-apps';
import { exampleFiles, layouts, stackIdsIn } from './example-files';
import { EXAMPLES as EXAMPLES_FOLDER } from './synthesis';

const FILES = exampleFiles();
const RECOMMENDED = readFileSync(require.resolve('aws-cdk-lib/recommended-feature-flags.json'), 'utf8');
const EXAMPLES = [...new Set(FILES.map(({ layout, language }) => `${layout}/${language}`))];

/** File that an app starts from, by its language. */
const ENTRIES: Record<string, RegExp> = {
  typescript: /^bin\/\w+\.ts$/,
  python: /^app\.py$/,
  java: /App\.java$/,
  go: /^\w+\.go$/,
  csharp: /Program\.cs$/,
};

const filesOf = (example: string) => FILES.filter(({ layout, language }) => `${layout}/${language}` === example);
const fileOf = (example: string, name: string) => filesOf(example).find(({ path }) => path === name);

test('there are examples of each layout in TypeScript and Python', () => {
  const expected = ['team', 'environment', 'project'].flatMap((each) => [`${each}/typescript`, `${each}/python`]);

  expect(EXAMPLES).toEqual(expect.arrayContaining(expected));
  expect(Object.keys(EXAMPLE_APPS).sort()).toEqual(layouts().sort());
});

test('the CLI of the CDK is asked for in one version, everywhere', () => {
  const { devDependencies } = JSON.parse(fileOf('team/typescript', 'package.json')?.text ?? '');
  const files = [...FILES.map(({ text }) => text), ...textsThatNameTheCli()];
  const asked = files.flatMap((text) =>
    [...text.matchAll(/\baws-cdk(?:@|": ")([^"`'\s]+)/g)].map(([, version]) => version),
  );

  expect(asked.length).toBeGreaterThan(20);
  expect(asked.filter((version) => version !== devDependencies['aws-cdk'])).toEqual([]);
  expect(files.filter((text) => /npx aws-cdk (?!@)/.test(text))).toEqual([]);
});

test('who begins a project reads in each language that projects of one name share their rights', () => {
  const readmes = FILES.filter(({ layout, path }) => layout === 'project' && path === 'README.md');

  expect(
    readmes.filter(({ text }) => !/^\| begin a project \|.* Its name must differ from all others/m.test(text)),
  ).toEqual([]);
});

test('the same version of Node.js is asked for in each language', () => {
  const asked = FILES.filter(({ path }) => path === 'README.md').filter(({ language }) => language !== 'typescript');

  expect(
    asked.filter(({ text }) => !/20\.16 or (newer|later); take 22,\s+since 20 prints a warning/.test(text)),
  ).toEqual([]);
});

test('Maven shows what is wrong with an app, and not its own stack', () => {
  const apps = FILES.filter(({ language, path }) => language === 'java' && path === 'cdk.json');

  expect(apps.map(({ text }) => JSON.parse(text).app)).toEqual(apps.map(() => 'mvn -q compile exec:java'));
});

describe.each(EXAMPLES)('the example %s', (example) => {
  const [layout, language] = example.split('/');

  test('has the recommended feature flags, written as in every other', () => {
    const text = fileOf(example, 'cdk.json')?.text ?? '';
    const context = (json: string) => json.slice(json.indexOf('"context"'));

    expect(JSON.parse(text).context).toEqual(JSON.parse(RECOMMENDED));
    expect(context(text)).toBe(context(fileOf('team/typescript', 'cdk.json')?.text ?? ''));
  });

  test('has a README and leaves out of Git what tools make', () => {
    expect(fileOf(example, 'README.md')?.text).toMatch(/^# .{10,}/);
    expect(fileOf(example, '.gitignore')?.text).toContain('cdk.out');
  });

  test('names its stacks in its entry file alone, and by the name of the layout', () => {
    const named = filesOf(example).filter((file) => stackIdsIn(file).length > 0);
    const app = new App();
    EXAMPLE_APPS[layout](app);

    expect(named.map(({ path }) => path)).toEqual([expect.stringMatching(ENTRIES[language])]);
    expect([...new Set(named.flatMap(stackIdsIn))].sort()).toEqual(app.node.children.map(({ node }) => node.id).sort());
  });

  test('checks itself without cdk-nag', () => {
    const source = filesOf(example).filter(({ path }) => !path.endsWith('.md'));

    expect(source.filter(({ text }) => text.includes('MlComplianceChecks'))).toHaveLength(1);
    expect(source.filter(({ text }) => /cdk[-_]nag/i.test(text)).map(({ path }) => path)).toEqual([]);
  });
});

/** Pages, and what `ml-infra new` prints. */
function textsThatNameTheCli(): string[] {
  const root = join(EXAMPLES_FOLDER, '..');
  const pages = ['', 'docs'].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((file) => file.endsWith('.md') && file !== 'API.md')
      .map((file) => join(root, folder, file)),
  );
  return [...pages, join(root, 'tools/src/new/next-commands.ts')].map((file) => readFileSync(file, 'utf8'));
}
