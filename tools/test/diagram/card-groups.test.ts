import { cardsOf, SingleCard } from '../../src/diagram/card-groups';

function notebooks(
  count: number,
  sortOf: (index: number) => string,
  ownerOf?: (index: number) => string,
): SingleCard[] {
  return Array.from({ length: count }, (_, index) => ({
    ...{ letters: 'NB', hue: 'amber', noun: 'notebook', lines: [] },
    id: `n${index}`,
    path: `Lab/n${index}`,
    title: `n${index}`,
    sort: sortOf(index),
    owner: ownerOf?.(index) ?? `owner${index}`,
    spent: { monthlyUsd: 36.5, byUse: false, unpriced: false },
  }));
}

test('twelve stay what they are', () => {
  const cards = cardsOf(notebooks(12, () => 'ml.t3.medium'));

  expect(cards.map(({ title, count }) => [title, count])).toEqual(cards.map((_, index) => [`n${index}`, 1]));
});

test('more are one for each machine, the costliest first, with their number and sum', () => {
  const cards = cardsOf(notebooks(47, (index) => (index < 10 ? 'ml.m5.xlarge' : 'ml.t3.medium')));

  expect(cards.map(({ title, cost, count, lines }) => [title, cost, count, lines])).toEqual([
    ['37 × ml.t3.medium', '$1,350.50 / month', 37, ['n10 and 36 more']],
    ['10 × ml.m5.xlarge', '$365.00 / month', 10, ['n0 and 9 more']],
  ]);
});

test('where few own many, more are one for each owner', () => {
  const cards = cardsOf(
    notebooks(
      20,
      () => 'ml.t3.medium',
      (index) => ['nlp', 'vision'][index % 2],
    ),
  );

  expect(cards.map(({ title, lines }) => [title, lines])).toEqual([
    ['nlp', ['10 notebooks', '10 × ml.t3.medium']],
    ['vision', ['10 notebooks', '10 × ml.t3.medium']],
  ]);
});

test('what is in too many groups is counted in the last, and nothing gets lost', () => {
  const cards = cardsOf(notebooks(300, (index) => `ml.x${index % 40}.large`));

  expect(cards).toHaveLength(12);
  expect(cards[11].title).toMatch(/^and \d+ more notebooks$/);
  expect(cards.reduce((sum, { count }) => sum + count, 0)).toBe(300);
  expect(cards.reduce((sum, { monthlyUsd }) => sum + monthlyUsd, 0)).toBeCloseTo(300 * 36.5);
});
