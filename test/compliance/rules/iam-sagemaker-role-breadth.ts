import { allow, role, trust } from '../policy-cases';
import { RuleCases, subject } from '../rule-cases';

const SAGEMAKER = 'sagemaker.amazonaws.com';
const managed = (name: string) => ({
  ManagedPolicyArns: [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::aws:policy/${name}`]] }],
});
const inline = (...Statement: unknown[]) => ({ Policies: [{ PolicyName: 'own', PolicyDocument: { Statement } }] });

/** A policy beside a role, attached by either of the two. */
const attached = (service: string, policy: object, Roles: unknown[] | undefined, ManagedPolicyArns?: unknown[]) =>
  subject(
    Roles ? 'AWS::IAM::Policy' : 'AWS::IAM::ManagedPolicy',
    { PolicyDocument: { Statement: [policy] }, ...(Roles ? { Roles } : {}) },
    {
      Resources: {
        Jobs: {
          Type: 'AWS::IAM::Role',
          Properties: { AssumeRolePolicyDocument: trust(service), RoleName: 'jobs', ManagedPolicyArns },
        },
      },
    },
  );

export const cases: RuleCases = {
  compliant: {
    'listed actions': role(SAGEMAKER, inline(allow(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::data/*'))),
    'all actions on one bucket': role(SAGEMAKER, inline(allow('s3:*', 'arn:aws:s3:::data/*'))),
    'no resource, with a condition': role(
      SAGEMAKER,
      inline(allow('cloudwatch:PutMetricData', '*', { StringEquals: { 'cloudwatch:namespace': 'ml' } })),
    ),
    'a policy that only reads': role(SAGEMAKER, managed('AmazonSageMakerReadOnly')),
    'a narrow policy beside': attached(SAGEMAKER, allow('s3:GetObject', '*'), [{ Ref: 'Jobs' }]),
  },
  nonCompliant: {
    'full access to SageMaker': role(SAGEMAKER, managed('AmazonSageMakerFullAccess')),
    'full access to S3': role(SAGEMAKER, { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonS3FullAccess'] }),
    administrator: role(SAGEMAKER, managed('AdministratorAccess')),
    'everything, inline': role(SAGEMAKER, inline(allow('*', '*'))),
    'a whole service': role(SAGEMAKER, inline(allow(['logs:PutLogEvents', 's3:*'], ['*']))),
    'everything but something': role(SAGEMAKER, inline({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' })),
    'a policy beside, attached by reference': attached(SAGEMAKER, allow('*', '*'), [{ Ref: 'Jobs' }]),
    'a policy beside, attached by name': attached(SAGEMAKER, allow('s3:*', '*'), ['jobs']),
    'a policy that the role attaches besides another': attached(SAGEMAKER, allow('*', '*'), undefined, [
      'arn:aws:iam::aws:policy/AmazonSageMakerReadOnly',
      { Ref: 'Subject' },
    ]),
    'a role that another service may assume, too': role(
      ['lambda.amazonaws.com', SAGEMAKER],
      managed('AdministratorAccess'),
    ),
    'a role with a statement for another service before': subject('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [trust('lambda.amazonaws.com'), trust(SAGEMAKER)].flatMap((each) => each.Statement as object[]),
      },
      ...managed('AdministratorAccess'),
    }),
    'a policy that the role attaches': attached(SAGEMAKER, allow('*', '*'), undefined, [{ Ref: 'Subject' }]),
  },
  notApplicable: {
    'a role of another service': role('lambda.amazonaws.com', managed('AdministratorAccess')),
    'a policy of another role': attached('lambda.amazonaws.com', allow('*', '*'), [{ Ref: 'Jobs' }]),
    'a policy of another role than that of SageMaker': attached(
      SAGEMAKER,
      allow('*', '*'),
      ['others'],
      [{ Ref: 'Other' }],
    ),
    'a policy of nobody': subject('AWS::IAM::ManagedPolicy', { PolicyDocument: { Statement: [allow('*', '*')] } }),
  },
};
