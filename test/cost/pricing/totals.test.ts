import { amounts, type Described, estimateOf, facts, offers, reasons } from './priced';

const endpoint = (stack: string, others: Partial<Described> = {}): Described => ({
  type: 'AWS::EC2::VPCEndpoint',
  stack,
  properties: { VpcEndpointType: 'Interface', SubnetIds: ['subnet-1'], Tags: { 'ml-base': 'team' } },
  ...others,
});
const GB = { vpcEndpointGb: 400 };
const STATED = 'Data through interface endpoints, 400 GB as stated';

describe('a total that is stated', () => {
  test('is one item where it is stated, for all that it covers', () => {
    const cost = estimateOf([endpoint('Stack'), endpoint('Stack', { logicalId: 'Second' })], {
      facts: [facts('Stack', { usage: GB })],
    });

    expect(cost.items.filter(({ stated }) => stated)).toEqual([
      expect.objectContaining({
        constructPath: 'Stack',
        resourceType: 'AWS::EC2::VPCEndpoint',
        region: 'eu-central-1',
        description: STATED,
        quantity: 400,
        unit: 'GB',
        unitUsd: 0.02,
        monthlyUsd: 8,
        base: 'team',
      }),
    ]);
    expect(cost.byUse).toEqual([]);
  });

  test('leaves other measures and other constructs by use', () => {
    const cost = estimateOf([endpoint('Stack'), endpoint('Other'), { type: 'AWS::KMS::Key' }], {
      facts: [facts('Stack', { usage: GB })],
    });

    expect(cost.byUse.map(({ constructPath, measure }) => [constructPath, measure])).toEqual([
      ['Other/It', 'vpcEndpointGb'],
      ['Stack/It', 'kmsRequests'],
    ]);
  });

  test('is counted at the outer and at the inner construct, each for what it is nearest to', () => {
    const cost = estimateOf([endpoint('App/One'), endpoint('App/Two')], {
      facts: [facts('App', { usage: GB }), facts('App/One', { usage: { vpcEndpointGb: 100 } })],
    });

    expect(
      cost.items.filter(({ stated }) => stated).map(({ constructPath, monthlyUsd }) => [constructPath, monthlyUsd]),
    ).toEqual([
      ['App', 8],
      ['App/One', 2],
    ]);
  });

  test('takes the tags of its construct before those of what it covers, and none in which these differ', () => {
    const cost = estimateOf(
      [
        endpoint('Stack'),
        endpoint('Stack', { logicalId: 'B', properties: { ...endpoint('').properties, Tags: { 'ml-base': 'b' } } }),
      ],
      {
        facts: [facts('Stack', { usage: GB, identity: { environment: 'prod' } })],
      },
    );

    const [item] = cost.items.filter(({ stated }) => stated);
    expect([item.base, item.environment]).toEqual([undefined, 'prod']);
  });

  test('counts nothing as stated at zero', () => {
    const cost = estimateOf([endpoint('Stack')], { facts: [facts('Stack', { usage: { vpcEndpointGb: 0 } })] });

    expect(amounts(cost)).toMatchObject({ 'Data through interface endpoints, 0 GB as stated': 0 });
    expect(cost.byUse).toEqual([]);
  });

  test('is priced where its stack is, if no resource tells of such use', () => {
    const cost = estimateOf([{ type: 'AWS::SageMaker::Pipeline' }], {
      facts: [facts('Stack', { usage: { customMetrics: 10, logIngestionGb: 2 } })],
    });

    expect(amounts(cost)).toEqual({
      'Custom metrics, 10 metric-months as stated': 3,
      'Log ingestion, 2 GB as stated': 1,
    });
    expect(cost.items[0]).toMatchObject({ resourceType: 'AWS::CloudWatch::Metric', region: 'eu-central-1' });
  });

  test('is not split over regions by guess', () => {
    const cost = estimateOf([endpoint('App/One'), endpoint('App/Two', { region: 'us-east-1' })], {
      facts: [facts('App', { usage: GB })],
    });

    expect(amounts(cost)).not.toHaveProperty([STATED]);
    expect(reasons(cost)).toEqual([
      "'vpcEndpointGb' is stated for resources in eu-central-1, us-east-1: state it for each region on its stack",
    ]);
    expect(cost.byUse).toHaveLength(2);
  });

  test('is not split over prices by guess', () => {
    const logs = (logicalId: string, LogGroupClass: string) => ({
      type: 'AWS::Logs::LogGroup',
      logicalId,
      properties: { LogGroupClass },
    });
    const cost = estimateOf([logs('A', 'STANDARD'), logs('B', 'INFREQUENT_ACCESS')], {
      facts: [facts('Stack', { usage: { logIngestionGb: 5 } })],
    });

    expect(cost.items).toEqual([]);
    expect(reasons(cost)).toEqual(["'logIngestionGb' is stated for resources of different prices: state it for each"]);
    expect(cost.byUse.filter(({ measure }) => measure === 'logIngestionGb')).toHaveLength(2);
  });

  test.each([
    [{ natGatewayGb: -1.8e289 }, "'natGatewayGb' is stated as a value that is known only at deployment"],
    [{ natGatewayGb: '${Gb}' }, "'natGatewayGb' is stated as a value that is known only at deployment"],
  ])('is not counted as %j', (usage, reason) => {
    const cost = estimateOf([{ type: 'AWS::EC2::NatGateway' }], {
      facts: [facts('Stack', { usage: usage as never })],
    });

    expect(reasons(cost)).toEqual([reason]);
    expect(offers(cost)).toEqual({ natGatewayGb: 0.046 });
  });

  test('is not counted where nothing below it is priced', () => {
    const cost = estimateOf([{ type: 'AWS::KMS::Key', stack: 'Other' }], { facts: [facts('Stack', { usage: GB })] });

    expect(reasons(cost)).toEqual([
      "'vpcEndpointGb' is stated where nothing is priced: state it at or above what is used",
    ]);
  });

  test.each([['us-west-2'], ['eu-south-9']])('is not counted without a price, as in %s', (region) => {
    const cost = estimateOf([{ type: 'AWS::EC2::NatGateway', region }], {
      facts: [facts('Stack', { usage: { natGatewayGb: 5 } })],
    });

    expect(cost.items).toEqual([]);
    expect(reasons(cost).join()).toContain(`no price of Data through NAT gateways in ${region}`);
  });

  test('has no price as requests to serverless inference', () => {
    const cost = estimateOf([{ type: 'AWS::KMS::Key' }], {
      facts: [facts('Stack', { usage: { serverlessInferenceRequests: 5 } })],
    });

    expect(reasons(cost)).toEqual([
      'no price of Requests to serverless inference in eu-central-1 is known to this version',
    ]);
  });

  test('of a part of the tree counts from there on, and not from above it', () => {
    const all = { facts: [facts('App', { usage: GB }), facts('App/One/It', { usage: { kmsRequests: 1e6 } })] };
    const resources: Described[] = [endpoint('App/One'), { type: 'AWS::KMS::Key', stack: 'App/One' }];

    expect(amounts(estimateOf(resources, { ...all, scope: 'App/One' }))).not.toHaveProperty([STATED]);
    expect(amounts(estimateOf(resources, { ...all, scope: 'App/One' }))).toHaveProperty(
      ['Requests to KMS, 1000000 requests as stated'],
      3,
    );
    expect(amounts(estimateOf(resources, { ...all, scope: 'App' }))).toHaveProperty([STATED], 8);
    expect(amounts(estimateOf(resources, { ...all, scope: 'Ap' }))).not.toHaveProperty([STATED]);
    expect(offers(estimateOf(resources, { ...all, scope: 'App/One' }))).toEqual({ vpcEndpointGb: 0.02 });
  });

  test('may be stated on a resource itself', () => {
    const cost = estimateOf([endpoint('Stack')], { facts: [facts('Stack/It/Resource', { usage: GB })] });

    expect(amounts(cost)).toHaveProperty([STATED], 8);
  });

  test('on a resource and on the construct around it are both counted, under the name that a reader knows', () => {
    const told = [facts('Stack/It', { usage: GB }), facts('Stack/It/Resource', { usage: { vpcEndpointGb: 100 } })];
    const sums = (fullPath?: string) =>
      estimateOf([endpoint('Stack', { fullPath })], { facts: told })
        .items.filter(({ stated }) => stated)
        .map(({ constructPath, monthlyUsd }) => [constructPath, monthlyUsd]);

    expect(sums()).toEqual([['Stack/It', 10]]);
    expect(sums('Stack/It/Resource')).toEqual([
      ['Stack/It', 8],
      ['Stack/It', 2],
    ]);
  });

  test('at one path twice is not counted if one of both is not known', () => {
    const told = [facts('Stack/It', { usage: GB }), facts('Stack/It/Resource', { usage: { vpcEndpointGb: -1 } })];

    expect(reasons(estimateOf([endpoint('Stack')], { facts: told }))).toEqual([
      "'vpcEndpointGb' is stated as a value that is known only at deployment",
    ]);
  });

  test.each([['toString'], ['__proto__'], ['tokens']])('is passed over as the unknown measure %s', (measure) => {
    const usage = Object.fromEntries([[measure, 5]]);

    expect(estimateOf([], { facts: [facts('Stack', { usage })] })).toMatchObject({ items: [], unpriced: [] });
  });
});
