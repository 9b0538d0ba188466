import { App } from 'aws-cdk-lib';
import { EnvironmentStack } from '../../examples/environment/typescript/lib/environment-stack';
import { PROD, STAGING } from '../../examples/environment/typescript/lib/environments';
import { LAYOUTS } from '../examples/layouts';
import { defineEverything } from './everything';

/** Every app that policy checkers look at. The examples go by the names of their folders. */
export const APPS: Record<string, (app: App) => void> = {
  ...LAYOUTS,

  // Without its development, which asks to be less careful: endpoints in one zone, logs for a month.
  environment: (app) => {
    new EnvironmentStack(app, 'EnvironmentStaging', STAGING);
    new EnvironmentStack(app, 'EnvironmentProd', PROD);
  },

  everything: (app) => {
    defineEverything(app);
  },
};
