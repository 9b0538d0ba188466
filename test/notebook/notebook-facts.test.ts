import { App, Aspects, CfnParameter, Duration, Size, Stack } from 'aws-cdk-lib';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import {
  MlEnvironment,
  MlInstanceType,
  MlNotebook,
  type MlNotebookProps,
  MlSharedInfra,
  NotebookLifecycle,
  NotebookSchedule,
} from '../../src';
import { factsBelow, type WrittenFacts } from '../../src/private/facts';

let stack: Stack;
let shared: MlSharedInfra;
beforeEach(() => {
  stack = new Stack(new App(), 'Stack');
  shared = new MlSharedInfra(stack, 'Shared', { baseName: 'base' });
});

function factsWith(props: Partial<MlNotebookProps> = {}): WrittenFacts {
  return factsBelow(new MlNotebook(stack, 'alice', { shared, ...props }))[0];
}

describe('a notebook tells', () => {
  test('its machine, whose it is, and where it stands', () => {
    const lifecycle = new NotebookLifecycle(stack, 'Lifecycle', { shared });

    expect(factsWith({ lifecycle, owner: 'alice', project: 'vision' })).toEqual({
      path: 'Stack/alice',
      stack: 'Stack',
      kind: 'MlNotebook',
      details: ['ml.t3.medium', '50 GiB'],
      identity: { base: 'base', environment: 'prod', owner: 'alice', project: 'vision' },
      within: 'Stack/Shared/Network/Vpc/WorkloadSubnet1',
      links: [
        { to: 'Stack/Shared', label: 'stands on' },
        { to: 'Stack/Lifecycle', label: 'starts with' },
      ],
    });
  });

  test('that it is of the team and of no project, and starts with nothing', () => {
    const { identity, links } = factsWith();

    expect(identity).toEqual({ base: 'base', environment: 'prod', owner: 'team' });
    expect(links).toHaveLength(1);
  });

  test('the environment that is its own', () => {
    const trial = new Construct(stack, 'Trial');
    MlEnvironment.set(trial, MlEnvironment.DEV);
    const notebook = new MlNotebook(trial, 'alice', { shared });

    expect(factsBelow(notebook)[0].identity?.environment).toBe('dev');
    expect(factsBelow(shared)[0].identity?.environment).toBe('prod');
  });

  test('what its resource has in the end', () => {
    const props = { instanceType: MlInstanceType.M5_XLARGE, volumeSize: Size.gibibytes(200) };
    const notebook = new MlNotebook(stack, 'bob', { shared, ...props, rootAccess: true, directInternetAccess: true });
    const details = () => factsBelow(notebook)[0].details;
    expect(details()).toEqual(['ml.m5.xlarge', '200 GiB', 'root access', 'direct internet access']);

    Aspects.of(notebook).add({
      visit: (node) => {
        if (node instanceof sagemaker.CfnNotebookInstance) {
          node.instanceType = 'ml.c5.large';
          node.volumeSizeInGb = undefined;
          node.rootAccess = 'Disabled';
        }
      },
    });
    (stack.node.root as App).synth();
    expect(details()).toEqual(['ml.c5.large', 'direct internet access']);
  });

  test('a size that the deployment knows as such', () => {
    const size = new CfnParameter(stack, 'Gib', { type: 'Number' }).valueAsNumber;

    expect(factsWith({ volumeSize: Size.gibibytes(size) }).details).toContain('${Gib} GiB');
  });

  test.each<[string, Partial<MlNotebookProps>, WrittenFacts['hours']]>([
    [
      'a schedule',
      { schedule: NotebookSchedule.weekdays({ start: '08:00', stop: '19:00', timeZone: 'Europe/Berlin' }) },
      { perMonth: 238.99, because: 'weekdays 08:00 to 19:00 Europe/Berlin' },
    ],
    [
      'a schedule and a maximum',
      { schedule: NotebookSchedule.daily({ start: '08:00' }), maxUptime: Duration.hours(12) },
      { perMonth: 365, because: 'daily from 08:00 UTC, at most 12 hours' },
    ],
    ['a stop', { schedule: NotebookSchedule.daily({ stop: '19:00' }) }, undefined],
    ['a maximum', { maxUptime: Duration.hours(12) }, undefined],
    ['nothing', {}, undefined],
  ])('how long it runs with %s', (_, props, hours) => {
    const facts = factsWith(props);

    expect(facts.hours).toEqual(hours);
    expect('hours' in facts).toBe(hours !== undefined);
  });
});
