import { alike } from '../../src/cost/alike-costs';
import { MlCostItem } from '../../src/cost/ml-cost-estimate';

function item(constructPath: string, other: Partial<MlCostItem> = {}): MlCostItem {
  return {
    constructPath,
    resourceType: 'AWS::EC2::VPCEndpoint',
    description: 'endpoint',
    monthlyUsd: 8.76,
    quantity: 730,
    unit: 'hour',
    unitUsd: 0.012,
    region: 'eu-central-1',
    stated: false,
    ...other,
  };
}

describe('alike', () => {
  test('sums up what reads alike, at what the paths have in common', () => {
    const items = [item('Team/Network/a'), item('Team/Network/b', { monthlyUsd: 1 }), item('Team/Network/b/c')];

    expect(alike(items)).toEqual([
      { constructPath: 'Team/Network', description: 'endpoint', count: 3, monthlyUsd: 8.76 + 1 + 8.76 },
    ]);
  });

  test.each<[string, Partial<MlCostItem>]>([
    ['type', { resourceType: 'AWS::KMS::Key' }],
    ['words', { description: 'key' }],
    ['region', { region: 'us-east-1' }],
    ['price', { unitUsd: 0.01 }],
  ])('keeps apart what differs in its %s', (_, other) => {
    expect(alike([item('Team/a'), item('Team/b', other)]).map(({ count }) => count)).toEqual([1, 1]);
  });

  test('has the whole path of one alone, and that of the app where nothing is in common', () => {
    const paths = (...of: string[]) => alike(of.map((path) => item(path)))[0].constructPath;

    expect([paths('Team/a'), paths('Team/a', 'Other/a'), paths('Team/a', 'Team/ab')]).toEqual(['Team/a', '', 'Team']);
  });
});
