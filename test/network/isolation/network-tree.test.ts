import { App, Stack, Stage } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { NetworkTree } from '../../../src/network/isolation/network-tree';

describe('NetworkTree', () => {
  test('holds the resources of all stacks of an app, but of no stage', () => {
    const app = new App();
    address(new Stack(app, 'One'));
    address(new Stack(app, 'Two'));
    const staged = new Stack(new Stage(app, 'Prod'), 'Three');
    address(staged);

    expect(pathsIn(app)).toEqual(['One/Address', 'Two/Address']);
    expect(pathsIn(staged)).toEqual(['Prod/Three/Address']);
  });

  test('is read once, until the core validates again', () => {
    const app = new App();
    const stack = new Stack(app, 'One');
    NetworkTree.watch(stack);
    const tree = NetworkTree.of(stack);
    address(stack);

    expect(NetworkTree.of(app)).toBe(tree);
    expect(tree.ofType('AWS::EC2::EIP')).toEqual([]);
    app.node.validate();
    expect(pathsIn(stack)).toEqual(['One/Address']);
  });

  test('names a resource by its path whatever attribute stands for it, and in text as in code', () => {
    const stack = new Stack(new App(), 'One');
    const group = new ec2.CfnSecurityGroup(stack, 'Group', { groupDescription: 'Group' });
    const tree = NetworkTree.of(stack);

    expect(tree.namesFor(stack, [group.attrGroupId, group.attrId, group.ref])).toEqual(Array(3).fill('One/Group'));
    expect(tree.namesOf([{ Ref: 'Group' }, { 'Fn::GetAtt': ['Group', 'GroupId'] }], stack)).toEqual(
      Array(2).fill('One/Group'),
    );
    expect(tree.namesFor(stack, [group.getAtt('Tags').toString(), 'sg-1'])).toEqual(['One/Group.Tags', 'sg-1']);
    expect(tree.at('One/Group')?.resource).toBe(group);
    expect(tree.at(undefined)).toBeUndefined();
  });

  test('has no name for what is neither a resource nor a text', () => {
    const stack = new Stack(new App(), 'One');

    expect(NetworkTree.of(stack).namesOf([{ 'Fn::ImportValue': 'x' }, 7, null, undefined], stack)).toEqual([]);
  });

  function address(stack: Stack) {
    return new ec2.CfnEIP(stack, 'Address');
  }

  function pathsIn(scope: Parameters<typeof NetworkTree.of>[0]) {
    return NetworkTree.of(scope)
      .ofType('AWS::EC2::EIP')
      .map(({ path }) => path);
  }
});
