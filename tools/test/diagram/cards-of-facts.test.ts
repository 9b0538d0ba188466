import { cardsOfFacts } from '../../src/diagram/cards-of-facts';
import { labFacts, TEAM } from './sample';

const found = cardsOfFacts(labFacts(TEAM), () => false);

test('a network is a frame that says first whether it has internet', () => {
  expect(found.frames).toEqual([{ id: 'vpc Lab/Shared/Network', title: 'VPC · 2 zones', mark: 'no internet' }]);
});

test('a notebook stands in the box of its subnet, with its machine and volume', () => {
  const boxes = found.cards
    .filter(({ box }) => box.column === 'workloads')
    .map(({ card, box }) => [box.title, box.frame, card.title, card.lines]);

  expect(boxes[0]).toEqual(['Isolated subnet 1', 'vpc Lab/Shared/Network', 'alice', ['ml.t3.medium · 50 GiB']]);
  expect(boxes.map(([title, , name]) => [title, name])).toEqual([
    ['Isolated subnet 1', 'alice'],
    ['Isolated subnet 1', 'charlie'],
    ['Isolated subnet 1', 'eve'],
    ['Isolated subnet 2', 'bob'],
    ['Isolated subnet 2', 'diana'],
  ]);
});

test('where several stacks stand in one network, each has a box', () => {
  const { cards } = cardsOfFacts(labFacts([...TEAM, { name: 'frank', stack: 'More' }]), () => false);

  expect(new Set(cards.filter(({ box }) => box.column === 'workloads').map(({ box }) => box.title))).toEqual(
    new Set(['Lab', 'More']),
  );
});

test('all endpoints are one card with their services, in the network', () => {
  const [endpoints] = found.cards.filter(({ box }) => box.column === 'gateways');

  expect(endpoints).toMatchObject({
    card: { title: 'Private endpoints', lines: ['sts', 'logs'] },
    box: { frame: 'vpc Lab/Shared/Network' },
    covers: ['Lab/Shared/Network/Endpoints/sts', 'Lab/Shared/Network/Endpoints/logs'],
  });
});

test('many services are shortened', () => {
  const parts = Array.from({ length: 12 }, (_, index) => ({
    kind: 'endpoint' as const,
    path: `e${index}`,
    label: `e${index}`,
  }));
  const { cards } = cardsOfFacts([{ path: 'N', stack: 'N', kind: 'MlNetwork', parts }], () => false);

  expect(cards[0].card.lines).toHaveLength(9);
  expect(cards[0].card.lines[8]).toBe('and 4 more');
});

test('buckets come before keys, and what is borrowed from another stack has no cards', () => {
  const titles = found.cards.filter(({ box }) => box.title === 'Data').map(({ card }) => card.title);
  const borrowed = cardsOfFacts(labFacts([]), ({ path }) => path.startsWith('Lab/Shared'));

  expect(titles).toEqual(['datasets', 'Encryption key']);
  expect(borrowed.cards.map(({ card }) => card.title)).toEqual(['Lifecycle']);
  expect(borrowed.frames).toEqual([]);
});

test('hours that are limited are said', () => {
  const [notebook] = labFacts(TEAM).filter(({ kind }) => kind === 'MlNotebook');
  const { cards } = cardsOfFacts([{ ...notebook, hours: { perMonth: 239.2, because: 'weekdays' } }], () => false);

  expect(cards[0].card.lines).toEqual(['ml.t3.medium · 50 GiB', '239 of 730 hours']);
});

test('a construct that this version does not know is shown by its kind', () => {
  const { cards } = cardsOfFacts([{ path: 'Lab/New', stack: 'Lab', kind: 'MlSomethingNew' }], () => false);

  expect(cards[0].card).toMatchObject({ title: 'New', lines: ['MlSomethingNew'] });
});

test('details share lines, and those that do not fit are counted', () => {
  const details = ['a'.repeat(20), 'b'.repeat(20), 'c', 'd'.repeat(20), 'e'.repeat(20)];
  const { cards } = cardsOfFacts([{ path: 'Lab/L', stack: 'Lab', kind: 'NotebookLifecycle', details }], () => false);

  expect(cards[0].card.lines).toEqual([details[0], `${details[1]}, c`, details[3], 'and 1 more']);
});
