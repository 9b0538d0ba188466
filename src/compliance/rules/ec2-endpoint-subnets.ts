import { DataRule } from '../compliance-rule';
import { equals, items } from '../requirement';

export const rule: DataRule = {
  id: 'ec2-endpoint-subnets',
  controls: [],
  title: 'Interface endpoints stand in two subnets',
  severity: 'MEDIUM',
  remedy: 'Set SubnetIds to subnets in two zones; where one zone is enough, acknowledge the rule',
  link: 'https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html',
  resourceTypes: ['AWS::EC2::VPCEndpoint'],
  appliesWhen: equals('VpcEndpointType', 'Interface'),
  requirement: items('SubnetIds', 2),
};
