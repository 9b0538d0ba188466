import { type Decision, decisions, type Line } from './decision';
import { foreign, tags, without } from './requests';
import type { Scene } from './scene';
import type { Context } from './simulator';

const CREATE = 'sagemaker:CreateNotebookInstance';
const NEW = 'dev/notebook-instance/new';
const USE = [
  'sagemaker:CreatePresignedNotebookInstanceUrl',
  'sagemaker:DeleteNotebookInstance',
  'sagemaker:DescribeNotebookInstance',
  'sagemaker:ListTags',
  'sagemaker:StartNotebookInstance',
  'sagemaker:StopNotebookInstance',
];
const [SUBNETS, GROUPS, KEY, LIFECYCLES, TYPES, IMDS, ROOT, INTERNET] = [
  'VpcSubnets',
  'VpcSecurityGroupIds',
  'VolumeKmsKeyArn',
  'NotebookInstanceLifecycleConfigArns',
  'InstanceTypes',
  'MinimumInstanceMetadataServiceVersion',
  'RootAccess',
  'DirectInternetAccess',
].map((key) => `sagemaker:${key}`);
const ODD = ['star', 'empty', 'untagged', 'homeless', 'ownerless', 'stranger'];
const EC2 = 'arn:aws:ec2:eu-central-1:111122223333';
const HOME = 'eu-central-1:111122223333';

/** What people may do who create notebooks themselves: within the boundary as administrators, and by its rights alone. */
export function boundaryDecisions(scene: Scene): Decision[] {
  return ['bounded', 'granted'].flatMap((way) =>
    decisions(
      [...createLines(scene), ...tagLines(scene), ...useLines(scene), ...roleLines(), ...aroundLines(scene)].map(
        ([callers, ...rest]): Line => [[callers].flat().map((name) => `${way}-${name}@dev`), ...rest],
      ),
    ),
  );
}

/** The one shape that a notebook may have. */
function createLines(scene: Scene): Line[] {
  const good = shape(scene, 'alice');
  const [dev, prod] = [scene.network('dev'), scene.network('prod')];
  const arn = (name: string) => scene.target(name).arn;
  const broken: Context[] = [
    { ...good, [ROOT]: 'Enabled' },
    { ...good, 'aws:RequestTag/ml-idle-minutes': '10080', 'aws:TagKeys': ['ml-owner', 'ml-base', 'ml-idle-minutes'] },
    without(good, ROOT),
    { ...good, [INTERNET]: 'Enabled' },
    without(good, INTERNET),
    { ...good, [IMDS]: '1' },
    without(good, IMDS),
    { ...good, [SUBNETS]: [prod.subnets[0]] },
    { ...good, [SUBNETS]: [dev.subnets[0], prod.subnets[0]] },
    without(good, SUBNETS),
    { ...good, [GROUPS]: [prod.securityGroup] },
    { ...good, [GROUPS]: [dev.securityGroup, prod.securityGroup] },
    without(good, GROUPS),
    without(good, SUBNETS, GROUPS),
    { ...good, [KEY]: arn('prod/key') },
    ...foreign(arn('dev/key')).map((key) => ({ ...good, [KEY]: key })),
    { ...good, [KEY]: arn('dev/key').replace(/key\/.*/, 'alias/own') },
    without(good, KEY),
    { ...good, [LIFECYCLES]: [arn('prod/lifecycle/Lifecycle')] },
    { ...good, [LIFECYCLES]: [arn('dev/lifecycle/Lifecycle'), arn('prod/lifecycle/Lifecycle')] },
    without(good, LIFECYCLES),
    { ...good, [TYPES]: ['ml.p5.48xlarge'] },
    { ...good, [TYPES]: ['ml.t3.medium', 'ml.p5.48xlarge'] },
    without(good, TYPES),
    { ...good, 'aws:RequestTag/ml-owner': 'bob' },
    { ...good, 'aws:RequestTag/ml-owner': '*' },
    without(good, 'aws:RequestTag/ml-owner'),
    { ...good, 'aws:RequestTag/ml-base': scene.baseName('prod') },
    without(good, 'aws:RequestTag/ml-base'),
    without(good, 'aws:RequestTag/ml-owner', 'aws:RequestTag/ml-base'),
  ];
  return [
    ['alice', 'may', CREATE, [NEW, 'dev/notebook-instance/bobs-own'], good],
    ['alice', 'may', CREATE, NEW, { ...good, [SUBNETS]: [dev.subnets[1]], [TYPES]: ['ml.m5.xlarge'] }],
    ['alice', 'may', CREATE, NEW, { ...good, [LIFECYCLES]: [arn('dev/lifecycle/Other')] }],
    ['alice', 'may', CREATE, NEW, { ...good, [LIFECYCLES]: [arn('dev/lifecycle/Other').replace('other', 'Other')] }],
    ['bob', 'may', CREATE, NEW, shape(scene, 'bob')],
    ...broken.map((context): Line => ['alice', 'may not', CREATE, NEW, context]),
    ['alice', 'may not', CREATE, 'far/notebook-instance/new', good],
    ['bob', 'may not', CREATE, NEW, good],
    [ODD, 'may not', CREATE, NEW, good],
    ['stranger', 'may not', CREATE, NEW, { ...good, 'aws:RequestTag/ml-base': scene.baseName('prod') }],
    ['untagged', 'may not', CREATE, NEW, without(good, 'aws:RequestTag/ml-owner', 'aws:RequestTag/ml-base')],
  ];
}

