import { PoliciesOfRoles, unshownIn } from '../../src/report/policies';
import { References } from '../../src/report/references';
import { assemblyOf, StackOptions, stackOf } from './apps';

const PolicyDocument = { Statement: [] };
const NONE = { Ref: 'AWS::NoValue' };
const either = (one: unknown, other: unknown = NONE) => ({ 'Fn::If': ['C', one, other] });

test.each([
  ['one inline policy', [either({ PolicyDocument })], [['if C']]],
  ['either of two', [either({ PolicyDocument }, { PolicyDocument })], [['if C'], ['unless C']]],
  ['all inline policies', either([{ PolicyDocument }]), [['if C']]],
  ['a policy of nobody knows what', { Ref: 'Parameter' }, [[]]],
])('a condition that chooses %s leaves none out', (_, Policies, expected) => {
  expect(policiesOf({ Role: role({ Policies }) }).map(({ when }) => when)).toEqual(expected);
});

test('what cannot be read as an inline policy is kept whole', () => {
  const [policy] = policiesOf({ Role: role({ Policies: [{ Ref: 'Parameter' }] }) });

  expect(policy.document?.content).toEqual({ Ref: 'Parameter' });
});

test.each([
  ['Roles', 'AWS::IAM::Policy', { Roles: ['boss'] }],
  ['Roles of a managed policy', 'AWS::IAM::ManagedPolicy', { Roles: ['boss'] }],
  ['RoleName', 'AWS::IAM::RolePolicy', { RoleName: 'boss' }],
])('a policy is that of a role with the literal name in its %s', (_, Type, properties) => {
  const found = policiesOf({
    Role: role({ RoleName: 'boss' }),
    P: { Type, Properties: { PolicyDocument, ...properties } },
  });

  expect(found).toMatchObject([{ name: 'Team/P', when: [] }]);
});

test('a policy attached, or existing, under a condition says it', () => {
  const attached = policiesOf({
    Role: role({}),
    P: { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument, Roles: [either({ Ref: 'Role' })] } },
  });
  const P = { Type: 'AWS::IAM::Policy', Condition: 'D', Properties: { PolicyDocument, Roles: [{ Ref: 'Role' }] } };

  expect(attached[0].when).toEqual(['if C']);
  expect(policiesOf({ Role: role({}), P })[0].when).toEqual(['if D']);
});

test('a policy that role and policy both name is there once, and two of one path are two', () => {
  const P = { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument, Roles: [{ Ref: 'Role' }] } };
  const Role = role({ ManagedPolicyArns: [{ Ref: 'P' }, { Ref: 'Q' }] });
  const stack = stackOf('Team', { Resources: { Role, P, Q: { ...P, Properties: { PolicyDocument } } } });
  const same = { ...stack, resources: stack.resources.map((each) => ({ ...each, path: `Team/${each.type}` })) };
  const policies = new PoliciesOfRoles({ stacks: [same] }, new References({ stacks: [same] }));

  expect(policies.of(same, same.resources[0])).toHaveLength(2);
});

test('a name is that of a role of the own stack, else of one that may be of the same account', () => {
  const P = { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument, Roles: ['boss'] } };
  const boss = (path: string, account?: string) =>
    stackOf(path, { account, Resources: { Role: role({ RoleName: 'boss' }) } });
  const attaching = (account?: string) => stackOf('Attaching', { account, Resources: { P } });
  const conditions = (from: ReturnType<typeof attaching>, ...others: ReturnType<typeof boss>[]) => {
    const stacks = [...others, from];
    const policies = new PoliciesOfRoles({ stacks }, new References({ stacks }));
    const own = others.map((stack) => policies.of(stack, stack.resources[0]).map(({ when }) => when));
    return [own, policies.elsewhere.length];
  };

  expect(conditions(attaching('1'), boss('One', '1'), boss('Two', '2'))).toEqual([[[[]], []], 0]);
  const both = stackOf('Both', { Resources: { Role: role({ RoleName: 'boss' }), P } });

  expect(conditions(both, boss('One'))).toEqual([[[]], 0]);
  expect(conditions(attaching('3'), boss('One', '1'))).toEqual([[[]], 1]);
  expect(conditions(attaching(), boss('One'))).toEqual([[[['if Attaching and One are in one account']]], 0]);
});

test.each([
  ['a name', 'imported', 'imported'],
  ['an unknown name', { Ref: 'Parameter' }, '{Parameter}'],
  ['another resource', { Ref: 'Data' }, 'Team/Data'],
])('policies for %s that is no role of the app are kept, under that name', (_, name, expected) => {
  const stack = stackOf('Team', {
    Resources: {
      Data: { Type: 'AWS::S3::Bucket' },
      P: { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument, Roles: [name] } },
      Q: { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument, Roles: [either(name)] } },
    },
  });
  const { elsewhere } = new PoliciesOfRoles({ stacks: [stack] }, new References({ stacks: [stack] }));

  expect(elsewhere).toMatchObject([{ name: expected, policies: [{ when: [] }, { when: ['if C'] }] }]);
});

test('users, groups, their policies and templates from elsewhere are named', () => {
  const policy = (properties: object) => ({ Type: 'AWS::IAM::Policy', Properties: { PolicyDocument, ...properties } });
  const Resources = {
    User: { Type: 'AWS::IAM::User' },
    Group: { Type: 'AWS::IAM::Group' },
    OfUser: policy({ Users: ['a'] }),
    OfGroup: policy({ Groups: ['a'], Roles: ['b'] }),
    OfRole: policy({ Roles: ['b'] }),
    Nested: { Type: 'AWS::CloudFormation::Stack' },
  };

  expect(unshownIn(assemblyOf([stackOf('Team', { Resources })]))).toEqual({
    users: ['Team/User', 'Team/Group', 'Team/OfUser', 'Team/OfGroup'],
    templates: ['Team/Nested'],
  });
});

function role(Properties: { [name: string]: unknown }) {
  return { Type: 'AWS::IAM::Role', Properties };
}

function policiesOf(Resources: NonNullable<StackOptions['Resources']>) {
  const stack = stackOf('Team', { Resources });
  const resource = stack.resources.find(({ type }) => type === 'AWS::IAM::Role');
  return new PoliciesOfRoles({ stacks: [stack] }, new References({ stacks: [stack] })).of(stack, resource!);
}
