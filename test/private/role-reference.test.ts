import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { RoleReference } from '../../src/private/role-reference';

describe('RoleReference', () => {
  let stack: Stack;
  beforeEach(() => {
    stack = new Stack(new App(), 'Stack');
  });

  test('all rights end in one managed policy of the stack that gives them', () => {
    const role = reference();
    const [one, other] = ['One', 'Other'].map((id) => new s3.Bucket(stack, id));

    one.grantRead(role);
    other.grantRead(role);

    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::IAM::Policy', 0);
    template.resourceCountIs('AWS::IAM::ManagedPolicy', 1);
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', { Roles: ['Elsewhere'] });
  });

  test('defines nothing until it is given a right', () => {
    reference();

    expect(Template.fromStack(stack).toJSON().Resources).toBeUndefined();
  });

  test('a policy of the app is attached by the name of the role, which ARNs with a path do not give', () => {
    const policy = new iam.ManagedPolicy(stack, 'Policy', {
      statements: [new iam.PolicyStatement({ actions: ['s3:ListAllMyBuckets'], resources: ['*'] })],
    });

    reference().addManagedPolicy(policy);

    Template.fromStack(stack).hasResourceProperties('AWS::IAM::ManagedPolicy', { Roles: ['Elsewhere'] });
  });

  test('a policy that cannot be attached is named in a warning', () => {
    reference().addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('ReadOnlyAccess'));

    Annotations.fromStack(stack).hasWarning('/Stack/Role', Match.stringLikeRegexp('ReadOnlyAccess is not attached'));
  });

  test('an inline policy of the user is attached once', () => {
    const statement = new iam.PolicyStatement({ actions: ['s3:ListAllMyBuckets'], resources: ['*'] });
    const policy = new iam.Policy(stack, 'Policy', { statements: [statement] });

    reference().attachInlinePolicy(policy);

    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', { Roles: ['Elsewhere'] });
  });

  test.each([
    ['grantPassRole', 'iam:PassRole'],
    ['grantAssumeRole', 'sts:AssumeRole'],
  ] as const)('%s allows %s on that one role', (method, action) => {
    const caller = new iam.Role(stack, 'Caller', { assumedBy: new iam.AccountRootPrincipal() });
    const role = reference();

    role[method](caller);

    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [{ Action: action, Effect: 'Allow', Resource: stack.resolve(role.roleArn) }] },
      Roles: [stack.resolve(caller.roleName)],
    });
  });

  test('can be the principal of a resource policy', () => {
    const role = reference();

    new s3.Bucket(stack, 'Bucket').addToResourcePolicy(
      new iam.PolicyStatement({ principals: [role], actions: ['s3:GetObject'], resources: ['*'] }),
    );

    Template.fromStack(stack).hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: { Statement: [Match.objectLike({ Principal: { AWS: stack.resolve(role.roleArn) } })] },
    });
    expect(role.roleRef).toEqual({ roleArn: role.roleArn, roleName: 'Elsewhere' });
  });

  test('is in the account of its stack, so that a bucket of another stack needs no policy that names it', () => {
    const app = new App();
    const env = { account: '111122223333', region: 'eu-west-1' };
    const [theirs, ours] = [new Stack(app, 'Theirs', { env }), new Stack(app, 'Ours', { env })];
    const bucket = new s3.Bucket(theirs, 'Bucket');

    bucket.grantRead(new RoleReference(ours, 'Role', { roleArn: 'arn', roleName: 'name' }));

    expect(() => app.synth()).not.toThrow();
    Template.fromStack(theirs).resourceCountIs('AWS::S3::BucketPolicy', 0);
  });

  function reference() {
    const roleArn = stack.formatArn({
      service: 'iam',
      region: '',
      resource: 'role',
      resourceName: 'ml/alice/Elsewhere',
    });
    return new RoleReference(stack, 'Role', { roleArn, roleName: 'Elsewhere' });
  }
});
