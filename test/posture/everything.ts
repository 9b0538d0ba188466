import { App, type Stack as CoreStack, Duration, Environment, Stack } from 'aws-cdk-lib';
import {
  DataAccessTrail,
  ExecutionRoleUse,
  MlBudget,
  MlCostLimit,
  MlExecutionRole,
  MlNotebook,
  MlNotebookFleet,
  MlPermissionsBoundary,
  MlSharedInfra,
  NotebookAlarms,
  NotebookBoundary,
  type NotebookLifecycle,
  NotebookSchedule,
  SageMakerLogRetention,
} from 'cdk-ml-infra';

// The lifecycle is JavaScript because the tests of the scripts synthesize it, too.
const { everything, SECRET_TEXT } = require('../assets/notebook/lifecycle/everything/app.cjs') as {
  everything(stack: CoreStack, shared: MlSharedInfra): NotebookLifecycle;
  SECRET_TEXT: string;
};

export { SECRET_TEXT };

/** Defines a stack with all that there is at once. */
export function defineEverything(app: App, env?: Environment): Stack {
  const stack = new Stack(app, 'Everything', { env });
  const boundary = new MlPermissionsBoundary(stack, 'Boundary');
  const shared = new MlSharedInfra(stack, 'Shared', { permissionsBoundary: boundary.policy });
  const lifecycle = everything(stack, shared);
  const schedule = NotebookSchedule.weekdays({ start: '08:00', stop: '19:00', timeZone: 'Europe/Berlin' });
  const defaults = { lifecycle, schedule, maxUptime: Duration.hours(14) };
  new MlNotebookFleet(stack, 'Fleet', { shared, owners: ['alice', 'bob'], notebooks: { gpu: {} }, defaults });
  new MlNotebook(stack, 'team', {
    shared,
    ...defaults,
    idleStop: Duration.hours(4),
    gitUserName: 'Team of two',
    gitUserEmail: 'two@example.com',
    environmentVariables: { STAGE: 'own' },
    restoreFrom: 'old-notebook',
    project: 'vision',
  });
  const { topic } = new NotebookAlarms(stack, 'Alarms', { shared });
  new MlBudget(stack, 'Budget', { emails: ['ml-team@example.com'], topic, region: 'eu-central-1' });
  new MlCostLimit(stack, 'Limit', { monthlyUsd: 1_000_000 });
  new NotebookBoundary(stack, 'SelfService', { shared, lifecycles: [lifecycle] });
  new SageMakerLogRetention(stack, 'Logs');
  new DataAccessTrail(stack, 'Trail', { bases: [shared] });
  for (const use of Object.values(ExecutionRoleUse)) {
    new MlExecutionRole(stack, `Role-${use}`, { shared, use, owner: 'alice' });
  }
  return stack;
}
