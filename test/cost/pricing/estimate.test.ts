import * as fc from 'fast-check';
import { type Estimate, type EstimateInput, priceTable } from '../../../src/cost/pricing';
import { totalOf } from '../../../src/cost/pricing/estimate';
import { PRICED_TYPES } from '../../../src/cost/pricing/registry';
import { type Described, estimateOf, facts, PLANTED, reasons } from './priced';

const notebook = (others: Partial<Described> = {}): Described => ({
  type: 'AWS::SageMaker::NotebookInstance',
  properties: { InstanceType: 'ml.t3.medium' },
  ...others,
});
const endpoint = (logicalId: string): Described => ({
  type: 'AWS::EC2::VPCEndpoint',
  logicalId,
  properties: { VpcEndpointType: 'Interface', SubnetIds: [{ Ref: 'Subnet' }] },
});

describe('the figures of the seeds, which count no volumes, come out:', () => {
  const withoutVolume = { InstanceType: 'ml.t3.medium', VolumeSizeInGB: 0 };
  const estimated = (resources: readonly Described[], others: Partial<EstimateInput> = {}) =>
    estimateOf(resources, { prices: priceTable(), ...others }).monthlyTotal;

  test.each([
    ['eu-central-1', 42.34],
    ['us-east-1', 36.5],
  ])('a notebook of the type ml.t3.medium in %s', (region, usd) => {
    expect(estimated([notebook({ region, properties: withoutVolume })])).toBe(usd);
  });

  test('500 hours of ml.t3.medium in eu-central-1', () => {
    const stated = { facts: [facts('Stack', { usage: { notebookHours: 500 } })] };

    expect(estimated([notebook({ properties: withoutVolume })], stated)).toBe(29);
  });

  test('5 interface endpoints in one zone with 400 GB in eu-central-1', () => {
    const five = ['A', 'B', 'C', 'D', 'E'].map(endpoint);

    expect(estimated(five, { facts: [facts('', { usage: { vpcEndpointGb: 400 } })] })).toBe(47.8);
  });

  test('a NAT gateway in us-east-1', () => {
    expect(estimated([{ type: 'AWS::EC2::NatGateway', region: 'us-east-1' }])).toBe(32.85);
  });
});

