import { CfnOutput, Stack, StackProps, Validations } from 'aws-cdk-lib';
import * as codeartifact from 'aws-cdk-lib/aws-codeartifact';
import * as iam from 'aws-cdk-lib/aws-iam';
import { MlSharedInfra } from 'cdk-ml-infra';
import { Construct } from 'constructs';
import { PACKAGE_REPOSITORY, PACKAGE_SERVICES, packageDomain } from './package-repository';

/** What all projects stand on: one data lake, one network, one source of packages. Published under the name of the stack. */
export class BaseStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const shared = new MlSharedInfra(this, 'Shared');

    const domain = new codeartifact.CfnDomain(this, 'PackageDomain', { domainName: packageDomain(this.stackName) });
    new codeartifact.CfnRepository(this, 'PackageRepository', {
      domainName: domain.attrName,
      repositoryName: PACKAGE_REPOSITORY,
      externalConnections: ['public:pypi'],
    });
    for (const service of PACKAGE_SERVICES) {
      shared.network.requireService(service);
    }

    // Attach it to the role of whoever brings data in. All projects read what it writes.
    const ingestion = new iam.ManagedPolicy(this, 'Ingestion', {
      description: 'Brings data into the lake: writes below raw/ of the datasets',
      statements: [
        new iam.PolicyStatement({
          actions: ['s3:PutObject', 's3:AbortMultipartUpload'],
          resources: [shared.storage.datasets.arnForObjects('raw/*')],
        }),
      ],
    });
    shared.encryptionKey.grant(ingestion, 'kms:Decrypt', 'kms:GenerateDataKey');
    Validations.of(ingestion).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::<SharedStorageDatasetsD8C3A638.Arn>/raw/*]',
      reason: 'Names of objects are not known before; the prefix bounds them',
    });
    new CfnOutput(this, 'IngestionPolicyArn', { value: ingestion.managedPolicyArn });

    shared.addOutputs();
    shared.publish(this.stackName);
  }
}
