import { References } from '../../src/report/references';
import { accessOf, rightsIn } from '../../src/report/rights';
import { assemblyOf, stackOf } from './apps';

const stack = stackOf('Team', { Resources: { Data: { Type: 'AWS::S3::Bucket' } } });

test.each([
  ['s3:GetObject', 'read'],
  ['s3:ListBucket', 'read'],
  ['s3:ListMultipartUploadParts', 'write'],
  ['s3:PutObject', 'write'],
  ['sagemaker:CreateTrainingJob', 'write'],
  ['kms:Decrypt', 'use'],
  ['iam:PassRole', 'use'],
  ['s3:*', 'do anything with'],
  ['*', 'do anything with'],
])('%s is to %s', (action, access) => {
  expect(accessOf(action)).toBe(access);
});

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

test('what is excepted is said to be', () => {
  const [right] = rights({ Effect: 'Allow', NotAction: ['iam:*'], NotResource: 'arn:aws:s3:::secret/*' });

  expect(right).toMatchObject({ access: 'do anything with', actions: ['all but iam:*'] });
  expect(right.places).toEqual([{ kind: 'S3 bucket', name: 'everything but secret', within: ['*'] }]);
});

test('a statement that only the deployment knows is shown as it is', () => {
  const [right] = rights({ 'Fn::If': ['C', {}, {}] });

  expect(right.places[0].name).toContain('Fn::If');
});

test('one statement needs no list, and no document has no rights', () => {
  expect(rightsIn({ stack, content: undefined }, new References(assemblyOf([stack])))).toEqual([]);
});

function rights(Statement: unknown) {
  return rightsIn({ stack, content: { Statement } }, new References(assemblyOf([stack])));
}
