import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as ts from 'typescript';
import { ROOT } from '../../house/source-tree';

/** Loads the engine, uses it, and tells which modules that took. */
const PROGRAM = `
  const { estimate } = require('./lib/cost/pricing');
  const { pricesOf } = estimate({ resources: [], facts: [], defaultRegion: 'us-east-1' });
  console.log(JSON.stringify({ pricesOf, modules: Object.keys(require.cache) }));
`;

describe('the engine', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pricing-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('loads and finds its prices where no other package is, the core included', () => {
    const built = build('cost/pricing/index');
    symlinkSync(join(ROOT, 'assets'), join(folder, 'assets'));

    const told = JSON.parse(execFileSync(process.execPath, ['-e', PROGRAM], { cwd: folder, encoding: 'utf8' }));
    expect(told.pricesOf).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(told.modules.filter((module: string) => !module.endsWith('.json'))).toHaveLength(built);
    expect(built).toBeGreaterThan(20);
  });

  /** Compiles a module of the library and all that it loads. Returns how many they are. */
  function build(entry: string): number {
    const modules = new Set([entry]);
    for (const module of modules) {
      const text = readFileSync(join(ROOT, 'src', `${module}.ts`), 'utf8');
      const { outputText } = ts.transpileModule(text, { compilerOptions: { module: ts.ModuleKind.CommonJS } });
      const target = join(folder, 'lib', `${module}.js`);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, outputText);
      for (const [, imported] of outputText.matchAll(/require\("(\.[^"]+)"\)/g)) {
        modules.add(join(dirname(module), imported));
      }
    }
    return modules.size;
  }
});
