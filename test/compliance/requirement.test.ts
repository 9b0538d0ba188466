import {
  absent,
  all,
  any,
  atLeast,
  each,
  equals,
  items,
  mayHold,
  oneOf,
  present,
  Requirement,
  some,
  unlike,
  unmet,
  when,
} from '../../src/compliance/requirement';

const UNKNOWN = { 'Fn::GetAtt': ['Custom', 'Value'] };
const SAYS_UNKNOWN = 'got: {"Fn::GetAtt":["Custom","Value"]}, which is only known at deployment';

describe('a requirement', () => {
  test.each<[string, Requirement, object]>([
    ['present', present('A.B'), { A: { B: 'x' } }],
    ['present, if known at deployment', present('A.B'), { A: UNKNOWN }],
    ['present, if false', present('A'), { A: false }],
    ['absent', absent('A.B'), { A: {} }],
    ['equal', equals('A', true), { A: 'true' }],
    ['one of', oneOf('A', 'x', 'y'), { A: 'y' }],
    ['at least', atLeast('A', 2), { A: '2' }],
    ['items', items('A', 2), { A: ['x', UNKNOWN] }],
    ['unlike', unlike('A', '^x'), { A: 'yx' }],
    ['all', all(present('A'), present('B')), { A: 1, B: 1 }],
    ['any', any(present('A'), present('B')), { B: 1 }],
    ['when the condition does not hold', when(present('A'), present('B')), {}],
    ['when the condition holds', when(present('A'), present('B')), { A: 1, B: 1 }],
    ['each of none', each('L', present('A')), {}],
    ['each', each('L', present('A')), { L: [{ A: 1 }, { A: 2 }] }],
    ['some', some('L', present('A')), { L: [{}, { A: 1 }] }],
  ])('holds: %s', (_, requirement, properties) => {
    expect(unmet(requirement, properties as never)).toEqual([]);
  });

  test.each<[Requirement, object, string]>([
    [present('A.B'), { A: {} }, 'Properties.A.B must be given, got: nothing'],
    [present('A'), { A: '' }, 'Properties.A must be given, got: ""'],
    [present('A'), { A: [] }, 'Properties.A must be given, got: []'],
    [absent('A'), { A: 1 }, 'Properties.A must not be given, got: 1'],
    [equals('A', 'x'), { A: 'y' }, 'Properties.A must be x, got: "y"'],
    [equals('A', 'x'), { A: UNKNOWN }, `Properties.A must be x, ${SAYS_UNKNOWN}`],
    [oneOf('A', 'x', 'y'), {}, 'Properties.A must be x or y, got: nothing'],
    [atLeast('A', 2), { A: 1 }, 'Properties.A must be at least 2, got: 1'],
    [atLeast('A', 0), {}, 'Properties.A must be at least 0, got: nothing'],
    [items('A', 2), { A: ['x'] }, 'Properties.A must have at least 2 elements, got: ["x"]'],
    [items('A', 2), { A: UNKNOWN }, `Properties.A must have at least 2 elements, ${SAYS_UNKNOWN}`],
    [unlike('A', '^x'), { A: 'xy' }, 'Properties.A must not match ^x, got: "xy"'],
    [unlike('A', '^x'), {}, 'Properties.A must not match ^x, got: nothing'],
    [all(present('A'), present('B')), { A: 1 }, 'Properties.B must be given, got: nothing'],
    [when(present('A'), present('B')), { A: 1 }, 'Properties.B must be given, got: nothing'],
    [each('L', equals('A', 1)), { L: [{ A: 1 }, { A: 2 }] }, 'Properties.L.1.A must be 1, got: 2'],
    [each('L', equals('A', 1)), { L: UNKNOWN }, `Properties.L.A must be 1, ${SAYS_UNKNOWN}`],
    [some('L', present('A')), {}, 'Properties.L must have elements, got: nothing'],
  ])('says what does not hold: %j of %j', (requirement, properties, text) => {
    const found = unmet(requirement, properties as never);

    expect(found.map((each) => each.text)).toEqual([text]);
    expect(text.startsWith(`${found[0].location} must`)).toBe(true);
  });

  test('names the alternative that is nearest: unknown before wrong', () => {
    const [finding] = unmet(any(equals('A', 1), equals('B', 1)), { A: 2, B: UNKNOWN });

    expect(finding.location).toBe('Properties.B');
  });

  test('must hold where its condition is known only at deployment', () => {
    expect(unmet(when(equals('A', 1), present('B')), { A: UNKNOWN })).toHaveLength(1);
  });

  test('may hold if what is missing is known only at deployment, and not if it is wrong', () => {
    expect(mayHold(equals('A', 1), { A: UNKNOWN })).toBe(true);
    expect(mayHold(equals('A', 1), { A: 2 })).toBe(false);
    expect(mayHold(all(equals('A', 1), equals('B', 1)), { A: UNKNOWN, B: 2 })).toBe(false);
  });
});
