import { PlantedTable, TABLE } from './planted-table';

const REGIONS = Object.entries(TABLE.regions);

/** A refresh changes these figures, and whoever refreshes looks at each. */
const ML_TYPES = {
  'us-east-1': 72,
  'us-east-2': 49,
  'us-west-2': 72,
  'eu-central-1': 54,
  'eu-west-1': 55,
  'eu-west-2': 53,
  'eu-west-3': 42,
  'eu-north-1': 50,
  'ap-south-1': 43,
  'ap-southeast-1': 46,
  'ap-southeast-2': 46,
  'ap-northeast-1': 62,
  'ap-northeast-2': 59,
  'ca-central-1': 54,
  'sa-east-1': 51,
};

describe('the price table of the package', () => {
  test('is what its generator writes from it, with the extracts and single figures of today', () => {
    const planted = new PlantedTable();

    expect(planted.run('import').status).toBe(0);
    expect(planted.changed).toEqual([]);
    planted.dispose();
  });

  test('has as many instance types of SageMaker in each region as its sources, and no more', () => {
    expect(Object.fromEntries(REGIONS.map(([region, { ml }]) => [region, Object.keys(ml).length]))).toEqual(ML_TYPES);
    expect(REGIONS.flatMap(([, { ml }]) => Object.keys(ml))).toHaveLength(808);
    expect(new Set(REGIONS.flatMap(([, { ml }]) => Object.keys(ml))).size).toBe(72);
    expect(REGIONS.flatMap(([, { ec2 }]) => Object.keys(ec2))).toHaveLength(2998);
  });

  test.each([
    ['ml.t3.medium for a month in eu-central-1', 730 * price('eu-central-1', 'ml', 'ml.t3.medium'), 42.34],
    ['ml.t3.medium for a month in us-east-1', 730 * price('us-east-1', 'ml', 'ml.t3.medium'), 36.5],
    ['ml.t3.medium for 500 hours in eu-central-1', 500 * price('eu-central-1', 'ml', 'ml.t3.medium'), 29],
    ['an interface endpoint in us-east-1', 730 * unit('us-east-1', 'interfaceEndpointPerAzHour'), 7.3],
    ['an interface endpoint in eu-central-1', 730 * unit('eu-central-1', 'interfaceEndpointPerAzHour'), 8.76],
    ['an interface endpoint in ap-south-1', 730 * unit('ap-south-1', 'interfaceEndpointPerAzHour'), 9.49],
    [
      'five endpoints and 400 GB in eu-central-1',
      5 * 730 * unit('eu-central-1', 'interfaceEndpointPerAzHour') +
        400 * unit('eu-central-1', 'interfaceEndpointPerGb'),
      47.8,
    ],
    ['a NAT gateway in us-east-1', 730 * unit('us-east-1', 'natGatewayHour'), 32.85],
    ['a NAT gateway in eu-central-1', 730 * unit('eu-central-1', 'natGatewayHour'), 37.96],
    ['a dashboard in us-east-1', unit('us-east-1', 'cwDashboardMonth'), 3],
    ['a GB in ECR in us-east-1', unit('us-east-1', 'ecrGbMonth'), 0.1],
    ['a GB in EFS in us-east-1', unit('us-east-1', 'efsStandardGbMonth'), 0.3],
    ['1,000 state transitions in us-east-1', 1000 * unit('us-east-1', 'stateTransition'), 0.025],
    ['1,000 state transitions in sa-east-1', 1000 * unit('sa-east-1', 'stateTransition'), 0.0375],
  ])('comes to the known price of %s', (_, usd, expected) => {
    expect(usd).toBeCloseTo(expected, 6);
  });

  test('names every unit price in every region, and has nothing that costs nothing', () => {
    const names = Object.keys(TABLE.regions['us-east-1'].unit);

    expect(REGIONS.filter(([, { unit: units }]) => Object.keys(units).join() !== names.join())).toEqual([]);
    const prices = REGIONS.flatMap(([, lists]) => Object.values(lists).flatMap((list) => Object.values(list)));
    expect(prices.filter((usd) => usd !== null && !(usd > 0))).toEqual([]);
  });

  test('has a source or evidence for every price, and claims none for what is unknown', () => {
    const without = REGIONS.flatMap(([region, { unit: units }]) =>
      Object.entries(units)
        .filter(([name, usd]) => {
          const isSourced = name in TABLE.fields || region in (TABLE.single[name] ?? {});
          return (usd !== null) !== isSourced;
        })
        .map(([name]) => `${region} ${name}`),
    );

    expect(without).toEqual([]);
    expect(Object.values(TABLE.fields).filter((source) => !(source in TABLE.sources))).toEqual([]);
  });

  test('leaves unknown what nobody has shown, such as NAT gateways in Paris', () => {
    expect(TABLE.regions['eu-west-3'].unit).toMatchObject({ natGatewayHour: null, ebsGp3GbMonth: null });
    expect(TABLE.regions['eu-central-1'].unit.mlStorageGbMonth).toBeNull();
  });

  test('is as old as its oldest price list', () => {
    const days = Object.values(TABLE.sources).map(({ date }) => date);

    expect(days.filter((day) => day < TABLE.pricesOf)).toEqual([]);
    expect(days).toContain(TABLE.pricesOf);
  });
});

function unit(region: string, name: string): number {
  return price(region, 'unit', name);
}

function price(region: string, list: 'unit' | 'ml', name: string): number {
  return TABLE.regions[region][list][name] ?? Number.NaN;
}
