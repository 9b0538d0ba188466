import { cents, counts, price, typeOf } from '../../src/report/amounts';

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

test('types are read without AWS, and sums without the digits of binary fractions', () => {
  expect(typeOf({ resourceType: 'AWS::SageMaker::NotebookInstance' })).toBe('SageMaker NotebookInstance');
  expect(cents(0.1 + 0.2)).toBe(0.3);
});