/** Tags are set while a notebook is created, and never again. */
function tagLines(scene: Scene): Line[] {
  const mine = tags('aws:RequestTag', 'alice', scene.baseName('dev'));
  const creating = { ...mine, 'sagemaker:TaggingAction': 'CreateNotebookInstance' };
  const own = tags('aws:ResourceTag', 'alice', scene.baseName('dev'));
  const add = 'sagemaker:AddTags';
  return [
    ['alice', 'may', add, NEW, creating],
    ['alice', 'may not', add, NEW, mine],
    ['alice', 'may not', add, NEW, { ...creating, 'aws:TagKeys': ['ml-owner', 'ml-base', 'ml-idle-minutes'] }],
    ['alice', 'may not', add, ['dev/notebook/bob', 'dev/notebook/alice'], { ...mine, ...own }],
    ['alice', 'may not', add, NEW, { ...creating, 'sagemaker:TaggingAction': 'CreateTrainingJob' }],
    ['alice', 'may not', add, NEW, { ...creating, 'aws:RequestTag/ml-owner': 'bob' }],
    ['alice', 'may not', add, NEW, { ...creating, 'aws:RequestTag/ml-base': scene.baseName('prod') }],
    ['alice', 'may not', add, NEW, without(creating, 'aws:RequestTag/ml-owner')],
    ['alice', 'may not', add, NEW, without(creating, 'aws:RequestTag/ml-base')],
    ['alice', 'may not', add, ['dev/training-job/new', 'far/notebook-instance/new', 'dev/endpoint/new'], creating],
    [ODD, 'may not', add, NEW, creating],
    ['stranger', 'may not', add, NEW, { ...creating, 'aws:RequestTag/ml-base': scene.baseName('prod') }],
    ['alice', 'may not', 'sagemaker:DeleteTags', 'dev/notebook/alice', creating],
  ];
}

