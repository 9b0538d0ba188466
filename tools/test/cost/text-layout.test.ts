import { amountWidth, barOf, beside, cell, largestOf, shortOf, wrapped } from '../../src/cost/text-layout';

test('a bar is as long as its share, and whatever costs anything has one', () => {
  expect([barOf(10, 10, 4), barOf(5, 10, 4), barOf(0.5, 10, 4), barOf(0.0001, 10, 4), barOf(0, 10, 4)]).toEqual([
    '████',
    '██  ',
    '▎   ',
    '▏   ',
    '    ',
  ]);
  expect(barOf(0, 0, 2)).toBe('  ');
});

test('a column is as wide as its widest amount', () => {
  expect([amountWidth(['1.00', '10.00']), amountWidth([])]).toEqual([5, 0]);
});

test('a text fits its width, in columns of the terminal', () => {
  expect([cell('abcdef', 4), cell('abcd', 4), cell('日本語', 4)]).toEqual(['abc…', 'abcd', '日…']);
});

test('of a path that does not fit, the end is kept', () => {
  expect([shortOf('Lab/Shared/Key', 20), shortOf('Lab/Shared/Key', 12), shortOf('Lab/aVeryLongName', 8)]).toEqual([
    'Lab/Shared/Key',
    '…/Shared/Key',
    '…/aVery…',
  ]);
});

test('a long sentence takes several lines, each within the width', () => {
  expect(wrapped('one two three four', 9)).toEqual(['one two', 'three', 'four']);
  expect(wrapped('one two three', 9, '  ')).toEqual(['  one two', '    three']);
  expect(wrapped('abcdefghijkl', 5)).toEqual(['abcd…']);
});

test('nothing steers the terminal', () => {
  const texts = [cell('a\u001b[31mb', 20), shortOf('a\u001b[2J/b', 20), ...wrapped('a\u0007 \u202eb', 20)];

  expect(texts).toEqual(['a\\u001b[31mb', 'a\\u001b[2J/b', 'a\\u0007 \\u202eb']);
});

test('any number of amounts has a largest', () => {
  expect(largestOf(Array.from({ length: 130_000 }, (_, index) => index))).toBe(129_999);
  expect(largestOf([])).toBe(0);
});

test('what does not fit beside the beginning of its row stands below it', () => {
  const lead = { text: '1.00', columns: 4 };

  expect(beside(lead, 40, () => ['one', 'two'])).toEqual(['1.00  one', '      two']);
  expect(beside(lead, 20, (room) => [`${room}`])).toEqual(['1.00', '  18']);
});
