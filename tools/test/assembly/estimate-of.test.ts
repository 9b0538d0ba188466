import { estimateOf } from '../../src/assembly/estimate-of';
import { readAssembly } from '../../src/assembly/read-assembly';
import { plantedAssembly, plantedNotebook } from './planted';

const resources = { Ada: plantedNotebook('ml.t3.medium') };

function priced(region: string, options?: { region: string }) {
  const { items } = estimateOf(readAssembly(plantedAssembly([{ name: 'Lab', region, resources }])), options);
  return items
    .filter(({ description }) => description.startsWith('ml.'))
    .map(({ region: of, monthlyUsd }) => [of, monthlyUsd]);
}

test('a stack has the prices of its region', () => {
  expect(priced('eu-central-1', { region: 'us-east-1' })).toEqual([['eu-central-1', expect.closeTo(42.34, 2)]]);
});

test('a stack whose region only the deployment knows has those of us-east-1, unless another is named', () => {
  expect(priced('unknown-region')).toEqual([['us-east-1', expect.closeTo(36.5, 2)]]);
  expect(priced('unknown-region', { region: 'eu-central-1' })).toEqual([['eu-central-1', expect.closeTo(42.34, 2)]]);
});
