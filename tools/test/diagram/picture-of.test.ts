import { pictureOf } from '../../src/diagram/picture-of';
import { assemblyOf, estimateWith, lab, resource, SampleNotebook, TEAM } from './sample';

const REGION = { region: 'eu-central-1' };

function pictureOfLab(notebooks: readonly SampleNotebook[]) {
  const { assembly, estimate } = lab(notebooks);
  return pictureOf(assembly, estimate, REGION);
}

const fleet = (count: number, stacks = 1): SampleNotebook[] =>
  Array.from({ length: count }, (_, index) => ({
    name: `user${index}`,
    type: ['ml.t3.medium', 'ml.m5.xlarge', 'ml.g4dn.xlarge'][index % 3],
    subnet: index % 2 === 0 ? 1 : 2,
    stack: stacks === 1 ? 'Lab' : `Lab${index % stacks}`,
  }));

test('a team is one scene: what it costs, each notebook, and what has no card', () => {
  const picture = pictureOfLab(TEAM);
  const [scene] = picture.scenes;

  expect(picture).toMatchObject({ title: 'Lab', region: 'eu-central-1', note: 'per month, plus use' });
  expect(scene.boxes.map(({ column, title, cards }) => [column, title, cards.map((card) => card.title)])).toEqual([
    ['gateways', undefined, ['Private endpoints']],
    ['services', 'Data', ['datasets', 'Encryption key']],
    ['control', undefined, ['Lifecycle']],
    ['workloads', 'Isolated subnet 1', ['alice', 'charlie', 'eve']],
    ['workloads', 'Isolated subnet 2', ['bob', 'diana']],
  ]);
  expect(scene.boxes[3].cards[0]).toMatchObject({ cost: '$43.50 / month', lines: ['ml.t3.medium · 50 GiB'] });
  expect(scene.boxes[1].cards.map(({ cost }) => cost)).toEqual(['by use', '$1.00 / month']);
  expect(scene.rest).toBe('and 2 more resources: IAM Role, S3 Bucket');
});

test('no cost gets lost: cards and the rest are the whole', () => {
  const { assembly, estimate } = lab(TEAM);
  const extra = estimateWith({
    ...Object.fromEntries(estimate.items.map((i) => [i.constructPath, i.monthlyUsd])),
    'Lab/MlOwners-x/alice': 5,
  });
  const { scenes, monthlyUsd } = pictureOf(assembly, extra, REGION);
  const onCards = scenes[0].boxes.flatMap(({ cards }) => cards).reduce((sum, card) => sum + card.monthlyUsd, 0);

  expect(scenes[0].monthlyUsd).toBeCloseTo(monthlyUsd);
  expect(onCards + 5).toBeCloseTo(monthlyUsd);
  expect(scenes[0].rest).toContain('$5.00 / month');
});

test.each([
  [500, 1],
  [2000, 20],
])('%d notebooks in %d stacks stay few cards, and each is counted', (count, stacks) => {
  const [scene] = pictureOfLab(fleet(count, stacks)).scenes;
  const workloads = scene.boxes.filter(({ column }) => column === 'workloads');
  const cards = workloads.flatMap((box) => box.cards);

  expect(workloads.length).toBeLessThanOrEqual(6);
  expect(workloads.map(({ title }) => title?.startsWith('and ')).lastIndexOf(false)).toBeLessThan(5);
  expect(cards.length).toBeLessThanOrEqual(30);
  expect(cards.reduce((sum, card) => sum + card.count, 0)).toBe(count);
});

test('the same app gives the same picture', () => {
  expect(JSON.stringify(pictureOfLab(fleet(100)))).toBe(JSON.stringify(pictureOfLab(fleet(100))));
});

test('an app that uses nothing of ours is drawn from its templates', () => {
  const assembly = assemblyOf([resource('Shop/Uploads', 'AWS::S3::Bucket'), resource('Shop/Role', 'AWS::IAM::Role')]);
  const estimate = estimateWith({}, { unpriced: ['Shop/Uploads'] });
  const picture = pictureOf(assembly, estimate, REGION);

  expect(picture.note).toBe('per month, 1 resource without a price');
  expect(picture.scenes).toMatchObject([
    {
      title: 'Shop',
      boxes: [{ cards: [{ title: 'Uploads', cost: 'price unknown' }] }],
      rest: 'and 1 more resource: IAM Role',
    },
  ]);
});

test('an app without stacks is an empty picture', () => {
  expect(pictureOf(assemblyOf([]), estimateWith({}), REGION)).toMatchObject({
    title: 'Empty app',
    region: 'eu-central-1',
    scenes: [],
  });
});

test('stacks that share the beginning of their names are called by it', () => {
  const titled = (...names: string[]) =>
    pictureOf(assemblyOf(names.map((name) => resource(`${name}/B`, 'AWS::S3::Bucket'))), estimateWith({}), REGION)
      .title;

  expect([titled('ShopDev', 'ShopProd'), titled('shop-dev', 'shop-prod'), titled('Shop', 'Bank')]).toEqual([
    'Shop',
    'shop',
    '2 stacks',
  ]);
});

test('of very many stacks the costliest are drawn, and the others are listed', () => {
  const names = Array.from({ length: 60 }, (_, index) => `S${index}`);
  const resources = names.map((name) => resource(`${name}/B`, 'AWS::S3::Bucket'));
  const costs = Object.fromEntries(names.map((name, index) => [`${name}/B`, index + 1]));
  const { scenes, monthlyUsd } = pictureOf(assemblyOf(resources), estimateWith(costs), REGION);

  expect(scenes).toHaveLength(12);
  expect(scenes.map(({ title }) => title)).toEqual([...names.slice(49), 'and 49 more']);
  expect(scenes.reduce((sum, scene) => sum + scene.monthlyUsd, 0)).toBeCloseTo(monthlyUsd);
});

test('the sum is a least one where machines have no price, and what costs by use alone lacks none', () => {
  const { assembly, estimate } = lab(TEAM);
  const about = { constructPath: 'Lab/alice', resourceType: 'x', reason: 'none' };
  const noteWith = (kind: object) =>
    pictureOf(assembly, { ...estimate, unpriced: [{ ...about, ...kind }] }, REGION).note;

  expect(noteWith({ machine: true })).toBe('per month at least, plus use, 1 resource without a price');
  expect(noteWith({ byUse: true })).toBe('per month, plus use');
});
