import { scenePlaces } from '../../src/diagram/scene-places';
import { assemblyOf, labFacts, resource, TEAM } from './sample';

const BASE = { kind: 'MlSharedInfra', links: [] };

test('a base is one scene with all that stands on it, in whichever stack', () => {
  const facts = labFacts([...TEAM, { name: 'frank', stack: 'More' }]);
  const places = scenePlaces(assemblyOf([resource('More/Thing', 'AWS::SQS::Queue')], facts));

  expect(places.keys).toEqual(['Lab/Shared']);
  expect(new Set(facts.map(places.ofFacts))).toEqual(new Set(['Lab/Shared']));
  expect(places.ofPath('More/Thing')).toBe('Lab/Shared');
});

test('a published base is seen where it is defined, and what borrows it stands there', () => {
  const facts = [
    { ...BASE, path: 'Base/Shared', stack: 'Base', details: ['publishes Base'] },
    { ...BASE, path: 'Nlp/Shared', stack: 'Nlp', details: ['published as Base'] },
    { path: 'Nlp/Shared/Network', stack: 'Nlp', kind: 'MlNetwork' },
  ];
  const places = scenePlaces(assemblyOf([], facts));

  expect(places.keys).toEqual(['Base/Shared']);
  expect(facts.map(places.isBorrowed)).toEqual([false, true, true]);
});

test('what borrows a base of another app shares one scene, and the first shows its parts', () => {
  const facts = ['Nlp', 'Vision'].map((stack) => ({
    ...BASE,
    path: `${stack}/Shared`,
    stack,
    details: ['published as Base'],
  }));
  const places = scenePlaces(assemblyOf([], facts));

  expect(places.keys).toEqual(['published Base']);
  expect(facts.map(places.isBorrowed)).toEqual([false, true]);
});

test('two bases of one stack are two scenes, and a stack without one is its own', () => {
  const facts = ['One', 'Two'].map((id) => ({ ...BASE, path: `Lab/${id}`, stack: 'Lab' }));
  const places = scenePlaces(assemblyOf([resource('Shop/Uploads', 'AWS::S3::Bucket')], facts));

  expect(places.keys).toEqual(['stack Shop', 'Lab/One', 'Lab/Two']);
  expect([places.ofPath('Lab/Two/Key'), places.ofPath('Shop/Uploads'), places.ofPath('Nowhere')]).toEqual([
    'Lab/Two',
    'stack Shop',
    undefined,
  ]);
});

test('a nested stack stands where its parent does', () => {
  const [shop] = assemblyOf([resource('Shop/Uploads', 'AWS::S3::Bucket')]).stacks;
  const stacks = [shop, { ...shop, path: 'Shop/Inner', nestedIn: 'Shop' }];

  expect(scenePlaces({ ...assemblyOf([]), stacks }).ofPath('Shop/Inner/Deep')).toBe('stack Shop');
});
