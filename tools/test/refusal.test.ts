import { anyOf, EXIT, fail, Refusal, refuse } from '../src/refusal';

test.each([
  [[], ''],
  [['go'], 'go'],
  [['go', 'java'], 'go or java'],
  [['go', 'java', 'python'], 'go, java or python'],
])('lists %p as %p', (choices, text) => {
  expect(anyOf(choices)).toBe(text);
});

test('says where, which answer, what it must be and what it was, in one line', () => {
  expect(() => refuse('new', 'name', 'short', 'a\n"b"')).toThrow(
    new Refusal(EXIT.USAGE, `ml-infra new: 'name' must be short, got: "a\\n\\"b\\""`),
  );
  expect(() => refuse('new', 'name', 'short', undefined)).toThrow("ml-infra new: 'name' must be short, got: nothing");
});

test('tells a wrong command line from what the machine does not allow', () => {
  expect(exitCodeOf(() => refuse('new', 'name', 'short', ''))).toBe(2);
  expect(exitCodeOf(() => fail('new', 'folder', 'empty', ''))).toBe(1);
});

function exitCodeOf(action: () => never): number | undefined {
  try {
    return action();
  } catch (error) {
    return (error as Refusal).exitCode;
  }
}
