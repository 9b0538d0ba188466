import { TeamStack } from '../../examples/team/typescript/lib/team-stack';
import { testExample } from './synthesis';

describe('the team example', () => {
  testExample('team', (app, env) => {
    new TeamStack(app, 'Team', { env });
  });
});
