import { boundaryDecisions } from './boundary-decisions';
import { dataDecisions, keyDecisions } from './data-decisions';
import type { Decision } from './decision';
import { jobDecisions } from './job-decisions';
import { lint } from './lint';
import { type Mutant, mutants } from './mutants';
import { type NamedPolicy, Scene } from './scene';
import { isAllowed } from './simulator';
import { adminDecisions, workspaceDecisions } from './workspace-decisions';

/** Part of the mutants that has to be noticed. */
const FLOOR = 0.95;

// The simulator reads the data of a service when it is first asked for, which takes seconds on a busy machine.
jest.setTimeout(120_000);

const scene = Scene.define();
const table = [
  ...dataDecisions(),
  ...keyDecisions(),
  ...jobDecisions(scene),
  ...workspaceDecisions(),
  ...adminDecisions(scene),
  ...boundaryDecisions(scene),
];

test('a policy that allows more than it should does not go unnoticed', async () => {
  const decided = await rightDenials();
  const seen = { table: [] as string[], 'lint alone': [] as string[], nobody: [] as string[] };
  const policies = [
    scene.sharedPolicy('dev', 'WorkspacePolicy'),
    scene.sharedPolicy('dev', 'JobsPolicy'),
    scene.boundaryPolicy('dev'),
  ];
  for (const policy of policies) {
    const before = await lint(policy);
    const concerned = decided.filter(({ caller }) => isUnder(caller, policy));
    for (const mutant of mutants(policy)) {
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
  process.stdout.write(`${count} mutants, ${(100 * score).toFixed(1)} % seen: ${seen.table.length} by the table\n`);
  for (const who of ['lint alone', 'nobody'] as const) {
    process.stdout.write(`seen by ${who}: ${seen[who].length}${seen[who].map((change) => `\n  ${change}`).join('')}\n`);
  }

  expect(count).toBeGreaterThan(60);
  expect(score).toBeGreaterThanOrEqual(FLOOR);
});

function isUnder(name: string, policy: NamedPolicy): boolean {
  const { policies, boundary } = scene.caller(name);
  return [...policies, boundary].some((each) => each?.name === policy.name);
}

/** A wider policy only allows more. What is decided wrongly to begin with would make every mutant look noticed. */
async function rightDenials(): Promise<Decision[]> {
  const denied = table.filter(({ allowed, caller }) => !allowed && caller.endsWith('@dev'));
  const right: Decision[] = [];
  for (const decision of denied) {
    if (!(await isAllowed(scene, decision.caller, decision.action, decision.on, decision))) {
      right.push(decision);
    }
  }
  return right;
}

async function changesDecision({ policy, actions }: Mutant, decided: Decision[]): Promise<boolean> {
  const services = actions.map(serviceOf);
  const likely = decided.filter(({ action }) => actions.includes(action));
  const possible = decided.filter(({ action }) => !actions.includes(action) && services.includes(serviceOf(action)));
  for (const decision of [...likely, ...possible]) {
    const { caller, action, on } = decision;
    if (await isAllowed(scene, caller, action, on, { ...decision, replaced: policy })) {
      return true;
    }
  }
  return false;
}

function serviceOf(action: string): string {
  return action.split(':')[0];
}
