import { boundaryDecisions } from './boundary-decisions';
import { dataDecisions, keyDecisions } from './data-decisions';
import { type Decision, sentence } from './decision';
import { jobDecisions } from './job-decisions';
import { Scene } from './scene';
import { isAllowed } from './simulator';
import { adminDecisions, endpointDecisions, grantDecisions, workspaceDecisions } from './workspace-decisions';

// The simulator reads the data of a service when it is first asked for, which takes seconds on a busy machine.
jest.setTimeout(120_000);

const scene = Scene.define();

describe.each([
  ['data', dataDecisions()],
  ['keys', keyDecisions()],
  ['jobs', jobDecisions(scene)],
  ['workspaces', workspaceDecisions()],
  ['administration', adminDecisions(scene)],
  ['grants on notebooks', grantDecisions(scene)],
  ['endpoints', endpointDecisions()],
  ['notebooks that people create', boundaryDecisions(scene)],
])('%s', (_, table) => {
  test.each(table.map((decision): [string, Decision] => [sentence(decision), decision]))(
    '%s',
    async (_sentence, decision) => {
      const { caller, action, on, allowed } = decision;
      expect(await isAllowed(scene, caller, action, on, decision)).toBe(allowed);
    },
  );
});
