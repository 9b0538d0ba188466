import { ANY_OWNER, ofOwner, roleGroups } from '../../src/report/roles';
import { assemblyOf, StackOptions, stackOf } from './apps';

const OWN = 'arn:aws:s3:::data/users/${aws:PrincipalTag/ml-owner}/*';

test('owners with the same policies are one group, written for any of them', () => {
  const [group, ...others] = groups({ Policy: policy(OWN), Alice: role('alice'), Bob: role('bob') });

  expect(others).toEqual([]);
  expect(group.roles.map(({ owner }) => owner)).toEqual(['alice', 'bob']);
  expect(group.rights[0].places[0].within).toEqual([`users/${ANY_OWNER}/*`]);
  expect(ofOwner(group.rights[0], 'alice').places[0].within).toEqual(['users/alice/*']);
});

test('an owner with one more policy is a group of its own', () => {
  const more = {
    ...policy('arn:aws:s3:::more'),
    Properties: { ...policy('arn:aws:s3:::more').Properties, Roles: [{ Ref: 'Bob' }] },
  };
  const found = groups({ Policy: policy(OWN), More: more, Alice: role('alice'), Bob: role('bob') });

  expect(found.map(({ roles, rights }) => [roles[0].owner, rights.length])).toEqual([
    ['alice', 1],
    ['bob', 2],
  ]);
});

test('a tag that tells owners apart for a policy tells groups apart', () => {
  const found = groups({
    Policy: policy(OWN),
    Alice: role('alice', { 'ml-base': 'a' }),
    Bob: role('bob', { 'ml-base': 'b' }),
  });

  expect(found).toHaveLength(2);
});

test('other tags of the caller become their values, unknown ones stay', () => {
  const content = policy('arn:aws:s3:::${aws:PrincipalTag/ml-base}/${aws:PrincipalTag/other}');
  const [{ rights }] = groups({ Policy: content, Alice: role('alice', { 'ml-base': 'lab' }) });

  expect(rights[0].places[0]).toMatchObject({ name: 'lab', within: ['${aws:PrincipalTag/other}'] });
});

test.each([
  ['inline', { Policies: [{ PolicyDocument: document('arn:aws:s3:::inline') }] }, {}],
  ['AWS::IAM::Policy', {}, { P: attached('AWS::IAM::Policy', { Roles: [{ Ref: 'Alice' }] }) }],
  ['AWS::IAM::RolePolicy', {}, { P: attached('AWS::IAM::RolePolicy', { RoleName: { Ref: 'Alice' } }) }],
])('%s policies count', (_, properties, resources) => {
  const alice = role('alice');
  const found = groups({
    Alice: { ...alice, Properties: { ...alice.Properties, ManagedPolicyArns: [], ...properties } },
    ...resources,
  });

  expect(found[0].rights).toHaveLength(1);
});

test('policies of other stacks are found by their outputs, and those of AWS named as unknown', () => {
  const shared = stackOf('Base', {
    Resources: { Policy: policy(OWN) },
    Outputs: { Arn: { Value: { Ref: 'Policy' } } },
  });
  const arns = [
    { 'Fn::GetStackOutput': { StackName: 'Base', OutputName: 'Arn' } },
    'arn:aws:iam::aws:policy/ReadOnlyAccess',
  ];
  const alice = { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: arns } };
  const [group] = roleGroups(assemblyOf([shared, stackOf('Team', { Resources: { Alice: alice } })]));

  expect(group.rights).toHaveLength(1);
  expect(group.unknown).toEqual(['arn:aws:iam::aws:policy/ReadOnlyAccess']);
});

test('a boundary is told apart from the rights', () => {
  const alice = role('alice');
  const bound = { ...alice, Properties: { ...alice.Properties, PermissionsBoundary: { Ref: 'Most' } } };
  const [group] = groups({ Policy: policy(OWN), Most: policy('*'), Alice: bound });

  expect(group.rights).toHaveLength(1);
  expect(group.boundary).toMatchObject({ name: 'Team/Most', rights: [{ access: 'read' }] });
});

test('a role without an owner keeps the variable, since IAM would find no tag', () => {
  const [group] = groups({
    Policy: policy(OWN),
    Role: { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: [{ Ref: 'Policy' }] } },
  });

  expect(group.rights[0].places[0].within).toEqual(['users/${aws:PrincipalTag/ml-owner}/*']);
});

function groups(Resources: NonNullable<StackOptions['Resources']>) {
  return roleGroups(assemblyOf([stackOf('Team', { Resources })]));
}

function role(owner: string, tags: { [key: string]: string } = {}) {
  const Tags = Object.entries({ 'ml-owner': owner, ...tags }).map(([Key, Value]) => ({ Key, Value }));
  return { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: [{ Ref: 'Policy' }], Tags } };
}

function policy(resource: string) {
  return attached('AWS::IAM::ManagedPolicy', {}, resource);
}

function attached(Type: string, properties: object, resource = OWN) {
  return { Type, Properties: { PolicyDocument: document(resource), ...properties } };
}

function document(Resource: string) {
  return { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource }] };
}
