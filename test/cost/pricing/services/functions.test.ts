import { costOf, offers, reasons } from '../priced';

describe('a function', () => {
  test.each([
    [{}, 0.000016],
    [{ Architectures: ['x86_64'] }, 0.000016],
    [{ Architectures: ['arm64'] }, 0.000013],
  ])('costs by requests and by duration on its architecture: %j', (properties, duration) => {
    const cost = costOf('AWS::Lambda::Function', properties);

    expect(offers(cost)).toEqual({ lambdaRequests: 0.0000002, lambdaGbSeconds: duration });
    expect(cost.unpriced).toEqual([]);
  });

  test.each([[{ Ref: 'Architectures' }], [[{ Ref: 'Architecture' }]]])(
    'has no known price for duration on %j',
    (Architectures) => {
      const cost = costOf('AWS::Lambda::Function', { Architectures });

      expect(offers(cost)).toEqual({ lambdaRequests: 0.0000002 });
      expect(reasons(cost)).toEqual(['by use: duration, by an architecture that is known only at deployment']);
    },
  );

  test.each([['AWS::Lambda::Version'], ['AWS::Lambda::Alias']])('costs more where it is kept warm: %s', (type) => {
    expect(reasons(costOf(type))).toEqual([]);
    expect(reasons(costOf(type, { ProvisionedConcurrencyConfig: {} }))).toEqual([
      'provisioned concurrency; no price in the table',
    ]);
  });
});

describe('a state machine', () => {
  test.each([[{}], [{ StateMachineType: 'STANDARD' }]])('costs by its transitions: %j', (properties) => {
    expect(offers(costOf('AWS::StepFunctions::StateMachine', properties))).toEqual({ stateTransitions: 0.000025 });
  });

  test('has no known price as an express workflow', () => {
    expect(reasons(costOf('AWS::StepFunctions::StateMachine', { StateMachineType: 'EXPRESS' }))).toEqual([
      'by use: requests and duration of express workflows; no price in the table',
    ]);
  });
});
