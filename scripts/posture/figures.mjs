// The figures that tests count while they run. Each file of `.cache/figures` is what one of them wrote.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, '.cache', 'figures');
const jest = (...tests) => ['npx', 'jest', '--maxWorkers=1', '--silent', ...tests];

const MIN_DECISIONS = 200;
const MIN_SEEN = 0.95;
const MIN_REFUSALS = 120;

/** What writes each figure, and what it depends on. */
const SOURCES = [
  { figures: ['decisions'], sources: ['test/decisions'], command: jest('test/decisions/decisions') },
  { figures: ['mutants', 'seen'], sources: ['test/decisions'], command: jest('test/decisions/mutants') },
  {
    figures: ['refusals'],
    sources: ['test/private', ...testsNamed('bad-input')],
    command: jest('test/bad-input'),
  },
  {
    figures: ['properties', 'runs'],
    sources: ['test/properties'],
    byHand: true, // takes minutes, so that it is a step of CI of its own
    command: ['node', 'scripts/check-properties.mjs'],
  },
];

/**
 * All figures, and sentences about those that could not be counted. What is missing or older than what it depends on is
 * counted again.
 */
export function countedFigures() {
  const counted = {};
  const problems = [];
  for (const { figures, sources, byHand, command } of SOURCES) {
    const since = newestIn(['src', 'assets', ...sources].map((source) => join(root, source)));
    const isKnown = () => figures.every((figure) => figure in fresh(since));
    if (!isKnown() && !byHand) {
      console.log(`Counting ${figures.join(', ')}: ${command.join(' ')}`);
      run(command, problems);
    }
    if (isKnown()) {
      Object.assign(counted, fresh(since));
    } else {
      problems.push(`${figures.join(', ')} are not counted since the sources changed: ${command.join(' ')} does`);
    }
  }
  return { counted, problems: [...problems, ...fallingShort(counted)] };
}

/** A test that fails may have written its figures before, so that they are looked at themselves. */
function fallingShort({ decisions, right = decisions, mutants, seen, refusals }) {
  return [
    ...(right < decisions ? [`every decision must be right, got: ${right} of ${decisions}`] : []),
    ...(decisions < MIN_DECISIONS ? [`there must be at least ${MIN_DECISIONS} decisions, got: ${decisions}`] : []),
    ...(seen < MIN_SEEN * mutants ? [`${100 * MIN_SEEN} % of mutants must be seen, got: ${seen} of ${mutants}`] : []),
    ...(refusals < MIN_REFUSALS ? [`there must be at least ${MIN_REFUSALS} refusals, got: ${refusals}`] : []),
  ];
}

function run([program, ...options], problems) {
  const { status, stderr } = spawnSync(program, options, { cwd: root, encoding: 'utf8' });
  if (status !== 0) {
    console.log(stderr.trim().split('\n').slice(-20).join('\n'));
    problems.push(`${[program, ...options].join(' ')} failed`);
  }
}

/** What was written since a time. */
function fresh(since) {
  return Object.assign({}, ...files().flatMap(({ content, at }) => (at > since ? [content] : [])));
}

function files() {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
  return names.map((name) => {
    const path = join(folder, name);
    return { content: JSON.parse(readFileSync(path, 'utf8')), at: statSync(path).mtimeMs };
  });
}

function testsNamed(start) {
  return readdirSync(join(root, 'test'))
    .filter((name) => name.startsWith(start))
    .map((name) => `test/${name}`);
}

function newestIn(paths) {
  const times = paths
    .filter((path) => existsSync(path))
    .flatMap((path) => [path, ...(statSync(path).isDirectory() ? inside(path) : [])])
    .map((path) => statSync(path).mtimeMs);
  return Math.max(0, ...times);
}

function inside(folder) {
  return readdirSync(folder, { recursive: true }).map((name) => join(folder, name));
}
