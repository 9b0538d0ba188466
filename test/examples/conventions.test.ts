import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { EXAMPLE_APPS } from './example-apps';
import { exampleFiles, layouts, stackIdsIn } from './example-files';

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