describe('an estimate', () => {
  test('tells whose each cost is, also of what is by use and of what has no price', () => {
    const Tags = [{ Key: 'ml-owner', Value: 'alice' }];
    const cost = estimateOf(
      ['AWS::KMS::Key', 'AWS::Thing::Thing'].map((type) => ({ type, logicalId: type, properties: { Tags } })),
      { facts: [facts('Stack', { identity: { base: 'team' } })] },
    );

    for (const each of [...cost.items, ...cost.byUse, ...cost.unpriced]) {
      expect(each).toMatchObject({ owner: 'alice', base: 'team' });
    }
    expect([cost.items.length, cost.byUse.length, cost.unpriced.length]).toEqual([1, 1, 1]);
  });

  test('prices stacks without a region in the one that is assumed, and says so', () => {
    const cost = estimateOf([notebook({ region: undefined })]);

    expect(cost.items[0]).toMatchObject({ region: 'us-east-1', unitUsd: 0.05 });
    expect(cost.assumptions).toContain('Stacks whose region only the deployment knows are priced in us-east-1.');
    expect(estimateOf([notebook()]).assumptions.join()).not.toContain('only the deployment knows');
  });

  test.each([['eu-south-9'], ['constructor'], ['${AWS::Region}']])('counts nothing in the region %s', (region) => {
    const cost = estimateOf([notebook({ region }), { type: 'AWS::IAM::Role', region }]);

    expect(cost.items).toEqual([]);
    expect(reasons(cost)).toEqual([`this version has no prices of the region ${region}`]);
  });

  test('says of what its prices are, and that hours of a month are 730', () => {
    const { pricesOf, assumptions } = estimateOf([]);

    expect(pricesOf).toBe('2026-01-02');
    expect(assumptions).toEqual([
      'Prices are AWS list prices in USD, the oldest of 2026-01-02: on demand, without tax, discounts, savings plans and free tier.',
      'A month has 730 hours.',
    ]);
  });

  test('says which of its prices are doubtful, and only if it uses them', () => {
    const single = {
      natGatewayHour: {
        'eu-central-1': { confidence: 'medium', evidence: 'hearsay' },
        'us-east-1': { confidence: 'high', evidence: 'price list' },
      },
    };
    const assumed = (type: string, region?: string) =>
      estimateOf([{ type, ...(region && { region }) }], { prices: { ...PLANTED, single } }).assumptions.join();

    expect(assumed('AWS::EC2::NatGateway')).toContain(
      'The price of NAT gateways in eu-central-1 comes from one public source (of an unknown date).',
    );
    expect(assumed('AWS::EC2::NatGateway', 'us-east-1')).not.toContain('comes from');
    expect(assumed('AWS::KMS::Key')).not.toContain('comes from');
  });

  test('is as old as the prices that it uses', () => {
    const dated = {
      ...PLANTED,
      sources: { keys: { date: '2026-03-04' } },
      fields: { kmsKeyMonth: 'keys', kmsPerRequest: 'keys' },
    };

    expect(estimateOf([{ type: 'AWS::KMS::Key' }], { prices: dated }).pricesOf).toBe('2026-03-04');
    expect(estimateOf([{ type: 'AWS::KMS::Key' }], { prices: dated }).assumptions[0]).toContain(
      'the oldest of 2026-03-04',
    );
    expect(estimateOf([{ type: 'AWS::CloudWatch::Dashboard' }], { prices: dated }).pricesOf).toBe('2026-01-02');
  });

  test('marks what is missing of machines, and what only use costs', () => {
    const marks = (type: string, others: Partial<Described> = {}) =>
      estimateOf([{ type, ...others }]).unpriced.map(({ machine, byUse }) => [machine, byUse]);

    expect(marks('AWS::SageMaker::NotebookInstance')).toEqual([[true, undefined]]);
    expect(marks('AWS::SageMaker::Endpoint', { region: 'eu-south-9' })).toEqual([[true, undefined]]);
    expect(marks('AWS::EMR::Cluster')).toEqual([[true, undefined]]);
    expect(marks('AWS::KMS::Key', { region: 'eu-south-9' })).toEqual([[undefined, undefined]]);
    expect(marks('AWS::SNS::Topic')).toEqual([[undefined, true]]);
    expect(marks('AWS::S3::Bucket', { region: 'us-west-2' })).toEqual(Array(3).fill([undefined, true]));
    expect(marks('AWS::AutoScaling::WarmPool')).toEqual([[undefined, undefined]]);
  });

  test('says that idle stop is not counted where notebooks run without stated hours', () => {
    const sentence = 'Idle stop is not counted: state notebookHours with MlUsage.';
    const lifecycle = facts('L', { kind: 'NotebookLifecycle', details: ['idle stop after 1 hour'] });
    const without = facts('L', { kind: 'NotebookLifecycle', details: ['2 steps'] });
    const stated = facts('Stack', { usage: { notebookHours: 10 } });

    expect(estimateOf([notebook()], { facts: [lifecycle] }).assumptions).toContain(sentence);
    expect(estimateOf([notebook()], { facts: [lifecycle, stated] }).assumptions).not.toContain(sentence);
    expect(estimateOf([notebook()], { facts: [without] }).assumptions).not.toContain(sentence);
    expect(estimateOf([{ type: 'AWS::KMS::Key' }], { facts: [lifecycle] }).assumptions).not.toContain(sentence);
  });

  test('says that what is created on a condition counts in full, and only of what costs', () => {
    const sentence = 'Resources count in full although the condition IsProd may leave them out.';

    expect(estimateOf([notebook({ condition: 'IsProd' })]).assumptions).toContain(sentence);
    expect(estimateOf([{ type: 'AWS::IAM::Role', condition: 'IsProd' }, notebook()]).assumptions).not.toContain(
      sentence,
    );
  });

  test('looks up what it does not price', () => {
    const template = { type: 'AWS::EC2::LaunchTemplate', logicalId: 'T', properties: {} };
    const lookup = [
      { path: 'Other/Nat', stack: 'Other', region: 'eu-central-1', ...template, type: 'AWS::EC2::NatGateway' },
    ];

    expect(estimateOf([notebook()], { lookup }).items.map(({ resourceType }) => resourceType)).not.toContain(
      'AWS::EC2::NatGateway',
    );
  });

  test('keeps millionths in an item, and cents in the sum', () => {
    const requests = (quantity: number) =>
      estimateOf([{ type: 'AWS::S3::Bucket' }], { facts: [facts('Stack', { usage: { s3GetRequests: quantity } })] });

    expect(requests(11).items[0].monthlyUsd).toBe(0.000004);
    expect(requests(11).monthlyTotal).toBe(0);
    expect(requests(12_500).monthlyTotal).toBe(0.01);
  });

  test('sums to the cent what floating point would not', () => {
    expect(totalOf(Array(10).fill({ monthlyUsd: 0.1 }))).toBe(1);
    expect(totalOf([{ monthlyUsd: 1.005 }])).toBe(1.01);
    expect(totalOf([])).toBe(0);
  });
});

