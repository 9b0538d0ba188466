import { names } from './rules/names';
import { planted, repository } from './source-tree';

describe('names', () => {
  test('are nouns in this repository', () => {
    expect(names(repository('src'))).toEqual([]);
  });

  test.each([
    'src/private/checks.ts',
    'src/shared/published-base.ts',
    'src/environment/instance-type.ts',
    'src/network/ml-service.ts',
  ])('may be %s', (path) => {
    expect(names(planted({ [path]: '' }))).toEqual([]);
  });

  test.each([
    'src/network/utils.ts',
    'src/network/util.ts',
    'src/network/helpers.ts',
    'src/network/common.ts',
    'src/network/core.ts',
    'src/network/types.ts',
    'src/network/manager.ts',
    'src/network/base.ts',
    'src/network/misc.ts',
    'src/network/Utils.ts',
    'src/network/ml-network-props.ts',
    'src/network/string-utils.ts',
    'src/network/vpc-helper.ts',
    'src/cost/types.json',
  ])('must not be %s', (path) => {
    expect(names(planted({ [path]: '' }))).toEqual([`${path} must be named for the noun that it defines`]);
  });

  test.each(['src/common', 'src/utils', 'src/network/helpers'])('must not be %s, a folder, said once', (folder) => {
    expect(names(planted({ [`${folder}/a.ts`]: '', [`${folder}/b.ts`]: '' }))).toEqual([
      `${folder} must be named for the noun that it defines`,
    ]);
  });

  test.each(['NotebookManager', 'PolicyHelper', 'ArnUtil', 'ArnUtils', 'Manager'])(
    'must not be %s, a class',
    (name) => {
      expect(names(planted({ 'src/network/vpc.ts': `\nclass ${name} {}\n` }))).toEqual([
        `src/network/vpc.ts:2: class ${name} must be named for what it is`,
      ]);
    },
  );

  test('must not hide in a class expression', () => {
    expect(names(planted({ 'src/network/vpc.ts': 'export const make = () => class VpcHelper {};' }))).toHaveLength(1);
  });

  test('may say managed, and may say manager before the noun', () => {
    expect(names(planted({ 'src/access/role.ts': 'class ManagedPolicySet {}\nclass ManagerRole {}\n' }))).toEqual([]);
  });
});
