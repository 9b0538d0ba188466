import { cardsOfFacts } from '../../src/diagram/cards-of-facts';
import { cardsOfResources } from '../../src/diagram/cards-of-resources';
import { connected } from '../../src/diagram/scene-arrows';
import { labFacts, resource, SampleNotebook, TEAM } from './sample';

function arrowsOf(notebooks: readonly SampleNotebook[], more: Parameters<typeof cardsOfFacts>[0] = []) {
  const { cards, arrows } = connected(cardsOfFacts([...labFacts(notebooks), ...more], () => false).cards);
  const titles = new Map(cards.map(({ box, card }) => [box.id, box.title ?? card.title]));
  return arrows.map(({ from, to, label }) => `${titles.get(from)} -${label}-> ${titles.get(to)}`);
}

test('a team has one arrow for each way', () => {
  expect(arrowsOf(TEAM)).toEqual([
    'Lifecycle -sets up-> Isolated subnet 1',
    'Lifecycle -sets up-> Isolated subnet 2',
    'Isolated subnet 1 -private traffic-> Private endpoints',
    'Isolated subnet 2 -private traffic-> Private endpoints',
    'Private endpoints -reads and writes-> Data',
  ]);
});

test('lifecycles of different stacks stand apart, each beside what it sets up', () => {
  const arrows = arrowsOf([...TEAM.map((each) => ({ ...each, stack: 'One' })), { name: 'frank', stack: 'Two' }]);

  expect(arrows.slice(0, 2)).toEqual(['Lifecycle -sets up-> One', 'Lifecycle -sets up-> Two']);
});

test('what works on the same notebooks shares a box, so that no arrows cross', () => {
  const alarms = { path: 'Lab/Alarms', stack: 'Lab', kind: 'NotebookAlarms', links: [] };
  const boundary = { path: 'Lab/Boundary', stack: 'Lab', kind: 'MlPermissionsBoundary' };

  expect(arrowsOf(TEAM, [alarms])[0]).toBe('Alarms -sets up and watches-> Isolated subnet 1');
  expect(arrowsOf(TEAM, [alarms, boundary])[0]).toBe('Boundary -governs-> Isolated subnet 1');
});

test('resources that are not ours use what they refer to, and touch no data of ours', () => {
  const found = cardsOfResources(
    [
      resource('Shop/Uploads', 'AWS::S3::Bucket'),
      resource('Shop/Cron', 'AWS::Lambda::Function', { properties: { B: { 'Fn::GetAtt': ['ShopUploads', 'Arn'] } } }),
      resource('Shop/Idle', 'AWS::SageMaker::NotebookInstance'),
    ],
    { frames: [], cards: [], told: [], drawn: [] },
  );

  expect(connected(found.cards).arrows).toEqual([{ from: 'compute ', to: 'data', label: 'uses' }]);
});

test('without endpoints, notebooks reach their data themselves', () => {
  const facts = labFacts(TEAM).filter(({ kind }) => kind !== 'MlNetwork');
  const { arrows } = connected(cardsOfFacts(facts, () => false).cards);

  expect(arrows.filter(({ to }) => to === 'data').map(({ from, label }) => [from, label])).toEqual([
    ['stack Lab', 'reads and writes'],
  ]);
});
