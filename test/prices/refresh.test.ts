import { PlantedTable, TABLE } from './planted-table';

const STUDIO = 'sagemaker-instances-studionotebook.json';

let planted: PlantedTable;

jest.setTimeout(60_000); // processes of Node, on a machine that may be busy

beforeEach(() => {
  planted = new PlantedTable();
});
afterEach(() => planted.dispose());

describe('a refresh', () => {
  test('takes newer prices of a bulk offer, by the whole usage type, and leaves what was not downloaded', () => {
    planted.change(({ regions }) => {
      regions['eu-west-2'].unit.natGatewayHour = 0.0499;
    });
    planted.download('AmazonEC2-eu-west-2.csv').download('AmazonEC2-us-east-1.csv');
    const { status, said } = planted.refresh();

    expect({ status, said }).toMatchObject({ status: 0, said: expect.stringContaining('0 new, 1 moved, 0 ended.') });
    const { regions, single, fields, sources } = planted.table;
    expect(regions['eu-west-2'].unit).toMatchObject({ natGatewayHour: 0.05, natGatewayPerGb: 0.05 });
    expect(regions['us-east-1'].unit).toMatchObject({ natGatewayHour: 0.045, natGatewayPerGb: 0.045 });
    expect(regions['eu-west-3'].unit.natGatewayHour).toBeNull();
    expect(fields.natGatewayHour).toBe('AmazonEC2');
    expect(sources.AmazonEC2.date).toBe('2026-09-04');
    expect(Object.keys(single.natGatewayHour)).not.toContain('eu-west-2');
    expect(Object.keys(single.natGatewayHour)).toContain('eu-central-1');
  });

  test('does not take a regional NAT gateway or a Local Zone for a NAT gateway of the region', () => {
    planted.download('AmazonEC2-us-east-1.csv', (text) =>
      text
        .replace('"RegionalNatGateway-Hours"', '"USE1-BOS1-NatGateway-Hours"')
        .replace(
          '0.0450000000","USD","NAT Gateway","NatGateway-Hours',
          '0.0460000000","USD","NAT Gateway","USE1-NatGateway-Hours',
        ),
    );
    planted.refresh();

    expect(planted.table.regions['us-east-1'].unit.natGatewayHour).toBe(0.046);
  });

  test('refuses a usage type with two prices', () => {
    planted.download(
      'AmazonEC2-us-east-1.csv',
      (text) => `${text}${text.split('\n')[6].replace('0.0450', '0.0550')}\n`,
    );

    expect(planted.refresh()).toMatchObject({
      status: 1,
      refused: 'NatGateway-Hours in us-east-1 has two prices, 0.045 and 0.055\n',
    });
  });

  test('matches SageMaker by usage type, and fills in instance types that the price map lacks', () => {
    planted.download('AmazonSageMaker-us-east-1.csv');
    const { status } = planted.refresh();

    expect(status).toBe(0);
    const { regions, exceptions, fields } = planted.table;
    expect(regions['us-east-1'].unit.mlStorageGbMonth).toBe(0.14);
    expect(fields.mlStorageGbMonth).toBe('AmazonSageMaker');
    expect(regions['us-east-1'].ml['ml.m6i.4xlarge']).toBe(0.922);
    expect(regions['us-east-1'].ml['ml.t3.medium']).toBe(TABLE.regions['us-east-1'].ml['ml.t3.medium']);
    expect(regions['us-east-1'].ml).not.toHaveProperty('ml.m6i.8xlarge');
    expect(exceptions.AmazonSageMaker['us-east-1']).toEqual(['ml.g6.xlarge', 'ml.m6i.4xlarge']);
    expect(exceptions.jupyterlab['us-east-1']).not.toContain('ml.g6.xlarge');
    expect(exceptions.jupyterlab['us-east-1']).toContain('ml.g6.2xlarge');
  });

  test('says what is named otherwise than the file is', () => {
    planted.download('AmazonEC2-us-east-1.csv', (text) => text.replace('"AmazonEC2"', '"AmazonRDS"'));

    expect(planted.refresh().refused).toBe(
      'The bulk offer of us-east-1 must be of AmazonEC2 with a day of publication and a column usageType\n',
    );
  });
});

describe('without a folder', () => {
  test('it asks AWS, and writes nothing when an address does not answer', () => {
    const { status, refused } = planted.answering(403).run('refresh', '--accept');

    expect({ status, refused }).toEqual({
      status: 1,
      refused: 'https://b0.p.awsstatic.com/pricing/2.0/meteredUnitMaps/vpc/USD/current/vpc.json answers 403\n',
    });
    expect(planted.changed).toEqual([]);
  });
});

