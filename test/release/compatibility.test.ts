import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const manifest = JSON.parse(read('package.json'));
const page = read('COMPATIBILITY.md');

function read(...path: string[]): string {
  return readFileSync(join(ROOT, ...path), 'utf8');
}

describe('COMPATIBILITY.md', () => {
  const lowestCore = manifest.peerDependencies['aws-cdk-lib'].slice(1);
  const constructs = manifest.peerDependencies.constructs.slice(1);
  const cli = manifest.devDependencies['aws-cdk'].slice(1);
  const node = manifest.engines.node.replace('>= ', '');
  const pacmak = dirname(require.resolve('jsii-pacmak/package.json'));
  const generated = (target: string) => readFileSync(join(pacmak, 'lib', 'targets', `${target}.js`), 'utf8');

  test.each([
    ['`aws-cdk-lib`', `${lowestCore} and later, below 3`],
    ['`aws-cdk-lib`', `the tests run on ${manifest.devDependencies['aws-cdk-lib']} `],
    ['`constructs`', `${constructs} and later, below 11`],
    ['AWS CDK CLI', `${cli} and later, below ${nextMinor(cli)}`],
    ['Node.js', `${node} and later`],
    ['Node.js', `the tests on ${node} and 24`],
    ['TypeScript', manifest.devDependencies.typescript.slice(1).replace(/\.\d+$/, '')],
    ['jsii runtimes', `${manifest.devDependencies['jsii-pacmak'].slice(1)} and later, below 2`],
    ['Python', `${/python_requires: '>=([\d.]+)'/.exec(generated('python'))?.[1]} and later`],
    ['Go', `${/^go ([\d.]+)$/m.exec(read('examples', 'team', 'go', 'go.mod'))?.[1]} and later`],
    ['Java', `| ${/compiler.release>(\d+)</.exec(read('examples', 'team', 'java', 'pom.xml'))?.[1]} |`],
    ['.NET', `${/TARGET_FRAMEWORK = '(.*)'/.exec(generated('dotnet'))?.[1]}`],
  ])('says of %s: %s', (what, expected) => {
    expect(`${rowOf(what)} `).toContain(expected);
  });

  test('names the lowest core throughout', () => {
    expect(page).toContain(`${lowestCore} is the lowest core that passes`);
    expect(page).toContain(`synthesizes against ${lowestCore} `);
  });

  test('has the regions that the examples are synthesized for', () => {
    const [, list] = /^const REGIONS = \[(.*)\];$/m.exec(read('test', 'examples', 'synthesis.ts')) ?? [];
    const regions = list.split(', ').map((region) => region.replaceAll("'", ''));

    expect(regions.length).toBeGreaterThan(2);
    expect(regions.filter((region) => !page.includes(`\`${region}\``))).toEqual([]);
  });

  test('has the versions of the workflow that CI is', () => {
    const build = read('.github', 'workflows', 'build.yml');

    expect(build).toContain('node-version: 22.x');
    expect(build).toContain(`- ${node}\n          - 24.x`);
    expect(build).toContain(`java-version: "${/^\d+/.exec(rowCells('Java')[1])?.[0]}"`);
    expect(rowOf('Go')).toContain(`, on ${/go-version: "(.*)"/.exec(build)?.[1]}.`);
    expect(build).toContain('run: bash .ci/run');
  });

  test('has a line for each language of the examples', () => {
    const languages = { typescript: 'TypeScript', python: 'Python', java: 'Java', go: 'Go', csharp: '.NET' };
    const present = readdirSync(join(ROOT, 'examples', 'team')) as (keyof typeof languages)[];

    expect(present.filter((language) => rowOf(languages[language]) === undefined)).toEqual([]);
  });

  test('says of each line how it is known', () => {
    const rows = page.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| others'));

    expect(rows.length).toBeGreaterThan(15);
    expect(
      rows.filter((row) =>
        row.split('|').some((cell, index, all) => index > 0 && index < all.length - 1 && cell.trim() === ''),
      ),
    ).toEqual([]);
  });
});

describe('the policy of support', () => {
  const rows = (text: string) => text.split('\n').filter((line) => /^\| (the newest|the minor|older)/.test(line));

  test('stands in CONTRIBUTING.md alone, and other pages link to it', () => {
    const support = rows(read('CONTRIBUTING.md')).map((row) => row.split('|').map((cell) => cell.trim()));

    expect(support).toHaveLength(3);
    expect(support[1][3]).toContain('90 days');
    expect(support[2].slice(2, 4)).toEqual(['no', 'no']);
    for (const [page, link] of [
      ['SECURITY.md', 'CONTRIBUTING.md#support'],
      ['docs/upgrading.md', '../CONTRIBUTING.md#support'],
    ]) {
      expect(read(page)).toContain(`](${link})`);
      expect(read(page)).not.toMatch(/90 days|newest release only/);
    }
  });
});

describe('the pages for upgrades and releases', () => {
  test.each([
    'MIGRATION.md',
    'CONTRIBUTING.md',
    'SECURITY.md',
    'docs/releasing.md',
    'docs/upgrading.md',
    'docs/new-app.md',
  ])('%s links to files that exist', (path) => {
    const links = [...read(path).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link]) =>
      join(ROOT, dirname(path), link),
    );

    expect(links.filter((link) => !existsSync(link))).toEqual([]);
  });
});

function rowOf(what: string): string | undefined {
  const rows = page.split('\n').filter((line) => line.startsWith(`| ${what} |`));
  return rows.length > 0 ? rows.join('\n') : undefined;
}

function rowCells(what: string): string[] {
  return (rowOf(what) ?? '')
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

function nextMinor(version: string): string {
  const [major, minor] = version.split('.').map(Number);
  return `${major}.${minor + 1}`;
}
