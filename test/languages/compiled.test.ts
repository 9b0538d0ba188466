import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = join(__dirname, '..', '..');
const MODULE = pathToFileURL(join(ROOT, 'scripts', 'packages', 'compiled.mjs')).href;
const FILES = ['src/index.ts', 'src/network/a.ts', 'tools/src/new/a.ts'];
const COMPILED = ['.jsii', 'lib/index.js', 'tools/lib/index.js'];

let folder: string;

jest.setTimeout(60_000); // processes of Node, on a machine that may be busy

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'compiled-'));
  for (const path of [...FILES, ...COMPILED]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), '');
    writtenAt(path, COMPILED.includes(path) ? 2000 : 1000);
  }
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('the library', () => {
  test('is not compiled where nothing is newer than what is compiled', () => {
    expect(said('compileWhereStale')).toBe('');
  });

  test.each(COMPILED)('is compiled where %s is missing', (path) => {
    rmSync(join(folder, path));

    expect(said('staleIn')).toBe(`${path} is missing`);
  });

  test.each(FILES)('is compiled where %s is newer, and says so, and why that fails', (path) => {
    writtenAt(path, 3000);

    expect(said('staleIn')).toBe(`${path} is newer than what is compiled`);
    const lines = said('compileWhereStale').split('\n');
    expect(lines[0]).toBe(
      `Compiling the library (npx projen compile), since ${path} is newer than what is compiled ...`,
    );
    expect(lines[1]).toContain('projen compile: exit code 1');
  });
});

describe('scripts that use the packages', () => {
  test.each([
    ['packages.mjs', '--require', 'pythn', "'--require' must be some of js,python,java,go,dotnet, got: pythn"],
    ['packages.mjs', '--target', 'js,', "'--target' must be some of js,python,java,go,dotnet, got: "],
    ['check-languages.mjs', '--require', 'pythn', "'--require' must be some of typescript,python,java,go,csharp"],
    ['check-languages.mjs', '--layout', 'crew', "'--layout' must be some of team,environment,project, got: crew"],
    ['check-languages.mjs', '--outdir', 'x', "Unknown option '--outdir'"],
  ])('%s refuses %s %s', (script, option, value, expected) => {
    const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts', script), option, value], {
      encoding: 'utf8',
    });

    expect({ status, lines: stderr.replace(/\n$/, '').split('\n') }).toEqual({
      status: 2,
      lines: [expect.stringContaining(expected)],
    });
  });

  test('delete no folder in which somebody keeps packages', () => {
    mkdirSync(join(folder, 'out', 'python'), { recursive: true });
    writeFileSync(join(folder, 'out', 'python', 'mine.py'), '');
    const { status, stderr } = spawnSync(
      process.execPath,
      [join(ROOT, 'scripts', 'packages.mjs'), '--target', 'js', '--outdir', join(folder, 'out')],
      { encoding: 'utf8' },
    );

    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringMatching(/^fail .* one that a build made/) });
    expect(readdirSync(join(folder, 'out'))).toEqual(['python']);
    expect(existsSync(join(folder, 'out', 'python', 'mine.py'))).toBe(true);
  });

  test.each(['packages.mjs', 'check-languages.mjs'])('%s starts without node_modules', (script) => {
    // What is imported before anything is installed must be of this repository or of Node.
    const text = `import { register } from 'node:module';
      register('data:text/javascript,' + encodeURIComponent(\`
        export async function resolve(name, context, next) {
          const found = await next(name, context);
          if (found.url.includes('node_modules') || found.url.includes('/tools/lib/')) throw new Error('needs ' + name);
          return found;
        }\`));
      process.argv.push('--help-me');
      await import('${pathToFileURL(join(ROOT, 'scripts', script)).href}');`;
    const { stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', text], { encoding: 'utf8' });

    expect(stderr).not.toContain('needs ');
  });
});

function writtenAt(path: string, seconds: number): void {
  utimesSync(join(folder, path), seconds, seconds);
}

/** What a function of the script returns or prints about the folder. */
function said(name: string): string {
  const code = `import { ${name} } from '${MODULE}';
    try { const said = ${name}(process.argv[1]); if (said) console.log(said); } catch ({ message }) { console.log(message); }`;
  const options = ['--input-type=module', '--eval', code, folder];
  return spawnSync(process.execPath, options, { encoding: 'utf8', cwd: folder }).stdout.trim();
}
