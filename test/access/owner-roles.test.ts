import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { OwnerRoles, RoleTemplate } from '../../src/access';

const TEMPLATE: RoleTemplate = {
  key: 'Base',
  baseName: 'base',
  environmentName: 'prod',
  tags: { 'cost-center': '42' },
  policyArns: ['workspace', 'jobs'],
};

describe('OwnerRoles', () => {
  let stack: Stack;
  let asker: Construct;
  beforeEach(() => {
    stack = new Stack(new App(), 'Stack');
    asker = new Construct(stack, 'Notebook');
  });

  test('a role is its path, its tags and the shared policies, with no right of its own', () => {
    roles().roleOf('alice', asker);

    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::IAM::Role', 1);
    template.hasResourceProperties('AWS::IAM::Role', {
      Path: '/ml-infra/base/alice/',
      ManagedPolicyArns: ['workspace', 'jobs'],
      Tags: [
        { Key: 'cost-center', Value: '42' },
        { Key: 'ml-base', Value: 'base' },
        { Key: 'ml-environment', Value: 'prod' },
        { Key: 'ml-owner', Value: 'alice' },
      ],
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Principal: { Service: 'sagemaker.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          },
        ],
      },
      Policies: Match.absent(),
      RoleName: Match.absent(),
      PermissionsBoundary: Match.absent(),
    });
    template.resourceCountIs('AWS::IAM::Policy', 0);
  });

  test('all that an owner has in a stack shares one role', () => {
    const one = roles().roleOf('alice', asker);
    const other = OwnerRoles.of(new Construct(stack, 'Deep'), TEMPLATE).roleOf('alice', new Construct(stack, 'Other'));

    expect(other).toBe(one);
  });

  test('an owner has two roles on two bases', () => {
    const one = roles().roleOf('alice', asker);
    const other = roles({ key: 'Other', baseName: 'other' }).roleOf('alice', asker);

    const template = Template.fromStack(stack);
    expect(other).not.toBe(one);
    template.hasResourceProperties('AWS::IAM::Role', { Path: '/ml-infra/base/alice/' });
    template.hasResourceProperties('AWS::IAM::Role', { Path: '/ml-infra/other/alice/' });
  });

  test('the logical id of a role follows from base and owner alone, since a new one would cost the notebooks their role', () => {
    const idAmong = (owners: string[]) => {
      stack = new Stack(new App(), 'Stack');
      const ids = owners.map((owner) => stack.resolve(roles().roleOf(owner, stack).roleName).Ref);
      return ids[owners.indexOf('alice')];
    };

    expect(idAmong(['alice'])).toBe(idAmong(['bob', 'alice', 'eve']));
  });

  test('owners whose names differ only in what ids leave out have roles of their own', () => {
    const owners = ['a.b', 'ab', 'a-b', 'a_b', 'a@b', 'a+b', 'a=b'];

    for (const owner of owners) {
      roles().roleOf(owner, asker);
    }

    Template.fromStack(stack).resourceCountIs('AWS::IAM::Role', owners.length);
  });

  test.each([
    ['Alice', 'alice'],
    ['alice', 'ALICE'],
  ])('fails for owners that differ only in case, and names both spellings: %s, %s', (one, other) => {
    roles().roleOf(one, asker);

    expect(() => roles().roleOf(other, asker)).toThrow(
      `Stack/Notebook: 'owner' must be spelled as elsewhere, '${one}', since IAM does not tell letter cases apart, got: ${other}`,
    );
  });

  test.each(['', 'a/b', 'team', 'a'.repeat(64)])('fails for owner %j at the construct that asks', (owner) => {
    expect(() => roles().roleOf(owner, asker)).toThrow(/^Stack\/Notebook: 'owner' must be /);
  });

  test('a role is bounded where the base is', () => {
    roles({ permissionsBoundaryArn: 'boundary' }).roleOf('alice', asker);

    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', { PermissionsBoundary: 'boundary' });
  });

  test('a further policy is attached once, after the shared ones', () => {
    const policy = new iam.ManagedPolicy(stack, 'Policy', {
      statements: [new iam.PolicyStatement({ actions: ['s3:ListAllMyBuckets'], resources: ['*'] })],
    });
    const role = roles().roleOf('alice', asker);

    role.attach(policy, asker);
    role.attach(policy, asker);

    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
      ManagedPolicyArns: ['workspace', 'jobs', stack.resolve(policy.managedPolicyArn)],
    });
  });

  test('fails for more policies than IAM attaches to a role, instead of at deployment', () => {
    const role = roles().roleOf('alice', asker);
    const attach = (count: number) => {
      for (let index = 0; index < count; index++) {
        role.attach(iam.ManagedPolicy.fromManagedPolicyArn(stack, `Policy${index}`, `arn${index}`), asker);
      }
    };

    expect(() => attach(8)).toThrow(/'owner' must be an owner with at most 7 lifecycles and secrets .*, got: alice$/);
  });

  test('rights given to a role end in one managed policy of that role alone', () => {
    const { reference } = roles().roleOf('alice', asker);
    const bucket = new s3.Bucket(stack, 'Bucket');

    bucket.grantRead(reference);
    bucket.grantWrite(roles().roleOf('alice', asker).reference);

    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::IAM::Policy', 0);
    template.resourceCountIs('AWS::IAM::ManagedPolicy', 1);
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', { Roles: [stack.resolve(reference.roleName)] });
  });

  test('rights given to the role without an owner stay in the stack that gives them', () => {
    const base = new Stack(stack.node.root as App, 'Base');
    const team = new iam.Role(base, 'Team', { roleName: 'team', assumedBy: new iam.AccountRootPrincipal() });

    new s3.Bucket(stack, 'Bucket').grantRead(roles().teamRole(team));
    roles().teamRole(team);

    Template.fromStack(stack).resourceCountIs('AWS::IAM::ManagedPolicy', 1);
    Template.fromStack(base).resourceCountIs('AWS::IAM::Policy', 0);
  });

  function roles(template: Partial<RoleTemplate> = {}): OwnerRoles {
    return OwnerRoles.of(stack, { ...TEMPLATE, ...template });
  }
});
