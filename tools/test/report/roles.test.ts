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
  expect(group.limits).toMatchObject([{ name: 'Team/Most', rights: [{ access: 'read' }], when: [] }]);
});

test('a role without an owner keeps the variable, since IAM would find no tag', () => {
  const [group] = groups({
    Policy: policy(OWN),
    Role: { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: [{ Ref: 'Policy' }] } },
  });

  expect(group.rights[0].places[0].within).toEqual(['users/${aws:PrincipalTag/ml-owner}/*']);
});

test('roles with the same text in other stacks are groups of their own where it means other resources', () => {
  const Policies = [{ PolicyDocument: document({ 'Fn::GetAtt': ['Data', 'Arn'] }) }];
  const Resources = {
    Data: { Type: 'AWS::S3::Bucket' },
    Role: { Type: 'AWS::IAM::Role', Properties: { Policies } },
  };
  const found = roleGroups(assemblyOf([stackOf('A', { Resources }), stackOf('B', { Resources })]));

  expect(found.map(({ rights }) => rights[0].places[0].name)).toEqual(['A/Data', 'B/Data']);
});

test('roles of other accounts are groups of their own, since rights do not repeat the account', () => {
  const Policies = [{ PolicyDocument: document({ 'Fn::Sub': 'arn:aws:glue:${AWS::Region}:${AWS::AccountId}:job/a' }) }];
  const Resources = { Role: { Type: 'AWS::IAM::Role', Properties: { Policies } } };
  const stacks = ['1', '2'].map((account) => stackOf(`In${account}`, { account, region: 'a', Resources }));

  expect(roleGroups(assemblyOf(stacks))).toHaveLength(2);
});

test('the name of an owner and keys of tags are taken literally', () => {
  const [group] = groups({
    Policy: policy('arn:aws:s3:::data/${aws:PrincipalTag/constructor}/${aws:PrincipalTag/ml-owner}'),
    Role: role('$&$1'),
  });

  expect(ofOwner(group.rights[0], '$&$1').places[0].within).toEqual(['${aws:PrincipalTag/constructor}/$&$1']);
});

test('rights of a conditional policy say their condition, and stay apart from those without', () => {
  const conditional = { 'Fn::If': ['C', { Ref: 'Policy' }, { Ref: 'AWS::NoValue' }] };
  const arns = (ManagedPolicyArns: unknown) => ({ Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns } });
  const found = groups({ Policy: policy(OWN), A: arns([conditional]), B: arns([{ Ref: 'Policy' }]) });

  expect(found.map(({ rights }) => rights[0].conditions)).toEqual([['if C'], []]);
});

test('where conditions decide on a boundary, each choice is told', () => {
  const NONE = { Ref: 'AWS::NoValue' };
  const bound = (PermissionsBoundary: unknown) =>
    groups({
      Most: policy('*'),
      Nothing: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement: [] } } },
      Role: { Type: 'AWS::IAM::Role', Properties: { PermissionsBoundary } },
    })[0].limits;

  expect(bound(NONE)).toEqual([]);
  expect(bound({ Ref: 'Nothing' })).toEqual([{ name: 'Team/Nothing', rights: [], when: [] }]);
  expect(bound('arn:most')).toEqual([{ name: 'arn:most', when: [] }]);
  expect(bound({ 'Fn::If': ['C', { Ref: 'Most' }, NONE] })).toMatchObject([
    { name: 'Team/Most', rights: [{ access: 'read' }], when: ['if C'] },
    { when: ['unless C'] },
  ]);
});

test('roles that the app does not define, and what it attaches to them, are told apart', () => {
  const found = groups({
    P: attached('AWS::IAM::Policy', { Roles: ['imported-role'] }),
    Role: { Type: 'AWS::IAM::Role' },
  });

  expect(found.map(({ roles, rights }) => [roles[0].path, roles[0].isElsewhere, rights.length])).toEqual([
    ['Team/Role', undefined, 0],
    ['imported-role', true, 1],
  ]);
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

function document(Resource: unknown) {
  return { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource }] };
}
