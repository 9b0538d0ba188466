import { ResourceIndex } from '../../../src/cost/pricing/resource-index';
import { StackIndex } from '../../../src/cost/pricing/stack-index';
import { resource } from './priced';

const stack = (path: string, account?: string, region?: string) => ({ path, name: 'team', account, region });
const ONE = stack('One', '111111111111', 'eu-central-1');
const OTHER = stack('Other', '222222222222', 'eu-central-1');
const FAR = stack('Far', '111111111111', 'us-east-1');
const USER = { path: 'User', name: 'user', account: '111111111111', region: 'eu-central-1' };

describe('a stack', () => {
  const index = new StackIndex({ resources: [], stacks: [ONE, OTHER, FAR, USER, { path: 'Any', name: 'any' }] });

  test('is meant by its name in the account and region of what imports from it', () => {
    expect(index.named('team', 'User')).toBe(ONE);
    expect(index.named('team', 'Other')).toBe(OTHER);
    expect(index.named('team', 'User', 'us-east-1')).toBe(FAR);
  });

  test('is not guessed among several, nor found under another name', () => {
    expect(index.named('team', 'Any')).toBeUndefined();
    expect(index.named('One', 'User')).toBeUndefined();
    expect(index.named('user', 'Other')).toBeUndefined();
  });

  test('has the name that it is given, before that of its path', () => {
    const resources = [resource({ type: 'A', stack: 'One', logicalId: 'Config' })];
    const imported = (name: string) => ({ 'Fn::ImportValue': `${name}:ExportsOutputRefConfig0A1B2C3D` });
    const named = new ResourceIndex({ resources, stacks: [ONE] });

    expect(named.find('One', imported('team'))).toBe(resources[0]);
    expect(named.find('One', imported('One'))).toBeUndefined();
    expect(new ResourceIndex({ resources }).find('One', imported('One'))).toBe(resources[0]);
  });
});
