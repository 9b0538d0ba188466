import { App, Duration, Stack } from 'aws-cdk-lib';
import { MlNotebook, MlSharedInfra, NotebookLifecycle, type NotebookOptions } from '../../src';
import { settingTags } from '../../src/notebook/notebook-settings';

describe('what a notebook has of its own', () => {
  const stack = new Stack(new App(), 'Team');
  const shared = new MlSharedInfra(stack, 'Shared');
  const lifecycle = new NotebookLifecycle(stack, 'Lifecycle', {
    shared,
    idleStop: Duration.hours(1),
    environmentVariables: { STAGE: 'all', REGION: 'all' },
  });
  const plain = new NotebookLifecycle(stack, 'Plain', { shared });
  const notebook = new MlNotebook(stack, 'one', { shared });
  const tags = (options: NotebookOptions) => settingTags(notebook, options);

  test('is nothing by default', () => {
    expect(tags({ lifecycle })).toEqual({});
  });

  test('are tags that its scripts know', () => {
    expect(
      tags({ lifecycle, idleStop: Duration.hours(2), environmentVariables: { STAGE: 'mine' }, project: 'Vision 2' }),
    ).toEqual({ 'ml-idle-minutes': '120', 'ml-env-STAGE': 'mine', 'ml-project': 'Vision 2' });
  });

  test('reaches the instance beside its identity', () => {
    const made = new MlNotebook(stack, 'two', { shared, lifecycle, idleStop: Duration.minutes(5), project: 'nlp' });
    const resource = made.node.findChild('Resource');
    expect(stack.resolve((resource as unknown as { tags: { renderTags(): unknown } }).tags.renderTags())).toEqual(
      expect.arrayContaining([
        { key: 'ml-idle-minutes', value: '5' },
        { key: 'ml-project', value: 'nlp' },
        { key: 'ml-owner', value: 'team' },
      ]),
    );
  });

  test.each<[string, NotebookOptions, string]>([
    [
      'no lifecycle',
      { idleStop: Duration.hours(1) },
      "'idleStop' must be left out unless its lifecycle has 'idleStop' or 'idle', got: no lifecycle",
    ],
    ['a lifecycle without idle stop', { lifecycle: plain, idleStop: Duration.hours(1) }, 'got: a lifecycle without'],
    [
      'too short a time',
      { lifecycle, idleStop: Duration.minutes(4) },
      "'idleStop' must be a whole number of minutes from 5 to 10080, got: 4 minutes",
    ],
    [
      'a variable that its lifecycle does not know',
      { lifecycle, environmentVariables: { OTHER: 'x' } },
      "'environmentVariables' must be a name that 'environmentVariables' of its lifecycle has a value for: STAGE, REGION, got: OTHER",
    ],
    [
      'a variable without a lifecycle',
      { environmentVariables: { STAGE: 'x' } },
      'has a value for: none yet, got: STAGE',
    ],
    [
      'a value that no tag takes',
      { lifecycle, environmentVariables: { STAGE: '$(id)' } },
      "'environmentVariables.STAGE' must be 1 to 256 letters, digits, spaces and _ . : / = + - @, since it is a tag, got: $(id)",
    ],
    [
      'a long value',
      { lifecycle, environmentVariables: { STAGE: 'x'.repeat(257) } },
      "'environmentVariables.STAGE' must be 1 to 256",
    ],
    [
      'a name for Git that nothing reads',
      { lifecycle, gitUserName: 'Alice' },
      "'gitUserName' must be left out unless its lifecycle has 'git', got: a lifecycle without",
    ],
    [
      'an address for Git that nothing reads',
      { lifecycle, gitUserEmail: 'a@b.c' },
      "'gitUserEmail' must be left out unless its lifecycle has 'git'",
    ],
    [
      'a restore that nothing does',
      { lifecycle, restoreFrom: 'old' },
      "'restoreFrom' must be left out unless its lifecycle has 'backup'",
    ],
    ['a project that no tag takes', { project: 'a;b' }, "'project' must be 1 to 256 letters"],
    [
      'too many variables',
      { environmentVariables: Object.fromEntries([...Array(26).keys()].map((n) => [`A${n}`, 'x'])) },
      "'environmentVariables (count)' must be a whole number from 0 to 25, got: 26",
    ],
  ])('is refused with %s', (_, options, message) => {
    expect(() => tags(options)).toThrow(message);
    expect(() => tags(options)).toThrow(/^Team\/one: /);
  });
});
