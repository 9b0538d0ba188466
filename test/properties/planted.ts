import { type App, Aspects, CfnOutput, CfnResource, Stack, Tags } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import type { AppPlan } from './plan';
import { type Fault, ofType, type Synthesized } from './synthesized';

/** A fault that breaks a property, and words of what the property says then. */
export interface PlantedFault {
  readonly property: string;
  readonly what: string;
  /** Spoils the app, or its templates where the library refuses an app that is spoilt so. */
  readonly fault?: Fault;
  readonly edit?: (app: Synthesized) => void;
  readonly says: string;
  /** What the smallest app needs besides, for the fault to have a place. */
  readonly change?: Partial<AppPlan>;
}

/** Overrides a property of all resources of a type. */
function override(type: string, path: string, value: unknown): Fault {
  return visit((node) => {
    if (CfnResource.isCfnResource(node) && node.cfnResourceType === type) {
      node.addOverride(path, value);
    }
  });
}

/** Sets a property of all resources of a type in the templates. */
function edit(type: string, property: string, value: unknown): (app: Synthesized) => void {
  return (app) => {
    for (const { Properties } of ofType(app, type)) {
      Properties[property] = value;
    }
  };
}

function visit(change: (node: IConstruct) => void): Fault {
  return (app) => Aspects.of(app).add({ visit: change }, { priority: 2_000 });
}

/** Something that the app defines besides, in its first stack. */
function add(define: (stack: Stack) => void): Fault {
  return (app) => define(app.node.findChild('Base') as Stack);
}

function addPolicy(statement: object): Fault {
  return add((stack) => {
    const properties = { PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] } };
    new CfnResource(stack, 'Planted', { type: 'AWS::IAM::ManagedPolicy', properties });
  });
}

const BUCKET = 'AWS::S3::Bucket';
const KEY = 'AWS::KMS::Key';
const LOGS = 'AWS::Logs::LogGroup';
const NOTEBOOK = 'AWS::SageMaker::NotebookInstance';
const GROUP = 'AWS::EC2::SecurityGroup';
const data = 'keeps data, unless two keys give it up';
const notebooks = 'keeps notebooks that are replaced, and removes others as asked';
const exposes = 'exposes nothing to the internet';
const hardens = 'hardens every notebook';
const principals = 'lets nobody in without a name or a condition';
const trust = 'lets services assume roles for its own account alone';
const wildcards = 'allows no wildcard outside of the closed list';
const limits = 'stays within the limits of IAM and CloudFormation';
const twice = 'names nothing twice';

