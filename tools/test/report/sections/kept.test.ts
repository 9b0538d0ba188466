import { kept } from '../../../src/report/sections/kept';
import { assemblyOf, contentsWith, estimateWith, itemOf, stackOf, textOf } from '../apps';

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
      `Team/A S3 bucket Team ${expected}`,
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

test('what goes on costing is marked, with its cost and the sum of all', () => {
  const Resources = {
    K: { Type: 'AWS::KMS::Key', DeletionPolicy: 'Retain' },
    B: { Type: 'AWS::S3::Bucket', DeletionPolicy: 'Retain' },
    R: { Type: 'AWS::IAM::Role', DeletionPolicy: 'Retain' },
    N: { Type: 'AWS::SageMaker::NotebookInstance' },
  };
  const at = (id: string) => ({ constructPath: `Team/${id}`, resourceType: Resources[id as 'K'].Type });
  const items = [itemOf({ ...at('K'), monthlyUsd: 1.5 }), itemOf(at('N'))];
  const byUse = [{ ...itemOf(at('B')), measure: 's3StorageGb' }];
  const page = String(
    kept(contentsWith(assemblyOf([stackOf('Team', { Resources })]), { estimate: estimateWith({ items, byUse }) })),
  );

  expect(textOf(page)).toContain(
    '3 of 4 resources stay when their stack is deleted, and 2 of them go on costing $1.50 per month plus use until',
  );
  expect(page.match(/<span class="mark warn">stays/g)).toHaveLength(2);
  expect(page.match(/<span class="mark good">stays/g)).toHaveLength(1);
  expect(textOf(page)).toContain('Team/K KMS key Team stays deleted with its data $1.50');
  expect(textOf(page)).toContain('Team/B S3 bucket Team stays deleted with its data by use');
});

test('a snapshot costs, and not what it is of', () => {
  const Resources = { A: { Type: 'AWS::RDS::DBInstance' } };
  const items = [itemOf({ constructPath: 'Team/A', resourceType: 'AWS::RDS::DBInstance' })];
  const page = kept(contentsWith(assemblyOf([stackOf('Team', { Resources })]), { estimate: estimateWith({ items }) }));

  expect(textOf(page)).toContain('1 of them goes on costing by use until');
});

test('what holds no data and does not stay is not listed', () => {
  expect(textOf(pageOf({ Type: 'AWS::IAM::Role' }))).toContain('there is no resource known to hold data');
  expect(textOf(pageOf({ Type: 'AWS::IAM::Role', DeletionPolicy: 'Retain' }))).toContain(
    'Team/A IAM Role Team stays deleted',
  );
});

function pageOf(resource: { Type: string; DeletionPolicy?: string; UpdateReplacePolicy?: string }): string {
  return String(kept(contentsWith(assemblyOf([stackOf('Team', { Resources: { A: resource } })]))));
}
