import { EXAMPLE_APPS } from './example-apps';
import { testExample } from './synthesis';

describe('the team example', () => {
  testExample('team', EXAMPLE_APPS.team);
});
