import { allows, identityStatements, matches, Statement, statementsOf } from '../../src/compliance/policy-statements';

describe('the statements of a policy', () => {
  test('are read with one value or a list of them', () => {
    const document = {
      Statement: {
        Effect: 'Allow',
        Principal: { AWS: ['a', { Ref: 'B' }], Service: 'c' },
        Action: 's3:GetObject',
        Resource: [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }],
        Condition: { StringEquals: { 'AWS:SourceAccount': { Ref: 'AWS::AccountId' } }, Null: { x: false } },
      },
    };

    expect(statementsOf(document)).toEqual([
      {
        place: 'Properties.PolicyDocument.Statement.0',
        effect: 'Allow',
        actions: ['s3:GetObject'],
        notActions: [],
        resources: ['${Bucket.Arn}'],
        principals: [
          { kind: 'AWS', name: 'a' },
          { kind: 'AWS', name: '${B}' },
          { kind: 'Service', name: 'c' },
        ],
        conditions: [
          { operator: 'StringEquals', key: 'aws:sourceaccount', values: ['${AWS::AccountId}'] },
          { operator: 'Null', key: 'x', values: ['false'] },
        ],
      },
    ]);
  });

  test('are those of all inline policies of a role, with their places', () => {
    const PolicyDocument = { Statement: [{ Effect: 'Allow' }, { Effect: 'Deny' }] };
    const properties = { Policies: [{ PolicyDocument }, { Ref: 'AWS::NoValue' }, { PolicyDocument }] };

    const places = identityStatements({ logicalId: 'Role', type: 'AWS::IAM::Role', properties }).map(
      (each) => each.place,
    );

    expect(places).toEqual([
      'Properties.Policies.0.PolicyDocument.Statement.0',
      'Properties.Policies.0.PolicyDocument.Statement.1',
      'Properties.Policies.2.PolicyDocument.Statement.0',
      'Properties.Policies.2.PolicyDocument.Statement.1',
    ]);
  });

  test('count all but a few resources or principals as all', () => {
    const [statement] = statementsOf({ Statement: { Effect: 'Allow', NotPrincipal: { AWS: 'a' }, NotResource: 'b' } });

    expect(statement).toMatchObject({ principals: [{ kind: 'AWS', name: '*' }], resources: ['*'] });
  });

  test('are none in a document that is known only at deployment', () => {
    expect(statementsOf({ 'Fn::GetAtt': ['Custom', 'Policy'] })).toEqual([]);
  });
});

test.each([
  ['iam:PassRole', true],
  ['IAM:passrole', true],
  ['iam:Pass*', true],
  ['iam:PassRol?', true],
  ['*', true],
  ['iam:PassRoles', false],
  ['xiam:PassRole', false],
  ['iam.PassRole', false],
])('%s matches iam:PassRole: %p', (pattern, expected) => {
  expect(matches(pattern, 'iam:PassRole')).toBe(expected);
});

test.each<[string, Partial<Statement>, boolean]>([
  ['an Allow that names it', { actions: ['iam:*'] }, true],
  ['an Allow that names another', { actions: ['s3:*'] }, false],
  ['an Allow of all but another', { notActions: ['s3:*'] }, true],
  ['an Allow of all but it', { notActions: ['iam:*'] }, false],
  ['a Deny that names it', { effect: 'Deny', actions: ['iam:PassRole'] }, false],
])('%s allows an action: %#', (_, statement, expected) => {
  expect(allows({ effect: 'Allow', actions: [], notActions: [], ...statement } as Statement, 'iam:PassRole')).toBe(
    expected,
  );
});
