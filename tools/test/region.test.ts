import { regionOption, requireRegion } from '../src/region';

test.each(['us-east-1', 'eu-central-2', 'us-gov-west-1', 'cn-north-1', 'ap-southeast-7'])('%s is a region', (name) => {
  expect(requireRegion('cost', name)).toBe(name);
});

test.each(['Frankfurt', 'us-east', 'US-EAST-1', 'us-east-1a', '', '../x', 'eu-central-1 '])('%j is none', (name) => {
  expect(() => requireRegion('report', name)).toThrow(
    `ml-infra report: 'region' must be the name of a region, such as eu-central-1, got: ${JSON.stringify(name)}`,
  );
});

test('without an answer it is the one whose prices are best known', () => {
  expect(regionOption('cost').defaultValue).toBe('us-east-1');
});
