import { Aws, CfnParameter, CfnResource, Fn, Lazy, Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { listed, maps, targetOf, WrittenResource, written } from '../../../src/network/isolation/written-resource';

describe('WrittenResource', () => {
  const stack = new Stack(undefined, 'Stack');
  const table = new ec2.CfnRouteTable(stack, 'Table', { vpcId: 'vpc-1' });

  test('names a reference by where it leads, also in a stack that the core would write it differently for', () => {
    const other = new Stack(stack.node.root as never, 'Other');
    for (const [scope, id] of [
      [stack, 'Here'],
      [other, 'There'],
    ] as const) {
      const route = new ec2.CfnRoute(scope, id, { routeTableId: table.ref });

      expect(targetOf(new WrittenResource(route).properties.RouteTableId, scope)).toEqual({
        place: 'Stack/Table',
        attribute: 'Ref',
      });
    }
  });

  test('holds overrides, as the template will', () => {
    const route = new ec2.CfnRoute(stack, 'Overridden', { routeTableId: table.ref, gatewayId: 'igw-1' });
    route.addPropertyOverride('DestinationCidrBlock', '0.0.0.0/0');
    route.addPropertyDeletionOverride('GatewayId');
    const { properties } = new WrittenResource(route);

    expect(properties.DestinationCidrBlock).toBe('0.0.0.0/0');
    expect(properties.GatewayId).toBeUndefined();
  });

  test('a reference written as text is called as the resource calls itself', () => {
    const route = new CfnResource(stack, 'Text', {
      type: 'AWS::EC2::Route',
      properties: { RouteTableId: { Ref: 'Table' }, GatewayId: { 'Fn::GetAtt': ['Table', 'Id'] }, Other: 'Table' },
    });
    const { properties } = new WrittenResource(route);
    const { placeOfText } = new WrittenResource(table);

    expect(targetOf(properties.RouteTableId, stack)).toEqual({ place: placeOfText, attribute: 'Ref' });
    expect(targetOf(properties.GatewayId, stack)).toEqual({ place: placeOfText, attribute: 'Id' });
    expect(targetOf({ 'Fn::GetAtt': 'Table.Id' }, stack)).toEqual({ place: placeOfText, attribute: 'Id' });
    expect(targetOf(properties.Other, stack)).toBeUndefined();
  });

  test('a resource without properties has none', () => {
    expect(new WrittenResource(new CfnResource(stack, 'Bare', { type: 'AWS::EC2::EIP' })).properties).toEqual({});
  });

  test.each([
    ['a text', 'text', 'text'],
    ['no text', '', ''],
    ['nothing', undefined, undefined],
    ['a lazy text', Lazy.string({ produce: () => 'late' }), 'late'],
    ['a lazy list', Lazy.list({ produce: () => ['a', Lazy.string({ produce: () => 'b' })] }), ['a', 'b']],
    ['texts put together', `a${Lazy.string({ produce: () => 'b' })}c`, 'abc'],
    ['a list that is known at deployment', Token.asList({ 'Fn::GetAZs': '' }), { 'Fn::GetAZs': '' }],
  ])('%s is written as it will be', (_what, value, expected) => {
    expect(written(stack, value)).toEqual(expected);
  });

  test('a text with a reference inside is no reference', () => {
    const text = written(stack, `x-${table.ref}`);

    expect(targetOf(text, stack)).toBeUndefined();
    expect(JSON.stringify(text)).toContain('Fn::Join');
  });

  test('what may come of a condition is listed, and nothing is not', () => {
    const parameter = new CfnParameter(stack, 'Parameter');
    const value = written(stack, [
      Fn.conditionIf('Condition', 'a', Aws.NO_VALUE),
      { 'Fn::If': ['Other', ['b', { c: 'd' }], 'e'] },
      undefined,
      parameter.valueAsString,
    ]);

    expect(listed(value).slice(0, 4)).toEqual(['a', 'b', { c: 'd' }, 'e']);
    expect(targetOf(listed(value)[4], stack)).toEqual({ place: 'Stack/Parameter', attribute: 'Ref' });
    expect(listed(value)).toHaveLength(5);
    expect(maps(value).slice(0, 1)).toEqual([{ c: 'd' }]);
  });
});
