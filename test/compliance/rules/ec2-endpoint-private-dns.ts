import { RuleCases, subject } from '../rule-cases';

export const cases: RuleCases = {
  compliant: {
    'private names': subject('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Interface', PrivateDnsEnabled: true }),
  },
  nonCompliant: {
    'public names': subject('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Interface', PrivateDnsEnabled: false }),
    'what AWS does by default': subject('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Interface' }),
  },
  notApplicable: {
    'a gateway': subject('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Gateway' }),
    'what AWS takes for a gateway': subject('AWS::EC2::VPCEndpoint', {}),
  },
};
