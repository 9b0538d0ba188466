import {
  App,
  Aspects,
  CfnParameter,
  CfnResource,
  Duration,
  IAspect,
  RemovalPolicy,
  Size,
  Stack,
  Stage,
  Tags,
} from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks } from 'cdk-nag';
import { IConstruct } from 'constructs';
import {
  CodeSource,
  MlEnvironment,
  MlInstanceType,
  MlNotebook,
  MlNotebookFleet,
  MlNotebookFleetProps,
  MlSharedInfra,
  NotebookLifecycle,
} from '../../src';
import { textsOf, WrittenResource } from '../shared/templates';

const NOTEBOOK = 'AWS::SageMaker::NotebookInstance';
const ROLE = 'AWS::IAM::Role';
const NESTED = 'AWS::CloudFormation::Stack';
const MANY = Array.from({ length: 500 }, (_, index) => `owner-${index}`);

describe('MlNotebookFleet', () => {
  test('defines a notebook for each owner of the list and each entry of the map, under these ids', () => {
    const team = fleet({ owners: ['alice', 'bob'], notebooks: { nlp: { owner: 'carol' }, dave: {} } });

    expect(Object.keys(team.notebooks).sort()).toEqual(['alice', 'bob', 'dave', 'nlp']);
    expect(ownersOf(team)).toEqual({ alice: 'alice', bob: 'bob', dave: 'dave', nlp: 'carol' });
  });

  test('is what notebooks beside each other would be', () => {
    const define = (scope: (stack: Stack) => IConstruct) => {
      const stack = new Stack(new App(), 'Team');
      const shared = new MlSharedInfra(stack, 'Shared');
      scope(Object.assign(stack, { shared }));
      return Object.values(resourcesOf(stack))
        .filter(({ Type }) => Type === NOTEBOOK)
        .map(({ Properties: { RoleArn, ...properties } }) => properties);
    };

    const alone = define((stack) => new MlNotebook(stack, 'alice', { shared: baseOf(stack), owner: 'alice' }));

    expect(define((stack) => new MlNotebookFleet(stack, 'F', { shared: baseOf(stack), owners: ['alice'] }))).toEqual(
      alone,
    );
  });

  test('may be empty, and gets nothing then', () => {
    const before = Object.keys(resourcesOf(stackWithBase()));

    expect(Object.keys(resourcesOf(Stack.of(fleet({}))))).toEqual(before);
    expect(Object.keys(resourcesOf(Stack.of(fleet({ owners: [], notebooks: {}, stacks: 4 }))))).toEqual(before);
  });

  test('is refused on a base that its notebooks could not use, even while it has none', () => {
    const app = new App();
    const shared = baseIn(new Stack(new Stage(app, 'Prod'), 'Base'));

    expect(() => new MlNotebookFleet(new Stack(app, 'Team'), 'F', { shared })).toThrow(
      "Team/F: 'shared' must be a base of the same stage",
    );
  });

  test('gives notebooks the defaults, but for what an entry says', () => {
    const team = fleet({
      owners: ['alice'],
      notebooks: { bob: { volumeSize: Size.gibibytes(70) }, carol: { instanceType: MlInstanceType.G5_XLARGE } },
      defaults: { instanceType: MlInstanceType.M5_XLARGE, volumeSize: Size.gibibytes(60) },
    });

    const machines = Object.entries(propertiesOf(team)).map(([id, { InstanceType, VolumeSizeInGB }]) => {
      return `${id} ${InstanceType} ${VolumeSizeInGB}`;
    });
    expect(machines).toEqual(['alice ml.m5.xlarge 60', 'bob ml.m5.xlarge 70', 'carol ml.g5.xlarge 60']);
  });

  test('takes the default for what an entry leaves undefined, and what an entry switches off', () => {
    const team = fleet({
      notebooks: { alice: { rootAccess: undefined, owner: undefined }, bob: { rootAccess: false } },
      defaults: { rootAccess: true },
    });

    expect(propertiesOf(team).alice.RootAccess).toBe('Enabled');
    expect(propertiesOf(team).bob.RootAccess).toBe('Disabled');
    expect(ownersOf(team).alice).toBe('alice');
  });

  test('leaves notebooks to nobody when they are not owned, but for entries that name an owner', () => {
    const team = fleet({ owned: false, notebooks: { lab: {}, nlp: { owner: 'carol' } } });

    expect(ownersOf(team)).toEqual({ lab: 'team', nlp: 'carol' });
    expect(propertiesOf(team).lab.RoleArn).toEqual(Stack.of(team).resolve(baseOf(Stack.of(team)).notebookRole.roleArn));
  });

  test('may have ids that differ in case only, if their owners do not', () => {
    const team = fleet({ notebooks: { lab: { owner: 'carol' }, Lab: { owner: 'carol' } } });

    expect(Object.keys(team.notebooks)).toEqual(['Lab', 'lab']);
  });

  test.each<[string, Partial<MlNotebookFleetProps>, string]>([
    ['an owner for all', { defaults: { owner: 'bob' } }, "'defaults.owner' must be left out, since it is of one"],
    ['a name for all', { defaults: { notebookName: 'x' } }, "'defaults.notebookName' must be left out, since it is of"],
    ['a backup for all', { defaults: { restoreFrom: 'x' } }, "'defaults.restoreFrom' must be left out, since it is of"],
    ['an id twice in the list', { owners: ['a', 'b', 'a'] }, "'owners' must be a list without repetition, got: a"],
    [
      'an id in list and map',
      { owners: ['alice'], notebooks: { alice: {} } },
      "'notebooks' must be without ids that 'owners' lists too, got: alice",
    ],
    ['owners that nobody is to be', { owned: false, owners: ['alice'] }, `'owners' must be left out when 'owned' is`],
    ['an empty id', { owners: [''] }, "'owners' must be ids of 1 to 63 characters of A-Z a-z 0-9 . _ @ + = - that"],
    ['a slash', { notebooks: { 'a/b': {} } }, "'notebooks' must be ids of 1 to 63 characters"],
    ['a long id', { owners: ['a'.repeat(64)] }, "'owners' must be ids of 1 to 63 characters"],
    ['dots', { notebooks: { 'a..b': { owner: 'a' } } }, "'notebooks' must be ids of 1 to 63 characters"],
    ['a space', { owners: ['alice '] }, "got: 'alice '"],
    ['no text', { owners: [7 as unknown as string] }, "'owners' must be ids of 1 to 63 characters"],
    [
      'spellings in the list',
      { owners: ['alice', 'Alice'] },
      "'owners' must be spelled as elsewhere, 'Alice', since IAM does not tell letter cases apart, got: alice",
    ],
    [
      'spellings in different stacks',
      { owners: ['ALICE'], notebooks: { nlp: { owner: 'alice' } }, stacks: 100 },
      "'notebooks.nlp.owner' must be spelled as elsewhere, 'ALICE', since",
    ],
  ])('is refused with %s', (_, props, message) => {
    expect(() => fleet(props)).toThrow(message);
  });

  test('is refused with an id or a list that is known at deployment alone', () => {
    const stack = stackWithBase();
    const list = new CfnParameter(stack, 'Owners', { type: 'CommaDelimitedList' }).valueAsList;
    const one = new CfnParameter(stack, 'Owner').valueAsString;
    const define = (owners: string[]) => new MlNotebookFleet(stack, 'F', { shared: baseOf(stack), owners });

    expect(() => define(list)).toThrow("Team/F: 'owners' must be known at synthesis, because notebooks are named");
    stack.node.tryRemoveChild('F');
    expect(() => define([one])).toThrow("Team/F: 'owners' must be known at synthesis, because notebooks are named");
  });

  test('gives a notebook by its id', () => {
    const team = fleet({ owners: ['alice', 'bob'] });

    expect(team.notebook('alice')).toBe(team.notebooks.alice);
    expect(team.notebook('alice').node.id).toBe('alice');
  });

  test.each([
    ['alicf', 'alice or one of 6 others, got: alicf'],
    ['ALICE', 'alice or one of 6 others, got: ALICE'],
    ['alcie', 'alice or one of 6 others, got: alcie'],
    ['zoe@example.com', 'alice, bob, carol, dave, eve or one of 2 others, got: zoe@example.com'],
    ['constructor', 'alice, bob, carol, dave, eve or one of 2 others, got: constructor'],
  ])('has no notebook %s, and names what was meant', (id, message) => {
    const team = fleet({ owners: ['alice', 'bob', 'carol', 'dave', 'eve', 'frank', 'grace'] });

    expect(() => team.notebook(id)).toThrow(`Team/F: 'id' must be the id of a notebook of the fleet: ${message}`);
  });

  test('says that it has no notebook at all', () => {
    expect(() => fleet({}).notebook('alice')).toThrow('of the fleet: it has none, got: alice');
  });

  test.each([undefined, 2])('adds the outputs of all notebooks, once, with %p stacks', (stacks) => {
    const team = fleet({ owners: ['alice', 'bob', 'carol'], stacks });

    team.addOutputs();
    team.addOutputs();

    expect(outputsOf(Stack.of(team))).toHaveLength(9);
  });

  test('adds no more outputs than CloudFormation takes', () => {
    expect(() => fleet({ owners: MANY.slice(0, 66) }).addOutputs()).not.toThrow();
    expect(() => fleet({ owners: MANY.slice(0, 67) }).addOutputs()).toThrow(
      "Team/F: 'notebooks' must be at most 66 in a stack for outputs of all of them; call addOutputs() of those that need it, got: more in Team",
    );
  });
});

