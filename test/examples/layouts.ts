import { App, Duration, Stack } from 'aws-cdk-lib';
import * as recommended from 'aws-cdk-lib/recommended-feature-flags.json';
import { MlNotebook, MlSharedInfra, NotebookLifecycle } from 'cdk-ml-infra';
import { EXAMPLE_APPS } from './example-apps';

// Also compiled and run against other versions of the core, by scripts/check-peers.mjs.

/** The ways in which a base and what stands on it can be spread over stacks and apps. */
export const LAYOUTS: Record<string, (app: App) => void> = {
  ...EXAMPLE_APPS,

  'base in another stack': (app) => {
    const base = new Stack(app, 'Base');
    const shared = new MlSharedInfra(base, 'Shared');
    const lifecycle = new NotebookLifecycle(base, 'Lifecycle', { shared, idleStop: Duration.hours(1) });
    new MlNotebook(new Stack(app, 'Notebooks'), 'alice', { shared, lifecycle, owner: 'alice' });
  },

  'published base': (app) => {
    new MlSharedInfra(new Stack(app, 'Base'), 'Shared').publish('team');
  },

  'reader of a published base': (app) => {
    const stack = new Stack(app, 'Notebooks');
    const shared = MlSharedInfra.fromPublished(stack, 'Shared', 'team');
    const lifecycle = new NotebookLifecycle(stack, 'Lifecycle', { shared, idleStop: Duration.hours(1) });
    new MlNotebook(stack, 'alice', { shared, lifecycle, owner: 'alice' });
  },
};

/** Synthesizes every layout with no feature flags and with all recommended ones: sentences about what is wrong. */
export function problemsOfLayouts(): string[] {
  const problems = Object.entries(LAYOUTS).flatMap(([layout, define]) =>
    [{}, recommended].flatMap((flags) => problemsOf(layout, define, flags)),
  );
  return [...new Set(problems)];
}

function problemsOf(layout: string, define: (app: App) => void, flags: object): string[] {
  const app = new App({ context: { ...flags, '@aws-cdk/core:validateAgainstDefaultRules': true } });
  try {
    define(app);
    return app
      .synth()
      .stacks.flatMap(({ stackName, template, messages }) => [
        ...messages
          .filter(({ level }) => level === 'error')
          .map(({ entry }) => `${layout}: ${stackName}: ${entry.data}`),
        ...exportsOf(template).map((output) => `${layout}: ${stackName} exports ${output} and can no longer change it`),
        ...(JSON.stringify(template).includes('Fn::ImportValue')
          ? [`${layout}: ${stackName} locks another stack`]
          : []),
      ]);
  } catch (error) {
    return [`${layout}: ${(error as Error).message}`];
  }
}

function exportsOf(template: { Outputs?: Record<string, { Export?: unknown }> }): string[] {
  return Object.entries(template.Outputs ?? {}).flatMap(([name, output]) => (output.Export ? [name] : []));
}
