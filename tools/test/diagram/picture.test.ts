import { described } from '../../src/diagram/picture';
import { box, card, pictureWith, scene } from './sample';

test('says in words what is drawn', () => {
  const cards = Array.from({ length: 13 }, (_, index) => card(`n${index}`));
  const bucket = card('datasets', { cost: '' });
  const words = described(pictureWith(scene([box('Subnet', 'workloads', cards), box('Data', 'services', [bucket])])));

  expect(words).toContain('Lab. Subnet: n0 ($36.50 / month), n1');
  expect(words).toContain('n11 ($36.50 / month) and more. Data: datasets. 0 arrows. Region us-east-1');
});
