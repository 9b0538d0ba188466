import { type Decision, decisions } from './decision';
import { CREATED, tags, without } from './requests';
import { ODD_TAGS, type Scene } from './scene';
import type { Context } from './simulator';

const ODD = [...Object.keys(ODD_TAGS), 'untagged'].map((name) => `${name}@dev`);
const DESCRIBE_STOP: Record<string, string[]> = {
  'training-job': ['sagemaker:DescribeTrainingJob', 'sagemaker:StopTrainingJob'],
  'processing-job': ['sagemaker:DescribeProcessingJob', 'sagemaker:StopProcessingJob'],
  'hyper-parameter-tuning-job': [
    'sagemaker:DescribeHyperParameterTuningJob',
    'sagemaker:ListTrainingJobsForHyperParameterTuningJob',
    'sagemaker:StopHyperParameterTuningJob',
  ],
};

/** Which jobs somebody may start, look at and stop, and under which role. */
export function jobDecisions(scene: Scene): Decision[] {
  return [...startDecisions(scene), ...lookDecisions(scene), ...tagDecisions(scene), ...roleDecisions(scene)];
}

function startDecisions(scene: Scene): Decision[] {
  const subnets = 'sagemaker:VpcSubnets';
  const groups = 'sagemaker:VpcSecurityGroupIds';
  const [dev, prod] = [scene.network('dev'), scene.network('prod')];
  const job = (owner: string, base = 'dev'): Context => ({
    ...tags('aws:RequestTag', owner, scene.baseName(base)),
    [subnets]: scene.network(base).subnets,
    [groups]: [scene.network(base).securityGroup],
  });
  const good = job('alice');
  const broken: Context[] = [
    without(good, subnets),
    without(good, groups),
    without(good, subnets, groups),
    without(good, 'aws:RequestTag/ml-owner'),
    without(good, 'aws:RequestTag/ml-base'),
    { ...good, [subnets]: [...prod.subnets] },
    { ...good, [subnets]: [dev.subnets[0], prod.subnets[0]] },
    { ...good, [subnets]: ['subnet-0123456789abcdef0'] },
    { ...good, [groups]: [prod.securityGroup] },
    { ...good, [groups]: [dev.securityGroup, prod.securityGroup] },
    { ...good, ...job('bob') },
    { ...good, ...job('alice2') },
    { ...good, ...job('*') },
    { ...good, 'aws:RequestTag/ml-base': scene.baseName('prod') },
    { ...good, 'aws:RequestTag/ml-base': scene.baseName('far') },
  ];
  const transform = tags('aws:RequestTag', 'alice', scene.baseName('dev'));
  return Object.entries(CREATED)
    .flatMap(([action, type]) =>
      decisions([
        ['alice@dev', 'may', action, [`dev/${type}/alice-1`, `dev/${type}/any-name`], good],
        ['alice@dev', 'may', action, `dev/${type}/alice-1`, { ...good, [subnets]: [dev.subnets[1]] }],
        ['bob@dev', 'may', action, `dev/${type}/bob-1`, job('bob')],
        ['alice@prod', 'may', action, `prod/${type}/alice-1`, job('alice', 'prod')],
        ['alice@far', 'may', action, `far/${type}/alice-1`, job('alice', 'far')],
        ...broken.map((context) => ['alice@dev', 'may not', action, `dev/${type}/alice-1`, context] as const),
        ['alice@dev', 'may not', action, `far/${type}/alice-1`, good],
        ['alice@dev', 'may not', action, `dev/${type}/alice-1`, job('alice', 'prod')],
        ['alice@prod', 'may not', action, `dev/${type}/alice-1`, good],
        ['untagged@dev', 'may not', action, `dev/${type}/alice-1`, good],
        ['untagged@dev', 'may not', action, `dev/${type}/alice-1`, without(good, 'aws:RequestTag/ml-owner')],
        ['star@dev', 'may not', action, `dev/${type}/alice-1`, good],
      ]),
    )
    .concat(
      decisions([
        [['team@dev', 'guest@dev'], 'may not', 'sagemaker:CreateTrainingJob', 'dev/training-job/a', good],
        ['team@dev', 'may', 'sagemaker:CreateTrainingJob', 'dev/training-job/a', job('team')],
        ['guest@dev', 'may', 'sagemaker:CreateTrainingJob', 'dev/training-job/a', job('guest')],

        // A transform job runs under the role of its model and reads what that role reads.
        ['alice@dev', 'may not', 'sagemaker:CreateTransformJob', ['dev/transform-job/a', 'far/transform-job/a'], good],
        ['alice@dev', 'may not', 'sagemaker:CreateTransformJob', 'dev/transform-job/a', transform],
        ['alice@dev', 'may not', 'sagemaker:CreateModel', 'dev/model/a', good],

        [
          'alice@dev',
          'may not',
          ['sagemaker:CreateAutoMLJob', 'sagemaker:CreateAutoMLJobV2'],
          'dev/automl-job/a',
          good,
        ],
        ['alice@dev', 'may not', 'sagemaker:CreateLabelingJob', 'dev/labeling-job/a', good],
        ['alice@dev', 'may not', 'sagemaker:CreateCompilationJob', 'dev/compilation-job/a', good],
        ['alice@dev', 'may not', 'sagemaker:UpdateTrainingJob', 'dev/training-job/a', good],
        ['alice@dev', 'may not', 'sagemaker:CreateEndpoint', 'dev/endpoint/a', good],
        ['alice@dev', 'may not', 'sagemaker:CreateEndpointConfig', 'dev/endpoint-config/a', good],
        ['alice@dev', 'may not', 'sagemaker:CreateNotebookInstance', 'dev/notebook-instance/a', good],
      ]),
    );
}

