import { kept } from '../../../src/report/sections/kept';
import { assemblyOf, contentsWith, stackOf, textOf } from '../apps';

test.each([
  ['Retain', 'Retain', 'stays stays'],
  ['Delete', 'Retain', 'deleted with its data stays'],
  [undefined, undefined, 'deleted with its data deleted with its data'],
  ['Snapshot', 'Delete', 'a snapshot stays deleted with its data'],
  ['RetainExceptOnCreate', 'Retain', 'stays, unless its creation fails stays'],
])(
  'a bucket with DeletionPolicy %s and UpdateReplacePolicy %s: %s',
  (DeletionPolicy, UpdateReplacePolicy, expected) => {
    expect(textOf(pageOf({ Type: 'AWS::S3::Bucket', DeletionPolicy, UpdateReplacePolicy }))).toContain(
      `Team/A S3 Bucket Team ${expected}`,
    );
  },
);

test('counts what stays, and warns of data that does not', () => {
  expect(textOf(pageOf({ Type: 'AWS::S3::Bucket', DeletionPolicy: 'Retain' }))).toContain(
    '1 of 1 resource stay when their stack is deleted',
  );
  expect(pageOf({ Type: 'AWS::S3::Bucket' })).toContain(
    '<strong class="bad">1 resource is deleted with its data.</strong>',
  );
});

test('a cluster of a database leaves a snapshot where the template says nothing', () => {
  expect(textOf(pageOf({ Type: 'AWS::RDS::DBCluster' }))).toContain('a snapshot stays deleted with its data');
});

test('what holds no data and does not stay is not listed', () => {
  expect(textOf(pageOf({ Type: 'AWS::IAM::Role' }))).toContain('Nothing stays');
  expect(textOf(pageOf({ Type: 'AWS::IAM::Role', DeletionPolicy: 'Retain' }))).toContain(
    'Team/A IAM Role Team stays deleted',
  );
});

function pageOf(resource: { Type: string; DeletionPolicy?: string; UpdateReplacePolicy?: string }): string {
  return String(kept(contentsWith(assemblyOf([stackOf('Team', { Resources: { A: resource } })]))));
}