describe.each([
  ['one stack', undefined],
  ['nested stacks', 4],
])('a fleet in %s', (_, stacks) => {
  const owners = ['alice', 'bob', 'carol', 'dave', 'eve', 'frank', 'grace', 'heidi'];
  const notebooks = { nlp: { owner: 'nlp-team' }, vision: { instanceType: MlInstanceType.G5_XLARGE }, gpu: {} };

  test('is the same, byte by byte, in whatever order it was written', () => {
    const backwards = Object.fromEntries(Object.entries(notebooks).reverse());

    expect(textsFor({ owners: [...owners].reverse(), notebooks: backwards, stacks })).toEqual(
      textsFor({ owners, notebooks, stacks }),
    );
  });

  test.each<[string, Partial<MlNotebookFleetProps>, RegExp]>([
    ['the list', { owners: owners.filter((id) => id !== 'dave'), notebooks }, /dave/],
    ['the map', { owners, notebooks: { vision: notebooks.vision, gpu: {} } }, /nlp/],
  ])('loses a notebook and its role, and nothing else, with an entry of %s', (_place, less, name) => {
    const before = resourcesOf(Stack.of(fleet({ owners, notebooks, stacks })));

    const after = resourcesOf(Stack.of(fleet({ ...less, stacks })));

    const gone = Object.keys(before).filter((key) => !(key in after));
    expect(gone.map((key) => before[key].Type).sort()).toEqual([ROLE, NOTEBOOK]);
    expect(gone.filter((key) => !name.test(key))).toEqual([]);
    for (const [key, resource] of Object.entries(after)) {
      expect(resource).toEqual(before[key]);
    }
  });

  test('changes one notebook with its entry', () => {
    const before = resourcesOf(Stack.of(fleet({ owners, notebooks, stacks })));

    const after = resourcesOf(
      Stack.of(fleet({ owners, notebooks: { ...notebooks, gpu: { rootAccess: true } }, stacks })),
    );

    const changed = Object.keys(after).filter((key) => JSON.stringify(after[key]) !== JSON.stringify(before[key]));
    expect(changed).toEqual([expect.stringMatching(/gpu/)]);
  });

  test('has no open finding of policy checkers', () => {
    const team = fleet({ owners, notebooks, stacks });

    const findings = [AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks].flatMap((Pack) =>
      new Pack(team.node.root).validateScope(team.node.root).violations.map(({ ruleName }) => ruleName),
    );

    expect(findings).toEqual([]);
  });

  test('takes environment, tags, aspects and boundary from above', () => {
    const stack = new Stack(new App(), 'Team');
    MlEnvironment.set(stack, MlEnvironment.DEV);
    baseIn(stack);
    Tags.of(stack).add('cost-center', '42');
    Aspects.of(stack).add(new Describe());
    iam.PermissionsBoundary.of(stack).apply(iam.ManagedPolicy.fromAwsManagedPolicyName('ViewOnlyAccess'));
    fleet({ owners, stacks }, stack);

    const resources = Object.values(resourcesOf(stack));

    const instances = resources.filter(({ Type }) => Type === NOTEBOOK);
    const roles = Object.entries(resourcesOf(stack)).filter(([key, { Type }]) => Type === ROLE && /MlOwners/.test(key));
    expect([instances.length, roles.length]).toEqual([owners.length, owners.length]);
    for (const { DeletionPolicy, Properties, ...rest } of instances) {
      expect(DeletionPolicy).toBe('Delete');
      expect(Properties.Tags).toContainEqual({ Key: 'cost-center', Value: '42' });
      expect(Properties.Tags).toContainEqual({ Key: 'ml-environment', Value: 'dev' });
      expect(rest).toMatchObject({ Metadata: { seen: true } });
    }
    for (const [, { Properties }] of roles) {
      expect(JSON.stringify(Properties.PermissionsBoundary)).toContain('ViewOnlyAccess');
    }
  });
});

