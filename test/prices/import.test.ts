import { PlantedTable, TABLE } from './planted-table';

const REGIONS = Object.keys(TABLE.regions);

let planted: PlantedTable;

beforeEach(() => {
  planted = new PlantedTable();
});
afterEach(() => planted.dispose());

describe('a table from the two files', () => {
  test('has their prices, unknown ones as null, and says what they were', () => {
    const { status } = planted.run('import', ...files({}));

    expect(status).toBe(0);
    const { regions, inputs, fields } = planted.table;
    expect(regions['eu-west-3']).toMatchObject({
      unit: { kmsKeyMonth: 1.5, s3StandardGbMonth: null },
      ml: { 'ml.a.large': 2, 'ml.b.large': 3 },
      ec2: { 'm5.large': 0.1 },
    });
    expect(fields).toMatchObject({ kmsKeyMonth: 'kms', ml: 'sagemaker', ec2: 'ec2' });
    expect(Object.keys(inputs)).toEqual(['instances.json', 'prices.json']);
    expect(inputs['prices.json']).toMatch(/^[0-9a-f]{64}$/);
  });

  test('remembers which instance types come from the second source alone', () => {
    planted.run('import', ...files({}));

    expect(planted.table.exceptions.jupyterlab['sa-east-1']).toEqual(['ml.b.large']);
  });

  test('has the extracts and the single figures with their evidence', () => {
    planted.run('import', ...files({}));

    const { regions, single, sources } = planted.table;
    expect(regions['ap-south-1'].unit).toMatchObject({ stateTransition: 0.0000285, ecrGbMonth: 0.1 });
    expect(sources.states).toMatchObject({
      date: '2025-08-28',
      from: expect.stringContaining('processed/states.json'),
    });
    expect(regions['us-east-1'].unit.mlStorageGbMonth).toBe(0.14);
    expect(single.mlStorageGbMonth['us-east-1'].evidence).toContain('price list read on 2026-10-01');
  });

  test('does not pass over a price that it has no place for, nor a region', () => {
    expect(planted.run('import', ...files({ newPrice: 1 })).refused).toBe(
      'Unit prices must be known fields, got: newPrice\n',
    );
    expect(planted.run('import', ...files({}, REGIONS.slice(1))).refused).toContain('Prices must be of us-east-1, ');
    expect(planted.changed).toEqual([]);
  });
});

describe('a table from itself', () => {
  test('keeps a newer price list where an extract is older', () => {
    planted.change(({ sources, regions }) => {
      Object.assign(sources.states, { date: '2027-01-01' });
      regions['us-east-1'].unit.stateTransition = 0.00003;
    });
    planted.run('import');

    expect(planted.table.regions['us-east-1'].unit.stateTransition).toBe(0.00003);
    expect(planted.table.sources.states.date).toBe('2027-01-01');
  });

  test('takes an extract again where the table is older', () => {
    planted.change(({ sources, regions }) => {
      Object.assign(sources.states, { date: '2020-01-01' });
      regions['us-east-1'].unit.stateTransition = 0.00003;
    });
    planted.run('import');

    expect(planted.table.regions['us-east-1'].unit.stateTransition).toBe(0.000025);
  });

  test('keeps a price list where a single figure says another price', () => {
    planted.change(({ fields, sources, single, regions }) => {
      fields.natGatewayHour = 'AmazonEC2';
      sources.AmazonEC2 = { date: '2027-01-01', from: 'AWS' };
      delete single.natGatewayHour['us-east-1'];
      regions['us-east-1'].unit.natGatewayHour = 0.05;
    });
    planted.run('import');

    expect(planted.table.regions['us-east-1'].unit.natGatewayHour).toBe(0.05);
    expect(planted.table.single.natGatewayHour).not.toHaveProperty('us-east-1');
    expect(planted.table.single.natGatewayHour).toHaveProperty('eu-west-1');
  });
});

/** The two files for all regions, each with the same prices. */
function files(further: object, regions = REGIONS): string[] {
  const mlInstances = { 'ml.a.large': { usdPerHour: 2, src: 'AB' }, 'ml.b.large': { usdPerHour: 3, src: 'B' } };
  const prices = { kmsKeyMonth: 1.5, s3StandardGbMonth: null, ...further, mlInstances };
  const each = (value: object) => ({ regions: Object.fromEntries(regions.map((region) => [region, value])) });
  return [planted.write('prices.json', each(prices)), planted.write('instances.json', each({ 'm5.large': 0.1 }))];
}