/** Faults, each of which some property must notice. */
export const PLANTED: PlantedFault[] = [
  ...[
    { what: 'deletes buckets', fault: override(BUCKET, 'DeletionPolicy', 'Delete'), says: 'Delete and Retain' },
    { what: 'replaces keys', fault: override(KEY, 'UpdateReplacePolicy', 'Delete'), says: 'Retain and Delete' },
    { what: 'forgets logs', fault: override(LOGS, 'DeletionPolicy', undefined), says: 'undefined and Retain' },
  ].map((each) => ({ property: data, ...each })),
  {
    property: data,
    what: 'keeps what both keys give up',
    fault: override(BUCKET, 'DeletionPolicy', 'Retain'),
    says: 'must be Delete',
    change: { removeData: true, environment: { name: 'dev' } },
  },
  {
    property: notebooks,
    what: 'loses one on replacement',
    fault: override(NOTEBOOK, 'UpdateReplacePolicy', 'Delete'),
    says: 'alice',
  },
  {
    property: notebooks,
    what: 'deletes one in production',
    fault: override(NOTEBOOK, 'DeletionPolicy', 'Delete'),
    says: 'alice',
  },
  {
    property: 'keeps the tags that rights follow from',
    what: 'lets the app set the owner',
    fault: (app) => Tags.of(app).add('ml-owner', 'eve', { priority: 3_000 }),
    says: 'ml-owner "alice", has "eve"',
  },
  {
    property: exposes,
    what: 'lets everybody in',
    edit: edit(GROUP, 'SecurityGroupIngress', [{ IpProtocol: '-1', CidrIpv6: '::/0' }]),
    says: 'lets everybody in',
  },
  {
    property: exposes,
    what: 'lets everybody in by a rule alone',
    fault: add((stack) => {
      new ec2.CfnSecurityGroupIngress(stack, 'Planted', { ipProtocol: 'tcp', cidrIp: '0.0.0.0/0', groupId: 'sg-1' });
    }),
    says: 'lets everybody in',
  },
  {
    property: exposes,
    what: 'gives public addresses',
    edit: edit('AWS::EC2::Subnet', 'MapPublicIpOnLaunch', true),
    says: 'public addresses',
  },
  {
    property: exposes,
    what: 'has a gateway',
    fault: add((stack) => new ec2.CfnInternetGateway(stack, 'Planted')),
    says: 'internet',
  },
  {
    property: exposes,
    what: 'lets buckets become public',
    fault: override(BUCKET, 'Properties.PublicAccessBlockConfiguration.BlockPublicPolicy', false),
    says: 'may become public',
  },
  {
    property: hardens,
    what: 'gives root',
    fault: override(NOTEBOOK, 'Properties.RootAccess', 'Enabled'),
    says: 'RootAccess',
  },
  {
    property: hardens,
    what: 'goes past the VPC',
    fault: override(NOTEBOOK, 'Properties.DirectInternetAccess', 'Enabled'),
    says: 'DirectInternetAccess',
  },
  {
    property: hardens,
    what: 'has no key',
    fault: override(NOTEBOOK, 'Properties.KmsKeyId', undefined),
    says: 'KmsKeyId',
  },
  {
    property: hardens,
    what: 'takes the first version of instance metadata',
    fault: override(
      NOTEBOOK,
      'Properties.InstanceMetadataServiceConfiguration.MinimumInstanceMetadataServiceVersion',
      '1',
    ),
    says: 'InstanceMetadata',
  },
  {
    property: principals,
    what: 'has a bucket for everybody',
    fault: override('AWS::S3::BucketPolicy', 'Properties.PolicyDocument.Statement', [
      { Effect: 'Allow', Principal: { AWS: '*' }, Action: 's3:GetObject', Resource: '*' },
    ]),
    says: 'lets everybody do s3:GetObject',
  },
  {
    property: principals,
    what: 'has an endpoint for everybody',
    fault: override('AWS::EC2::VPCEndpoint', 'Properties.PolicyDocument.Statement.0.Condition', undefined),
    says: 'lets everybody do *',
  },
  {
    property: trust,
    what: 'trusts a service in any account',
    fault: override('AWS::IAM::Role', 'Properties.AssumeRolePolicyDocument.Statement.0.Condition', undefined),
    says: 'any account',
  },
  {
    property: wildcards,
    what: 'allows a pattern',
    fault: addPolicy({ Action: 's3:Get*', Resource: 'arn:aws:s3:::b/a' }),
    says: 'is a pattern',
  },
  {
    property: wildcards,
    what: 'allows on everything',
    fault: addPolicy({ Action: 'kms:Decrypt', Resource: '*' }),
    says: 'on every resource',
  },
  {
    property: wildcards,
    what: 'takes a policy of AWS',
    fault: override('AWS::IAM::Role', 'Properties.ManagedPolicyArns', [
      'arn:aws:iam::aws:policy/AmazonSageMakerFullAccess',
    ]),
    says: 'AWS may widen',
  },
  {
    property: limits,
    what: 'has a long policy',
    fault: addPolicy({
      Action: 's3:GetObject',
      Resource: [...Array(80).keys()].map((n) => `arn:aws:s3:::${'b'.repeat(63)}/${n}`),
    }),
    says: 'characters',
  },
  {
    property: limits,
    what: 'has many outputs',
    fault: add((stack) => [...Array(201).keys()].map((n) => new CfnOutput(stack, `Planted${n}`, { value: 'x' }))),
    says: '201 Outputs',
  },
  {
    property: limits,
    what: 'attaches many policies',
    fault: override(
      'AWS::IAM::Role',
      'Properties.ManagedPolicyArns',
      [...Array(11).keys()].map((n) => `arn:${n}`),
    ),
    says: '11 policies',
  },
  {
    property: limits,
    what: 'writes an inline policy',
    fault: add(
      (stack) =>
        new iam.Policy(stack, 'Planted', {
          force: true,
          roles: [new iam.Role(stack, 'R', { assumedBy: new iam.AccountRootPrincipal() })],
          statements: [new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] })],
        }),
    ),
    says: 'is inline',
  },
  {
    property: twice,
    what: 'has two endpoints of a service',
    fault: override('AWS::EC2::VPCEndpoint', 'Properties.ServiceName', 'sts'),
    says: 'endpoint of',
  },
  {
    property: twice,
    what: 'gives a tag twice',
    fault: override(NOTEBOOK, 'Properties.Tags', [
      { Key: 'a', Value: 'a' },
      { Key: 'a', Value: 'b' },
    ]),
    says: 'tag a',
  },
  {
    property: twice,
    what: 'names two notebooks alike',
    fault: override(NOTEBOOK, 'Properties.NotebookInstanceName', 'same'),
    says: 'NotebookInstanceName',
    change: {
      notebooks: ['alice', 'bob'].map((id) => ({
        id,
        owner: 'id',
        code: [],
        named: true,
        ownRole: false,
        ownKey: false,
      })),
    },
  },
  {
    property: twice,
    what: 'has a rule twice',
    fault: override(GROUP, 'Properties.SecurityGroupEgress', [
      { IpProtocol: 'tcp', CidrIp: '10.0.0.0/8', Description: 'a' },
      { IpProtocol: 'tcp', CidrIp: '10.0.0.0/8', Description: 'b' },
    ]),
    says: 'Egress of',
  },
  {
    property: 'locks no stack to another',
    what: 'exports',
    fault: add((stack) => new CfnOutput(stack, 'Planted', { value: 'x', exportName: 'x' })),
    says: 'exports Planted',
  },
  {
    property: 'describes its security groups alike in every app',
    what: 'says where a group stands',
    fault: override(GROUP, 'Properties.GroupDescription', 'Base/Shared/Network'),
    says: 'Base/Shared/Network',
  },
  {
    property: 'writes no partition',
    what: 'names one',
    fault: override(NOTEBOOK, 'Properties.KmsKeyId', 'arn:aws:kms:us-east-1:111122223333:key/a'),
    says: 'arn:aws:kms',
  },
  {
    property: 'has no error that fails the synthesis',
    what: 'has one',
    fault: visit((node) => node.node.id === 'Base' && node.node.addMetadata('aws:cdk:error', 'planted error')),
    says: 'planted error',
  },
];

let syntheses = 0;

/** Faults in how an app depends on when it is defined, on the order of notebooks and on their number. */
export const PLANTED_DEPENDENCE = {
  onTime: (app: App) => override(NOTEBOOK, 'Properties.VolumeSizeInGB', ++syntheses)(app),
  onOrder: (app: App) => sizesOf(app, (index) => index),
  onNumber: (app: App) => sizesOf(app, (_index, count) => count),
};

function sizesOf(app: App, size: (index: number, count: number) => number): void {
  const resources = app.node.findAll().filter((node) => CfnResource.isCfnResource(node));
  const found = resources.filter(({ cfnResourceType }) => cfnResourceType === NOTEBOOK);
  found.forEach((node, index) => {
    node.addOverride('Properties.VolumeSizeInGB', size(index, found.length));
  });
}
