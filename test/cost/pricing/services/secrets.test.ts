import { amounts, costOf, offers, reasons } from '../priced';

const ROTATION = 'KMS keys are new: each of the first two rotations adds the price of a key.';

describe('a key', () => {
  test.each([['AWS::KMS::Key'], ['AWS::KMS::ReplicaKey']])('costs by the month and by request: %s', (type) => {
    const cost = costOf(type);

    expect(amounts(cost)).toEqual({ 'KMS key': 1 });
    expect(offers(cost)).toEqual({ kmsRequests: 0.000003 });
  });

  test.each([
    [{ EnableKeyRotation: true }, true],
    [{ EnableKeyRotation: { Ref: 'Rotated' } }, true],
    [{}, false],
  ])('is assumed to be new where it rotates: %j', (properties, assumed) => {
    expect(costOf('AWS::KMS::Key', properties).assumptions.includes(ROTATION)).toBe(assumed);
  });
});

describe('a secret', () => {
  test('costs by the month, its requests aside', () => {
    const cost = costOf('AWS::SecretsManager::Secret');

    expect(amounts(cost)).toEqual({ Secret: 0.4 });
    expect(cost.unpriced).toEqual([]);
    expect(cost.assumptions).toContain('Requests to Secrets Manager are not counted.');
  });

  test('costs more with replicas, at the prices of their regions', () => {
    expect(reasons(costOf('AWS::SecretsManager::Secret', { ReplicaRegions: [{ Region: 'eu-west-1' }] }))).toEqual([
      'its replicas, each at the price of a secret in its region',
    ]);
  });
});
