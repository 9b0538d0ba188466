import { choicesFor } from '../../src/compliance/deploy-choices';
import { TemplateBody } from '../../src/private/template';

const ref = (name: string) => ({ Ref: name });
const both = (condition: string) => ({ 'Fn::If': [condition, 'yes', 'no'] });

describe('choicesFor', () => {
  test('is one choice where nothing can be chosen', () => {
    expect(valuesOf({ A: 'x', L: [1, ref('Other')] })).toEqual([{ A: 'x', L: [1, ref('Other')] }]);
  });

  test('takes a condition both ways, and the same way everywhere', () => {
    const Conditions = { C: { 'Fn::Equals': [ref('P'), 'x'] } };

    expect(valuesOf({ A: both('C'), B: both('C') }, { Conditions })).toEqual([
      { A: 'yes', B: 'yes' },
      { A: 'no', B: 'no' },
    ]);
  });

  test.each([
    ['Fn::Not', { 'Fn::Not': [{ Condition: 'C' }] }, ['yes no', 'no yes']],
    ['Condition', { Condition: 'C' }, ['yes yes', 'no no']],
    ['Fn::And', { 'Fn::And': [{ Condition: 'C' }, { 'Fn::Equals': ['a', 'b'] }] }, ['yes no', 'no no']],
    ['Fn::Or', { 'Fn::Or': [{ Condition: 'C' }, { 'Fn::Equals': ['a', 'a'] }] }, ['yes yes', 'no yes']],
  ])('knows what %s makes of another condition', (_, D, expected) => {
    const Conditions = { C: { 'Fn::Equals': [ref('P'), 'x'] }, D };

    const values = valuesOf({ A: both('C'), B: both('D') }, { Conditions });

    expect(values.map(({ A, B }) => `${A} ${B}`)).toEqual(expected);
  });

  test('goes through the values that a parameter may have, also in conditions', () => {
    const Parameters = { P: { Type: 'String', Default: 'x', AllowedValues: ['x', 'y', 'z'] } };
    const Conditions = { C: { 'Fn::Equals': [ref('P'), 'y'] } };

    expect(valuesOf({ A: ref('P'), B: both('C') }, { Parameters, Conditions })).toEqual([
      { A: 'x', B: 'no' },
      { A: 'y', B: 'yes' },
      { A: 'z', B: 'no' },
    ]);
  });

  test.each([
    ['has its default', { Type: 'String', Default: 'x' }, 'x'],
    ['is a list', { Type: 'CommaDelimitedList', Default: 'x,y' }, ['x', 'y']],
    ['is unknown without a default', { Type: 'String' }, ref('P')],
    ['is unknown if it is looked up', { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/x' }, ref('P')],
  ])('a parameter %s', (_, P, value) => {
    expect(valuesOf({ A: ref('P') }, { Parameters: { P } })).toEqual([{ A: value }]);
  });

  test('does not take the default of a parameter for the outcome of a condition', () => {
    const Parameters = { P: { Type: 'String', Default: 'x' } };
    const Conditions = { C: { 'Fn::Equals': [ref('P'), 'x'] } };

    expect(valuesOf({ A: both('C') }, { Parameters, Conditions })).toHaveLength(2);
  });

  test('leaves out what is no value, in maps, lists and branches', () => {
    const none = ref('AWS::NoValue');
    const Conditions = { C: { 'Fn::Equals': ['a', 'a'] } };

    expect(valuesOf({ A: none, L: ['x', none], B: { 'Fn::If': ['C', none, 'x'] } }, { Conditions })).toEqual([
      { L: ['x'] },
    ]);
  });

  test('leaves out the choices under which the resource does not exist', () => {
    const body = { Conditions: { C: { 'Fn::Equals': [ref('P'), 'x'] } } };

    expect(valuesOf({ A: both('C') }, body, 'C')).toEqual([{ A: 'yes' }]);
    expect(valuesOf({ A: 'x' }, { Conditions: { C: { 'Fn::Equals': ['a', 'b'] } } }, 'C')).toEqual([]);
  });

  test('leaves a condition that is not defined, or that names itself, unknown', () => {
    const Conditions = { C: { Condition: 'C' } };

    expect(valuesOf({ A: both('C'), B: both('D') }, { Conditions })).toEqual([{ A: both('C'), B: both('D') }]);
  });

  test('stops at 512 choices and leaves the rest unknown', () => {
    const names = Array.from({ length: 12 }, (_, index) => `C${index}`);
    const Conditions = Object.fromEntries(names.map((name) => [name, { 'Fn::Equals': [ref(name), 'x'] }]));
    const properties = Object.fromEntries(names.map((name) => [name, both(name)]));

    const values = valuesOf(properties, { Conditions });

    expect(values).toHaveLength(512);
    expect([values[0].C8, values[0].C9]).toEqual(['yes', both('C9')]);
  });

  function valuesOf(Properties: object, body: TemplateBody = {}, Condition?: string) {
    const subject = { Type: 'AWS::Thing::Thing', Condition, Properties } as never;
    const choices = choicesFor('Subject', { ...body, Resources: { Subject: subject } });
    return choices.map((choice) => choice.resolve(Properties) as { [name: string]: unknown });
  }
});
