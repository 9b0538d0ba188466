import { App } from 'aws-cdk-lib';
import { LAYOUTS } from '../examples/layouts';
import { defineEverything } from './everything';

/** Every app that policy checkers look at. The examples go by the names of their folders. */
export const APPS: Record<string, (app: App) => void> = {
  ...LAYOUTS,
  everything: (app) => {
    defineEverything(app);
  },
};
