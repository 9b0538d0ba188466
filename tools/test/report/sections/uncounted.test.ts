import { notCounted } from '../../../src/report/sections/uncounted';
import { estimateWith, itemOf, textOf } from '../apps';

test('names costs by use once, with price, measure and constructs', () => {
  const use = {
    ...itemOf({ description: 'Storage', unit: 'GB-month', unitUsd: 0.0245, resourceType: 'AWS::S3::Bucket' }),
    measure: 's3StorageGb',
  };
  const text = textOf(
    notCounted(
      estimateWith({
        byUse: [
          { ...use, constructPath: 'A' },
          { ...use, constructPath: 'B' },
        ],
      }),
    ),
  );

  expect(text).toContain('Storage S3 bucket $0.0245 per GB-month s3StorageGb 2 constructs A B');
});

test('names what has no price with the reason, and no more than forty constructs of it', () => {
  const unpriced = Array.from({ length: 45 }, (_, index) => ({
    ...itemOf({ constructPath: `P${index}` }),
    reason: 'no price',
  }));
  const text = textOf(notCounted(estimateWith({ unpriced })));

  expect(text).toContain('Notebook no price 45 constructs P0');
  expect(text).toContain('P39 and 5 more');
  expect(text).not.toContain('P40 ');
});

test('names machines without a price first, and last what only use costs', () => {
  const missing = { ...itemOf({ resourceType: 'AWS::Other::Thing' }), reason: 'no price' };
  const unpriced = [
    { ...missing, resourceType: 'AWS::Other::Use', byUse: true as const },
    missing,
    { ...missing, resourceType: 'AWS::SageMaker::NotebookInstance', machine: true as const },
  ];
  const text = textOf(notCounted(estimateWith({ unpriced })));

  expect(text).toMatch(/Notebook machine no price.*Other Thing no price.*Other Use by use no price/);
});

test('says what the figures rest on, and that nothing is left out where nothing is', () => {
  const text = textOf(notCounted(estimateWith({ assumptions: ['A month has 730 hours.'] })));

  expect(text).toContain('A month has 730 hours.');
  expect(text).toContain('Nothing here depends on use');
  expect(text).toContain('Everything in this app has a known price or is free.');
});
