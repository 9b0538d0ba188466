import { ResourceIndex } from '../../../src/cost/pricing/resource-index';
import { resource } from './priced';

const CONFIG = resource({ type: 'A', stack: 'Stage/One', logicalId: 'Config' });
const NAMESAKE = resource({ type: 'A', stack: 'Stage/Two', logicalId: 'Same' });
const RESOURCES = [CONFIG, resource({ type: 'A', stack: 'Stage/One', logicalId: 'Same' }), NAMESAKE];
const INDEX = new ResourceIndex({ resources: RESOURCES });
const output = (logicalId: string) => `ExportsOutputRef${logicalId}0A1B2C3D`;

describe('a resource', () => {
  test.each([[{ Ref: 'Config' }], [{ 'Fn::GetAtt': ['Config', 'Arn'] }], [{ 'Fn::GetAtt': 'Config.Arn' }]])(
    'is found by %j in its own stack, and not from another by luck',
    (reference) => {
      expect(INDEX.find('Stage/One', reference)).toBe(CONFIG);
      expect(INDEX.find('Stage/Two', reference)).toBeUndefined();
    },
  );

  test.each([
    [{ 'Fn::Reference': ['Stage/One', 'Config'] }],
    [{ 'Fn::ImportValue': `Stage-One:${output('Config')}` }],
    [{ 'Fn::ImportValue': 'Stage-One:ExportsOutputFnGetAttConfigName0A1B2C3D' }],
    [{ 'Fn::GetStackOutput': { StackName: 'Stage-One', OutputName: output('Config') } }],
    [{ 'Fn::GetStackOutput': { StackName: 'Stage-One', OutputName: output('Config'), Region: 'eu-central-1' } }],
  ])('is found in the stack that %j names', (reference) => {
    expect(INDEX.find('Stage/Two', reference)).toBe(CONFIG);
  });

  test('is found in its own stack before others, and where it is meant among namesakes', () => {
    expect(INDEX.find('Stage/Two', { Ref: 'Same' })).toBe(NAMESAKE);
    expect(INDEX.find('Stage/Three', { Ref: 'Same' })).toBeUndefined();
    expect(INDEX.find('Stage/Three', { 'Fn::ImportValue': `Stage-Two:${output('Same')}` })).toBe(NAMESAKE);
    expect(INDEX.find('Stage/One', { 'Fn::Reference': ['Stage/Two', 'Same'] })).toBe(NAMESAKE);
  });

  test('is found among what is only looked up', () => {
    const index = new ResourceIndex({ resources: [], lookup: RESOURCES });

    expect(index.find('Stage/One', { Ref: 'Config' })).toBe(CONFIG);
  });

  test.each([
    ['Config'],
    [{ Ref: 'Other' }],
    [{ Ref: 5 }],
    [{ 'Fn::GetAtt': { Ref: 'Config' } }],
    [{ 'Fn::GetAtt': [] }],
    [{ 'Fn::Reference': 'Config' }],
    [{ 'Fn::Reference': ['Stage/Two', 'Config'] }],
    [{ 'Fn::ImportValue': { 'Fn::Sub': 'a' } }],
    [{ 'Fn::ImportValue': 'config-of-a-team' }],
    [{ 'Fn::ImportValue': output('Config') }],
    [{ 'Fn::ImportValue': `Elsewhere:${output('Config')}` }],
    [{ 'Fn::ImportValue': `Stage-One:${output('ConfigOf')}` }],
    [{ 'Fn::GetStackOutput': null }],
    [{ 'Fn::GetStackOutput': { StackName: 'Stage-One', OutputName: output('Config'), Region: 'us-east-1' } }],
    [{ 'Fn::GetStackOutput': { StackName: 'Stage-One', OutputName: output('Config'), Region: { Ref: 'Where' } } }],
    [{ 'Fn::Sub': '${Config}' }],
    [undefined],
    [null],
  ])('is not found by %j', (reference) => {
    expect(INDEX.find('Stage/One', reference)).toBeUndefined();
  });
});
