import { code, counted, cut, details, escaped, folded, table } from '../../src/cost/markdown-text';

test('code in which something would end it or its cell is HTML', () => {
  expect([code('Lab/Ada'), code('a|b'), code('a\\|b'), code('a`b'), code('')]).toEqual([
    '`Lab/Ada`',
    '<code>a&#124;b</code>',
    '<code>a&#92;&#124;b</code>',
    '<code>a&#96;b</code>',
    '',
  ]);
});

test('a text is neither Markdown nor HTML nor an escape of it', () => {
  expect(escaped('<b>&lt;\n@you http://x')).toBe('&#60;b&#62;&#38;lt; &#64;you http&#58;//x');
  expect(counted(2, 'a*')).toBe('2 × a&#42;');
});

test('a table has its amounts on the right, and long ones are cut', () => {
  expect(table(['What', 'After'], [['a', '1']])).toBe('| What | After |\n| --- | ---: |\n| a | 1 |');
  expect(
    cut(
      [
        ['a', '1'],
        ['b', '2'],
      ],
      1,
      2,
    ),
  ).toEqual([
    ['a', '1'],
    ['and 1 more', ''],
  ]);
});

test('what is empty is not folded', () => {
  expect([details('More', ''), folded('More', ['What'], [], false)]).toEqual(['', '']);
  expect(folded('More', ['What'], Array(200).fill(['a']), false)).toContain('and 100 more');
});