/** Own notebooks are opened, started, stopped and deleted; they keep their shape. */
function useLines(scene: Scene): Line[] {
  const update = { [ROOT]: 'Disabled', [IMDS]: '2', [TYPES]: ['ml.t3.medium'] };
  const config = ['CreateNotebookInstanceLifecycleConfig', 'UpdateNotebookInstanceLifecycleConfig'].concat(
    'DeleteNotebookInstanceLifecycleConfig',
  );
  const describe = 'sagemaker:DescribeNotebookInstanceLifecycleConfig';
  const lifecycles = ['dev/lifecycle/Lifecycle', 'dev/lifecycle/Other'];
  const named = tags('aws:ResourceTag', 'alice', scene.baseName('dev'));
  return [
    ['alice', 'may', USE, 'dev/notebook/alice'],
    ['alice', 'may', USE, 'dev/notebook-instance/made-by-alice', named],
    ['bob', 'may', USE, 'dev/notebook/bob'],
    ['alice', 'may not', USE, ['dev/notebook/bob', 'dev/notebook/alice-b', 'dev/notebook/team', 'prod/notebook/alice']],
    ['alice', 'may not', USE, ['dev/notebook-instance/untagged', 'far/notebook/alice']],
    ['alice', 'may not', USE, 'dev/notebook-instance/a', without(named, 'aws:ResourceTag/ml-base')],
    ['alice', 'may not', USE, 'dev/notebook-instance/a', without(named, 'aws:ResourceTag/ml-owner')],
    ['alice', 'may not', ['sagemaker:ListTags', 'sagemaker:StopTrainingJob'], 'dev/training-job/a', named],
    [ODD, 'may not', USE, ['dev/notebook/alice', 'prod/notebook/alice', 'dev/notebook-instance/untagged']],
    ['alice', 'may not', 'sagemaker:UpdateNotebookInstance', 'dev/notebook/alice', update],
    ['alice', 'may not', 'sagemaker:ListNotebookInstances', '*'],

    ['alice', 'may', describe, lifecycles],
    ['alice', 'may not', describe, ['prod/lifecycle/Lifecycle', 'dev/notebook-instance-lifecycle-config/a']],
    [['untagged', 'stranger', 'homeless'], 'may not', describe, lifecycles],
    [
      'alice',
      'may not',
      config.map((name) => `sagemaker:${name}`),
      [...lifecycles, 'dev/notebook-instance-lifecycle-config/a'],
    ],
  ];
}

/** The role of a notebook is the caller's own, or the notebook would do what its creator may not. */
function roleLines(): Line[] {
  const sagemaker = { 'iam:PassedToService': 'sagemaker.amazonaws.com' };
  const pass = 'iam:PassRole';
  const others = ['bob@dev', 'alice-b@dev', 'alice2@dev', 'team@dev', 'alice@prod', 'alice@far'];
  return [
    ['alice', 'may', pass, 'role/alice@dev', sagemaker],
    ['bob', 'may', pass, 'role/bob@dev', sagemaker],
    ['alice', 'may not', pass, others.map((name) => `role/${name}`), sagemaker],
    ['alice', 'may not', pass, ['arn:aws:iam::111122223333:role/admin', 'role/creator'], sagemaker],
    ['alice', 'may not', pass, 'role/alice@dev'],
    ['alice', 'may not', pass, 'role/alice@dev', { 'iam:PassedToService': 'ec2.amazonaws.com' }],
    [ODD, 'may not', pass, ['role/alice@dev', 'role/alice@prod'], sagemaker],
    [
      'alice',
      'may not',
      ['iam:TagRole', 'iam:AttachRolePolicy', 'iam:GetRole'],
      ['role/alice@dev', 'role/creator'],
      sagemaker,
    ],
    [
      'alice',
      'may not',
      ['iam:DeleteRolePermissionsBoundary', 'iam:PutRolePermissionsBoundary'],
      'role/creator',
      sagemaker,
    ],
    ['alice', 'may not', 'sts:AssumeRole', 'role/alice@dev'],
  ];
}

