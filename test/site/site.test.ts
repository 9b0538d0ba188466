import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

// What scripts/check-site.mjs cannot see while the site is right. The scripts are modules, so a process of their own runs them.

const SCRIPTS = join(__dirname, '..', '..', 'scripts', 'site');

describe('links of a built site', () => {
  const LINKS: [string, string][] = [
    ['a page that is not there', '/base/missing.html'],
    ['an anchor that is not there', '/base/other.html#missing'],
    ['an anchor that is not on the own page', '#missing'],
    ['what is outside of the site', '/elsewhere/other.html'],
    ['a file that is not there', './picture.svg'],
    ['a host without encryption', 'http://example.com/'],
    ['a host without a name', 'https://example'],
  ];
  let dist: string;
  let broken: string[];

  beforeAll(() => {
    dist = mkdtempSync(join(tmpdir(), 'site-'));
    const bad = LINKS.map(([, link]) => `<a class="x" href="${link}">x</a>`).join('');
    const good = ['/base/', '/base/other.html#a&amp;b', '#here', 'other.html', './file.txt', 'https://example.com/x'];
    planted('index.html', `<h1 id="here">x</h1>${bad}${good.map((link) => `<a href="${link}">x</a>`).join('')}`);
    planted('other.html', '<h2 id="a&amp;b">x</h2><img src="./gone.svg">');
    planted('file.txt', '');
    broken = evaluated('links', `brokenLinks(${JSON.stringify(dist)}, '/base/').broken`);
  });

  afterAll(() => rmSync(dist, { recursive: true }));

  test.each(LINKS)('to %s are broken', (_, link) => {
    expect(broken).toContain(`index.html: ${link}`);
  });

  test('to pages, anchors and files that are there are not, and pictures count as links', () => {
    expect(broken).toHaveLength(LINKS.length + 1);
    expect(broken).toContain('other.html: ./gone.svg');
  });

  function planted(name: string, text: string): void {
    mkdirSync(dirname(join(dist, name)), { recursive: true });
    writeFileSync(join(dist, name), text);
  }
});

describe('a reference of the API', () => {
  const TEXT = [
    '# API Reference <a name="API Reference" id="api-reference"></a>',
    '## Constructs <a name="Constructs" id="Constructs"></a>',
    '### One <a name="One" id="lib.One"></a>',
    'See <a href="#lib.Two.name">name</a> and <a href="#lib.One">itself</a>.',
    '```python',
    '### a comment',
    '```',
    '## Structs <a name="Structs" id="Structs"></a>',
    '### Two <a name="Two" id="lib.Two"></a>',
    '##### `name`<sup>Required</sup> <a name="name" id="lib.Two.name"></a>',
  ].join('\n');

  test('becomes a page for each class, whose links lead to each other', () => {
    expect(evaluated('reference', `split(${JSON.stringify(TEXT)}, 'api')`)).toEqual([
      {
        name: 'One',
        kind: 'Constructs',
        text: [
          '# <a id="lib.One"></a>One',
          'See <a href="@base/api/Two.html#lib.Two.name">name</a> and <a href="#lib.One">itself</a>.',
          '```python',
          '### a comment',
          '```',
        ].join('\n'),
      },
      {
        name: 'Two',
        kind: 'Structs',
        text: '# <a id="lib.Two"></a>Two\n### <a id="lib.Two.name"></a>`name` <sup class="ignore-header">Required</sup>',
      },
    ]);
  });

  test('with a link to nowhere is refused', () => {
    const broken = TEXT.replace('#lib.Two.name">name', '#lib.Gone">name');

    expect(() => evaluated('reference', `split(${JSON.stringify(broken)}, 'api')`)).toThrow(
      'api: One refers to lib.Gone, which is nowhere',
    );
  });
});

test('the home page leads to pages of the site, with three buttons first', () => {
  const home = readFileSync(join(SCRIPTS, '..', '..', 'docs', '.vitepress', 'home.md'), 'utf8');
  const [buttons, others] = home.split('features:').map((part) => part.match(/(?<=link: \/).+/g) ?? []);
  const pages = evaluated('sources', 'sources().map(({ page }) => page)');

  expect(buttons).toEqual(['deployment', 'quick-reference', 'cost']);
  expect(pages).toEqual(
    expect.arrayContaining([...buttons, ...others].map((link) => `${link.replace(/\/$/, '/index')}.md`)),
  );
});

test.each([
  ['What is kept', 'what-is-kept'],
  ["Assumptions, and how wrong it's", 'assumptions-and-how-wrong-its'],
  ['Exit codes of `ml-infra`', 'exit-codes-of-ml-infra'],
  ['A — B', 'a--b'],
])('the heading %p has the anchor that GitHub gives it', (heading, anchor) => {
  expect(evaluated('markdown', `anchor(${JSON.stringify(heading)})`)).toBe(anchor);
});

/** What an expression gives that uses the exports of a script. */
function evaluated(script: string, expression: string) {
  const url = pathToFileURL(join(SCRIPTS, `${script}.mjs`)).href;
  const program = `import * as site from '${url}'; console.log(JSON.stringify(site.${expression}));`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    encoding: 'utf8',
  });
  if (status !== 0) {
    throw new Error(stderr);
  }
  return JSON.parse(stdout);
}
