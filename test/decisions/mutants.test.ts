import { type Decision, sentence } from './decision';
import { keepFigures } from './figures';
import { lint, overlap } from './lint';
import { type Mutant, mutants } from './mutants';
import { type Kind, type NamedPolicy, Scene } from './scene';
import { isAllowed } from './simulator';
import { tablesOf } from './tables';

/** Part of the mutants that has to be noticed. */
const FLOOR = 0.95;

// The simulator reads the data of a service when it is first asked for, which takes seconds on a busy machine.
jest.setTimeout(240_000);

const scene = Scene.define();
const table = tablesOf(scene).flatMap(([, decisions]) => decisions);
const possible = new Set(table.filter((decision) => decision.allowed).map(requestOf));
const denials = nearMissesFirst(table.filter((decision) => !decision.allowed));
const isRight = new Map<string, Promise<boolean>>();

const POLICIES: [subject: string, policies: NamedPolicy[]][] = [
  ['owners', [scene.sharedPolicy('dev', 'WorkspacePolicy'), scene.sharedPolicy('dev', 'JobsPolicy')]],
  ['owners under rules for jobs, only what differs,', [scene.sharedPolicy('strict', 'JobsPolicy')]],
  ['jobs, models and pipelines', ['job', 'model', 'pipeline'].map((use) => lastPolicyOf(`alice-${use}@dev`))],
  ['notebooks that people create', [scene.boundaryPolicy('dev')]],
  ['the permissions boundary', policiesNamed('boundary', /ml-strict/)],
  [
    'trust',
    policiesNamed(
      'trust',
      /ml-dev\/(MlOwners.*alice[0-9A-F]{8}|Job-?alice[0-9A-F]{8}|Pipelinealice[0-9A-F]{8}|.*FlowLogs.*)$/,
    ),
  ],
  ['buckets', policiesNamed('bucket', /ml-dev\/SharedStorage/)],
  ['keys', policiesNamed('key', /ml-dev\//)],
  ['endpoints', policiesNamed('endpoint', /ml-dev\//)],
];

test.each(POLICIES)(
  'a policy of %s that allows more than it should does not go unnoticed',
  async (subject, policies) => {
    const seen = { table: [] as string[], 'lint alone': [] as string[], nobody: [] as string[] };
    for (const policy of policies) {
      const before = await lint(policy);
      const concerned = denials.filter((decision) => isUnder(decision, policy));
      for (const mutant of mutants(policy).filter(
        ({ change }) => !/only what differs/.test(subject) || /\[0\]/.test(change),
      )) {
        if (await changesDecision(mutant, concerned)) {
          seen.table.push(mutant.change);
        } else {
          const worse = (await lint(mutant.policy)).some((fault) => !before.includes(fault));
          seen[worse ? 'lint alone' : 'nobody'].push(mutant.change);
        }
      }
    }
    const count = Object.values(seen).flat().length;
    const score = 1 - seen.nobody.length / count;
    process.stdout.write(
      `${subject}: ${count} mutants, ${(100 * score).toFixed(1)} % seen, ${seen.table.length} by the table\n`,
    );
    for (const who of ['lint alone', 'nobody'] as const) {
      process.stdout.write(seen[who].map((change) => `  seen by ${who}: ${change}\n`).join(''));
    }
    figures[subject] = { mutants: count, seen: count - seen.nobody.length, byTable: seen.table.length };

    expect(count).toBeGreaterThan(0);
    expect(score).toBeGreaterThanOrEqual(FLOOR);
  },
);

const figures: { [subject: string]: { mutants: number; seen: number; byTable: number } } = {};

afterAll(() => {
  const total = (key: 'mutants' | 'seen' | 'byTable') =>
    Object.values(figures).reduce((sum, each) => sum + each[key], 0);
  keepFigures('mutants', {
    mutants: total('mutants'),
    seen: total('seen'),
    byTable: total('byTable'),
    mutantsBySubject: figures,
  });
});

function lastPolicyOf(caller: string): NamedPolicy {
  return scene.caller(caller).policies[scene.caller(caller).policies.length - 1];
}

function policiesNamed(kind: Kind, name: RegExp): NamedPolicy[] {
  return scene.policies.filter(
    (policy) => policy.kind === kind && policy.name.startsWith('eu-central-1/') && name.test(policy.name),
  );
}

/** Whether a policy has a say in a decision: as that of the caller, of the resource, or of the way between them. */
function isUnder({ caller, on, through }: Decision, policy: NamedPolicy): boolean {
  const { policies, boundary } = scene.caller(caller);
  const endpoint = through === undefined ? undefined : scene.endpoint(through);
  return [...policies, boundary, scene.target(on).policy, endpoint].includes(policy);
}

/** A request that only its context spoils is the likeliest to come through. */
function nearMissesFirst(decisions: Decision[]): Decision[] {
  const [near, far] = [true, false].map((is) => decisions.filter((each) => possible.has(requestOf(each)) === is));
  return [...near, ...far];
}

function requestOf({ caller, action, on }: Decision): string {
  return `${caller} ${action} ${on}`;
}

/** What is decided wrongly to begin with would make every mutant look noticed. A wider policy only allows more. */
function isDenied(decision: Decision): Promise<boolean> {
  const key = sentence(decision);
  const known = isRight.get(key) ?? allowed(decision).then((is) => !is);
  isRight.set(key, known);
  return known;
}

function allowed(decision: Decision, replaced?: NamedPolicy): Promise<boolean> {
  return isAllowed(scene, decision.caller, decision.action, decision.on, { ...decision, replaced });
}

async function changesDecision({ policy, actions }: Mutant, decided: Decision[]): Promise<boolean> {
  const concerned = decided.filter(({ action }) => actions.some((pattern) => overlap(action, pattern)));
  for (const decision of concerned) {
    if ((await allowed(decision, policy)) && (await isDenied(decision))) {
      return true;
    }
  }
  return false;
}