/** What SageMaker does for a notebook with the rights of its creator. */
function aroundLines(scene: Scene): Line[] {
  const [dev, prod] = [scene.network('dev'), scene.network('prod')];
  const subnet = (id: string) => `${EC2}:subnet/${id}`;
  const group = (id: string) => `${EC2}:security-group/${id}`;
  const eni = `${EC2}:network-interface/eni-1`;
  const inVpc = { 'ec2:Vpc': `${EC2}:vpc/${dev.vpc}` };
  const key = { 'kms:ViaService': 'sagemaker.eu-central-1.amazonaws.com' };
  const abroad = { 'kms:ViaService': 'sagemaker.us-east-1.amazonaws.com' };
  const grant = { ...key, 'kms:GrantIsForAWSResource': 'true' };
  const lookups = ['NetworkInterfaces', 'SecurityGroups', 'Subnets', 'Vpcs'].map((noun) => `ec2:Describe${noun}`);
  const [create, remove] = ['ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface'];
  return [
    ['alice', 'may', create, [eni, ...dev.subnets.map(subnet), group(dev.securityGroup)]],
    ['alice', 'may not', create, [subnet(prod.subnets[0]), group(prod.securityGroup)]],
    [['untagged', 'stranger'], 'may not', create, [eni, subnet(dev.subnets[0])]],
    ['alice', 'may', remove, eni, inVpc],
    ['alice', 'may not', remove, eni, { 'ec2:Vpc': `${EC2}:vpc/${prod.vpc}` }],
    ['alice', 'may not', remove, eni],
    ['alice', 'may not', remove, foreign(eni), inVpc],
    ['alice', 'may not', create, foreign(eni)],
    ['alice', 'may not', remove, eni, { 'ec2:Vpc': `${EC2.replace('eu-central-1', 'us-east-1')}:vpc/${dev.vpc}` }],
    [['untagged', 'stranger'], 'may not', remove, eni, inVpc],
    ['alice', 'may', lookups, '*'],
    [['untagged', 'homeless', 'stranger'], 'may not', lookups, '*'],
    ['alice', 'may not', ['ec2:AttachNetworkInterface', 'ec2:ModifyNetworkInterfaceAttribute'], eni, inVpc],
    ['alice', 'may not', 'ec2:AuthorizeSecurityGroupIngress', group(dev.securityGroup)],
    ['alice', 'may not', 'ec2:DeleteSubnet', subnet(dev.subnets[0])],
    ['alice', 'may not', 'ec2:CreateVpc', `${EC2}:vpc/vpc-1`],

    ['alice', 'may', 'kms:CreateGrant', 'dev/key', grant],
    ['alice', 'may', 'kms:DescribeKey', 'dev/key', key],
    ['alice', 'may not', 'kms:CreateGrant', 'dev/key', key],
    ['alice', 'may not', ['kms:CreateGrant', 'kms:DescribeKey'], 'dev/key', { ...grant, ...abroad }],
    ['alice', 'may not', 'kms:CreateGrant', 'dev/key', { 'kms:GrantIsForAWSResource': 'true' }],
    ['alice', 'may not', 'kms:CreateGrant', ['prod/key', 'far/key'], grant],
    ['alice', 'may not', 'kms:DescribeKey', 'prod/key', key],
    ['alice', 'may not', 'kms:DescribeKey', 'dev/key'],
    [['untagged', 'stranger'], 'may not', ['kms:CreateGrant', 'kms:DescribeKey'], 'dev/key', grant],
    ['alice', 'may not', ['kms:Decrypt', 'kms:RetireGrant', 'kms:ScheduleKeyDeletion'], 'dev/key', grant],
    ['alice', 'may not', 'sagemaker:CreateTrainingJob', 'dev/training-job/a', shape(scene, 'alice')],
    ['alice', 'may not', 's3:GetObject', 'dev/datasets/users/alice/a.csv'],
    ['alice', 'may not', 'ssm:GetParameter', `arn:aws:ssm:${HOME}:parameter/ml-infra/dev/base-name`],
  ];
}

function shape(scene: Scene, owner: string): Context {
  const { subnets, securityGroup } = scene.network('dev');
  return {
    ...tags('aws:RequestTag', owner, scene.baseName('dev')),
    [SUBNETS]: [subnets[0]],
    [GROUPS]: [securityGroup],
    [KEY]: scene.target('dev/key').arn,
    [LIFECYCLES]: [scene.target('dev/lifecycle/Lifecycle').arn],
    [TYPES]: ['ml.t3.medium'],
    [IMDS]: '2',
    [ROOT]: 'Disabled',
    [INTERNET]: 'Disabled',
  };
}
