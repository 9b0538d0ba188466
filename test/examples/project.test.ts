import { packageDomain } from '../../examples/project/typescript/lib/package-repository';
import { pascalCase } from '../../tools/src/new/app-name';
import { EXAMPLE_APPS } from './example-apps';
import { testExample } from './synthesis';

describe('the project example', () => {
  testExample('project', EXAMPLE_APPS.project, {
    missing: { type: 'AWS::CodeArtifact::Domain', regions: ['cn-north-1', 'us-gov-west-1'] },
  });

  test('gives apps whose names differ in dashes alone domains that differ, each one that CodeArtifact takes', () => {
    const names = ['sea-lion', 'sealion', 's-ealion', `${'a-'.repeat(19)}ab`];
    const domains = names.map((name) => packageDomain(`${pascalCase(name)}Base`));

    expect(domains).toEqual(names.map((name) => `${name}-base`));
    expect(domains.filter((domain) => !/^[a-z][a-z0-9-]{0,48}[a-z0-9]$/.test(domain))).toEqual([]);
  });
});
