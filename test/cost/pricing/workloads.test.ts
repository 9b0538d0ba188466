import { isWorkload } from '../../../src/cost/pricing/workloads';
import { resource } from './priced';

describe('a workload', () => {
  test.each([
    ['AWS::SageMaker::NotebookInstance', {}],
    ['AWS::EC2::Instance', {}],
    ['AWS::EC2::Instance', { SourceDestCheck: true }],
    ['AWS::EC2::Instance', { SourceDestCheck: { Ref: 'Check' } }],
    ['AWS::AutoScaling::AutoScalingGroup', {}],
    ['AWS::SageMaker::Endpoint', {}],
  ])('is %s with %j', (type, properties) => {
    expect(isWorkload(resource({ type, properties }))).toBe(true);
  });

  test.each([
    ['AWS::EC2::Instance', { SourceDestCheck: false }],
    ['AWS::EC2::Instance', { SourceDestCheck: 'false' }],
    ['AWS::EC2::VPCEndpoint', {}],
    ['AWS::KMS::Key', {}],
  ])('is not %s with %j', (type, properties) => {
    expect(isWorkload(resource({ type, properties }))).toBe(false);
  });
});
