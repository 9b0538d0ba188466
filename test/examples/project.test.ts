import { EXAMPLE_APPS } from './example-apps';
import { testExample } from './synthesis';

describe('the project example', () => {
  testExample('project', EXAMPLE_APPS.project, {
    missing: { type: 'AWS::CodeArtifact::Domain', regions: ['cn-north-1', 'us-gov-west-1'] },
  });
});
