// The floor: the same resources by hand, flat in the stack, with real references and no construct of ours. It loads the
// same modules, and takes the texts of the policies from the library, so that both templates say the same.
const path = require('node:path');
const { Aws, CfnDeletionPolicy, Fn, RemovalPolicy } = require('aws-cdk-lib');
const ec2 = require('aws-cdk-lib/aws-ec2');
const iam = require('aws-cdk-lib/aws-iam');
const kms = require('aws-cdk-lib/aws-kms');
const logs = require('aws-cdk-lib/aws-logs');
const s3 = require('aws-cdk-lib/aws-s3');
const assets = require('aws-cdk-lib/aws-s3-assets');
const sagemaker = require('aws-cdk-lib/aws-sagemaker');
const { Construct } = require('constructs');
require('..');
const { jobStatements } = require('../lib/access/job-statements');
const { workspaceStatements } = require('../lib/access/workspace-statements');
const { ownerStatements } = require('../lib/storage/storage-statements');

const BASE = 'Team-Shared-eu-central-1'; // as long as the name that the library makes
const TRUST = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { Service: 'sagemaker.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    },
  ],
};

exports.define = (stack, count, owned) => {
  const base = defineBase(stack);
  const subnetIds = base.subnets.map((subnet) => subnet.subnetId);
  for (let index = 0; index < count; index++) {
    const owner = owned ? `owner-${index}` : 'team';
    const tags = [
      { key: 'ml-base', value: BASE },
      { key: 'ml-environment', value: 'prod' },
      { key: 'ml-owner', value: owner },
    ];
    const role = owned
      ? new iam.CfnRole(stack, `Role${index}`, {
          path: `/ml-infra/${BASE}/${owner}/`,
          assumeRolePolicyDocument: TRUST,
          managedPolicyArns: base.policies.map((policy) => policy.managedPolicyArn),
          tags,
        })
      : undefined;
    const notebook = new sagemaker.CfnNotebookInstance(stack, `Notebook${index}`, {
      instanceType: 'ml.t3.medium',
      platformIdentifier: 'notebook-al2023-v1',
      roleArn: role ? role.attrArn : base.teamRole.roleArn,
      subnetId: subnetIds[index % 2],
      securityGroupIds: [base.group.securityGroupId],
      kmsKeyId: base.key.keyArn,
      volumeSizeInGb: 50,
      rootAccess: 'Disabled',
      directInternetAccess: 'Disabled',
      instanceMetadataServiceConfiguration: { minimumInstanceMetadataServiceVersion: '2' },
      lifecycleConfigName: base.lifecycle.attrNotebookInstanceLifecycleConfigName,
      tags,
    });
    notebook.cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN;
    notebook.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
  }
};

function defineBase(stack) {
  const key = new kms.Key(stack, 'Key', { enableKeyRotation: true });
  const { vpc, group } = defineNetwork(stack);
  const storage = Object.assign(new Construct(stack, 'Storage'), { encryptionKey: key });
  Object.assign(storage, defineBuckets(stack, key));
  const subnets = vpc.isolatedSubnets;
  const workspace = new iam.ManagedPolicy(stack, 'Workspace', {
    statements: [...ownerStatements(storage, '${aws:PrincipalTag/ml-owner}'), ...workspaceStatements(stack)],
  });
  const jobs = new iam.ManagedPolicy(stack, 'Jobs', {
    statements: jobStatements(stack, {
      baseName: BASE,
      subnetIds: subnets.map((subnet) => subnet.subnetId),
      securityGroupId: group.securityGroupId,
      encryptionKeyArn: key.keyArn,
    }),
  });
  const teamRole = new iam.Role(stack, 'Team', {
    path: `/ml-infra/${BASE}/team/`,
    assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com'),
    managedPolicies: [workspace, jobs],
  });
  const bundle = new assets.Asset(stack, 'Bundle', {
    path: path.join(__dirname, '..', 'assets', 'notebook', 'lifecycle'),
  });
  const readBundle = new iam.ManagedPolicy(stack, 'ReadBundle', {
    statements: [
      new iam.PolicyStatement({
        actions: ['s3:GetObject'],
        resources: [bundle.bucket.arnForObjects(bundle.s3ObjectKey)],
      }),
    ],
    roles: [teamRole],
  });
  const lifecycle = new sagemaker.CfnNotebookInstanceLifecycleConfig(stack, 'Lifecycle', {
    onStart: [{ content: Fn.base64(`#!/bin/bash\naws s3 cp s3://${bundle.s3BucketName}/${bundle.s3ObjectKey} .\n`) }],
  });
  return { key, group, subnets, teamRole, lifecycle, policies: [workspace, jobs, readBundle] };
}

function defineNetwork(stack) {
  const vpc = new ec2.Vpc(stack, 'Vpc', {
    maxAzs: 2,
    natGateways: 0,
    subnetConfiguration: [{ name: 'Workload', subnetType: ec2.SubnetType.PRIVATE_ISOLATED, cidrMask: 20 }],
    restrictDefaultSecurityGroup: false,
  });
  const group = new ec2.SecurityGroup(stack, 'WorkloadGroup', { vpc, allowAllOutbound: false });
  group.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(443));
  const endpointGroup = new ec2.SecurityGroup(stack, 'EndpointGroup', { vpc, allowAllOutbound: false });
  endpointGroup.addIngressRule(group, ec2.Port.tcp(443));
  const statement = new iam.PolicyStatement({
    principals: [new iam.AnyPrincipal()],
    actions: ['*'],
    resources: ['*'],
    conditions: { StringEquals: { 'aws:PrincipalAccount': Aws.ACCOUNT_ID } },
  });
  vpc.addGatewayEndpoint('S3', { service: ec2.GatewayVpcEndpointAwsService.S3 }).addToPolicy(statement);
  for (const service of ['SAGEMAKER_API', 'SAGEMAKER_RUNTIME', 'STS', 'CLOUDWATCH_LOGS']) {
    const endpoint = vpc.addInterfaceEndpoint(service, {
      service: ec2.InterfaceVpcEndpointAwsService[service],
      securityGroups: [endpointGroup],
      open: false,
    });
    endpoint.addToPolicy(statement);
  }
  const logGroup = new logs.LogGroup(stack, 'FlowLogs', { retention: logs.RetentionDays.ONE_YEAR });
  const role = new iam.Role(stack, 'FlowLogsRole', {
    assumedBy: new iam.ServicePrincipal('vpc-flow-logs.amazonaws.com'),
  });
  new iam.ManagedPolicy(stack, 'FlowLogsPolicy', {
    statements: [
      new iam.PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
    ],
    roles: [role],
  });
  new ec2.CfnFlowLog(stack, 'FlowLog', {
    resourceId: vpc.vpcId,
    resourceType: 'VPC',
    trafficType: 'ALL',
    deliverLogsPermissionArn: role.roleArn,
    logGroupName: logGroup.logGroupName,
  });
  return { vpc, group };
}

function defineBuckets(stack, encryptionKey) {
  const bucket = (id, props) =>
    new s3.Bucket(stack, id, {
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      removalPolicy: RemovalPolicy.RETAIN,
      ...props,
    });
  bucket('AccessLogs', { encryption: s3.BucketEncryption.S3_MANAGED });
  const encrypted = { encryption: s3.BucketEncryption.KMS, encryptionKey, bucketKeyEnabled: true };
  return {
    datasets: bucket('Datasets', encrypted),
    models: bucket('Models', encrypted),
    artifacts: bucket('Artifacts', encrypted),
  };
}
