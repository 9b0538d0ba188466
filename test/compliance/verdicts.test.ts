import { ComplianceRule } from '../../src/compliance/compliance-rule';
import { equals, present } from '../../src/compliance/requirement';
import { verdicts } from '../../src/compliance/verdicts';
import { TemplateBody } from '../../src/private/template';

const description = {
  id: 'thing-color',
  controls: [],
  title: 'Things are red',
  severity: 'LOW',
  remedy: 'Set Color',
  link: 'https://docs.aws.amazon.com/thing',
  resourceTypes: ['AWS::Thing::Thing'],
} as const;
const rule = {
  ...description,
  requirement: equals('Color', 'red'),
  appliesWhen: present('Color'),
} as unknown as ComplianceRule;

describe('verdicts', () => {
  test('are given on the resources to which a rule applies, and on no other', () => {
    const body = bodyOf({ Red: { Color: 'red' }, Blue: { Color: 'blue' }, Bare: {} });

    expect(verdicts(rule, body).map(({ logicalId, findings }) => [logicalId, findings.length])).toEqual([
      ['Red', 0],
      ['Blue', 1],
    ]);
  });

  test('say once what is wrong under several choices', () => {
    const body = {
      ...bodyOf({ Blue: { Color: 'blue', Size: { 'Fn::If': ['C', 1, 2] } } }),
      Conditions: { C: { 'Fn::Equals': [{ Ref: 'P' }, 'x'] } },
    };

    expect(verdicts(rule, body)[0].findings).toHaveLength(1);
  });

  test('hold for resources that have no properties at all', () => {
    const bare = { ...description, requirement: present('Color') } as unknown as ComplianceRule;

    const [verdict] = verdicts(bare, { Resources: { Bare: { Type: 'AWS::Thing::Thing' } } });

    expect(verdict.findings.map(({ location }) => location)).toEqual(['Properties.Color']);
  });

  test('give code the resource, the others and the account', () => {
    const inspect = jest.fn(() => undefined);

    verdicts({ ...description, inspect } as unknown as ComplianceRule, bodyOf({ A: {}, B: {} }), '111111111111');

    expect(inspect).toHaveBeenNthCalledWith(
      2,
      expect.objectContaining({ logicalId: 'B' }),
      expect.objectContaining({ accountId: '111111111111', resources: [expect.anything(), expect.anything()] }),
    );
  });

  test('are none on a template without resources', () => {
    expect(verdicts(rule, {})).toEqual([]);
  });

  function bodyOf(things: { [logicalId: string]: object }): TemplateBody {
    const resources = Object.entries(things).map(([id, Properties]) => [id, { Type: 'AWS::Thing::Thing', Properties }]);
    return { Resources: Object.fromEntries(resources) };
  }
});
