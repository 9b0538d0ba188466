import { CfnResource, CfnResourceProps } from 'aws-cdk-lib';
import { Construct } from 'constructs';

const HARDENED = {
  DirectInternetAccess: 'Disabled',
  InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: '2' },
  InstanceType: 'ml.t3.medium',
  KmsKeyId: 'arn:aws:kms:eu-central-1:111111111111:key/1',
  PlatformIdentifier: 'notebook-al2023-v1',
  RoleArn: 'arn:aws:iam::111111111111:role/notebook',
  RootAccess: 'Disabled',
  SubnetId: 'subnet-1',
};

/** A notebook of plain CloudFormation that complies with every rule but what is changed. */
export function plainNotebook(scope: Construct, id: string, changes: CfnResourceProps['properties'] = {}): CfnResource {
  const properties = { ...HARDENED, ...changes };
  return new CfnResource(scope, id, { type: 'AWS::SageMaker::NotebookInstance', properties });
}
