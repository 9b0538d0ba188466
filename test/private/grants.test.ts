import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { grantStatements, isImmutable } from '../../src/private/grants';
import { referWeakly } from '../../src/private/references';

const CONDITIONS = { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } };

describe('grantStatements', () => {
  let stack: Stack;
  beforeEach(() => {
    stack = new Stack(new App(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  });

  test('a role of the app gets every statement, with its conditions', () => {
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });

    const grant = grantStatements(new Construct(stack, 'Giver'), role, statements('s3:GetObject', 's3:PutObject'));

    expect(grant.success).toBe(true);
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          { Action: 's3:GetObject', Effect: 'Allow', Resource: '*', Condition: CONDITIONS },
          { Action: 's3:PutObject', Effect: 'Allow', Resource: '*', Condition: CONDITIONS },
        ],
      },
    });
  });

  test('an imported role gets one managed policy, never an inline one that another app could overwrite', () => {
    const giver = new Construct(stack, 'Giver');
    const role = imported();

    grantStatements(giver, role, statements('s3:GetObject'));
    grantStatements(giver, role, statements('s3:PutObject'));

    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::IAM::Policy', 0);
    template.resourceCountIs('AWS::IAM::ManagedPolicy', 1);
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      Roles: ['Theirs'],
      PolicyDocument: {
        Statement: [Match.objectLike({ Action: 's3:GetObject' }), Match.objectLike({ Action: 's3:PutObject' })],
      },
    });
  });

  test('a role of another stack gets it in the stack that gives, so that neither stack needs the other twice', () => {
    const app = new App();
    const [theirs, ours] = [new Stack(app, 'Theirs'), new Stack(app, 'Ours')];
    const role = new iam.Role(theirs, 'Role', { assumedBy: new iam.AccountRootPrincipal() });

    grantStatements(new Construct(ours, 'Giver'), role, statements('s3:GetObject'));

    Template.fromStack(ours).resourceCountIs('AWS::IAM::ManagedPolicy', 1);
    Template.fromStack(theirs).resourceCountIs('AWS::IAM::Policy', 0);
  });

  test('a role of another stack gets rights on a base where it is defined, since its stack may use the base already', () => {
    const app = new App();
    const [theirs, ours] = [new Stack(app, 'Theirs'), new Stack(app, 'Ours')];
    const role = new iam.Role(theirs, 'Role', { assumedBy: new iam.AccountRootPrincipal() });

    grantStatements(new Construct(ours, 'Giver'), role, statements('s3:GetObject'), 'a base');

    Template.fromStack(theirs).resourceCountIs('AWS::IAM::ManagedPolicy', 1);
    Template.fromStack(ours).resourceCountIs('AWS::IAM::ManagedPolicy', 0);
  });

  test('a role of a stack that handed something to the base gets rights on it beside the base', () => {
    const app = new App();
    const [theirs, ours] = [new Stack(app, 'Theirs'), new Stack(app, 'Ours')];
    const role = new iam.Role(theirs, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
    referWeakly(new Construct(ours, 'Base'), [new kms.Key(theirs, 'Key')]);

    grantStatements(new Construct(ours, 'Giver'), role, statements('s3:GetObject'), 'a base');

    Template.fromStack(ours).resourceCountIs('AWS::IAM::ManagedPolicy', 1);
    Template.fromStack(theirs).resourceCountIs('AWS::IAM::ManagedPolicy', 0);
  });

  test('fails for a principal that cannot be given rights, instead of giving none', () => {
    const service = new iam.ServicePrincipal('glue.amazonaws.com');

    expect(() => grantStatements(new Construct(stack, 'Giver'), service, statements('s3:GetObject'))).toThrow(
      /^Stack\/Giver: 'grantee' must be a role, user or group, which can be given rights, got: /,
    );
  });

  test('what a role that is left alone lacks is said', () => {
    const role = iam.Role.fromRoleArn(stack, 'Role', arn('444455556666'));

    grantStatements(new Construct(stack, 'Giver'), role, statements('s3:GetObject'));

    Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('left alone; give it s3:GetObject by hand'));
  });

  test('two imported roles get a policy each', () => {
    const giver = new Construct(stack, 'Giver');
    const other = iam.Role.fromRoleName(stack, 'Other', 'Others');

    grantStatements(giver, imported(), statements('s3:GetObject'));
    grantStatements(giver, other, statements('s3:GetObject'));

    const policies = Object.values(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy'));
    expect(policies.map(({ Properties }) => Properties.Roles)).toEqual([['Theirs'], ['Others']]);
  });

  test.each([
    ['as immutable', () => iam.Role.fromRoleArn(stack, 'Role', arn('111122223333'), { mutable: false })],
    ['from another account', () => iam.Role.fromRoleArn(stack, 'Role', arn('444455556666'))],
  ])('a role that was imported %s is left alone', (_how, roleOf) => {
    const role = roleOf();

    grantStatements(new Construct(stack, 'Giver'), role, statements('s3:GetObject'));

    expect(isImmutable(role)).toBe(true);
    expect(Template.fromStack(stack).toJSON().Resources).toBeUndefined();
  });

  test('a role of the app without policy updates is left alone', () => {
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() }).withoutPolicyUpdates();

    grantStatements(new Construct(stack, 'Giver'), role, statements('s3:GetObject'));

    expect(isImmutable(role)).toBe(true);
    expect(Object.values(Template.fromStack(stack).toJSON().Resources)).toHaveLength(1);
  });

  test.each(['Role', 'ImmutableRole', 'ImmutableRoleOfAnotherTeam'])('an imported role may be called %s', (id) => {
    const role = iam.Role.fromRoleArn(stack, id, arn('111122223333'));

    grantStatements(new Construct(stack, 'Giver'), role, statements('s3:GetObject'));

    Template.fromStack(stack).resourceCountIs('AWS::IAM::ManagedPolicy', 1);
  });

  test('a user or a group is granted to as CDK does', () => {
    grantStatements(new Construct(stack, 'Giver'), new iam.Group(stack, 'Group'), statements('s3:GetObject'));

    Template.fromStack(stack).resourceCountIs('AWS::IAM::Policy', 1);
    expect(isImmutable(imported())).toBe(false);
  });

  function imported(): iam.IRole {
    return iam.Role.fromRoleArn(stack, 'Role', arn('111122223333'));
  }

  function statements(...actions: string[]): iam.PolicyStatement[] {
    return actions.map(
      (action) => new iam.PolicyStatement({ actions: [action], resources: ['*'], conditions: CONDITIONS }),
    );
  }

  function arn(account: string): string {
    return stack.formatArn({ service: 'iam', region: '', account, resource: 'role', resourceName: 'Theirs' });
  }
});
