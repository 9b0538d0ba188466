import { LastingCosts } from '../../src/report/lasting-costs';
import { estimateWith, itemOf } from './apps';

const BUCKET = { path: 'Team/Data', type: 'AWS::S3::Bucket' };
const at = (constructPath: string) => itemOf({ constructPath, resourceType: BUCKET.type, monthlyUsd: 2 });

test('a resource costs what its items sum up to', () => {
  const costs = new LastingCosts(estimateWith({ items: [at('Team/Data'), at('Team/Data'), at('Team/Other')] }));

  expect(costs.of(BUCKET)).toEqual({ monthlyUsd: 4, more: false });
  expect(costs.of({ ...BUCKET, type: 'AWS::KMS::Key' })).toBeUndefined();
});

test.each([
  ['by use', { byUse: [{ ...at('Team/Data'), measure: 's3StorageGb' }] }],
  ['without a price', { unpriced: [{ ...at('Team/Data'), reason: 'none' }] }],
  ['stated for all of the stack', { items: [{ ...at('Team'), stated: true }] }],
  ['stated for all of the app', { items: [{ ...at(''), stated: true }] }],
])('a resource with a cost %s costs more than is known', (_, options) => {
  expect(new LastingCosts(estimateWith(options)).of(BUCKET)).toEqual({ monthlyUsd: 0, more: true });
});

test('what is stated elsewhere is nothing of it', () => {
  const items = [{ ...at('Te'), stated: true }, at('Team')];

  expect(new LastingCosts(estimateWith({ items })).of(BUCKET)).toBeUndefined();
});
