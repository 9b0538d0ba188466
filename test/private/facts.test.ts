import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  App,
  Aspects,
  Aws,
  attachCustomSynthesis,
  CfnParameter,
  CfnResource,
  IPolicyValidationPlugin,
  Lazy,
  NestedStack,
  Stack,
  Stage,
  Token,
  Validations,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import {
  FACTS_FILE,
  type Facts,
  type FactsFile,
  factsBelow,
  factsOf,
  identityOn,
  standsOn,
  tellFacts,
} from '../../src/private/facts';

let outdir: string;
let app: App;
beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'facts-'));
  app = new App({ outdir });
});
afterEach(() => {
  rmSync(outdir, { recursive: true });
});

function define(scope: Construct, id: string, facts: Partial<Facts> = {}): Construct {
  const construct = new Construct(scope, id);
  tellFacts(construct, () => ({ kind: 'Thing', ...facts }));
  return construct;
}

function written(folder = outdir): FactsFile {
  return JSON.parse(readFileSync(join(folder, FACTS_FILE), 'utf8'));
}

function pathsIn({ constructs }: FactsFile): string[] {
  return constructs.map(({ path }) => path);
}

describe('ml-infra.json', () => {
  test('names its schema, the library, and each construct with its stack', () => {
    define(new Stack(app, 'Team'), 'one', { details: ['large'] });
    app.synth();

    const { version } = JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8'));
    expect(written()).toEqual({
      schema: 1,
      library: version,
      stacks: ['Team'],
      constructs: [{ path: 'Team/one', stack: 'Team', kind: 'Thing', details: ['large'] }],
    });
  });

  test('has a line for each construct, so that a difference names what changed', () => {
    const stack = new Stack(app, 'Team');
    define(stack, 'one');
    define(stack, 'two');
    app.synth();

    expect(readFileSync(join(outdir, FACTS_FILE), 'utf8').split('\n')).toEqual([
      expect.stringMatching(/^\{"schema":1,.*\[$/),
      '{"path":"Team/one","stack":"Team","kind":"Thing"},',
      '{"path":"Team/two","stack":"Team","kind":"Thing"}',
      ']}',
      '',
    ]);
  });

  test('is absent from an app without any construct of the library', () => {
    new Stack(app, 'Team');
    app.synth();

    expect(existsSync(join(outdir, FACTS_FILE))).toBe(false);
  });

  test('is one for all stages, also those within stages, at the top of the assembly', () => {
    const inner = new Stage(new Stage(app, 'outer'), 'inner');
    define(new Stack(inner, 'Deep'), 'one');
    define(new Stack(new Stage(app, 'second'), 'Beside'), 'two');
    define(new Stack(app, 'Flat'), 'three');
    app.synth();

    const files = readdirSync(outdir, { recursive: true, encoding: 'utf8' });
    expect(files.filter((file) => file.endsWith(FACTS_FILE))).toEqual([FACTS_FILE]);
    expect(pathsIn(written())).toEqual(['outer/inner/Deep/one', 'second/Beside/two', 'Flat/three']);
    expect(written().constructs.map(({ stack }) => stack)).toEqual(['outer/inner/Deep', 'second/Beside', 'Flat']);
  });

  test('knows what aspects do to a stage that is synthesized later', () => {
    define(new Stack(new Stage(app, 'first'), 'Stack'), 'one');
    const stage = new Stage(app, 'second');
    const resource = new CfnResource(new Stack(stage, 'Stack'), 'Resource', { type: 'Some::Type' });
    const construct = new Construct(resource.stack, 'two');
    tellFacts(construct, () => ({ kind: 'Thing', details: [resource.cfnOptions.metadata?.size] }));
    Aspects.of(stage).add({ visit: () => resource.addMetadata('size', 'changed') });
    app.synth();

    expect(written().constructs[1].details).toEqual(['changed']);
  });

  test('is not written by a stage alone, and whole once the app follows', () => {
    const stage = new Stage(app, 'first');
    define(new Stack(stage, 'Stack'), 'one');
    define(new Stack(new Stage(app, 'second'), 'Stack'), 'two');

    stage.synth();
    expect(existsSync(join(outdir, FACTS_FILE))).toBe(false);

    app.synth();
    expect(pathsIn(written())).toEqual(['first/Stack/one', 'second/Stack/two']);
  });

  test('is written for a stage that has no app around it', () => {
    const stage = new Stage(undefined as unknown as Construct, 'Alone', { outdir });
    define(new Stack(stage, 'Stack'), 'one');
    stage.synth();

    expect(pathsIn(written())).toEqual(['Alone/Stack/one']);
  });

  test('is nothing that a tree without an app would have, and nothing that it would fail for', () => {
    const root = new Construct(undefined as unknown as Construct, '');
    const construct = define(new Stack(root, 'Stack'), 'one');

    expect(root.node.validate()).toEqual([]);
    expect(factsBelow(construct)).toEqual([{ path: 'Stack/one', stack: 'Stack', kind: 'Thing' }]);
  });

  test('stays as it is when an app is synthesized again, and follows when it is forced to be', () => {
    let size = 'small';
    tellFacts(new Construct(new Stack(app, 'Team'), 'one'), () => ({ kind: 'Thing', details: [size] }));
    app.synth();
    size = 'large';
    app.synth();
    expect(written().constructs[0].details).toEqual(['small']);

    app.synth({ force: true });
    expect(written().constructs[0].details).toEqual(['large']);
  });

  test('is left out where an app leaves out validation', () => {
    define(new Stack(app, 'Team'), 'one');
    app.synth({ skipValidation: true });

    expect(existsSync(join(outdir, FACTS_FILE))).toBe(false);
  });

  test('has the order of the tree', () => {
    const stack = new Stack(app, 'Team');
    const [late, early] = [define(stack, 'z'), define(stack, 'a')];
    define(early, 'below');
    define(late, 'below');
    app.synth();

    expect(pathsIn(written())).toEqual(['Team/z', 'Team/z/below', 'Team/a', 'Team/a/below']);
  });

  test('survives the removal of the construct that was first', () => {
    const stack = new Stack(app, 'Team');
    define(stack, 'one');
    define(stack, 'two');
    stack.node.tryRemoveChild('one');
    app.synth();

    expect(pathsIn(written())).toEqual(['Team/two']);
  });

  test('leaves each construct, and the app, to the custom synthesis of users', () => {
    const construct = define(new Stack(app, 'Team'), 'one');
    const calls: string[] = [];
    attachCustomSynthesis(app, { onSynthesize: () => calls.push('app') });
    attachCustomSynthesis(construct, { onSynthesize: () => calls.push('construct') });
    app.synth();

    expect(calls).toEqual(['construct', 'app']);
    expect(pathsIn(written())).toEqual(['Team/one']);
  });

  test('is one file of both where an app loads the library twice', () => {
    let other: typeof import('../../src/private/facts') | undefined;
    jest.isolateModules(() => {
      other = require('../../src/private/facts');
    });
    expect(other?.tellFacts).not.toBe(tellFacts);
    const stack = new Stack(app, 'Team');
    define(stack, 'one');
    other?.tellFacts(new Construct(stack, 'two'), () => ({ kind: 'Other' }));
    app.synth();

    expect(written().constructs.map(({ kind }) => kind)).toEqual(['Thing', 'Other']);
  });

  test('names all stacks, those of stages and nested ones among them', () => {
    define(new Stack(app, 'Team'), 'one');
    new NestedStack(new Stack(new Stage(app, 'Prod'), 'Foreign'), 'Nested');
    app.synth();

    expect(written().stacks).toEqual(['Team', 'Prod/Foreign', 'Prod/Foreign/Nested']);
  });

  test('names the checks that the app and its stages have, each once, though they find nothing', () => {
    const check = (name: string, ruleIds?: string[]): IPolicyValidationPlugin => ({
      name,
      ruleIds,
      validate: () => ({ success: true, violations: [] }),
    });
    const stage = new Stage(app, 'Prod');
    define(new Stack(app, 'Team'), 'one');
    new Stack(stage, 'Team');
    Validations.of(app).addPlugins(check('Pack', ['b']), check('Other'));
    Validations.of(stage).addPlugins(check('Pack', ['a', 'b']));
    app.synth();

    expect(written().checks).toEqual([
      { name: 'Pack', rules: ['a', 'b'] },
      { name: 'Other', rules: [] },
    ]);
  });

  test('names no checks where there are none', () => {
    define(new Stack(app, 'Team'), 'one');
    app.synth();

    expect('checks' in written()).toBe(false);
  });

  test('asks nobody about account and region', () => {
    const stack = new Stack(app, 'Team', { env: { account: '111111111111', region: 'eu-central-1' } });
    define(stack, 'one', { details: [stack.region] });

    expect(app.synth().manifest.missing).toBeUndefined();
  });
});

describe('facts', () => {
  test('name constructs by their paths', () => {
    const stack = new Stack(app, 'Team');
    const other = new Construct(stack, 'other');
    const construct = define(stack, 'one', {
      parts: [{ kind: 'bucket', construct: other, label: 'data' }],
      within: other,
      links: [{ to: other, label: 'uses' }],
    });

    expect(factsBelow(construct)).toEqual([
      {
        path: 'Team/one',
        stack: 'Team',
        kind: 'Thing',
        parts: [{ kind: 'bucket', path: 'Team/other', label: 'data' }],
        within: 'Team/other',
        links: [{ to: 'Team/other', label: 'uses' }],
      },
    ]);
  });

  test.each<[string, (stack: Stack) => string, string]>([
    ['a pseudo parameter', () => `in ${Aws.REGION}`, 'in ${AWS::Region}'],
    ['a parameter', (stack) => new CfnParameter(stack, 'Size').valueAsString, '${Size}'],
    ['a number', (stack) => Token.asString(new CfnParameter(stack, 'Gib', { type: 'Number' }).valueAsNumber), '${Gib}'],
    ['a text that is produced late', () => Lazy.string({ produce: () => 'late' }), 'late'],
    ['a text without tokens', () => 'costs ${1}', 'costs ${1}'],
  ])('have %s as text', (_, text, expected) => {
    const stack = new Stack(app, 'Team');

    expect(factsBelow(define(stack, 'one', { details: [text(stack)] }))[0].details).toEqual([expected]);
  });

  test('never hold the number of a token', () => {
    const stack = new Stack(app, 'Team');
    const size = new CfnParameter(stack, 'Gib', { type: 'Number' }).valueAsNumber;

    expect(factsBelow(define(stack, 'one', { usage: { notebookHours: size, s3StorageGb: 7 } }))[0].usage).toEqual({
      notebookHours: '${Gib}',
      s3StorageGb: 7,
    });
  });

  test('are those of the class that tells last', () => {
    const construct = define(new Stack(app, 'Team'), 'one');
    tellFacts(construct, () => ({ kind: 'Subclass' }));

    expect(factsOf(construct)?.kind).toBe('Subclass');
    expect(factsBelow(construct)).toHaveLength(1);
  });

  test('are undefined of what tells none', () => {
    expect(factsOf(new Stack(app, 'Team'))).toBeUndefined();
  });

  test('are asked for late', () => {
    const stack = new Stack(app, 'Team');
    const details: string[] = [];
    const construct = new Construct(stack, 'one');
    tellFacts(construct, () => ({ kind: 'Thing', details }));
    details.push('late');

    expect(factsBelow(stack)[0].details).toEqual(['late']);
  });

  test.each([
    [undefined, 'name-of-tag'],
    ['name-that-is-known', 'name-that-is-known'],
  ])('of what stands on a base have its name, where %s is known besides the tag', (knownName, base) => {
    const construct = new Construct(new Stack(app, 'Team'), 'Shared');
    const shared = Object.assign(construct, {
      baseName: 'name-of-tag',
      environment: { name: 'prod' },
      _knownName: knownName,
    });

    expect(identityOn(shared)).toEqual({ base, environment: 'prod' });
    expect(standsOn(shared)).toEqual({ to: shared, label: 'stands on' });
  });
});