function lookDecisions(scene: Scene): Decision[] {
  const of = (owner: string, base = 'dev') => tags('aws:ResourceTag', owner, scene.baseName(base));
  return Object.entries(DESCRIBE_STOP).flatMap(([type, actions]) =>
    decisions([
      ['alice@dev', 'may', actions, `dev/${type}/a`, of('alice')],
      ['alice@dev', 'may', actions, `dev/${type}/bob-1`, of('alice')],
      ['alice@prod', 'may', actions, `prod/${type}/a`, of('alice', 'prod')],
      ['alice@dev', 'may not', actions, `dev/${type}/alice-1`, of('bob')],
      ['alice@dev', 'may not', actions, `dev/${type}/alice-b-1`, of('alice-b')],
      ['alice@dev', 'may not', actions, `dev/${type}/alice-1`, of('alice2')],
      ['alice@dev', 'may not', actions, `dev/${type}/alice-1`, of('alice', 'prod')],
      ['alice@dev', 'may not', actions, `dev/${type}/alice-1`, of('alice', 'far')],
      ['alice@dev', 'may not', actions, `dev/${type}/alice-1`],
      ['alice@dev', 'may not', actions, `dev/${type}/alice-1`, without(of('alice'), 'aws:ResourceTag/ml-base')],
      ['alice@dev', 'may not', actions, `far/${type}/alice-1`, of('alice')],
      ['alice@prod', 'may not', actions, `dev/${type}/alice-1`, of('alice')],
      [ODD, 'may not', actions, `dev/${type}/alice-1`, of('alice')],
      ['untagged@dev', 'may not', actions, `dev/${type}/alice-1`],
      ['alice@dev', 'may not', 'sagemaker:DeleteTags', `dev/${type}/alice-1`, of('alice')],
      ['alice@dev', 'may not', 'sagemaker:ListTags', `dev/${type}/alice-1`, of('alice')],
    ]),
  );
}

