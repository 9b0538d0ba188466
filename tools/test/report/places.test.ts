import { allBut, merged, placeOf, wholly } from '../../src/report/places';
import { References } from '../../src/report/references';
import { assemblyOf, stackOf } from './apps';

const stack = stackOf('Team', { Resources: { Data: { Type: 'AWS::S3::Bucket' }, Odd: { Type: 'AWS::Odd::Thing' } } });
const references = new References(assemblyOf([stack]));
const arn = { 'Fn::GetAtt': ['Data', 'Arn'] };

test.each([
  ['a bucket', arn, 'S3 bucket', 'Team/Data', []],
  ['objects in it', { 'Fn::Join': ['', [arn, '/users/*']] }, 'S3 bucket', 'Team/Data', ['users/*']],
  ['a bucket by its name', { 'Fn::Sub': 'arn:aws:s3:::${Data}/raw/*' }, 'S3 bucket', 'Team/Data', ['raw/*']],
  ['a bucket of others', 'arn:aws:s3:::theirs/a/b', 'S3 bucket', 'theirs', ['a/b']],
  ['any bucket', 'arn:aws:s3:::*', 'S3 bucket', 'any bucket', []],
  ['everything', '*', 'EC2, Glue', 'everything', []],
  ['jobs', 'arn:aws:sagemaker:us-east-1:1:training-job/*', 'SageMaker', 'training-job/* of account 1 in us-east-1', []],
  ['images of others', 'arn:aws:ecr:us-east-1:*:repository/*', 'ECR', 'repository/* of any account in us-east-1', []],
  [
    'jobs of the own account',
    { 'Fn::Sub': 'arn:aws:glue:${AWS::Region}:${AWS::AccountId}:job/a' },
    'Glue',
    'job/a',
    [],
  ],
  ['everything by two stars', '**', 'EC2, Glue', 'everything', []],
  ['what begins like a bucket', { 'Fn::Sub': '${Data.Arn}*' }, 'S3 bucket', '{Team/Data}*', []],
  ['another bucket', { 'Fn::Sub': '${Data.Arn}-backup/*' }, 'S3 bucket', '{Team/Data}-backup', ['*']],
  ['another bucket by its name', { 'Fn::Sub': 'arn:aws:s3:::${Data}-b/*' }, 'S3 bucket', '{Team/Data}-b', ['*']],
  ['a bucket that ends so', { 'Fn::Sub': 'arn:aws:s3:::a-${Data}/b/c' }, 'S3 bucket', 'a-{Team/Data}', ['b/c']],
  ['a name in an ARN', { 'Fn::Sub': 'arn:aws:iam::1:role/${Odd}' }, 'IAM', 'role/{Team/Odd} of account 1', []],
  ['another attribute', { 'Fn::GetAtt': ['Odd', 'StreamArn'] }, 'Odd Thing', 'Team/Odd.StreamArn', []],
  ['a parameter', { Ref: 'Unknown' }, 'EC2, Glue', '{Unknown} (could not be read: may be anything)', []],
  ['a service without a name here', 'arn:aws:constructor:::x', 'constructor', 'x', []],
  ['any service', 'arn:aws:*:*:*:*', 'every service', '* of any account in any region', []],
  [
    'a condition in an ARN',
    { 'Fn::Join': [':', ['arn:aws:glue', { 'Fn::If': ['C', 'a', 'b'] }, '', 'job/*']] },
    'Glue',
    'job/* in {{"Fn::If":["C","a","b"]}}',
    [],
  ],
  ['another type', { 'Fn::GetAtt': ['Odd', 'Arn'] }, 'Odd Thing', 'Team/Odd', []],
])('%s', (_, value, kind, name, within) => {
  const pieces = references.pieces(stack, value);

  expect(placeOf(pieces, ['ec2:A', 'glue:B', 'ec2:C'], stack)).toEqual({ kind, name, within });
});

test('parts of one place stand together, with the place itself if it is meant, too', () => {
  const bucket = { kind: 'S3 bucket', name: 'data' };

  expect(
    merged([
      { ...bucket, within: ['a'] },
      { ...bucket, within: ['b'] },
    ]),
  ).toEqual([{ ...bucket, within: ['a', 'b'] }]);
  expect(
    merged([
      { ...bucket, within: [] },
      { ...bucket, within: ['b'] },
    ]),
  ).toEqual([{ ...bucket, within: ['itself', 'b'] }]);
  expect(
    merged([
      { ...bucket, within: [] },
      { ...bucket, name: 'other', within: [] },
    ]),
  ).toHaveLength(2);
});

test('an account or region goes without saying only where it is that of the stack', () => {
  const known = { ...stack, account: '1', region: 'us-east-1' };
  const place = (account: string, region: string) =>
    placeOf([`arn:aws:glue:${region}:${account}:job/a`], [], known).name;

  expect(place('1', 'us-east-1')).toBe('job/a');
  expect(place('2', 'us-east-1')).toBe('job/a of account 2');
  expect(place('1', 'eu-west-1')).toBe('job/a in eu-west-1');
  expect(place('{account}', 'us-east-1')).toBe('job/a of account {account}');
});

test('places of different accounts are not merged', () => {
  const places = ['1', '2'].map((account) => placeOf([`arn:aws:glue::${account}:job/a`], [], stack));

  expect(merged(places)).toHaveLength(2);
});

test('what a custom resource gives may be anything', () => {
  const custom = stackOf('Team', { Resources: { X: { Type: 'Custom::X' } } });
  const pieces = new References(assemblyOf([custom])).pieces(custom, { 'Fn::GetAtt': ['X', 'Arn'] });

  expect(placeOf(pieces, [], custom).name).toBe('{Team/X.Arn} (could not be read: may be anything)');
});

test('only a bucket that stands alone is meant without what is in it', () => {
  const bucket = { kind: 'S3 bucket', name: 'b', within: [] };

  expect(wholly(bucket).within).toEqual(['itself']);
  for (const place of [
    { ...bucket, name: 'b*' },
    { ...bucket, name: 'any bucket' },
    { ...bucket, kind: 'KMS key' },
  ]) {
    expect(wholly(place)).toBe(place);
  }
  expect(merged([wholly(bucket), { ...bucket, within: ['*', '*'] }])[0].within).toEqual(['itself', '*']);
});

test('exceptions are one place', () => {
  const places = [
    { kind: 'S3 bucket', name: 'b', within: ['x', 'y'] },
    { kind: '', name: '{Unknown}', within: [] },
  ];

  expect(allBut(places)).toEqual({ kind: '', name: 'everything but S3 bucket b: x, y and {Unknown}', within: [] });
});

test('names of any length take little time', () => {
  const started = performance.now();
  placeOf([`arn:aws:s3:::${'${'.repeat(50_000)}`], [], stack);

  expect(performance.now() - started).toBeLessThan(1_000);
});