describe('a large fleet', () => {
  test('moves no notebook when one comes, among 500 in 8 stacks', () => {
    const before = resourcesOf(Stack.of(fleet({ owners: MANY, stacks: 8 })));

    const after = resourcesOf(Stack.of(fleet({ owners: ['zoe', ...MANY], stacks: 8 })));

    const come = Object.keys(after).filter((key) => !(key in before));
    expect(Object.keys(before).filter((key) => ![ROLE, NOTEBOOK].includes(before[key].Type)).length).toBeLessThan(60);
    expect(come).toEqual([expect.stringMatching(/Notebookszoe/), expect.stringMatching(/MlOwners.*zoe/)]);
    expect(Object.keys(before).filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))).toEqual([]);
  });

  test('does not fit one stack, and says what to do', () => {
    expect(() => fleet({ owners: MANY })).toThrow(
      /^Team\/F\/owner-\d+: 'scope' must be defined in a stack with room: CloudFormation takes 500 resources per stack; put further ones into another stack or fleet/,
    );
  });

  test('does not fit a nested stack that is full, and is not told to move notebooks', () => {
    const stack = new Stack(new App({ context: { '@aws-cdk/core:stackResourceLimit': 60 } }), 'Team');

    expect(() => fleet({ owners: MANY, stacks: 8 }, stack)).toThrow(
      /^Team\/F\/Stack-0\d\/Notebooks\/owner-\d+: 'scope' must be .* takes 60 resources per stack; define further notebooks in another fleet, which can use the same base, since changing 'stacks' of a fleet that is deployed replaces notebooks, got: 31 notebooks in Team\/F\/Stack-0\d$/,
    );
  });

  test('has templates far below the megabyte that CloudFormation takes, in one stack with much about each', () => {
    const app = new App();
    const environment = MlEnvironment.custom({
      name: 'careful',
      tags: Object.fromEntries(Array.from({ length: 6 }, (_, index) => [`cost-center-${index}`, 'x'.repeat(40)])),
    });
    const shared = new MlSharedInfra(new Stack(app, 'Base'), 'Shared', { environment });
    const stack = new Stack(app, 'Team');
    new MlNotebookFleet(stack, 'F', {
      shared,
      notebooks: Object.fromEntries(
        MANY.slice(0, 245).map((id) => [`${id}@department.example.com`, { notebookName: `notebook-of-${id}` }]),
      ),
      defaults: {
        lifecycle: new NotebookLifecycle(stack, 'Lifecycle', { shared, idleStop: Duration.hours(1) }),
        codeRepositories: ['one', 'two', 'three'].map((name) => CodeSource.git(`https://git.example.com/team/${name}`)),
        removalPolicy: RemovalPolicy.RETAIN,
        volumeSize: Size.gibibytes(16_000),
        instanceType: MlInstanceType.G5_2XLARGE,
      },
    });

    const text = textsOf(app.synth()).get('Team.template.json') ?? '';

    expect(Object.keys(JSON.parse(text).Resources).length).toBeGreaterThan(490);
    expect(JSON.stringify(JSON.parse(text)).length).toBeLessThan(850_000);
  });
});