describe('a price that moves', () => {
  test.each([
    ['up by 10 % is written', 0.0000275, 0],
    ['up by more than 10 % is not written', 0.0000276, 1],
    ['down by more than 10 % is not written', 0.0000224, 1],
  ])('%s', (_, usd, status) => {
    wholeStates(usd);

    expect(planted.refresh().status).toBe(status);
    expect(planted.table.regions['us-east-1'].unit.stateTransition).toBe(status === 0 ? usd : 0.000025);
  });

  test('is listed, and written when it is accepted', () => {
    wholeStates(0.00005);

    const { said, refused } = planted.refresh();
    expect(said).toContain('Moved by more than 10 %:\n  us-east-1 stateTransition: 0.000025, now 0.00005 (+100.0 %)\n');
    expect(refused).toContain('Nothing is written.');
    expect(planted.refresh('--accept').status).toBe(0);
    expect(planted.table.regions['us-east-1'].unit.stateTransition).toBe(0.00005);
  });
});

describe('a price map', () => {
  test('makes prices unknown that it has no longer, when that is accepted', () => {
    planted.download('states.json');

    const { status, said } = planted.refresh();
    expect(status).toBe(1);
    expect(said).toContain('Ended:\n  us-east-2 stateTransition: 0.000025, and nothing now\n');
    planted.refresh('--accept');
    expect(planted.table.regions['us-east-2'].unit.stateTransition).toBeNull();
    expect(planted.table.regions['sa-east-1'].unit.stateTransition).toBe(0.0000375);
  });

  test('leaves regions out on purpose, and Local Zones and Wavelength Zones', () => {
    planted.download('ec2.json');
    planted.refresh('--accept');

    const { regions } = planted.table;
    expect(regions['us-west-2'].ec2).toEqual({ 'g4dn.2xlarge': 0.752, 't3.medium': 0.0416 });
    expect(regions['eu-central-1'].ec2).toEqual({ 'g4dn.2xlarge': 0.94, 't3.medium': 0.048 });
    expect(Object.keys(regions)).toEqual(Object.keys(TABLE.regions));
  });

  test('leaves out bare metal and families that the table has not', () => {
    planted.download('ec2.json', (text) =>
      text.replaceAll('t3.medium', 'zz9.large').replaceAll('g4dn.2xlarge', 'g4dn.metal'),
    );
    planted.refresh('--accept');

    expect(planted.table.regions['us-west-2'].ec2).toEqual({});
  });

  test('with a region that nobody decided about is refused', () => {
    planted.download('states.json', (text) => text.replace('US West (N. California)', 'EU (Atlantis)'));

    expect(planted.refresh('--accept')).toMatchObject({
      status: 1,
      refused:
        "Region 'EU (Atlantis)' is unknown: add it to scripts/prices/regions.mjs, to the table or to what is left out\n",
    });
  });

  test.each([
    [
      'lacks a key',
      '"AWS Step Functions"',
      '"Step Functions"',
      'states: AWS names something else by now: AWS Step Functions',
    ],
    ['is in another currency', '"USD"', '"CNY"', 'states: the manifest must have prices in USD'],
    ['has no number for a price', '"price": "0.0000375000"', '"price": "n/a"', 'must be a decimal number, got: n/a'],
  ])('that %s is refused', (_, from, to, message) => {
    planted.download('states.json', (text) => text.replaceAll(from, to));

    const { status, refused } = planted.refresh('--accept');
    expect({ status, refused }).toEqual({ status: 1, refused: expect.stringContaining(message) });
    expect(planted.table).toEqual(TABLE);
  });

  test('of Studio is read without what is no price of Studio', () => {
    planted.download(STUDIO, (text) => text.replace('"Component": "Studio-Notebook"', '"Component": "Hosting"'));
    planted.refresh('--accept');

    expect(planted.table.regions['us-west-2'].ml).not.toHaveProperty(['ml.g4dn.xlarge']);
    expect(planted.table.regions['us-west-2'].ml).toHaveProperty(['ml.g5.xlarge'], 1.41);
  });

  test('of Studio is read by instance, and keeps what another source alone has', () => {
    planted.download(STUDIO);
    planted.refresh('--accept');

    const { ml } = planted.table.regions['us-west-2'];
    const others = TABLE.exceptions.jupyterlab['us-west-2'];
    expect(Object.keys(ml)).toEqual([...others, 'ml.g4dn.xlarge', 'ml.g5.xlarge', 'ml.p4d.24xlarge'].sort());
    expect(ml).toMatchObject({ 'ml.g4dn.xlarge': 0.7364, 'ml.p4d.24xlarge': 25.251286 });
    expect(planted.table.regions['eu-west-3'].ml).toEqual({});
  });
});

/** The sample of Step Functions for all regions of the table, at one price. */
function wholeStates(usd: number): void {
  planted.change(({ regions }) => {
    for (const { unit } of Object.values(regions)) {
      unit.stateTransition = 0.000025;
    }
  });
  planted.download('states.json', (text) => {
    const map = JSON.parse(text);
    map.regions = { Any: { 'AWS Step Functions': { price: usd.toFixed(10) } } };
    return JSON.stringify(map);
  });
}
