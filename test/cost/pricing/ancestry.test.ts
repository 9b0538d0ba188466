import { Ancestry } from '../../../src/cost/pricing/ancestry';
import { facts, resource } from './priced';

const at = (path: string) => resource({ type: 'A', path });

describe('whose a resource is', () => {
  const ancestry = new Ancestry([
    facts('Stack', { identity: { base: 'team', environment: 'dev', owner: '' } }),
    facts('Stack/It', { identity: { environment: 'prod' } }),
    facts('Stack/It', { usage: { notebookHours: 5 } }),
  ]);
  const of = (Tags: object, path = 'Stack/It/Deep') =>
    ancestry.identityOf(resource({ type: 'A', path, properties: { Tags } }));

  test('follows from its tags, else from what is told nearest around it, tag by tag', () => {
    expect(of({ 'ml-owner': 'alice', 'ml-base': 'mine' })).toEqual({
      base: 'mine',
      environment: 'prod',
      owner: 'alice',
    });
    expect(of({})).toEqual({ base: 'team', environment: 'prod' });
    expect(of({}, 'Stack/Other')).toEqual({ base: 'team', environment: 'dev' });
    expect(of({}, 'Stacked')).toEqual({});
  });

  test('follows from what is told where only the deployment knows the tag', () => {
    expect(of({ 'ml-base': '${PublishedName}' })).toEqual({ base: 'team', environment: 'prod' });
    expect(of({ 'ml-base': '${PublishedName}' }, 'Stacked')).toEqual({ base: '${PublishedName}' });
  });

  test('reads all four tags', () => {
    expect(of({ 'ml-base': 'a', 'ml-environment': 'b', 'ml-owner': 'c', 'ml-project': 'd' })).toEqual({
      base: 'a',
      environment: 'b',
      owner: 'c',
      project: 'd',
    });
  });
});

describe('what bases stand on', () => {
  const links = [{ to: 'Network', label: 'network' }];
  const ancestry = new Ancestry([
    facts('A', { kind: 'MlSharedInfra', identity: { base: 'a' }, links }),
    facts('B', { kind: 'MlSharedInfra', identity: { base: 'b' }, links: [{ to: 'Network/Key', label: 'key' }] }),
    facts('C', { kind: 'MlNotebook', identity: { base: 'c' }, links }),
    facts('D', { kind: 'MlSharedInfra', links }),
  ]);

  test.each([
    ['Network', ['a']],
    ['Network/Endpoint', ['a']],
    ['Network/Key', ['a', 'b']],
    ['Networks', []],
  ])('%s is known with all below it', (path, bases) => {
    expect(ancestry.usedBy(path)).toEqual(bases);
  });
});

describe('a measure', () => {
  const ancestry = new Ancestry([
    facts('', { usage: { s3StorageGb: 1 } }),
    facts('Stack', { usage: { s3StorageGb: 2, notebookHours: 100 } }),
    facts('Stack/Odd', { usage: { notebookHours: -1 }, hours: { perMonth: 7, because: 'Sundays' } }),
    facts('Stack/It', { hours: { perMonth: 9, because: 'Mondays' } }),
    facts('Other/It', { hours: { perMonth: 9, because: 'Mondays' } }),
    facts('Other/Odd', { hours: { perMonth: -1, because: 'Mondays' } }),
  ]);

  test('is stated by the nearest, itself included', () => {
    expect(ancestry.statement('Stack/It', 's3StorageGb')).toEqual({ path: 'Stack', quantity: 2 });
    expect(ancestry.statement('Stack', 's3StorageGb')).toEqual({ path: 'Stack', quantity: 2 });
    expect(ancestry.statement('Elsewhere/It', 's3StorageGb')).toEqual({ path: '', quantity: 1 });
    expect(ancestry.statement('Stack/Odd', 's3StorageGb')).toEqual({ path: 'Stack', quantity: 2 });
    expect(ancestry.statement('Other/It', 'notebookHours')).toBeUndefined();
  });

  test('of hours is as stated, else as the construct tells, else nobody knows', () => {
    expect(ancestry.hoursOf(at('Stack/It'), 'notebookHours')).toEqual({
      perMonth: 100,
      because: 'as stated',
      stated: true,
    });
    expect(ancestry.hoursOf(at('Other/It'), 'notebookHours')).toEqual({
      perMonth: 9,
      because: 'Mondays',
      stated: false,
    });
    expect(ancestry.hoursOf(at('Other/It/Deep'), 'notebookHours')).toBeUndefined();
  });

  test('of hours is told by the construct around a resource whose full path is known, or by the resource itself', () => {
    const deep = resource({ type: 'A', path: 'Other/It', fullPath: 'Other/It/Resource' });

    expect(ancestry.hoursOf(deep, 'notebookHours')).toMatchObject({ perMonth: 9 });
  });

  test('is found above a path of 20,000 levels', () => {
    expect(ancestry.statement(`Stack${'/a'.repeat(20_000)}`, 's3StorageGb')).toEqual({ path: 'Stack', quantity: 2 });
  });

  test('that is no number is passed over', () => {
    expect(ancestry.hoursOf(at('Stack/Odd'), 'notebookHours')).toEqual({
      perMonth: 7,
      because: 'Sundays',
      stated: false,
    });
    expect(ancestry.hoursOf(at('Other/Odd'), 'notebookHours')).toBeUndefined();
  });
});
