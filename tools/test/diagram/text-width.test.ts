import { columnsOf, fitted, segmentsOf, shortened, textWidth } from '../../src/diagram/text-width';

test('knows narrow, wide and unknown letters, with room for wider fonts', () => {
  const [narrow, wide, ideograph, other] = ['iiii', 'mmmm', '会会会会', 'жжжж'].map((text) => textWidth(text, 10));

  expect(narrow).toBeLessThan(wide);
  expect(textWidth('ml.t3.medium', 12.5)).toBeGreaterThanOrEqual(1.1 * 72.9); // in Helvetica, and slack
  expect(ideograph).toBeGreaterThanOrEqual(40);
  expect(other).toBeGreaterThan(narrow);
});

test('shortens what does not fit, and nothing else', () => {
  expect(shortened('alice', 100, 12)).toBe('alice');
  expect(shortened('a-very-long-name-of-a-notebook', 100, 12)).toMatch(/^a-very.*…$/);
  expect(textWidth(shortened('x'.repeat(100_000), 100, 12), 12)).toBeLessThanOrEqual(100);
  expect(fitted('abc', () => false)).toBe('…');
});

test('never cuts what people see as one character', () => {
  expect(segmentsOf('a👩‍💻é')).toEqual(['a', '👩‍💻', 'é']);
  expect(fitted('👩‍💻👩‍💻👩‍💻', (text) => columnsOf(text) <= 3)).toBe('👩‍💻…');
});

test.each([
  ['abc', 3],
  ['会社', 4],
  ['👩‍💻', 2],
  ['é', 1],
  ['…', 1],
])('%s takes %d columns of a terminal', (text, columns) => {
  expect(columnsOf(text)).toBe(columns);
});
