import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { MlSharedInfra } from '../../src';
import { workloadGroup } from '../../src/notebook/workload-group';

test('the group of the workloads is one in a stack, so that the same rule is made once', () => {
  const stack = new Stack(new App(), 'Team');
  const shared = new MlSharedInfra(stack, 'Shared');
  const peer = ec2.SecurityGroup.fromSecurityGroupId(stack, 'Peer', 'sg-1', { mutable: false });
  for (const asker of [shared, stack]) {
    new ec2.Connections({ securityGroups: [workloadGroup(asker, shared)] }).allowTo(peer, ec2.Port.tcp(2049), 'NFS');
  }
  const rules = Template.fromStack(stack).findResources('AWS::EC2::SecurityGroupEgress', {
    Properties: Match.objectLike({ FromPort: 2049 }),
  });
  expect(Object.keys(rules)).toHaveLength(1);
});
