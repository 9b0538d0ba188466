import { amounts, costOf, costWithoutPrices, type Described, estimateOf, facts, offers, reasons } from '../priced';

const TYPE = 'AWS::SageMaker::Endpoint';
const REFERRING = { EndpointConfigName: { 'Fn::GetAtt': ['Config', 'EndpointConfigName'] } };
const LIVE = { VariantName: 'Live', InstanceType: 'ml.m5.large', InitialInstanceCount: 2, VolumeSizeInGB: 10 };

describe('an endpoint that serves models', () => {
  test('costs by instances, hours and volumes of its variants', () => {
    const cost = costOf(TYPE, REFERRING, [config({ ProductionVariants: [LIVE] })]);

    expect(amounts(cost)).toEqual({
      '2 x ml.m5.large for Live, 730 hours: always on': 292,
      'ML storage of Live, 2 x 10 GB': 2.8,
    });
    expect(reasons(cost)).toEqual(['by use: data in and out of Live, at USD 0.016 per GB']);
    expect(cost.assumptions.join()).toContain('Endpoints cost what Studio notebooks of the same type cost');
  });

  test('runs the hours that are stated, on each instance', () => {
    const cost = estimateOf([{ type: TYPE, properties: REFERRING }, config({ ProductionVariants: [LIVE] })], {
      facts: [facts('Stack', { usage: { endpointHours: 100 } })],
    });

    expect(amounts(cost)).toMatchObject({ '2 x ml.m5.large for Live, 100 of 730 hours: as stated': 40 });
  });

  test('runs its shadow variants too', () => {
    const shadow = { ...LIVE, VariantName: 'Shadow', InitialInstanceCount: 1 };
    const cost = costOf(TYPE, REFERRING, [config({ ProductionVariants: [LIVE], ShadowProductionVariants: [shadow] })]);

    expect(amounts(cost)).toMatchObject({ '1 x ml.m5.large for Shadow, 730 hours: always on': 146 });
  });

  test.each([
    [{ 'Fn::ImportValue': 'Models:ExportsOutputFnGetAttConfigEndpointConfigName0A1B2C3D' }],
    [
      {
        'Fn::GetStackOutput': {
          StackName: 'Models',
          OutputName: 'ExportsOutputFnGetAttConfigEndpointConfigName0A1B2C3D',
        },
      },
    ],
    [{ 'Fn::Reference': ['Models', 'Config'] }],
  ])('finds its configuration in another stack: %j', (EndpointConfigName) => {
    const elsewhere = { ...config({ ProductionVariants: [LIVE] }), stack: 'Models' };

    expect(costOf(TYPE, { EndpointConfigName }, [elsewhere]).items).toHaveLength(2);
  });

  test('is not priced by a configuration of the same name in another stack', () => {
    const elsewhere = { ...config({ ProductionVariants: [LIVE] }), stack: 'Models' };

    expect(costOf(TYPE, REFERRING, [elsewhere]).unpriced).toMatchObject([
      { reason: 'its endpoint configuration is not among the resources', machine: true },
    ]);
  });

  test('has accelerators without a price', () => {
    const accelerated = { ...LIVE, AcceleratorType: 'ml.eia2.medium' };

    expect(reasons(costOf(TYPE, REFERRING, [config({ ProductionVariants: [accelerated] })]))).toContain(
      'accelerators of Live; no price in the table',
    );
  });

  test('costs by use where it is serverless', () => {
    const variant = { VariantName: 'Live', ServerlessConfig: { MaxConcurrency: 5, MemorySizeInMB: 2048 } };

    expect(reasons(costOf(TYPE, REFERRING, [config({ ProductionVariants: [variant] })]))).toEqual([
      'by use: Requests to serverless inference, of which no price in eu-central-1 is known to this version',
    ]);
  });

  test('says that capacity which a serverless variant keeps has no price', () => {
    const variant = { ServerlessConfig: { ProvisionedConcurrency: 2 } };

    expect(reasons(costOf(TYPE, REFERRING, [config({ ProductionVariants: [variant] })])).join()).toContain(
      'no price of provisioned concurrency for serverless inference',
    );
  });

  test.each([
    [{ EndpointConfigName: 'elsewhere' }, {}, 'its endpoint configuration is not among the resources'],
    [REFERRING, { ProductionVariants: { Ref: 'Variants' } }, 'its variants are known only at deployment'],
    [
      REFERRING,
      { ProductionVariants: [{ ...LIVE, InitialInstanceCount: { Ref: 'Count' } }] },
      'type or number of the instances of Live is known only at deployment',
    ],
    [
      REFERRING,
      { ProductionVariants: [{ 'Fn::If': ['A', LIVE, LIVE] }] },
      'type or number of the instances of a variant is known only at deployment',
    ],
  ])('is not priced with %j of %j', (properties, configuration, reason) => {
    expect(reasons(costOf(TYPE, properties, [config(configuration)]))).toEqual([reason]);
  });

  test('has volumes of a size that SageMaker chooses, unless it states one', () => {
    const { VolumeSizeInGB, ...variant } = LIVE;

    expect(reasons(costOf(TYPE, REFERRING, [config({ ProductionVariants: [variant] })]))[0]).toBe(
      'the size of the volumes of Live is left to SageMaker',
    );
  });

  test('costs nothing by its configuration alone', () => {
    const { items, unpriced, byUse } = estimateOf([config({ ProductionVariants: [LIVE] })]);

    expect([items, unpriced, byUse]).toEqual([[], [], []]);
    expect(offers(costWithoutPrices(TYPE))).toEqual({});
  });
});

function config(properties: object): Described {
  return { type: 'AWS::SageMaker::EndpointConfig', logicalId: 'Config', properties: { ...properties } };
}
