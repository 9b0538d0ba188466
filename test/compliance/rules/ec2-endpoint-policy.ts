import { RuleCases, subject } from '../rule-cases';

const endpoint = (PolicyDocument: unknown, others: object = {}) =>
  subject('AWS::EC2::VPCEndpoint', {
    VpcEndpointType: 'Interface',
    ServiceName: 'com.amazonaws.eu-central-1.sts',
    PolicyDocument,
    ...others,
  });
const all = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' };

export const cases: RuleCases = {
  compliant: {
    'the own account': endpoint({
      Statement: [{ ...all, Condition: { StringEquals: { 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' } } } }],
    }),
    'listed actions': endpoint({ Statement: { ...all, Action: ['sts:GetCallerIdentity'] } }),
    'a gateway with one bucket': endpoint(
      { Statement: [{ ...all, Resource: 'arn:aws:s3:::data/*' }] },
      { VpcEndpointType: 'Gateway' },
    ),
  },
  nonCompliant: {
    'what AWS does by default': endpoint(undefined),
    'what AWS does by default, for a gateway': subject('AWS::EC2::VPCEndpoint', {
      ServiceName: { 'Fn::Sub': 'com.amazonaws.${AWS::Region}.s3' },
    }),
    'everything to everybody and somebody': endpoint({
      Statement: [{ ...all, Principal: { AWS: ['arn:aws:iam::111111111111:root', '*'] } }],
    }),
    'everything to everybody': endpoint({ Statement: [all] }),
    'everything to everybody, besides a narrow statement': endpoint({
      Statement: [
        { ...all, Action: 'sts:GetCallerIdentity' },
        { ...all, Principal: { AWS: ['*'] }, Action: ['*'] },
      ],
    }),
  },
  notApplicable: {
    'a service of another account': endpoint(undefined, { ServiceName: 'com.amazonaws.vpce.eu-central-1.vpce-svc-1' }),
    'a load balancer': endpoint(undefined, { VpcEndpointType: 'GatewayLoadBalancer' }),
  },
};
