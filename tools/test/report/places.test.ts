import { merged, placeOf } from '../../src/report/places';
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
  ['jobs', 'arn:aws:sagemaker:us-east-1:1:training-job/*', 'SageMaker', 'training-job/*', []],
  ['images of others', 'arn:aws:ecr:us-east-1:*:repository/*', 'ECR', 'repository/* of any account', []],
  ['another type', { 'Fn::GetAtt': ['Odd', 'Arn'] }, 'Odd Thing', 'Team/Odd', []],
])('%s', (_, value, kind, name, within) => {
  const pieces = references.pieces(stack, value);

  expect(placeOf(pieces, ['ec2:A', 'glue:B', 'ec2:C'])).toEqual({ kind, name, within });
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
