import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const COMMANDS = pathToFileURL(join(__dirname, '..', '..', 'scripts', 'packages', 'commands.mjs')).href;

describe('a command of a build', () => {
  test('gives what it prints', () => {
    expect(ran("console.log('built'); console.error('[INFO] done')")).toBe('built\n');
  });

  test('fails with what it said last', () => {
    expect(ran("console.error('no compiler'); process.exit(3)")).toMatch(/: exit code 3\nno compiler$/);
  });

  test.each(['log', 'error'])('fails where it warns by console.%s, although it ends well', (way) => {
    expect(ran(`console.log('built'); console.${way}('[WARN] word')`)).toMatch(
      /: must not say \/\\\[WARN\\\]\/\n\[WARN\] word$/,
    );
  });
});

/** What a command printed, or why it failed, run as generators of packages are. */
function ran(script: string): string {
  const text = `
    import { run } from ${JSON.stringify(COMMANDS)};
    try {
      process.stdout.write(run('.', process.execPath, ['-e', ${JSON.stringify(script)}], { without: /\\[WARN\\]/ }));
    } catch (error) {
      process.stdout.write(error.message);
    }`;
  return spawnSync(process.execPath, ['--input-type=module', '--eval', text], { encoding: 'utf8' }).stdout;
}
