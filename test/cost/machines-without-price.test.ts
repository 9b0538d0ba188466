import { machinesWithoutPrice } from '../../src/cost/machines-without-price';

function machine(constructPath: string) {
  return { constructPath, resourceType: 'AWS::EC2::Instance', reason: 'no price of g5', machine: true };
}

describe('machinesWithoutPrice', () => {
  test('names machines and why, and nothing else that has no price', () => {
    const volume = { constructPath: 'Team/a', resourceType: 'AWS::EC2::Volume', reason: 'no price of gp4' };

    expect(machinesWithoutPrice([volume, machine('Team/a')])).toEqual(['Team/a (no price of g5)']);
  });

  test('names five, and counts the rest', () => {
    const named = machinesWithoutPrice(Array.from({ length: 7 }, (_, n) => machine(`Team/${n}`)));

    expect(named).toHaveLength(6);
    expect(named.slice(4)).toEqual(['Team/4 (no price of g5)', 'and 2 more']);
  });
});
