import { App, BootstraplessSynthesizer, CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as recommended from 'aws-cdk-lib/recommended-feature-flags.json';
import { IMlSharedInfra, MlNotebookFleet, MlSharedInfra, NotebookLifecycle } from '../../src';
import { stackIdFor } from '../../src/notebook/fleet-stacks';
import { textsOf, WrittenTemplate } from '../shared/templates';

const MANY = Array.from({ length: 2_000 }, (_, index) => `owner-${index}`);
const IDS = ['alice', 'bob', 'carol', 'dave', 'eve', 'frank'];

describe('the stack of a notebook', () => {
  test.each([
    ['alice', 'Stack-01', 'Stack-13', 'Stack-53'],
    ['bob', 'Stack-00', 'Stack-06', 'Stack-39'],
    ['carol', 'Stack-00', 'Stack-15', 'Stack-78'],
    ['nlp', 'Stack-00', 'Stack-10', 'Stack-67'],
    ['owner-1', 'Stack-01', 'Stack-03', 'Stack-03'],
    ['eve@example.com', 'Stack-01', 'Stack-01', 'Stack-58'],
  ])('of %s is what it has always been, since another one means an empty volume', (id, of2, of16, of100) => {
    expect([2, 16, 100].map((stacks) => stackIdFor(id, stacks))).toEqual([of2, of16, of100]);
  });

  test('is as likely as any other', () => {
    const counts = new Map<string, number>();
    for (const stackId of MANY.map((id) => stackIdFor(id, 16))) {
      counts.set(stackId, (counts.get(stackId) ?? 0) + 1);
    }

    expect(counts.size).toBe(16);
    expect(Math.max(...counts.values())).toBeLessThan((1.5 * MANY.length) / 16);
  });

  test('is kept by all but a seventeenth when 16 stacks become 17, and those go to the new one', () => {
    const moved = MANY.filter((id) => stackIdFor(id, 16) !== stackIdFor(id, 17));

    expect(moved.length).toBeGreaterThan(MANY.length / 17 / 1.5);
    expect(moved.length).toBeLessThan((1.5 * MANY.length) / 17);
    expect(new Set(moved.map((id) => stackIdFor(id, 17)))).toEqual(new Set(['Stack-16']));
  });
});

describe('a number of stacks', () => {
  test.each([1, 0, -2, 1.5, 101, Number.NaN])('cannot be %p', (stacks) => {
    expect(() => define({ stacks })).toThrow(
      `Team/Fleet: 'stacks' must be a whole number from 2 to 100, got: ${stacks}`,
    );
  });

  test.each([2, 100])('can be %p', (stacks) => {
    expect(() => define({ stacks })).not.toThrow();
  });

  test('cannot be known at deployment alone', () => {
    const stack = new Stack(new App(), 'Team');
    const stacks = new CfnParameter(stack, 'Stacks', { type: 'Number' }).valueAsNumber;

    expect(() => define({ stack, stacks })).toThrow(
      "Team/Fleet: 'stacks' must be known at synthesis, because nested stacks are defined by it, got: a deploy-time value",
    );
  });

  test('cannot be given where the templates of nested stacks have no place', () => {
    const stack = new Stack(new App(), 'Team', { synthesizer: new BootstraplessSynthesizer() });

    expect(() => define({ stack, stacks: 2 })).toThrow(
      "Team/Fleet: 'stacks' must be left out in a stack whose synthesizer has no bucket for assets, where templates of nested stacks lie, got: BootstraplessSynthesizer",
    );
  });
});

test('only stacks that hold a notebook are defined', () => {
  const templates = synthesize({ stacks: 100 });

  const used = new Set(IDS.map((id) => stackIdFor(id, 100)));
  expect(nestedIn(templates)).toHaveLength(used.size);
});

describe.each([
  ['no feature flags', {}],
  ['all recommended feature flags', { ...recommended }],
])('with %s', (_, context) => {
  test.each<[string, (stack: Stack) => IMlSharedInfra]>([
    ['in the stack of the fleet', (stack) => new MlSharedInfra(stack, 'Shared')],
    ['in another stack', (stack) => new MlSharedInfra(baseBeside(stack), 'Shared')],
    ['in another stack, published', (stack) => published(stack)],
  ])('nested stacks use a base %s without exports, and get all that they refer to', (_place, base) => {
    const templates = synthesize({ stack: new Stack(new App({ context }), 'Team'), base, stacks: 2 });

    const parent = templateOf(templates, 'Team.template.json');
    expect([...templates.values()].filter((text) => /"Export"|Fn::ImportValue/.test(text))).toEqual([]);
    expect(nestedIn(templates)).toHaveLength(2);
    for (const nested of nestedIn(templates)) {
      expect(openReferences(nested)).toEqual([]);
    }
    const passed = ofType(parent, 'AWS::CloudFormation::Stack').map((each) => Object.keys(each.Parameters));
    const taken = nestedIn(templates).map((nested) => Object.keys(nested.Parameters ?? {}));
    expect(passed.map(sorted)).toEqual(expect.arrayContaining(taken.map(sorted)));
  });

  test('roles in nested stacks have the boundary of a base that is published with one', () => {
    const boundary = (stack: Stack) =>
      iam.ManagedPolicy.fromManagedPolicyArn(stack, 'Boundary', 'arn:aws:iam::111111111111:policy/boundary');
    const templates = synthesize({
      stack: new Stack(new App({ context }), 'Team'),
      base: (stack) => published(stack, boundary(stack)),
      stacks: 2,
    });

    for (const nested of nestedIn(templates)) {
      const [condition] = Object.keys(nested.Conditions ?? {});
      const boundaries = ofType(nested, 'AWS::IAM::Role').map((role) => role.PermissionsBoundary);
      expect(boundaries.length).toBeGreaterThan(0);
      for (const { 'Fn::If': choice } of boundaries) {
        expect(choice).toEqual([condition, { Ref: expect.stringContaining('boundary') }, { Ref: 'AWS::NoValue' }]);
      }
    }
  });
});

interface Scene {
  readonly stack?: Stack;
  readonly stacks?: number;
  readonly base?: (stack: Stack) => IMlSharedInfra;
}

function define({ stack = new Stack(new App(), 'Team'), stacks, base }: Scene): Stack {
  const shared = base?.(stack) ?? new MlSharedInfra(stack, 'Shared');
  const idleStop = stack.synthesizer instanceof BootstraplessSynthesizer ? undefined : Duration.hours(1);
  const lifecycle = new NotebookLifecycle(stack, 'Lifecycle', { shared, idleStop });
  new MlNotebookFleet(stack, 'Fleet', { shared, owners: IDS, defaults: { lifecycle }, stacks });
  return stack;
}

function synthesize(scene: Scene): Map<string, string> {
  return textsOf((define(scene).node.root as App).synth());
}

function baseBeside(stack: Stack): Stack {
  return new Stack(stack.node.root as App, 'Base');
}

function published(stack: Stack, permissionsBoundary?: iam.IManagedPolicy): IMlSharedInfra {
  new MlSharedInfra(baseBeside(stack), 'Shared', { permissionsBoundary }).publish('vision');
  return MlSharedInfra.fromPublished(stack, 'Shared', 'vision');
}

function templateOf(templates: Map<string, string>, file: string): WrittenTemplate {
  return JSON.parse(templates.get(file) ?? '{}');
}

function nestedIn(templates: Map<string, string>): WrittenTemplate[] {
  return [...templates.keys()].filter((file) => file.includes('.nested.')).map((file) => templateOf(templates, file));
}

function ofType(template: WrittenTemplate, type: string) {
  return Object.values(template.Resources).flatMap(({ Type, Properties }) => (Type === type ? [Properties] : []));
}

/** What a template refers to and does not hold. */
function openReferences(template: WrittenTemplate): string[] {
  const text = JSON.stringify(template);
  const found = [...text.matchAll(/"(?:Ref":|Fn::GetAtt":\[|Fn::If":\[)"([^"]+)"/g)].map(([, name]) => name);
  const { Resources, Parameters, Conditions } = template;
  const known = new Set(Object.keys({ ...Resources, ...Parameters, ...Conditions }));
  expect(found.length).toBeGreaterThan(0);
  return found.filter((name) => !known.has(name) && !name.startsWith('AWS::'));
}

function sorted(names: string[]): string[] {
  return [...names].sort();
}
