import { ResourceIndex } from '../../../src/cost/pricing/resource-index';
import { resource } from './priced';

const CONFIG = resource({ type: 'A', stack: 'One', logicalId: 'Config' });
const NAMESAKE = resource({ type: 'A', stack: 'Two', logicalId: 'Same' });
const INDEX = new ResourceIndex([CONFIG, resource({ type: 'A', stack: 'One', logicalId: 'Same' }), NAMESAKE]);

describe('a resource', () => {
  test.each([
    [{ Ref: 'Config' }],
    [{ 'Fn::GetAtt': ['Config', 'Arn'] }],
    [{ 'Fn::GetAtt': 'Config.Arn' }],
    [{ 'Fn::ImportValue': 'One:ExportsOutputRefConfig0A1B2C3D' }],
    [{ 'Fn::ImportValue': 'One:ExportsOutputFnGetAttConfigName0A1B2C3D' }],
    [{ 'Fn::GetStackOutput': { StackName: 'One', OutputName: 'ExportsOutputRefConfig0A1B2C3D' } }],
  ])('is found by %j, also from another stack', (reference) => {
    expect(INDEX.find('One', reference)).toBe(CONFIG);
    expect(INDEX.find('Two', reference)).toBe(CONFIG);
  });

  test('is found in its own stack before others, and not at all where several could be meant', () => {
    expect(INDEX.find('Two', { Ref: 'Same' })).toBe(NAMESAKE);
    expect(INDEX.find('Three', { Ref: 'Same' })).toBeUndefined();
  });

  test.each([
    ['Config'],
    [{ Ref: 'Other' }],
    [{ Ref: 5 }],
    [{ 'Fn::GetAtt': { Ref: 'Config' } }],
    [{ 'Fn::GetAtt': [] }],
    [{ 'Fn::ImportValue': { 'Fn::Sub': 'a' } }],
    [{ 'Fn::ImportValue': 'config-of-a-team' }],
    [{ 'Fn::GetStackOutput': null }],
    [{ 'Fn::Sub': '${Config}' }],
    [undefined],
    [null],
  ])('is not found by %j', (reference) => {
    expect(INDEX.find('One', reference)).toBeUndefined();
  });
});
