import { distinct } from '../../src/report/contents';
import { assemblyOf, contentsWith, stackOf } from './apps';

test.each([
  [['Team'], 'Team'],
  [['EnvironmentDev', 'EnvironmentProd'], 'Environment'],
  [['Lab-A', 'Lab-B'], 'Lab'],
  [['One', 'Two', 'Three'], 'One and 2 more'],
  [[], 'App'],
])('%j is called %s', (names, title) => {
  expect(contentsWith(assemblyOf(names.map((name) => stackOf(name)))).title).toBe(title);
});

test('a title that is given is taken', () => {
  expect(contentsWith(assemblyOf([stackOf('Team')]), { title: 'Lab' }).title).toBe('Lab');
});

test('notebooks and those who own something that works are counted, roles are not', () => {
  const Tags = (owner: string) => [{ Key: 'ml-owner', Value: owner }];
  const Resources = {
    A: { Type: 'AWS::SageMaker::NotebookInstance', Properties: { Tags: Tags('bob') } },
    B: { Type: 'AWS::SageMaker::NotebookInstance', Properties: { Tags: Tags('bob') } },
    R: { Type: 'AWS::IAM::Role', Properties: { Tags: Tags('team') } },
  };
  const contents = contentsWith(assemblyOf([stackOf('Team', { Resources, region: 'eu-central-1' })]));

  expect(contents).toMatchObject({ notebooks: 2, owners: ['bob'], regions: ['eu-central-1'], agnostic: false });
  expect(contents.groups).toHaveLength(1);
});

test('regions stand once, and it is known that some are not', () => {
  const stacks = [
    stackOf('A', { region: 'b-1' }),
    stackOf('B', { region: 'a-1' }),
    stackOf('C', { region: 'b-1' }),
    stackOf('D'),
  ];

  expect(contentsWith(assemblyOf(stacks))).toMatchObject({ regions: ['a-1', 'b-1'], agnostic: true });
  expect(distinct(['b', 'a', 'b'])).toEqual(['a', 'b']);
});
