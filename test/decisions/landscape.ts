import { App, Duration, Stack } from 'aws-cdk-lib';
import { MlEnvironment, MlNotebook, MlSharedInfra, NotebookLifecycle } from '../../src';
import { NotebookBoundary } from '../../src/notebook/notebook-boundary';
import { defineExecutionRoles, strictBase } from './execution-roles';
import { grants, person } from './people';
import { selfService } from './self-service';
import { ACCOUNT, type StackTemplate } from './templates';

const HOME = 'eu-central-1';

/** Region of the base `far`. */
export const ABROAD = 'us-east-1';

/** Owners with a notebook on the base `dev`; some names begin like others. */
export const OWNERS = ['alice', 'bob', 'alice-b', 'alice2'];

/** The templates of the four bases of a scene, and of what stands on them. */
export function synthesize(outdir: string): StackTemplate[] {
  const app = new App({ outdir, analyticsReporting: false });
  const stack = (id: string, stackName: string, region = HOME) =>
    new Stack(app, id, { stackName, env: { account: ACCOUNT, region } });
  const base = (scope: Stack, environment: MlEnvironment) => {
    const shared = new MlSharedInfra(scope, 'Shared', { environment });
    const lifecycle = new NotebookLifecycle(scope, 'Lifecycle', { shared, idleStop: Duration.hours(1) });
    return { shared, lifecycle };
  };
  const notebook = (scope: Stack, { shared, lifecycle }: ReturnType<typeof base>, owner?: string) =>
    new MlNotebook(scope, owner ?? 'Team', { shared, lifecycle, owner });

  const devStack = stack('Dev', 'ml-dev');
  const dev = base(devStack, MlEnvironment.DEV);
  dev.shared.publish('dev');
  const [alice] = OWNERS.map((owner) => notebook(devStack, dev, owner));
  notebook(devStack, dev);
  grants(devStack, dev.shared, alice);
  const idle = new NotebookLifecycle(devStack, 'Other', { shared: dev.shared, idle: { after: Duration.hours(2) } });
  selfService(devStack, dev.shared, [dev.lifecycle, idle]).grantCreate(person(devStack, 'creator'));

  const guests = stack('Guests', 'ml-dev-guests');
  const published = MlSharedInfra.fromPublished(guests, 'Shared', 'dev', { environment: MlEnvironment.DEV });
  new MlNotebook(guests, 'guest', { shared: published, owner: 'guest' });
  new NotebookBoundary(guests, 'GuestService', { shared: published });

  const prod = base(stack('Prod', 'ml-prod'), MlEnvironment.PROD);
  const prodNotebooks = stack('ProdNotebooks', 'ml-prod-notebooks');
  for (const owner of ['alice', 'bob', undefined]) {
    notebook(prodNotebooks, prod, owner);
  }
  selfService(prodNotebooks, prod.shared, [prod.lifecycle]);

  defineExecutionRoles(devStack, dev.shared, ['alice', 'bob', 'alice-b', undefined]);
  defineExecutionRoles(guests, published, ['guest']);
  defineExecutionRoles(prodNotebooks, prod.shared, ['alice', 'bob']);

  const strict = stack('Strict', 'ml-strict');
  const shared = strictBase(strict);
  for (const owner of ['alice', 'bob']) {
    new MlNotebook(strict, owner, { shared, owner });
  }
  defineExecutionRoles(strict, shared, ['alice', 'bob']);

  const abroad = stack('Abroad', 'ml-dev', ABROAD);
  const far = base(abroad, MlEnvironment.DEV);
  for (const owner of ['alice', 'bob']) {
    notebook(abroad, far, owner);
  }
  defineExecutionRoles(abroad, far.shared, ['alice']);
  return app.synth().stacks.map(({ stackName, environment, template }) => ({
    stackName,
    region: environment.region,
    template,
  }));
}
