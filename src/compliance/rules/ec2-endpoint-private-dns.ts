import { DataRule } from '../compliance-rule';
import { equals } from '../requirement';

export const rule: DataRule = {
  id: 'ec2-endpoint-private-dns',
  controls: [],
  title: 'Interface endpoints answer under the usual name of their service',
  severity: 'MEDIUM',
  remedy: 'Set PrivateDnsEnabled, or clients keep going to the public address',
  link: 'https://docs.aws.amazon.com/vpc/latest/privatelink/manage-dns-names.html',
  resourceTypes: ['AWS::EC2::VPCEndpoint'],
  appliesWhen: equals('VpcEndpointType', 'Interface'),
  requirement: equals('PrivateDnsEnabled', true),
};
