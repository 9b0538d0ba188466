import { priceTable } from '../../../src/cost/pricing';
import type { PriceTable } from '../../../src/cost/pricing/prices';
import { UsedPrices } from '../../../src/cost/pricing/used-prices';
import { PLANTED } from './priced';

const REGION = 'eu-central-1';
const DATED: PriceTable = {
  ...PLANTED,
  pricesOf: '2024-01-01',
  sources: {
    old: { date: '2024-01-01' },
    keys: { date: '2026-02-03' },
    lists: { date: '2025-12' },
    other: { date: '2025-11-30' },
  },
  fields: { cwDashboardMonth: 'old', kmsKeyMonth: 'keys', ml: 'lists', ec2: 'lists' },
  exceptions: { other: { [REGION]: ['ml.m5.large'] } },
  single: {
    natGatewayHour: {
      [REGION]: { confidence: 'medium', evidence: 'rows', origin: 'one quotation', date: '2025-05-05' },
    },
    ebsGp2GbMonth: { [REGION]: { confidence: 'medium', evidence: 'rows', date: null } },
    ebsGp3GbMonth: { [REGION]: { confidence: 'high', evidence: 'rows', date: null } },
    natGatewayPerGb: { [REGION]: { confidence: 'high', evidence: 'rows', date: '2025-04-04' } },
  },
};

describe('the prices of an estimate', () => {
  test.each<['unit' | 'ml' | 'ec2', string, string]>([
    ['unit', 'kmsKeyMonth', '2026-02-03'],
    ['unit', 'cwDashboardMonth', '2024-01-01'],
    ['ml', 'ml.t3.medium', '2025-12-01'],
    ['ml', 'ml.m5.large', '2025-11-30'],
    ['ec2', 't3.medium', '2025-12-01'],
    ['unit', 'natGatewayHour', '2025-05-05'],
    ['unit', 'natGatewayPerGb', '2025-04-04'],
  ])('are as old as the one that is taken: %s %s', (list, name, day) => {
    const used = new UsedPrices(DATED);

    used.take('unit', 'kmsKeyMonth', REGION);
    expect(used.oldest).toBe('2026-02-03');
    expect(used.take(list, name, REGION)).toBeGreaterThan(0);
    expect(used.oldest).toBe(day);
  });

  test('are as old as the table where none is taken, or none whose day is known', () => {
    const used = new UsedPrices(DATED);

    expect(used.take('unit', 'nothing', REGION)).toBeUndefined();
    expect(used.take('unit', 'kmsKeyMonth', 'us-west-2')).toBeUndefined();
    expect(used.take('unit', 'kmsKeyMonth', 'constructor')).toBeUndefined();
    used.take('unit', 'ebsGp3GbMonth', REGION);
    expect(used.oldest).toBe('2024-01-01');
  });

  test('are doubtful in words that need no price list', () => {
    const used = new UsedPrices(DATED);
    const names = [
      'natGatewayHour',
      'ebsGp2GbMonth',
      'ebsGp3GbMonth',
      'natGatewayPerGb',
      'kmsKeyMonth',
      'natGatewayHour',
    ];
    names.forEach((name) => {
      used.take('unit', name, REGION);
    });

    expect(used.assumptions).toEqual([
      'The price of NAT gateways in eu-central-1 comes from one quotation (2025-05-05).',
      'The price of EBS volumes of the kind gp2 in eu-central-1 comes from one public source (of an unknown date).',
      'The price of EBS volumes of the kind gp3 in eu-central-1 is of an unknown date.',
    ]);
  });

  test('are doubtful where SageMaker asks for less than EC2 does', () => {
    const used = new UsedPrices(priceTable());

    expect(used.take('ml', 'ml.g5.12xlarge', 'sa-east-1')).toBe(8.704);
    expect(used.take('ml', 'ml.g5.xlarge', 'sa-east-1')).toBe(2.394);
    expect(used.assumptions).toEqual([
      "AWS's price list has ml.g5.12xlarge in sa-east-1 at USD 8.704, below the USD 9.64127 of its EC2 instance: check it.",
    ]);
  });

  test('of the package say where they are from wherever one is doubtful', () => {
    const single = Object.values(priceTable().single ?? {}).flatMap((byRegion) => Object.values(byRegion));

    expect(single.filter(({ confidence, origin }) => (confidence === 'high') !== (origin === undefined))).toEqual([]);
  });

  test('name notebook volumes of Virginia as a reader would', () => {
    const used = new UsedPrices(priceTable());
    used.take('unit', 'mlStorageGbMonth', 'us-east-1');

    expect(used.assumptions).toEqual([
      'The price of notebook volumes in us-east-1 comes from one quotation of a price list (2026-10-01).',
    ]);
  });
});
