import { posix } from 'node:path';
import { AREAS, areaOf } from '../floors';
import { files, paths, type SourceTree } from '../source-tree';

/** Rules of the policy pack have cases of the same name, all run by one test: each file of its own would load the core again. */
const RULE = /^src\/compliance\/rules\//;
const CASES = /^test\/compliance\/rules\/.*\.ts$/;

/** Each source has its test and each test of an area its source; each script has a test named `test_<name>.py`. */
export function mirror(tree: SourceTree): string[] {
  return [...untested(tree), ...orphaned(tree), ...untestedScripts(tree)];
}

function untested(tree: SourceTree): string[] {
  return paths(tree, /^src\/[^/]+\/.*\.ts$/)
    .filter((source) => !/(\/index|-table)\.ts$/.test(source))
    .filter((source) => !tree.has(testOf(source)))
    .map((source) => `${source} must have a test, ${testOf(source)}`);
}

function orphaned(tree: SourceTree): string[] {
  const areas = new Set([...AREAS, ...paths(tree, /^src\//).map(areaOf)]);
  return [...paths(tree, /^test\/[^/]+\/.*\.test\.ts$/), ...paths(tree, CASES)]
    .filter((test) => areas.has(test.split('/')[1]))
    .filter((test) => !tree.has(sourceOf(test)))
    .map((test) => `${test} must have a source, ${sourceOf(test)}`);
}

function untestedScripts(tree: SourceTree): string[] {
  return files(tree, /^assets\/.*\.(py|sh)$/)
    .filter(([script, text]) => !script.endsWith('/__init__.py') || text.trim() !== '')
    .map(([script]) => script)
    .filter((script) => !scriptTestsOf(script).some((test) => tree.has(test)))
    .map((script) => `${script} must have a test, ${scriptTestsOf(script)[0]}`);
}

function testOf(source: string): string {
  return source.replace(/^src\//, 'test/').replace(/\.ts$/, RULE.test(source) ? '.ts' : '.test.ts');
}

function sourceOf(test: string): string {
  return test.replace(/^test\//, 'src/').replace(/(\.test)?\.ts$/, '.ts');
}

/** A Python module cannot have a dash in its name, so `on-start.sh` may be tested by `test_on_start.py`. */
function scriptTestsOf(script: string): string[] {
  const { dir, name } = posix.parse(script);
  return [name.replaceAll('-', '_'), name].map((noun) => `test/${dir}/test_${noun}.py`);
}