function tagDecisions(scene: Scene): Decision[] {
  const mine = tags('aws:RequestTag', 'alice', scene.baseName('dev'));
  const creating = { ...mine, 'sagemaker:TaggingAction': 'CreateTrainingJob' };
  return decisions([
    ...Object.entries(CREATED).map(([action, type]) => {
      const context = { ...mine, 'sagemaker:TaggingAction': action.split(':')[1] };
      return ['alice@dev', 'may', 'sagemaker:AddTags', `dev/${type}/a`, context] as const;
    }),
    ['alice@dev', 'may not', 'sagemaker:AddTags', 'dev/model/a', { ...mine, 'sagemaker:TaggingAction': 'CreateModel' }],
    ['alice@dev', 'may not', 'sagemaker:AddTags', ['dev/training-job/a', 'dev/model/a'], mine],
    ['alice@dev', 'may not', 'sagemaker:AddTags', 'dev/notebook/bob', mine],
    ['alice@dev', 'may not', 'sagemaker:AddTags', ['dev/notebook/bob', 'dev/notebook/alice'], creating],
    ['alice@dev', 'may not', 'sagemaker:AddTags', 'dev/endpoint/a', creating],
    ['alice@dev', 'may not', 'sagemaker:AddTags', 'far/training-job/a', creating],
    [
      'alice@dev',
      'may not',
      'sagemaker:AddTags',
      'dev/training-job/a',
      { ...mine, 'sagemaker:TaggingAction': 'UpdateEndpoint' },
    ],
    ['alice@dev', 'may not', 'sagemaker:AddTags', 'dev/training-job/a', without(creating, 'aws:RequestTag/ml-owner')],
    ['alice@dev', 'may not', 'sagemaker:AddTags', 'dev/training-job/a', without(creating, 'aws:RequestTag/ml-base')],
    [
      'alice@dev',
      'may not',
      'sagemaker:AddTags',
      'dev/training-job/a',
      { ...creating, 'aws:RequestTag/ml-owner': 'bob' },
    ],
    [
      'alice@dev',
      'may not',
      'sagemaker:AddTags',
      'dev/training-job/a',
      { ...creating, 'aws:RequestTag/ml-base': scene.baseName('prod') },
    ],
    ['alice@dev', 'may not', 'sagemaker:DeleteTags', ['dev/training-job/a', 'dev/notebook/alice'], creating],
  ]);
}

function roleDecisions(scene: Scene): Decision[] {
  const sagemaker = { 'iam:PassedToService': 'sagemaker.amazonaws.com' };
  const uses = ['job', 'model', 'pipeline'];
  const others = ['bob@dev', 'alice-b@dev', 'alice2@dev', 'guest@dev', 'team@dev', 'alice@prod', 'alice@far'];
  return decisions([
    ['alice@dev', 'may', 'iam:PassRole', 'role/alice@dev', sagemaker],
    ['alice@prod', 'may', 'iam:PassRole', 'role/alice@prod', sagemaker],
    ['guest@dev', 'may', 'iam:PassRole', 'role/guest@dev', sagemaker],
    ['team@dev', 'may', 'iam:PassRole', 'role/team@dev', sagemaker],
    ['alice@dev', 'may', 'iam:PassRole', uses.map((use) => `role/alice-${use}@dev`), sagemaker],
    ['alice@dev', 'may not', 'iam:PassRole', uses.map((use) => `role/bob-${use}@dev`), sagemaker],
    ['alice@dev', 'may not', 'iam:PassRole', uses.map((use) => `role/alice-${use}@prod`), sagemaker],
    [
      'alice@dev',
      'may not',
      'iam:PassRole',
      'role/alice-pipeline@dev',
      { 'iam:PassedToService': 'states.amazonaws.com' },
    ],
    ['alice@dev', 'may not', 'iam:PassRole', others.map((name) => `role/${name}`), sagemaker],
    ['alice-b@dev', 'may not', 'iam:PassRole', 'role/alice@dev', sagemaker],
    ['team@dev', 'may not', 'iam:PassRole', 'role/alice@dev', sagemaker],
    [ODD, 'may not', 'iam:PassRole', ['role/alice@dev', 'role/team@dev'], sagemaker],
    ['alice@dev', 'may not', 'iam:PassRole', 'arn:aws:iam::111122223333:role/admin', sagemaker],
    [
      'alice@dev',
      'may not',
      'iam:PassRole',
      scene.target('role/alice@dev').arn.replace('111122223333', '444455556666'),
      sagemaker,
    ],
    ['alice@dev', 'may not', 'iam:PassRole', 'role/alice@dev'],
    ['alice@dev', 'may not', 'iam:PassRole', 'role/alice@dev', { 'iam:PassedToService': 'ec2.amazonaws.com' }],
    ['alice@dev', 'may not', 'iam:PassRole', 'role/alice@dev', { 'iam:PassedToService': 'glue.amazonaws.com' }],
    ['alice@dev', 'may not', ['sts:AssumeRole'], ['role/bob@dev', 'role/alice@prod', 'role/scientist']],
  ]);
}
