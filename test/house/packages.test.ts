import { packages } from './rules/packages';
import { planted, repository } from './source-tree';

const FILE = 'src/network/ml-network.ts';

describe('packages', () => {
  test('are peers or parts of Node in this repository', () => {
    expect(packages(repository('src'))).toEqual([]);
  });

  test.each([
    'aws-cdk-lib',
    'aws-cdk-lib/aws-ec2',
    'aws-cdk-lib/cx-api',
    'constructs',
    'fs',
    'node:path',
    './ml-service',
  ])('may be %s', (specifier) => {
    expect(packages(planted({ [FILE]: `import * as it from '${specifier}';` }))).toEqual([]);
  });

  test.each([
    'aws-cdk-lib/core/lib/private/literal-string',
    'aws-cdk-lib/core/lib',
    'aws-cdk-lib/aws-ec2/lib/vpc',
    'aws-cdk-lib/lib',
    'constructs/lib/construct',
  ])('must not be %s, an internal', (specifier) => {
    expect(packages(planted({ [FILE]: `import * as it from '${specifier}';` }))).toEqual([
      `${FILE} imports '${specifier}': internals of a package change without notice; import its public module`,
    ]);
  });

  test.each(['cdk-nag', '@aws-cdk/aws-sagemaker-alpha', 'aws-cdk-library'])(
    'must not be %s, which users do not install',
    (specifier) => {
      expect(packages(planted({ [FILE]: `import * as it from '${specifier}';` }))).toEqual([
        `${FILE} imports '${specifier}': users install aws-cdk-lib and constructs only`,
      ]);
    },
  );
});
