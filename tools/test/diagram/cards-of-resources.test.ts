import type { AssemblyResource } from '../../src/assembly/model';
import { cardsOfResources } from '../../src/diagram/cards-of-resources';
import { resource } from './sample';

const NOTHING = { frames: [], cards: [], told: [], drawn: [] };

const SHOP = [
  resource('Shop/Net', 'AWS::EC2::VPC', { properties: { CidrBlock: '10.1.0.0/16' } }),
  resource('Shop/Net/Private1/Subnet', 'AWS::EC2::Subnet'),
  resource('Shop/Net/Public1/NATGateway', 'AWS::EC2::NatGateway'),
  resource('Shop/Uploads', 'AWS::S3::Bucket'),
  resource('Shop/Role', 'AWS::IAM::Role'),
  resource('Shop/Cron', 'AWS::Lambda::Function', { properties: { Environment: { B: { Ref: 'ShopUploads' } } } }),
  resource('Shop/Trial', 'AWS::SageMaker::NotebookInstance', {
    properties: { InstanceType: 'ml.t3.large', SubnetId: { Ref: 'ShopNetPrivate1Subnet' } },
  }),
];

const cardsBy = (resources: readonly AssemblyResource[], told: string[] = []) =>
  cardsOfResources(resources, { ...NOTHING, told });

test('known resources are cards in the box of their kind, the others are not', () => {
  expect(cardsBy(SHOP).cards.map(({ card, box }) => [card.title, card.lines, box.title])).toEqual([
    ['NAT gateway', ['Public1'], undefined],
    ['Uploads', ['S3 bucket'], 'Data'],
    ['Cron', ['function'], 'Compute'],
    ['Trial', ['notebook', 'ml.t3.large'], 'Compute'],
  ]);
});

test('what refers to a subnet stands in its VPC, what does not stands beside it', () => {
  const { cards, frames } = cardsBy(SHOP);

  expect(frames).toEqual([{ id: 'vpc Shop/Net', title: 'VPC · Net · 10.1.0.0/16' }]);
  expect(cards.map(({ card, box }) => [card.path, box.frame])).toEqual([
    ['Shop/Net/Public1/NATGateway', 'vpc Shop/Net'],
    ['Shop/Uploads', undefined],
    ['Shop/Cron', undefined],
    ['Shop/Trial', 'vpc Shop/Net'],
  ]);
});

test('only a VPC without any way out is marked', () => {
  const closed = SHOP.filter(({ type }) => type !== 'AWS::EC2::NatGateway');

  expect(cardsBy(closed).frames[0].mark).toBe('no internet');
  expect(cardsBy(SHOP).frames[0].mark).toBeUndefined();
});

test('references say what a resource uses', () => {
  const [cron] = cardsBy(SHOP).cards.filter(({ card }) => card.title === 'Cron');

  expect(cron.uses).toEqual(['Shop/Uploads']);
});

test('below a construct of ours stands nothing but what leads out of its network', () => {
  const { cards } = cardsBy(SHOP, ['Shop']);

  expect(cards.map(({ card }) => [card.title, card.letters])).toEqual([['NAT gateway', 'NT']]);
});

test('the machines that keep hours are one card that says what they do', () => {
  const scope = 'Lab/MlHours-Lab-Shared';
  const uptime = resource(`${scope}/UptimeMachine`, 'AWS::StepFunctions::StateMachine');
  const schedule = resource(`${scope}/Schedule-1`, 'AWS::Scheduler::Schedule');

  expect(cardsBy([uptime, schedule]).cards).toMatchObject([
    { card: { title: 'Hours', lines: ['schedule', 'longest time up'] }, covers: [scope], verb: 'starts and stops' },
  ]);
  expect(cardsBy([uptime]).cards).toMatchObject([{ card: { lines: ['longest time up'] }, verb: 'stops' }]);
});
