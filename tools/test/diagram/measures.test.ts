import { cardWidth, measured, SIZE } from '../../src/diagram/measures';
import { textWidth } from '../../src/diagram/text-width';
import { box, card, HOSTILE } from './sample';

const cards = (count: number) => Array.from({ length: count }, (_, index) => card(`n${index}`));

test.each([1, 7, 8, 12, 24])('%d cards stand in their box, and none on another', (count) => {
  const { cards: placed, width, height } = measured(box('Subnet', 'workloads', cards(count)));

  expect(placed).toHaveLength(count);
  for (const [index, a] of placed.entries()) {
    expect(a.x + a.width).toBeLessThanOrEqual(width - SIZE.boxPadding);
    expect(a.y + a.height).toBeLessThanOrEqual(height - SIZE.boxPadding);
    for (const b of placed.slice(index + 1)) {
      expect(a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y).toBe(true);
    }
  }
});

test.each([...HOSTILE, 'x'.repeat(500)])('the text %j fits its card', (text) => {
  const {
    cards: [{ title, lines, width }],
  } = measured(box('Subnet', 'workloads', [card(text, { lines: [text] })]));
  const room = width - SIZE.textLeft - SIZE.padding;

  expect(textWidth(title, SIZE.title, true)).toBeLessThanOrEqual(room + 1);
  expect(textWidth(lines[0], SIZE.line)).toBeLessThanOrEqual(room + 1);
});

test('cards take the width they are told, as those of a whole column do', () => {
  expect(measured(box('Subnet', 'workloads', cards(1)), 300).cards[0].width).toBe(300);
  expect(cardWidth(box('Subnet', 'workloads', [card('a-long-name-of-a-notebook')]))).toBeGreaterThan(
    cardWidth(box('Subnet', 'workloads', [card('a')])),
  );
});