describe('whatever stands in a template,', () => {
  const names = [
    'InstanceType', 'VolumeSizeInGB', 'Tags', 'VpcEndpointType', 'SubnetIds', 'EndpointConfigName', 'LaunchTemplate', 'Metrics',
    'BlockDeviceMappings', 'NetworkInterfaces', 'SubnetId', 'MinSize', 'LaunchConfigurationName', 'Size', 'VolumeType', 'Period',
    'Architectures', 'LogGroupClass', 'Command', 'ResourceSpec', 'SpaceSettings', 'LaunchTemplateData', 'ProductionVariants', 'VPCZoneIdentifier',
    'AcceleratorTypes', 'Placement', 'LogGroupName',
  ]; // biome-ignore format: a list of words
  const anything = fc.anything({ maxDepth: 2, maxKeys: 3 });
  const odd = fc.oneof(
    anything,
    fc.constantFrom(5, '10', 'ml.t3.medium', 't3.medium', 'Interface', 'gp3', 1e300, -1),
    fc.record({ Ref: anything }),
    fc.record({ 'Fn::GetAtt': anything }),
    fc.record({ 'Fn::Join': anything }),
    fc.record({ 'Fn::Reference': anything }),
    fc.record({ 'Fn::GetStackOutput': anything }),
    fc.array(fc.dictionary(fc.constantFrom('Ebs', 'VolumeSize', 'MetricStat', 'Expression', 'Key', 'Value'), anything)),
  );
  const odds: fc.Arbitrary<Described> = fc.record({
    type: fc.constantFrom(...PRICED_TYPES, 'AWS::SageMaker::EndpointConfig', 'AWS::EC2::LaunchTemplate'),
    logicalId: fc.constantFrom('A', 'B', '__proto__'),
    properties: fc.dictionary(fc.constantFrom(...names), odd),
  });
  const usage = fc.dictionary(fc.constantFrom('s3StorageGb', 'notebookHours', 'vpcEndpointGb', 'natGatewayGb'), odd);

  test('an estimate is made, and its total is the sum of its items', () => {
    fc.assert(
      fc.property(fc.array(odds, { maxLength: 8 }), usage, (resources, stated) => {
        const cost = estimateOf(resources, { facts: [facts('Stack', { usage: stated as never })] });

        expect(Number.isFinite(cost.monthlyTotal)).toBe(true);
        expect(cost.items.every(({ monthlyUsd }) => monthlyUsd >= 0)).toBe(true);
        expect(Math.abs(cost.monthlyTotal - sumOf(cost))).toBeLessThanOrEqual(0.0051 + sumOf(cost) * 1e-12);
      }),
      { seed: 20_261_121, numRuns: 200 },
    );
  });
});

function sumOf({ items }: Estimate): number {
  return items.reduce((sum, { monthlyUsd }) => sum + monthlyUsd, 0);
}
