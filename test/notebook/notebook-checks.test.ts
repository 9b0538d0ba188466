import { App, CfnResource, NestedStack, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { MlNotebook, MlSharedInfra } from '../../src';
import { requireRoomInStack } from '../../src/notebook/notebook-checks';

const LIMIT = '@aws-cdk/core:stackResourceLimit';

describe('a stack', () => {
  test('takes notebooks until CloudFormation would refuse the stack, and then says where others can go', () => {
    const { stack, define } = fleet({}, 'alone');

    const refusal = defineUntilRefused(define);

    expect(refusal).toMatch(
      /^Fleet\/n\d+: 'scope' must be defined in a stack with room: CloudFormation takes 500 resources per stack; put further ones into another stack or fleet, which can use the same base. 'stacks' of an MlNotebookFleet is for fleets that are not deployed yet: added later, it replaces all notebooks by empty ones, got: \d+ notebooks in Fleet$/,
    );
    expect([499, 500]).toContain(resourcesOf(stack));
  });

  test('of a base in another stack has room for 250 notebooks with their roles', () => {
    const { stack, define } = fleet({}, 'beside');

    const refusal = defineUntilRefused(define);

    expect(refusal).toContain('got: 251 notebooks in Fleet');
    expect(resourcesOf(stack)).toBe(500);
  });

  test.each([60, '60'])('keeps to the limit %p of the context', (limit) => {
    const { stack, define } = fleet({ [LIMIT]: limit }, 'beside');

    const refusal = defineUntilRefused(define);

    expect(refusal).toContain('CloudFormation takes 60 resources per stack');
    expect(resourcesOf(stack)).toBeLessThanOrEqual(60);
  });

  test('without a limit in the context takes any number', () => {
    const { stack, define } = fleet({ [LIMIT]: 0 }, 'beside');

    for (let index = 0; index < 260; index++) {
      define(index);
    }

    expect(resourcesOf(stack)).toBe(520);
  });

  test('counts what else it holds', () => {
    const { stack, define } = fleet({}, 'beside');
    addResources(stack, 190, 'other');

    const refusal = defineUntilRefused(define);

    expect(refusal).toContain("'scope' must be defined in a stack with room");
    expect(resourcesOf(stack)).toBe(500);
  });

  test.each([1, 2, 7, 40])('counts what else comes, when %p other resources come with each notebook', (others) => {
    const { stack, define } = fleet({}, 'beside');

    const refusal = defineUntilRefused((index) => {
      define(index);
      addResources(stack, others, `with${index}-`);
    });

    expect(refusal).toContain("'scope' must be defined in a stack with room");
    expect(resourcesOf(stack)).toBeGreaterThan(500 - others - 2);
  });

  test.each([
    [4, 125],
    [3, 166],
  ])('has room for whole notebooks of %p resources each', (resources, count) => {
    const stack = new Stack(new App(), 'Fleet');

    const refusal = defineUntilRefused((index) => {
      const notebook = new Construct(stack, `n${index}`);
      requireRoomInStack(notebook, resources);
      addResources(notebook, resources, 'part');
    });

    expect(refusal).toContain(`got: ${count + 1} notebooks in Fleet`);
    expect(resourcesOf(stack)).toBe(count * resources);
  });

  test('is refused at synthesis when it is filled up after its notebooks', () => {
    const { stack, define } = fleet({}, 'beside');
    define(0);
    addResources(stack, 498, 'after');
    expect(() => (stack.node.root as App).synth()).not.toThrow();

    addResources(stack, 1, 'last');

    expect(() => (stack.node.root as App).synth({ force: true })).toThrow(
      "[Fleet] Notebooks must be defined in a stack with room: CloudFormation takes 500 resources per stack; put further ones into another stack or fleet, which can use the same base. 'stacks' of an MlNotebookFleet is for fleets that are not deployed yet: added later, it replaces all notebooks by empty ones, got: 501 resources",
    );
  });

  test('leaves a place for the resource that the core adds when it reports versions', () => {
    const { stack, define } = fleet({ 'aws:cdk:version-reporting': true }, 'beside', 'eu-central-1');

    const refusal = defineUntilRefused(define);

    expect(refusal).toContain('got: 250 notebooks in Fleet');
    expect(() => (stack.node.root as App).synth()).not.toThrow();
    expect(resourcesOf(stack)).toBe(499);
  });

  test('counts a nested stack as one resource, whatever that holds', () => {
    const { stack, define } = fleet({}, 'beside');
    addResources(new NestedStack(stack, 'Nested'), 400, 'nested');

    const refusal = defineUntilRefused(define);

    expect(refusal).toContain('got: 250 notebooks in Fleet');
  });

  test('is counted seldom, however many notebooks it takes', () => {
    const { stack, define } = fleet({}, 'beside');
    const walks = jest.spyOn(CfnResource, 'isCfnResource');

    defineUntilRefused(define);

    expect(walks.mock.calls.length).toBeLessThan(15 * resourcesOf(stack));
  });

  function fleet(context: { [key: string]: unknown }, base: 'alone' | 'beside', region?: string) {
    const app = new App({ context });
    const env = region ? { account: '111111111111', region } : undefined;
    const stack = new Stack(app, 'Fleet', { env });
    const shared = new MlSharedInfra(base === 'alone' ? stack : new Stack(app, 'Base', { env }), 'Shared');
    return { stack, define: (index: number) => new MlNotebook(stack, `n${index}`, { shared, owner: `o${index}` }) };
  }
});

describe('a notebook name', () => {
  test('is refused for a second notebook of the account and region', () => {
    const shared = new MlSharedInfra(new Stack(new App(), 'Team'), 'Shared');
    const stack = Stack.of(shared);
    new MlNotebook(stack, 'one', { shared, notebookName: 'lab' });

    expect(() => new MlNotebook(stack, 'two', { shared, notebookName: 'lab' })).toThrow(
      "Team/two: 'notebookName' must be a name that no other notebook of the account and region has, got: lab",
    );
  });

  test('may be that of a notebook in another region, or another app', () => {
    const define = (app: App, region: string) => {
      const stack = new Stack(app, region, { env: { account: '111111111111', region } });
      new MlNotebook(stack, 'one', { shared: new MlSharedInfra(stack, 'Shared'), notebookName: 'lab' });
    };
    const app = new App();
    define(app, 'us-east-1');

    expect(() => define(app, 'eu-west-1')).not.toThrow();
    expect(() => define(new App(), 'us-east-1')).not.toThrow();
  });

  test.each(['a', 'A-1', 'a--b', 'a'.repeat(63)])('may be %p', (notebookName) => {
    const stack = new Stack(new App(), 'Team');
    const shared = new MlSharedInfra(stack, 'Shared');

    expect(() => new MlNotebook(stack, 'one', { shared, notebookName })).not.toThrow();
  });
});

describe('addresses that a notebook may be opened from', () => {
  test.each(['203.0.113.0/24', '203.0.113.7/32', '0.0.0.0/1', '2001:db8::/32', '::1/128'])('may be %s', (address) => {
    const stack = new Stack(new App(), 'Team');
    const notebook = new MlNotebook(stack, 'one', { shared: new MlSharedInfra(stack, 'Shared') });
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });

    expect(() => notebook.grantOpen(role, { fromIpAddresses: [address] })).not.toThrow();
  });
});

function defineUntilRefused(define: (index: number) => unknown): string {
  try {
    for (let index = 0; index < 300; index++) {
      define(index);
    }
  } catch (error) {
    return (error as Error).message;
  }
  return 'never refused';
}

function resourcesOf(stack: Stack): number {
  return stack.node.findAll().filter((child) => CfnResource.isCfnResource(child) && child.stack === stack).length;
}

function addResources(scope: Construct, count: number, prefix: string): void {
  for (let index = 0; index < count; index++) {
    new CfnResource(scope, `${prefix}${index}`, { type: 'AWS::SNS::Topic' });
  }
}
