import { placed } from '../../../src/cost/pricing/places';
import { type Described, estimateOf, facts, resource } from './priced';

const WEEKDAYS = { hours: { perMonth: 239, because: 'weekdays 08:00 to 19:00' } };
const ALWAYS = 'ml.t3.medium, 730 hours: always on';
const SCHEDULED = 'ml.t3.medium, 239 of 730 hours: weekdays 08:00 to 19:00';
const notebook = (path: string, fullPath?: string): Described => ({
  type: 'AWS::SageMaker::NotebookInstance',
  logicalId: path,
  path,
  fullPath,
  properties: { InstanceType: 'ml.t3.medium', VolumeSizeInGB: 0 },
});

describe('facts of a construct that is called Default', () => {
  test.each([['Stack/Default/Resource'], ['Stack/Default'], [undefined]])(
    'stay its own where its resource is at %s',
    (fullPath) => {
      const told = { ...WEEKDAYS, identity: { owner: 'alice' } };
      const { items } = estimateOf([notebook('Stack/Default', fullPath), notebook('Stack/Other')], {
        facts: [facts('Stack/Default', told)],
      });

      expect(items.filter(({ unit }) => unit === 'hour')).toMatchObject([
        { description: SCHEDULED, owner: 'alice' },
        { description: ALWAYS, owner: undefined },
      ]);
    },
  );

  test('stay those of what is below it', () => {
    const { items } = estimateOf([notebook('Team'), notebook('Team/Default/Nb')], {
      facts: [facts('Team/Default', { usage: { notebookHours: 10 } })],
    });

    expect(items.filter(({ stated }) => stated).map(({ constructPath }) => constructPath)).toEqual(['Team/Default/Nb']);
  });

  test('do not reach its neighbours where a stack has it as a resource', () => {
    const { items } = estimateOf([notebook('Stack', 'Stack/Resource'), notebook('Stack/Other', 'Stack/Other')], {
      facts: [facts('Stack/Resource', { usage: { notebookHours: 10 } })],
    });

    expect(items.filter(({ stated }) => stated).map(({ constructPath }) => constructPath)).toEqual(['Stack']);
  });
});

describe('facts of the one resource of a construct', () => {
  test.each([['Stack/Nb/Resource'], [undefined]])('are those of the construct: %s', (fullPath) => {
    const { items } = estimateOf([notebook('Stack/Nb', fullPath)], {
      facts: [facts('Stack/Nb/Resource', { usage: { notebookHours: 10 } })],
    });

    expect(items[0]).toMatchObject({ constructPath: 'Stack/Nb', stated: true });
  });

  test('are moved only where that resource is', () => {
    const told = [facts('A/Resource', {}), facts('B/Default', {}), facts('C/Default', {}), facts('A', {})];
    const resources = [resource({ type: 'A', path: 'A' }), resource({ type: 'A', path: 'C', fullPath: 'C/Resource' })];
    const paths = placed({ facts: told, resources, defaultRegion: '' }).map(({ path }) => path);

    expect(paths).toEqual(['A', 'B/Default', 'C/Default', 'A']);
  });
});
