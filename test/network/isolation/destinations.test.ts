import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { destinationOf } from '../../../src/network/isolation/destinations';
import { NetworkTree } from '../../../src/network/isolation/network-tree';
import { written } from '../../../src/network/isolation/written-resource';

describe('destinationOf', () => {
  const stack = new Stack(new App(), 'Stack');
  const vpc = new ec2.CfnVPC(stack, 'Vpc', { cidrBlock: '10.9.0.0/16' });
  const parameter = new CfnParameter(stack, 'Parameter');
  const list = new ec2.CfnPrefixList(stack, 'List', {
    addressFamily: 'IPv4',
    prefixListName: 'offices',
    maxEntries: 2,
    entries: [{ cidr: '10.0.0.0/8' }, { cidr: '203.0.113.0/24' }],
  });

  test.each([
    ['a range', '10.0.0.0/8', ['10.0.0.0/8'], false, '10.0.0.0/8'],
    [
      'the entries of a list of the app',
      list.attrPrefixListId,
      ['10.0.0.0/8', '203.0.113.0/24'],
      false,
      '10.0.0.0/8, 203.0.113.0/24',
    ],
    ['the range of a VPC of the app', vpc.attrCidrBlock, [], false, 'a deploy-time value'],
    ['a list of others', 'pl-1', [], true, 'pl-1'],
    ['a parameter', parameter.valueAsString, [], true, 'a deploy-time value'],
  ])('is %s', (_what, value, ranges, isOpenEnded, shown) => {
    expect(destination({ A: value })).toEqual({ ranges, isOpenEnded, shown });
  });

  test('is all that the properties name, and no other', () => {
    expect(destination({ A: '10.0.0.0/8', B: '::/0', C: '0.0.0.0/0' })).toMatchObject({
      ranges: ['10.0.0.0/8', '::/0'],
    });
    expect(destination({})).toEqual({ ranges: [], isOpenEnded: false, shown: 'a deploy-time value' });
  });

  function destination(properties: { [name: string]: string }) {
    const values = Object.entries(properties).map(([name, value]) => [name, written(stack, value)]);
    return destinationOf(NetworkTree.of(stack), stack, Object.fromEntries(values), ['A', 'B']);
  }
});
