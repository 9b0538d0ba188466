import { Ancestry } from '../../../src/cost/pricing/ancestry';
import { ResourceIndex } from '../../../src/cost/pricing/resource-index';
import { Subject } from '../../../src/cost/pricing/subject';
import { UsedPrices } from '../../../src/cost/pricing/used-prices';
import { PLANTED, resource } from './priced';

const KEY = resource({ type: 'AWS::KMS::Key', logicalId: 'Key' });

describe('the subject of a price', () => {
  const subject = new Subject(
    resource({ type: 'A' }),
    'eu-central-1',
    new UsedPrices(PLANTED),
    730,
    new ResourceIndex({ resources: [KEY] }),
    new Ancestry([]),
  );

  test('knows the prices of its region, by unit and by instance type of each service', () => {
    expect(subject.unitPrice('kmsKeyMonth')).toBe(1);
    expect([subject.instancePrice('ml', 'ml.t3.medium'), subject.instancePrice('ec2', 't3.medium')]).toEqual([
      0.06, 0.04,
    ]);
    expect(subject.instancePrice('ec2', 'ml.t3.medium')).toBeUndefined();
  });

  test('spells all hours of a month otherwise than a part of them', () => {
    expect(subject.spelledHours(subject.hours('notebookHours'))).toBe('730 hours: always on');
    expect(subject.spelledHours({ perMonth: 10, because: 'Sundays', stated: false })).toBe('10 of 730 hours: Sundays');
  });

  test('is charged for at a known price, and not at zero for want of one', () => {
    const charge = { description: 'It', priceName: 'it', quantity: 2, unit: 'piece' };

    expect(subject.charge({ ...charge, unitUsd: 0 })).toMatchObject({ kind: 'fixed', unitUsd: 0 });
    expect(subject.charge({ ...charge, unitUsd: undefined })).toEqual({
      kind: 'unknown',
      reason: 'no price of it in eu-central-1 is known to this version',
    });
    expect(subject.charge({ ...charge, unitUsd: undefined, machine: true })).toMatchObject({ machine: true });
  });

  test('finds what its properties refer to', () => {
    expect(subject.find({ Ref: 'Key' })).toBe(KEY);
  });

  test('reads a resource without properties', () => {
    const bare = { ...resource({ type: 'A' }), properties: undefined as never };

    expect(
      new Subject(bare, '', new UsedPrices(PLANTED), 730, new ResourceIndex({ resources: [] }), new Ancestry([]))
        .properties,
    ).toEqual({});
  });
});
