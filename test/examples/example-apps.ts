import { App, Environment } from 'aws-cdk-lib';
import { EnvironmentStack } from '../../examples/environment/typescript/lib/environment-stack';
import { DEV, PROD, STAGING } from '../../examples/environment/typescript/lib/environments';
import { BaseStack } from '../../examples/project/typescript/lib/base-stack';
import { ProjectStack } from '../../examples/project/typescript/lib/project-stack';
import { FORECASTING, NLP, RECOMMENDATION, VISION } from '../../examples/project/typescript/lib/projects';
import { TeamStack } from '../../examples/team/typescript/lib/team-stack';

// Also compiled and run against other versions of the core, by scripts/check-peers.mjs.

/** Defines the stacks of an example in an app. */
export type Define = (app: App, env?: Environment) => void;

/** The examples in TypeScript by their layout, as what defines their stacks in an app. */
export const EXAMPLE_APPS: Record<string, Define> = {
  team: (app, env) => {
    new TeamStack(app, 'Team', { env });
  },

  environment: (app, env) => {
    new EnvironmentStack(app, 'EnvironmentDev', { ...DEV, env });
    new EnvironmentStack(app, 'EnvironmentStaging', { ...STAGING, env });
    new EnvironmentStack(app, 'EnvironmentProd', { ...PROD, env });
  },

  project: (app, env) => {
    const base = 'ProjectBase';
    new BaseStack(app, base, { env });
    new ProjectStack(app, 'ProjectNlp', { base, ...NLP, env });
    new ProjectStack(app, 'ProjectVision', { base, ...VISION, env });
    new ProjectStack(app, 'ProjectForecasting', { base, ...FORECASTING, env });
    new ProjectStack(app, 'ProjectRecommendation', { base, ...RECOMMENDATION, env });
  },
};
