import type { Estimate } from '../../../src/cost/pricing';
import { estimateOf, facts } from './priced';

describe('an estimate', () => {
  test('can be written as JSON and read back', () => {
    const made = estimateOf(
      [
        {
          type: 'AWS::SageMaker::NotebookInstance',
          properties: { InstanceType: 'ml.t3.medium', Tags: { 'ml-owner': 'a' } },
        },
        { type: 'AWS::S3::Bucket' },
        { type: 'AWS::Thing::Thing' },
      ],
      { facts: [facts('Stack', { usage: { s3StorageGb: 5 } })] },
    );

    const read: Estimate = JSON.parse(JSON.stringify(made));
    expect(read).toEqual(made);
    expect([made.items.length, made.byUse.length, made.unpriced.length]).toEqual([3, 2, 1]);
  });

  test('says of every amount what it is made of', () => {
    const { items } = estimateOf([{ type: 'AWS::KMS::Key' }, { type: 'AWS::EC2::NatGateway', logicalId: 'Nat' }]);

    for (const { quantity, unitUsd, monthlyUsd, unit, region, description } of items) {
      expect(monthlyUsd).toBeCloseTo(quantity * unitUsd, 6);
      expect([unit, region, description].every((text) => text !== '')).toBe(true);
    }
  });
});
