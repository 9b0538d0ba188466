import { ComplianceRule, described } from '../../src/compliance/compliance-rule';
import { present } from '../../src/compliance/requirement';

describe('described', () => {
  const rule: ComplianceRule = {
    id: 'thing-key',
    controls: ['Thing.1'],
    title: 'Things have a key',
    severity: 'HIGH',
    remedy: 'Set KmsKeyId',
    link: 'https://docs.aws.amazon.com/thing',
    resourceTypes: ['AWS::Thing::Thing'],
    requirement: present('KmsKeyId'),
  };

  test('says of a rule what a reader wants to know, and not how it is made', () => {
    const { requirement, ...rest } = rule;

    expect(described(rule)).toEqual({ ...rest, inGuard: true, onByDefault: true });
  });

  test('says of a rule made of code that it is not in Guard', () => {
    const { requirement, ...rest } = rule;

    expect(described({ ...rest, inspect: () => [] }).inGuard).toBe(false);
  });

  test('says of a rule that has to be asked for that it is not on', () => {
    expect(described({ ...rule, askedBy: 'privateRegistry' }).onByDefault).toBe(false);
  });

  test('hands out copies, so that nobody changes a rule', () => {
    described(rule).controls.push('Thing.2');

    expect(rule.controls).toEqual(['Thing.1']);
  });
});
