import { type Estimate, priceTable, sharing } from '../../../src/cost/pricing';
import { type Described, estimateOf, facts } from './priced';

const notebook = (logicalId: string, base?: string): Described => ({
  type: 'AWS::SageMaker::NotebookInstance',
  logicalId,
  properties: { InstanceType: 'ml.t3.medium', ...(base && { Tags: { 'ml-base': base } }) },
});
const endpoint = (logicalId: string, base?: string): Described => ({
  type: 'AWS::EC2::VPCEndpoint',
  logicalId,
  properties: { VpcEndpointType: 'Interface', SubnetIds: ['a'], ...(base && { Tags: { 'ml-base': base } }) },
});

describe('shared against separate', () => {
  test('gives each workload what is shared, and counts what is its own once', () => {
    // 43.80 an hour-month and 0.70 of volume for each of two notebooks, beside 7.30 for an endpoint
    expect(sharing(estimateOf([notebook('A'), notebook('B'), endpoint('E')]))).toMatchObject({
      workloads: 2,
      sharedUsd: 96.3,
      separateUsd: 103.6,
      savedUsd: 7.3,
      savedPercent: 7.05,
    });
  });

  test('compares base by base', () => {
    const bases = [
      notebook('A', 'one'),
      notebook('B', 'one'),
      endpoint('E', 'one'),
      notebook('C', 'two'),
      endpoint('F', 'two'),
    ];

    expect(sharing(estimateOf(bases))).toMatchObject({ workloads: 3, savedUsd: 7.3 });
  });

  test('saves nothing for one workload, nor for none', () => {
    expect(sharing(estimateOf([notebook('A'), endpoint('E')]))).toMatchObject({
      workloads: 1,
      savedUsd: 0,
      savedPercent: 0,
    });
    expect(sharing(estimateOf([endpoint('E')]))).toMatchObject({ workloads: 0, sharedUsd: 7.3, separateUsd: 7.3 });
    expect(sharing(estimateOf([]))).toMatchObject({ workloads: 0, sharedUsd: 0, separateUsd: 0, savedPercent: 0 });
  });

  test('counts use once, as it is the same in sum', () => {
    const stated = { facts: [facts('Stack', { usage: { vpcEndpointGb: 400 } })] };

    expect(sharing(estimateOf([notebook('A'), notebook('B'), endpoint('E')], stated))).toMatchObject({
      sharedUsd: 104.3,
      savedUsd: 7.3,
    });
  });

  test('counts a workload whose price is not known, and a machine that routes as a part of the network', () => {
    const unknown = {
      ...notebook('B'),
      properties: { InstanceType: { Ref: 'Type' }, VolumeSizeInGB: { Ref: 'Size' } },
    };
    const router = {
      type: 'AWS::EC2::Instance',
      logicalId: 'Nat',
      properties: { InstanceType: 't3.medium', SourceDestCheck: false },
    };

    expect(sharing(estimateOf([notebook('A'), unknown, router]))).toMatchObject({ workloads: 2, savedUsd: 29.2 });
  });

  test('gives workloads what their bases stand on beside them, as often as there are workloads of these bases', () => {
    const bases = ['one', 'two'].map((base) =>
      facts(base, { kind: 'MlSharedInfra', identity: { base }, links: [{ to: 'Network', label: 'network' }] }),
    );
    const resources = [
      notebook('A', 'one'),
      notebook('B', 'two'),
      notebook('C', 'two'),
      notebook('D', 'three'),
      { ...endpoint('E'), stack: 'Network' },
      { ...endpoint('F'), stack: 'Elsewhere' },
    ];

    expect(sharing(estimateOf(resources, { facts: bases })).savedUsd).toBe(14.6);
    expect(sharing(estimateOf(resources, { facts: bases.slice(0, 1) })).savedUsd).toBe(0);
    expect(sharing(estimateOf(resources)).savedUsd).toBe(0);
  });

  test('says what it assumes', () => {
    expect(sharing(estimateOf([])).assumptions).toContain(
      'Only priced costs count, and what no base is known to use counts once.',
    );
  });
});

describe('the comparison of three notebooks that share three interface endpoints in one zone', () => {
  test.each([
    ['eu-central-1', 153.3, 205.86, 52.56, 25.53],
    ['us-east-1', 131.4, 175.2, 43.8, 25],
  ])('holds in %s', (region, sharedUsd, separateUsd, savedUsd, savedPercent) => {
    expect(sharing(ofThree(region))).toMatchObject({ workloads: 3, sharedUsd, separateUsd, savedUsd, savedPercent });
  });

  function ofThree(region: string): Estimate {
    const properties = { InstanceType: 'ml.t3.medium', VolumeSizeInGB: 0 }; // the seed counts no volumes
    const resources = [
      ...['A', 'B', 'C'].map((id) => ({ ...notebook(id), region, properties })),
      ...['SageMaker', 'Runtime', 'Ec2'].map((id) => ({ ...endpoint(id), region })),
    ];
    return estimateOf(resources, { prices: priceTable() });
  }
});
