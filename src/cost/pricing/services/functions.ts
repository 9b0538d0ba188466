import { knownList } from '../known-values';
import { Pricers, unknown } from '../subject';

/** Functions, and the machines of states that call them. */
export const functionPricers: Pricers = {
  'AWS::Lambda::Function': (subject) => {
    const architectures = knownList(subject.properties.Architectures);
    const architecture = architectures && (architectures[0] ?? 'x86_64');
    return [
      subject.use('lambdaRequests'),
      architecture === 'x86_64'
        ? subject.use('lambdaGbSeconds')
        : architecture === 'arm64'
          ? subject.use('lambdaGbSeconds', { what: 'Duration of Lambda, ARM', price: 'lambdaGbSecondArm' })
          : unknown('by use: duration, by an architecture that is known only at deployment'),
    ];
  },
  'AWS::Lambda::Version': ({ properties }) => provisioned(properties.ProvisionedConcurrencyConfig),
  'AWS::Lambda::Alias': ({ properties }) => provisioned(properties.ProvisionedConcurrencyConfig),
  'AWS::StepFunctions::StateMachine': (subject) =>
    (subject.properties.StateMachineType ?? 'STANDARD') === 'STANDARD'
      ? [subject.use('stateTransitions')]
      : [unknown('by use: requests and duration of express workflows; no price in the table')],
};

function provisioned(config: unknown) {
  return config === undefined ? [] : [unknown('provisioned concurrency; no price in the table')];
}
