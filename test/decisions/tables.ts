import { boundaryDecisions } from './boundary-decisions';
import { dataDecisions, keyDecisions } from './data-decisions';
import type { Decision } from './decision';
import { executionDecisions } from './execution-decisions';
import { jobDecisions } from './job-decisions';
import { resourceDecisions } from './resource-decisions';
import type { Scene } from './scene';
import { strictDecisions } from './strict-decisions';
import { trustDecisions } from './trust-decisions';
import { twinDecisions } from './twin-decisions';
import { adminDecisions, endpointDecisions, grantDecisions, workspaceDecisions } from './workspace-decisions';

/** All that is decided, by what it is about. */
export function tablesOf(scene: Scene): [subject: string, decisions: Decision[]][] {
  const tables: [string, Decision[]][] = [
    ['data', dataDecisions()],
    ['keys', keyDecisions()],
    ['jobs', jobDecisions(scene)],
    ['workspaces', workspaceDecisions()],
    ['administration', adminDecisions(scene)],
    ['grants on notebooks', grantDecisions(scene)],
    ['endpoints', endpointDecisions()],
    ['notebooks that people create', boundaryDecisions(scene)],
    ['roles for jobs, models and pipelines', executionDecisions(scene)],
    ['rules for jobs and the permissions boundary', strictDecisions(scene)],
    ['trust', trustDecisions(scene)],
    ['buckets and keys', resourceDecisions(scene)],
  ];
  const twins = twinDecisions(
    scene,
    tables.flatMap(([, table]) => table),
  );
  return [...tables, ['other accounts and regions', twins]];
}
