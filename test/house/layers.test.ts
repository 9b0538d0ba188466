import { layers } from './rules/layers';
import { planted, repository } from './source-tree';

const FOR_USERS = 'the index of src is for users; an area must import the area it needs';

describe('layers', () => {
  test('are kept by this repository', () => {
    expect(layers(repository('src'))).toEqual([]);
  });

  test.each([
    ['src/shared/ml-shared-infra.ts', "import { MlNetwork } from '../network';"],
    ['src/network/ml-network.ts', "import { MlEnvironment } from '../environment';"],
    ['src/network/ml-network.ts', "import { fail } from '../private/checks';"],
    ['src/network/ml-network.ts', "import { MlService } from './ml-service';"],
    ['src/network/endpoints/gateway.ts', "import { MlService } from '../ml-service';"],
    ['src/environment/ml-environment.ts', "import { fail } from '../private/checks';"],
    ['src/cost/ml-cost-estimate.ts', "import { MlEndpoint } from '../serving';"],
    ['src/index.ts', "export * from './network';"],
    ['src/network/ml-network.ts', "import { Stack } from 'aws-cdk-lib';"],
  ])('let %s say %s', (file, text) => {
    expect(layers(planted({ [file]: text }))).toEqual([]);
  });

  test.each([
    [
      'src/network/ml-network.ts',
      "import { MlNotebook } from '../notebook';",
      'network (floor 1) must not know notebook (floor 3)',
    ],
    [
      'src/network/ml-network.ts',
      "import type { IMlSharedInfra } from '../shared';",
      'network (floor 1) must not know shared (floor 2)',
    ],
    ['src/network/index.ts', "export * from '../shared';", 'network (floor 1) must not know shared (floor 2)'],
    ['src/private/facts.ts', "const it = require('../network');", 'private (floor 0) must not know network (floor 1)'],
    [
      'src/private/facts.ts',
      "let it: import('../network').MlNetwork;",
      'private (floor 0) must not know network (floor 1)',
    ],
    [
      'src/private/facts.ts',
      "const it = await import('../network');",
      'private (floor 0) must not know network (floor 1)',
    ],
    ['src/private/facts.ts', "import it = require('../network');", 'private (floor 0) must not know network (floor 1)'],
    [
      'src/network/endpoints/gateway.ts',
      "import * as it from '../../notebook';",
      'network (floor 1) must not know notebook (floor 3)',
    ],
    [
      'src/serving/ml-endpoint.ts',
      "import { MlCostEstimate } from '../cost';",
      'serving (floor 4) must not know cost (floor 5)',
    ],
    ['src/notebook/ml-notebook.ts', "import { MlStudio } from '../studio';", meeting('notebook', 'studio', 3)],
    ['src/private/facts.ts', "import { MlEnvironment } from '../environment';", meeting('private', 'environment', 0)],
    [
      'src/shared/base.ts',
      "import { MlNetwork } from '../network/ml-network';",
      'network must be imported through its index',
    ],
    [
      'src/shared/base.ts',
      "import { MlNetwork } from '../network/index';",
      'network must be imported through its index',
    ],
    [
      'src/network/ml-network.ts',
      "import { fail } from '../private';",
      "private must be imported by file, like '../private/checks'",
    ],
    ['src/network/ml-network.ts', "import { MlStorage } from '..';", FOR_USERS],
    ['src/network/ml-network.ts', "import { MlStorage } from '../index';", FOR_USERS],
    ['src/network/ml-network.ts', "const it = require('../../package.json');", 'an import must stay inside src'],
    ['src/index.ts', "export * from './private/checks';", 'private must not be exported'],
    ['src/index.ts', "export * from './network/ml-network';", 'the index of src must export areas through their index'],
  ])('refuse that %s says %s', (file, text, rule) => {
    const specifier = /'(.*)'/.exec(text)![1];

    expect(layers(planted({ [file]: text }))).toEqual([`${file} imports '${specifier}': ${rule}`]);
  });

  function meeting(one: string, other: string, floor: number): string {
    return `${one} and ${other} share floor ${floor} and must not meet; what connects them lives a floor above`;
  }
});
