import { join } from 'node:path';
import { FREE_TYPES } from '../../../src/cost/pricing/free-table';
import { UNPRICED_TYPES } from '../../../src/cost/pricing/reasons-table';
import { isFree, isLookedUp, isPriced, PRICED_TYPES, pricerOf } from '../../../src/cost/pricing/registry';
import { readRecord, recordedVersions } from '../../releases/release-record';
import { estimateOf, reasons } from './priced';

const RECORDS = join(__dirname, '..', '..', 'releases');

describe('the type of a resource', () => {
  test.each(recordedVersions(RECORDS))('is known wherever version %s has it in a template', (version) => {
    const stacks = Object.values(readRecord(RECORDS, version).layouts)
      .flatMap((byFlags) => Object.values(byFlags))
      .flatMap((byStack) => Object.values(byStack));
    const types = new Set(stacks.flatMap(({ Resources }) => Object.values(Resources).map(({ Type }) => Type)));

    expect(types.size).toBeGreaterThan(30);
    expect([...types].filter((type) => !isFree(type) && !pricerOf(type))).toEqual([]);
  });

  test('is priced, free or without a price, and only one of them', () => {
    const all = [...PRICED_TYPES, ...FREE_TYPES, ...Object.keys(UNPRICED_TYPES)];

    expect(all.filter((type, index) => all.indexOf(type) !== index)).toEqual([]);
    expect(all.filter((type) => !/^AWS::\w+::\w+$/.test(type))).toEqual([]);
  });

  test.each([['AWS::Thing::Thing'], ['constructor'], ['__proto__'], ['']])('%j is not known, and not free', (type) => {
    const cost = estimateOf([{ type }]);

    expect(reasons(cost)).toEqual([`the price of ${type} is not known to this version`]);
    expect([isFree(type), isPriced(type)]).toEqual([false, true]);
  });

  test.each([['AWS::IAM::Role'], ['AWS::EC2::SecurityGroup'], ['Custom::S3AutoDeleteObjects'], ['AWS::CDK::Metadata']])(
    '%s is free, and need not be looked at',
    (type) => {
      expect(estimateOf([{ type }])).toMatchObject({ items: [], byUse: [], unpriced: [] });
      expect(isPriced(type)).toBe(false);
    },
  );

  test.each([['AWS::SageMaker::EndpointConfig'], ['AWS::EC2::LaunchTemplate'], ['AWS::EC2::Subnet']])(
    '%s is free, but has to be looked at for others',
    (type) => {
      expect([isFree(type), isLookedUp(type), isPriced(type)]).toEqual([true, true, true]);
    },
  );

  test('without a price says what it costs by', () => {
    expect(reasons(estimateOf([{ type: 'AWS::SNS::Topic' }]))).toEqual(['by use: messages; no price in the table']);
    expect(isPriced('AWS::SNS::Topic')).toBe(true);
  });
});
