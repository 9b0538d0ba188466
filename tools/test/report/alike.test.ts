import { alike } from '../../src/report/alike';
import { ANY_OWNER, ofOwner, roleGroups } from '../../src/report/roles';
import { assemblyOf, stackOf } from './apps';

const OWNERS = ['ada', 'bob.b+c', 'ada-2'];

test('roles whose own policies differ in the name of the owner are one group', () => {
  const [group, ...others] = groupsOf(OWNERS, (owner) => owner);

  expect(others).toEqual([]);
  expect(group.roles.map(({ owner }) => owner)).toEqual(OWNERS);
  expect(JSON.stringify(group.rights)).toContain(ANY_OWNER);
});

test('what a group says of one of its owners is what its policy says', () => {
  const [group] = groupsOf(OWNERS, (owner) => owner);
  for (const owner of OWNERS) {
    const [alone] = groupsOf([owner], () => owner);

    expect(group.rights.map((right) => ofOwner(right, owner))).toEqual(alone.rights);
  }
});

test('who reaches what is of another stays apart', () => {
  const groups = groupsOf(OWNERS, (owner) => (owner === 'ada' ? 'zoe' : owner));

  expect(groups.map(({ roles }) => roles.length)).toEqual([1, 2]);
  expect(JSON.stringify(groups[0].rights)).toContain('users/zoe');
});

test('a name that is part of another word is no name', () => {
  expect(groupsOf(['ada', 'bob'], (owner) => `${owner}mantine`)).toHaveLength(2);
});

test('roles of nobody are together where their rights are the same', () => {
  expect(groupsOf(['ada', 'bob'], () => 'all', false)).toHaveLength(1);
  expect(groupsOf(['ada', 'bob'], (owner) => owner, false)).toHaveLength(2);
});

test('what is in another region is another, though it reads the same', () => {
  expect(groupsOf(OWNERS, (owner) => owner, true, ['us-east-1', 'eu-central-1'])).toHaveLength(2);
});

function groupsOf(
  owners: readonly string[],
  folder: (owner: string) => string,
  tagged = true,
  regions = ['us-east-1'],
) {
  const resources = owners.flatMap((owner, index) => [
    [
      `Role${index}`,
      { Type: 'AWS::IAM::Role', Properties: tagged ? { Tags: [{ Key: 'ml-owner', Value: owner }] } : {} },
    ],
    [
      `Policy${index}`,
      {
        Type: 'AWS::IAM::Policy',
        Properties: {
          Roles: [{ Ref: `Role${index}` }],
          PolicyDocument: {
            Statement: [
              { Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::data/users/${folder(owner)}/*` },
            ],
          },
        },
      },
    ],
  ]);
  const assembly = assemblyOf(
    regions.map((region) => stackOf(region, { region, Resources: Object.fromEntries(resources) })),
  );
  return alike(roleGroups(assembly), assembly);
}
