import { keyOf } from './break';
import type { RecordedStacks, RecordedTerms } from './recorded-template';
import { termBreaks } from './release-stack';

const TERMS: RecordedTerms = {
  Environment: 'aws://111111111111/eu-central-1',
  Tags: { 'ml-environment': 'prod' },
  TerminationProtection: true,
};

const stacks = (terms: Partial<RecordedTerms>): RecordedStacks => ({
  Team: { Parameters: {}, Mappings: {}, Conditions: {}, Resources: {}, Outputs: {}, Stack: { ...TERMS, ...terms } },
});

test.each<[string, Partial<RecordedTerms>, string[]]>([
  ['the same terms', {}, []],
  ['one more tag', { Tags: { ...TERMS.Tags, team: 'vision' } }, []],
  ['no termination protection', { TerminationProtection: false }, ['weakens stack `Team`']],
  ['a tag less', { Tags: {} }, ['weakens stack `Team`']],
  ['another value of a tag', { Tags: { 'ml-environment': 'dev' } }, ['weakens stack `Team`']],
  ['another region', { Environment: 'aws://111111111111/eu-west-1' }, ['removes stack `Team`']],
])('a stack with %s', (_, terms, expected) => {
  expect(termBreaks(stacks({}), stacks(terms), { release: '0.1.0' }).map(keyOf)).toEqual(expected);
});

test('a stack may be protected', () => {
  expect(termBreaks(stacks({ TerminationProtection: false }), stacks({}), { release: '0.1.0' })).toEqual([]);
});
