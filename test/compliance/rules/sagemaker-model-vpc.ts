import { RuleCases, subject } from '../rule-cases';

export const cases: RuleCases = {
  compliant: {
    'two subnets': subject('AWS::SageMaker::Model', {
      VpcConfig: { Subnets: [{ Ref: 'A' }, { Ref: 'B' }], SecurityGroupIds: ['sg-1'] },
    }),
  },
  nonCompliant: {
    'one subnet': subject('AWS::SageMaker::Model', {
      VpcConfig: { Subnets: ['subnet-1'], SecurityGroupIds: ['sg-1'] },
    }),
    'no VPC': subject('AWS::SageMaker::Model', {}),
  },
  notApplicable: {
    'another type': subject('AWS::S3::Bucket', {}),
  },
  beyondGuard: {
    compliant: {
      'two subnets by the default of a parameter': subject(
        'AWS::SageMaker::Model',
        { VpcConfig: { Subnets: { Ref: 'Subnets' } } },
        { Parameters: { Subnets: { Type: 'List<AWS::EC2::Subnet::Id>', Default: 'subnet-1,subnet-2' } } },
      ),
    },
    nonCompliant: {
      'two subnets, one of which is left out': subject('AWS::SageMaker::Model', {
        VpcConfig: { Subnets: ['subnet-1', { Ref: 'AWS::NoValue' }] },
      }),
    },
  },
};
