import { pascalCase, requireAppName } from '../../src/new/app-name';

test.each(['a', 'lab', 'my-team', 'vision2', 'a-b-c', 'team', `a${'b'.repeat(39)}`])('may be %p', (name) => {
  expect(() => requireAppName(name)).not.toThrow();
});

test.each([
  ['', '(give --name)'],
  ['MyTeam', '(give --name my-team)'],
  ['my team', '(give --name my-team)'],
  ['My_Team.', '(give --name my-team)'],
  ['2nd', '(give --name nd)'],
  ['team-2', '(give --name team2)'],
  ['a--b', '(give --name a-b)'],
  ['-a', '(give --name a)'],
  ['a-', '(give --name a)'],
  ['größe', '(give --name gr-e)'],
  ['$(id)', '(give --name id)'],
  ['../lab', '(give --name lab)'],
  ['a\nb', '(give --name a-b)'],
  ['数据', '(give --name)'],
  ['a'.repeat(41), '(give --name)'],
])('must not be %p, with a remedy', (name, remedy) => {
  expect(() => requireAppName(name)).toThrow(
    `ml-infra new: 'name' must be 1 to 40 lower-case letters, digits and single dashes, with a letter at the start and ` +
      `after each dash, which npm, PyPI, Maven, Go and CloudFormation all take ${remedy}, got: ${JSON.stringify(name)}`,
  );
});

test.each(['aws-cdk-lib', 'constructs', 'cdk-ml-infra', 'time', 'image', 'con', 'com1'])('must not be %p', (name) => {
  expect(() => requireAppName(name)).toThrow(/'name' must be a name that no package, no part of Go/);
});

test('is written in Pascal case for stacks, and two names never alike', () => {
  expect(pascalCase('my-team')).toBe('MyTeam');
  expect(pascalCase('a-b2c-d')).toBe('AB2cD');

  const names = namesOf([...'ab2-'], 6);
  expect(names.length).toBeGreaterThan(500);
  expect(new Set(names.map(pascalCase)).size).toBe(names.length);
});

/** All allowed names of some letters up to a length. */
function namesOf(letters: string[], length: number): string[] {
  let texts = [''];
  const found: string[] = [];
  for (let at = 0; at < length; at++) {
    texts = texts.flatMap((text) => letters.map((letter) => text + letter));
    found.push(...texts.filter(isAllowed));
  }
  return found;
}

function isAllowed(name: string): boolean {
  try {
    requireAppName(name);
    return true;
  } catch {
    return false;
  }
}