class Describe implements IAspect {
  public visit(node: IConstruct): void {
    if (CfnResource.isCfnResource(node)) {
      node.addMetadata('seen', true);
    }
  }
}

function baseIn(stack: Stack): MlSharedInfra {
  return new MlSharedInfra(stack, 'Shared');
}

function baseOf(stack: Stack): MlSharedInfra {
  return stack.node.findChild('Shared') as MlSharedInfra;
}

function stackWithBase(): Stack {
  return Stack.of(baseIn(new Stack(new App(), 'Team')));
}

function fleet(props: Partial<MlNotebookFleetProps>, stack = new Stack(new App(), 'Team')): MlNotebookFleet {
  const shared = (stack.node.tryFindChild('Shared') as MlSharedInfra | undefined) ?? baseIn(stack);
  return new MlNotebookFleet(stack, 'F', { shared, ...props });
}

function textsFor(props: Partial<MlNotebookFleetProps>): [string, string][] {
  return [...textsOf((fleet(props).node.root as App).synth())];
}

function templatesIn(stack: Stack) {
  return [...textsOf((stack.node.root as App).synth())].map(([file, text]) => ({ file, ...JSON.parse(text) }));
}

/** All resources below a stack by file and logical id, but for the nested stacks themselves. */
function resourcesOf(stack: Stack): { [key: string]: WrittenResource } {
  const entries = templatesIn(stack).flatMap(({ file, Resources = {} }) =>
    Object.entries<WrittenResource>(Resources).map(([id, resource]) => [`${file} ${id}`, resource] as const),
  );
  return Object.fromEntries(entries.filter(([, { Type }]) => Type !== NESTED));
}

function outputsOf(stack: Stack): string[] {
  return templatesIn(stack).flatMap(({ Outputs = {} }) => Object.keys(Outputs));
}

/** Properties of each notebook, by its id. */
function propertiesOf(team: MlNotebookFleet): { [id: string]: WrittenResource['Properties'] } {
  const resources = resourcesOf(Stack.of(team));
  return Object.fromEntries(
    Object.entries(team.notebooks).map(([id, notebook]) => {
      const logicalId = Stack.of(notebook).resolve(notebook.notebookArn).Ref;
      const key = Object.keys(resources).find((each) => each.endsWith(` ${logicalId}`));
      return [id, resources[key ?? ''].Properties];
    }),
  );
}

function ownersOf(team: MlNotebookFleet): { [id: string]: string } {
  return Object.fromEntries(
    Object.entries(propertiesOf(team)).map(([id, { Tags: tags }]) => {
      return [id, tags.find(({ Key }: { Key: string }) => Key === 'ml-owner').Value];
    }),
  );
}
