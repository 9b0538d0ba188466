import { cents, counts, percent, price, typeOf } from '../../src/report/amounts';

test('a price of a unit keeps the digits that it has', () => {
  expect([0.05, 0.0000054, 0.3, 1234.5].map(price)).toEqual(['$0.05', '$0.0000054', '$0.3', '$1,234.5']);
});

test('a quantity says its unit in the number that it has', () => {
  expect([counts(730, 'hour'), counts(1, 'key-month'), counts(200, 'GB-month'), counts(1.234, 'GB')]).toEqual([
    '730 hours',
    '1 key-month',
    '200 GB-months',
    '1.23 GB',
  ]);
});

test('types are read as people call them where that tells them apart, else without AWS, and sums without the digits of binary fractions', () => {
  expect(
    [
      'AWS::SageMaker::NotebookInstance',
      'AWS::EC2::VPCEndpoint',
      'AWS::EFS::FileSystem',
      'AWS::FSx::FileSystem',
      'AWS::Logs::LogGroup',
    ].map((resourceType) => typeOf({ resourceType })),
  ).toEqual(['Notebook', 'Private endpoint', 'EFS FileSystem', 'FSx FileSystem', 'Logs LogGroup']);
  expect(cents(0.1 + 0.2)).toBe(0.3);
});

test('a share that is more than nothing is not written as nothing', () => {
  expect([0, 0.04, 0.1, 2.44, 12.4].map(percent)).toEqual(['0 %', '<0.1 %', '0.1 %', '2.4 %', '12 %']);
});
