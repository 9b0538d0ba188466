import { reach } from '../../../src/report/sections/reach';
import { assemblyOf, contentsWith, stackOf, textOf } from '../apps';

test('shows each of a few owners with the own name, and denials as such', () => {
  const text = textOf(pageOf(['bob', 'alice']));

  expect(text).toContain('Owners alice Team/alice: 1 right, 1 denial');
  expect(text).toContain('read S3 bucket data: users/alice/* the VPC is vpc-1 s3:GetObject');
  expect(text).toContain('never write S3 everything – s3:DeleteBucket');
  expect(text.indexOf('users/alice')).toBeLessThan(text.indexOf('users/bob'));
});

test('describes many owners with the same rights together, and says who they are', () => {
  const owners = Array.from({ length: 11 }, (_, index) => `owner-${index}`);
  const page = pageOf(owners);

  expect(page.match(/<details class="fold">/g)).toHaveLength(1);
  expect(textOf(page)).toContain('11 owners with the same rights 1 right, 1 denial');
  expect(textOf(page)).toContain('users/‹owner›/*');
  expect(textOf(page)).toContain('owner-0, owner-1, owner-10');
});

test('names boundaries and policies that stand elsewhere', () => {
  const Properties = {
    ManagedPolicyArns: ['arn:aws:iam::aws:policy/A', 'arn:aws:iam::aws:policy/B'],
    PermissionsBoundary: 'arn:aws:iam::aws:policy/Most',
  };
  const stack = stackOf('Team', { Resources: { R: { Type: 'AWS::IAM::Role', Properties } } });
  const text = textOf(reach(contentsWith(assemblyOf([stack]))));

  expect(text).toContain('Roles of the infrastructure Team/R 0 rights, 2 policies from elsewhere');
  expect(text).toContain(
    'Also has the policy arn:aws:iam::aws:policy/A , which no template of this app holds: it could not be read and may allow anything.',
  );
  expect(text).toContain(
    'no more than the boundary arn:aws:iam::aws:policy/Most allows, which no template of this app holds: it could not be read.',
  );
});

test('names roles from elsewhere, and what it does not read', () => {
  const PolicyDocument = { Statement: { Effect: 'Allow', NotResource: 'arn:aws:s3:::b/*', Action: 's3:GetObject' } };
  const Resources = {
    P: { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument, Roles: ['imported-role'] } },
    User: { Type: 'AWS::IAM::User' },
    Nested: { Type: 'AWS::CloudFormation::Stack' },
  };
  const text = textOf(reach(contentsWith(assemblyOf([stackOf('Team', { Resources })]))));

  expect(text).toMatch(/Roles from elsewhere .* imported-role 1 right/);
  expect(text).toContain('read everything but S3 bucket b: * – s3:GetObject');
  expect(text).not.toContain('Roles of the infrastructure');
  expect(text).toContain('Not read: 1 resource with policies of users and groups Team/User');
  expect(text).toContain('and may define more roles Team/Nested');
  for (const kind of ['trust policies', 'users and groups', 'buckets, keys and endpoints', 'SCPs']) {
    expect(text).toContain(kind);
  }
});

test('says where conditions of the template decide on a boundary, and where it allows nothing', () => {
  const Nothing = { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement: [] } } };
  const PermissionsBoundary = { 'Fn::If': ['C', { Ref: 'Nothing' }, { Ref: 'AWS::NoValue' }] };
  const Resources = { Nothing, Role: { Type: 'AWS::IAM::Role', Properties: { PermissionsBoundary } } };
  const text = textOf(reach(contentsWith(assemblyOf([stackOf('Team', { Resources })]))));

  expect(text).toContain('if C : no more than the boundary Team/Nothing allows, which allows nothing.');
  expect(text).toContain('unless C : no boundary.');
});

test('says so where there are no roles', () => {
  expect(textOf(reach(contentsWith(assemblyOf([]))))).toContain('No stack of this app defines a role.');
});

function pageOf(owners: readonly string[]): string {
  const Statement = [
    {
      Effect: 'Allow',
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::data/users/${aws:PrincipalTag/ml-owner}/*',
      Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } },
    },
    { Effect: 'Deny', Action: 's3:DeleteBucket', Resource: '*' },
  ];
  const roles = owners.map((owner) => [
    owner,
    {
      Type: 'AWS::IAM::Role',
      Properties: { Policies: [{ PolicyDocument: { Statement } }], Tags: [{ Key: 'ml-owner', Value: owner }] },
    },
  ]);
  return String(reach(contentsWith(assemblyOf([stackOf('Team', { Resources: Object.fromEntries(roles) })]))));
}
