import { EXAMPLE_APPS } from './example-apps';
import { testExample } from './synthesis';

describe('the environment example', () => {
  testExample('environment', EXAMPLE_APPS.environment);
});
