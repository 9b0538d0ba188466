import { Annotations, App, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { MlNetwork, MlNotebook, MlNotebookFleet, MlSharedInfra } from '../../src';
import { countAddress, countOwnerRole } from '../../src/notebook/notebook-quotas';

describe('addresses of a subnet', () => {
  test('are warned about when a network has fewer than it has notebooks', () => {
    // A /28 has 16 addresses, of which AWS keeps five and four endpoints take one each.
    const warnings = (count: number) => {
      const { stack, shared } = team('10.0.0.0/24');
      for (let index = 0; index < count; index++) {
        new MlNotebook(stack, 'xx'.repeat(index + 1), { shared }); // ids with one subnet in common
      }
      return warningsOf(stack).filter((text) => text.includes('subnetFull'));
    };

    expect(warnings(7)).toEqual([]);
    expect(warnings(8)).toEqual([
      expect.stringMatching(
        /^Team\/Network\/Vpc\/WorkloadSubnet\d: more notebooks of this app stand here than the 7 that find an address in 10\.0\.0\.\d+\/28; a network with a larger range has room, but a notebook that moves there is a new one \[ack: cdk-ml-infra:subnetFull\]$/,
      ),
    ]);
    expect(warnings(20)).toHaveLength(1);
  });

  test('are enough in a network of the default size', () => {
    const { stack, shared } = team('10.0.0.0/16');
    new MlNotebookFleet(stack, 'F', { shared, owners: ids(400), stacks: 8 });

    expect(warningsOf(stack)).toEqual([]);
  });

  test('are counted over all stacks of the app', () => {
    const { stack, shared } = team('10.0.0.0/24');
    new MlNotebookFleet(stack, 'F', { shared, owners: ids(20), stacks: 4 });

    expect(warningsOf(stack).filter((text) => text.includes('subnetFull'))).toHaveLength(2);
  });

  test('can be more than the app knows, which is acknowledged', () => {
    const { stack, shared } = team('10.0.0.0/24');
    for (const subnet of shared.network.subnets) {
      Annotations.of(subnet).acknowledgeWarning('cdk-ml-infra:subnetFull');
    }
    new MlNotebookFleet(stack, 'F', { shared, owners: ids(20), stacks: 4 });

    expect(warningsOf(stack)).toEqual([]);
  });

  test.each([
    ['without its range', undefined],
    ['with a range that is known at deployment', { 'Fn::Select': [0, ['10.0.0.0/28']] }],
  ])('are unknown of a subnet that was imported %s', (_, cidr) => {
    const stack = new Stack(new App(), 'Team');
    const ipv4CidrBlock = cidr && stack.toJsonString(cidr);
    const subnet = ec2.Subnet.fromSubnetAttributes(stack, 'S', {
      subnetId: 'subnet-1',
      routeTableId: 'rtb-1',
      ipv4CidrBlock,
    });

    for (let index = 0; index < 30; index++) {
      countAddress(subnet);
    }

    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('roles of owners', () => {
  test('are warned about when an account has more than it takes by default', () => {
    const { stack, shared } = team();
    for (const owner of ids(1_000)) {
      countOwnerRole(stack, 'another base', owner);
    }
    new MlNotebookFleet(stack, 'F', { shared, owners: ['zoe'], stacks: 16 });

    const { messages } = (stack.node.root as App).synth().getStackByName('Team');
    expect(messages.map(({ entry }) => entry.data)).toEqual([
      expect.stringMatching(
        /^Team\/F\/Stack-\d\d: this app defines more than 1000 roles for owners in the account, which is all that IAM takes by default; ask AWS for more before you deploy, or have owners share notebooks \[ack: cdk-ml-infra:roleQuota\]$/,
      ),
    ]);
  });

  test('are no more than a thousand when there are a thousand owners, or notebooks with roles of the app', () => {
    const { stack, shared } = team();
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
    new MlNotebookFleet(stack, 'F', { shared, owners: ids(1_000), stacks: 16 });
    new MlNotebook(stack, 'again', { shared, owner: 'owner-0', role });

    expect(warningsOf(stack)).toEqual([]);
  });

  test.each([
    ['base', 'another', 'Team'],
    ['stack', 'base', 'Other'],
  ])('are counted once per owner, and again on another %s', (_, base, stackName) => {
    const app = new App();
    const stacks = { Team: new Stack(app, 'Team'), Other: new Stack(app, 'Other') };
    for (let index = 0; index < 3_000; index++) {
      countOwnerRole(stacks.Team, 'base', `owner-${index % 1_000}`);
    }
    expect(warningsOf(stacks.Team)).toEqual([]);

    countOwnerRole(stacks[stackName as 'Team' | 'Other'], base, 'owner-0');
    countOwnerRole(stacks.Team, 'base', 'owner-1'); // is no other role

    expect([...warningsOf(stacks.Team), ...warningsOf(stacks.Other)]).toHaveLength(1);
  });

  test('of different accounts are counted apart, and those of one account in several regions together', () => {
    const app = new App();
    const stackIn = (id: string, account: string, region: string) => new Stack(app, id, { env: { account, region } });
    const [one, other] = [stackIn('A', '111111111111', 'eu-central-1'), stackIn('B', '222222222222', 'eu-central-1')];
    for (const owner of ids(1_000)) {
      countOwnerRole(one, 'base', owner);
      countOwnerRole(other, 'base', owner);
    }
    expect([...warningsOf(one), ...warningsOf(other)]).toEqual([]);

    const third = stackIn('C', '222222222222', 'eu-west-1');
    countOwnerRole(third, 'base', 'zoe');

    expect(warningsOf(third)).toEqual([expect.stringContaining('roles for owners in account 222222222222, which')]);
  });
});

describe('a deployment', () => {
  test.each([
    [1_250, []],
    [
      1_251,
      [expect.stringMatching(/^Team\/F: 2502 notebooks and roles, of which one deployment of a stack with nested/)],
    ],
  ])('of nested stacks with %p owned notebooks is warned about when it is more than one can be', (count, expected) => {
    const { stack, shared } = team();
    new MlNotebookFleet(stack, 'F', { shared, owners: ids(count), stacks: 16 });

    expect(warningsOf(stack).filter((text) => text.includes('largeDeployment'))).toEqual(expected);
  });

  test('is as large as its notebooks where these share their roles', () => {
    const { stack, shared } = team();
    const notebooks = Object.fromEntries(ids(1_300).map((id) => [id, { owner: 'alice' }]));
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
    new MlNotebookFleet(stack, 'F', { shared, notebooks, stacks: 16 });
    new MlNotebookFleet(stack, 'G', { shared, owners: ids(1_300), defaults: { role }, stacks: 16 });

    expect(warningsOf(stack)).toEqual([]);
  });
});

function team(range = '10.0.0.0/16') {
  const stack = new Stack(new App(), 'Team');
  const network = new MlNetwork(stack, 'Network', { ipAddresses: ec2.IpAddresses.cidr(range) });
  return { stack, shared: new MlSharedInfra(stack, 'Shared', { network }) };
}

function ids(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `owner-${index}`);
}

/** Read from the tree, because synthesizing a thousand notebooks takes seconds. */
function warningsOf(stack: Stack): string[] {
  const metadata = stack.node.findAll().flatMap(({ node }) => node.metadata);
  return metadata.filter(({ type }) => type === 'aws:cdk:warning').map(({ data }) => String(data));
}
