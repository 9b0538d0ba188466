import { References } from '../../src/report/references';
import { rightsIn, UNREAD } from '../../src/report/rights';
import { assemblyOf, stackOf } from './apps';

const stack = stackOf('Team', { Resources: { Data: { Type: 'AWS::S3::Bucket' } } });

test('reading and writing of one statement are told apart, each with places, actions and conditions', () => {
  const statement = {
    Effect: 'Allow',
    Action: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
    Resource: { 'Fn::Sub': '${Data.Arn}/raw/*' },
    Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } },
  };
  const places = [{ kind: 'S3 bucket', name: 'Team/Data', within: ['raw/*'] }];
  const conditions = ['the VPC is vpc-1'];

  expect(rights(statement)).toEqual([
    { denied: false, access: 'read', places, actions: ['s3:GetObject'], conditions },
    { denied: false, access: 'write', places, actions: ['s3:PutObject', 's3:DeleteObject'], conditions },
  ]);
});

test('a denial is one', () => {
  expect(rights({ Effect: 'Deny', Action: 's3:DeleteBucket', Resource: '*' })).toEqual([
    expect.objectContaining({ denied: true, access: 'write' }),
  ]);
});

test('what is excepted is said to be, of every service', () => {
  const [allowed] = rights({ Effect: 'Allow', NotAction: ['iam:*', 'organizations:*'], Resource: '*' });
  const [denied] = rights({ Effect: 'Deny', NotAction: 's3:*', Resource: '*' });
  const places = [{ kind: 'every service', name: 'everything', within: [] }];

  expect(allowed).toMatchObject({ places, actions: ['everything except iam:*, organizations:*'] });
  expect(denied).toMatchObject({ denied: true, places, actions: ['everything except s3:*'] });
});

test('all but some resources is one place, and only what is named is excepted', () => {
  const NotResource = ['arn:aws:s3:::b', { 'Fn::GetAtt': ['Data', 'Arn'] }, 'arn:aws:s3:::c/*'];
  const [right, ...others] = rights({ Effect: 'Allow', Action: ['s3:GetObject', 's3:GetBucketAcl'], NotResource });
  const name = 'everything but S3 bucket b: itself and S3 bucket Team/Data: itself and S3 bucket c: *';

  expect(right.places).toEqual([{ kind: '', name, within: [] }]);
  expect(others).toEqual([]);
});

test('a denial for a bucket is not one for what is in it', () => {
  const [right] = rights({ Effect: 'Deny', Action: 's3:*', Resource: 'arn:aws:s3:::data' });

  expect(right.places[0]).toMatchObject({ name: 'data', within: ['itself'] });
});

test.each([
  ['an intrinsic', { 'Fn::GetAtt': ['X', 'Statement'] }, 'X.Statement'],
  ['an effect of the deployment', { Effect: { Ref: 'E' }, Action: 's3:*', Resource: '*' }, '{"Ref":"E"}'],
  ['no effect', { Action: 's3:*', Resource: '*' }, 's3:*'],
  ['no action', { Effect: 'Deny', Resource: '*' }, 'Deny'],
  ['no resource', { Effect: 'Allow', Action: 's3:*' }, 's3:*'],
  ['both kinds of action', { Effect: 'Allow', Action: 'a:B', NotAction: 'c:D', Resource: '*' }, 'c:D'],
  ['a key that IAM may read', { Effect: 'Deny', Action: 'a:B', Resource: '*', condition: {} }, 'condition'],
])('a statement with %s may allow anything, and is shown as it is', (_, statement, literal) => {
  const [right] = rights(statement);

  expect(right).toMatchObject({ denied: false, access: 'do anything with', actions: [UNREAD] });
  expect(right.places[0].name).toContain(literal);
});

test.each([
  ['none', undefined],
  ['an intrinsic', { Ref: 'Document' }],
  ['an include', { 'Fn::Transform': { Name: 'AWS::Include' } }],
  ['text', 'x'],
  ['keys in other letters', { statement: [] }],
])('a document that is %s may allow anything', (_, content) => {
  expect(document(content)).toEqual([expect.objectContaining({ access: 'do anything with', actions: [UNREAD] })]);
});

test('a document without statements allows nothing, and one in text is read', () => {
  const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };

  expect(document({ Version: '2012-10-17', Statement: [] })).toEqual([]);
  expect(document(JSON.stringify({ Statement: statement }))).toEqual(rights(statement));
});

test('both sides of each condition of the template are shown, wherever it stands', () => {
  const statement = (Action: unknown) => ({ Effect: 'Allow', Action, Resource: '*' });
  const either = (one: unknown, other: unknown = { Ref: 'AWS::NoValue' }) => ({ 'Fn::If': ['C', one, other] });
  const told = (found: ReturnType<typeof rights>) => found.map((right) => [right.actions, right.conditions]);

  expect(told(document(either({ Statement: statement('s3:*') }, { Statement: statement('iam:*') })))).toEqual([
    [['s3:*'], ['if C']],
    [['iam:*'], ['unless C']],
  ]);
  expect(told(rights([either(statement('s3:*'))]))).toEqual([[['s3:*'], ['if C']]]);
  expect(told(rights(statement(either(['s3:*'], 'iam:*'))))).toEqual([[['s3:* (if C)', 'iam:* (unless C)'], []]]);
  expect(told(rights({ ...statement('s3:*'), Effect: either('Allow', 'Deny') }))).toEqual([
    [['s3:*'], ['if C']],
    [['s3:*'], ['unless C']],
  ]);
  expect(rights({ ...statement('s3:*'), Resource: ['arn:aws:s3:::a', either('arn:aws:s3:::b')] })[0].places).toEqual([
    { kind: 'S3 bucket', name: 'a', within: [] },
    { kind: 'S3 bucket', name: 'b (if C)', within: [] },
  ]);
});

test('an action that only the deployment knows allows anything, and denies no more than it is', () => {
  const statement = { Action: [{ 'Fn::Sub': 's3:${Unknown}' }, 's3:GetObject'], Resource: '*' };
  const [allowed, read] = rights({ Effect: 'Allow', ...statement });
  const [denied] = rights({ Effect: 'Deny', ...statement });

  expect(allowed).toMatchObject({ access: 'do anything with', actions: [`s3:{Unknown} (${UNREAD})`] });
  expect(allowed.places[0].kind).toBe('every service');
  expect(read).toMatchObject({ access: 'read', actions: ['s3:GetObject'] });
  expect(denied).toMatchObject({ access: 'act on', actions: ['s3:{Unknown} (could not be read)'] });
});

test('a denial keeps a condition that only the deployment knows', () => {
  const Condition = { 'Fn::If': ['C', { StringEquals: { 'aws:SourceVpc': 'v' } }, { Ref: 'Other' }] };
  const [right] = rights({ Effect: 'Deny', Action: 's3:*', Resource: '*', Condition });

  expect(right.conditions).toEqual(['if C: the VPC is v', 'unless C: could not be read: {Other}']);
});

function rights(Statement: unknown) {
  return document({ Statement });
}

function document(content: unknown) {
  return rightsIn({ stack, content }, new References(assemblyOf([stack])));
}
