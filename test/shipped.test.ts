import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');
const TEST_ONLY = /@cloud-copilot|cdk-nag|fast-check/;

/** docs/decisions/013-roles-by-use-and-the-simulator.md says why. */
describe('the package that users install', () => {
  const listed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const files: string[] = JSON.parse(listed)[0].files.map(({ path }: { path: string }) => path);
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

  test('holds no test, and none of the packages that only tests use', () => {
    expect(files).toContain('package.json');
    expect(files.filter((file) => /^(test|src|node_modules|scripts)\//.test(file))).toEqual([]);
  });

  test('needs none of them, and bundles nothing', () => {
    const { dependencies = {}, peerDependencies, bundledDependencies = [], bundleDependencies = [] } = manifest;

    expect([...Object.keys({ ...dependencies, ...peerDependencies })].filter((name) => TEST_ONLY.test(name))).toEqual(
      [],
    );
    expect([...bundledDependencies, ...bundleDependencies]).toEqual([]);
    expect(Object.keys(manifest.devDependencies).filter((name) => TEST_ONLY.test(name))).not.toEqual([]);
  });

  test('names none of them in its code', () => {
    const code = files.filter((file) => /\.(js|d\.ts)$|^\.jsii$/.test(file) && existsSync(join(ROOT, file)));

    expect(code.filter((file) => TEST_ONLY.test(imports(readFileSync(join(ROOT, file), 'utf8'))))).toEqual([]);
  });
});

/** What a file asks for by name; comments may speak of anything. */
function imports(text: string): string {
  return [...text.matchAll(/(?:require\(|from )["']([^"']+)["']/g)].map(([, name]) => name).join('\n');
}
