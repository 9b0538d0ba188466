import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { IMlSharedInfra } from '../shared';

/** The security group of the base as the stack knows it, once, so that two notebooks that allow the same make one rule. */
export function workloadGroup(scope: Construct, { network, _roleTemplate }: IMlSharedInfra): ec2.ISecurityGroup {
  const stack = Stack.of(scope);
  const id = `MlWorkloads-${_roleTemplate.key}`;
  const existing = stack.node.tryFindChild(id) as ec2.ISecurityGroup | undefined;
  const { securityGroupId } = network.workloadSecurityGroup;
  return existing ?? ec2.SecurityGroup.fromSecurityGroupId(stack, id, securityGroupId, { allowAllOutbound: false });
}
