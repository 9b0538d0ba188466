import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { LifecycleStep, MlNotebook, MlSharedInfra, NotebookLifecycle, NotebookLifecycleProps } from '../../src';

const TYPE = 'AWS::SageMaker::NotebookInstanceLifecycleConfig';
const NOTHING = { 'Fn::Base64': '#!/bin/bash\n' };
const step = LifecycleStep.script('tools', 'pip install black');

describe('NotebookLifecycle', () => {
  let app: App;
  let stack: Stack;
  let shared: MlSharedInfra;
  beforeEach(() => {
    app = new App();
    stack = new Stack(app, 'Team');
    shared = new MlSharedInfra(new Stack(app, 'Base'), 'Shared');
  });

  test('with nothing configured does nothing, and has neither bundle nor right', () => {
    lifecycle();

    const assembly = app.synth();
    expect(assembly.getStackByName('Team').template.Resources).toEqual({
      [Object.keys(template().findResources(TYPE))[0]]: { Type: TYPE, Properties: { OnStart: [{ Content: NOTHING }] } },
    });
    expect(bundlesOf(assembly)).toEqual([]);
  });

  test.each<[string, Partial<NotebookLifecycleProps>, boolean, boolean]>([
    ['idle stop', { idleStop: Duration.hours(1) }, true, false],
    ['steps at start', { onStart: [step] }, true, false],
    ['steps at creation', { onCreate: [step] }, false, true],
    ['steps at both', { onStart: [step], onCreate: [step] }, true, true],
  ])('with %s hooks where something runs, and does nothing where nothing does', (_, props, start, create) => {
    lifecycle(props);

    const content = { 'Fn::Base64': { 'Fn::Join': Match.anyValue() } };
    template().hasResourceProperties(TYPE, {
      OnStart: [{ Content: start ? content : NOTHING }],
      OnCreate: create ? [{ Content: content }] : Match.absent(),
    });
  });

  test.each<[string, Partial<NotebookLifecycleProps>, object]>([
    [
      'idleStop alone',
      { idleStop: Duration.hours(2) },
      { idleSeconds: 7200, checkSeconds: 300, graceSeconds: 600, maxErrors: 12 },
    ],
    [
      'idle.after alone',
      { idle: { after: Duration.minutes(5) } },
      { idleSeconds: 300, checkSeconds: 300, graceSeconds: 600, maxErrors: 12 },
    ],
    [
      'every setting',
      {
        idle: {
          after: Duration.days(7),
          checkEvery: Duration.seconds(60),
          startupGrace: Duration.minutes(0),
          maxErrors: 1000,
        },
      },
      { idleSeconds: 604_800, checkSeconds: 60, graceSeconds: 0, maxErrors: 1000 },
    ],
  ])('tells the idle check what %s says', (_, props, expected) => {
    lifecycle(props);

    expect(manifestIn(app.synth()).idle).toMatchObject(expected);
  });

  test('without idle stop tells the runner so', () => {
    lifecycle({ onStart: [step] });

    expect(manifestIn(app.synth()).idle).toBeNull();
  });

  test('fails when idleStop and idle are both given, since one of them would be ignored', () => {
    const idle = { after: Duration.hours(1) };

    expect(() => lifecycle({ idleStop: Duration.minutes(30), idle })).toThrow(
      "Team/Lifecycle: 'idleStop' must be left out when 'idle' is given, which sets the same, got: 30 minutes",
    );
  });

  test.each<[Duration]>([
    [Duration.minutes(5)],
    [Duration.seconds(300)],
    [Duration.millis(300_000)],
    [Duration.hours(0.5)],
    [Duration.days(7)],
  ])('accepts an idleStop of %s', (idleStop) => {
    expect(() => lifecycle({ idleStop })).not.toThrow();
  });

  test('lets the role of a notebook that uses it read its bundle, and nothing else', () => {
    new MlNotebook(stack, 'Notebook', { shared, lifecycle: lifecycle({ onStart: [step] }) });

    const [config] = Object.values(template().findResources(TYPE));
    const [, key] = /key='([0-9a-f]{64}\.zip)'/.exec(JSON.stringify(config)) ?? [];
    const [policy] = Object.values(template().findResources('AWS::IAM::ManagedPolicy'));
    expect(policy.Properties.Roles).toHaveLength(1);
    expect(policy.Properties.PolicyDocument.Statement).toEqual([
      { Action: 's3:GetObject', Effect: 'Allow', Resource: expect.anything() },
    ]);
    const resource = policy.Properties.PolicyDocument.Statement[0].Resource['Fn::Join'][1];
    expect(resource.at(-1)).toBe(`/${key}`);
    expect(JSON.stringify(resource)).not.toMatch(/[*?]/);
  });

  test('also lets it decrypt with the key of the bucket for assets, if there is one', () => {
    const assetEncryptionKey = new kms.Key(stack, 'AssetKey');

    lifecycle({ onStart: [step], assetEncryptionKey });

    template().hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({ Action: 's3:GetObject' }),
          { Action: 'kms:Decrypt', Effect: 'Allow', Resource: stack.resolve(assetEncryptionKey.keyArn) },
        ],
      },
    });
  });

  test('serves any number of notebooks with one configuration and one policy', () => {
    const one = lifecycle({ idleStop: Duration.hours(1) });

    for (const owner of ['alice', 'bob', 'charlie']) {
      new MlNotebook(stack, owner, { shared, owner, lifecycle: one });
    }

    template().resourceCountIs(TYPE, 1);
    template().resourceCountIs('AWS::IAM::ManagedPolicy', 1);
    expect(one.lifecycleConfigName).toMatch(/^\$\{Token/);
  });

  test('takes 50 steps', () => {
    const onStart = Array.from({ length: 50 }, (_, index) => LifecycleStep.script(`step-${index}`, 'true'));

    lifecycle({ onStart });

    expect(manifestIn(app.synth()).steps).toHaveLength(50);
  });

  test('lets a step at start have the name of one at creation', () => {
    expect(() => lifecycle({ onStart: [step], onCreate: [step] })).not.toThrow();
  });

  function lifecycle(props: Partial<NotebookLifecycleProps> = {}) {
    return new NotebookLifecycle(stack, 'Lifecycle', { shared, ...props });
  }

  function template() {
    return Template.fromStack(stack);
  }
});

function bundlesOf(assembly: CloudAssembly): string[] {
  return fs.readdirSync(assembly.directory).filter((file) => file.startsWith('asset.'));
}

function manifestIn(assembly: CloudAssembly) {
  const [bundle] = bundlesOf(assembly);
  return JSON.parse(fs.readFileSync(path.join(assembly.directory, bundle, 'manifest.json'), 'utf8'));
}
