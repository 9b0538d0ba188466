import { App, NestedStack, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ExecutionRoleUse, IMlSharedInfra, MlExecutionRole, MlNotebook, MlSharedInfra } from '../../src';
import { findingsIn } from './findings';
import { longest } from './longest-names';
import { resourcesIn, templateOf } from './templates';

const USES = Object.values(ExecutionRoleUse);

describe('MlExecutionRole', () => {
  let app: App;
  let stack: Stack;
  beforeEach(() => {
    app = new App();
    stack = new Stack(app, 'Team');
  });

  test('is a role on the path of its owner, with the tags of owner, base and environment', () => {
    role(base({ baseName: 'vision' }), ExecutionRoleUse.JOB);

    const [properties] = rolesIn('Team').filter(({ Path }) => Path === '/ml-infra/vision/alice/');
    expect(properties.Tags).toEqual([
      { Key: 'ml-base', Value: 'vision' },
      { Key: 'ml-environment', Value: 'prod' },
      { Key: 'ml-owner', Value: 'alice' },
    ]);
    expect(properties.Policies).toBeUndefined();
    expect(properties.PermissionsBoundary).toBeUndefined();
  });

  test('is that of the team without an owner', () => {
    new MlExecutionRole(stack, 'Jobs', { shared: base({ baseName: 'vision' }), use: ExecutionRoleUse.JOB });

    const paths = rolesIn('Team').map(({ Path }) => Path);
    expect(paths.filter((path) => path === '/ml-infra/vision/team/')).toHaveLength(2);
  });

  test.each([
    [ExecutionRoleUse.JOB, 'sagemaker.amazonaws.com'],
    [ExecutionRoleUse.MODEL, 'sagemaker.amazonaws.com'],
    [ExecutionRoleUse.PIPELINE, ['sagemaker.amazonaws.com', 'states.amazonaws.com']],
  ])('for a %s trusts %s on behalf of this account alone', (use, service) => {
    const { role: mine } = role(base(), use);

    expect(propertiesOf(mine).AssumeRolePolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { Service: service },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      },
    ]);
  });

  test.each(USES)('shares the policy of its use, %s, with all other owners, since IAM takes few', (use) => {
    const shared = base();
    const count = () => resourcesIn(Template.fromStack(stack).toJSON() as never, 'AWS::IAM::ManagedPolicy').length;
    role(shared, use, 'alice');
    const before = count();

    stack = again();
    const other = base();
    role(other, use, 'alice');
    role(other, use, 'bob');

    expect(count()).toBe(before);
  });

  test('for pipelines has what the base says about jobs, and so its rules', () => {
    const shared = base();
    const { role: mine } = role(shared, ExecutionRoleUse.PIPELINE);

    expect(propertiesOf(mine).ManagedPolicyArns).toContainEqual(stack.resolve(shared.jobsPolicy.managedPolicyArn));
  });

  test.each(USES.slice(0, 2))('for a %s cannot start jobs', (use) => {
    const shared = base();
    const { role: mine } = role(shared, use);

    expect(propertiesOf(mine).ManagedPolicyArns).not.toContainEqual(stack.resolve(shared.jobsPolicy.managedPolicyArn));
  });

  test('can be handed on by the role of its owner, which passes what is on its path', () => {
    const shared = base({ baseName: 'vision' });
    new MlNotebook(stack, 'alice', { shared, owner: 'alice' });
    role(shared, ExecutionRoleUse.JOB);

    expect(JSON.stringify(Template.fromStack(stack))).toContain(':role/ml-infra/vision/${aws:PrincipalTag/ml-owner}/*');
    expect(rolesIn('Team').filter(({ Path }) => Path === '/ml-infra/vision/alice/')).toHaveLength(2);
  });

  test('takes further rights in one managed policy, also as the construct itself', () => {
    const mine = role(base(), ExecutionRoleUse.MODEL);
    const [one, two] = ['One', 'Two'].map((id) => new s3.Bucket(stack, id));

    one.grantPut(mine);
    two.grantPut(mine.role);

    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::IAM::Policy', 0);
    const granted = Object.values(template.findResources('AWS::IAM::ManagedPolicy')).filter(
      ({ Properties }) => Properties.Roles?.[0].Ref === stack.resolve(mine.roleName).Ref,
    );
    expect(granted).toHaveLength(1);
    expect(granted[0].Properties.PolicyDocument.Statement).toHaveLength(2);
  });

  test('is bounded as the base is, or as it was told', () => {
    const boundary = (name: string) => iam.ManagedPolicy.fromManagedPolicyName(stack, name, name);
    const shared = base({ permissionsBoundary: boundary('corporate') });
    const own = new MlExecutionRole(stack, 'Own', {
      shared,
      use: ExecutionRoleUse.JOB,
      permissionsBoundary: boundary('narrow'),
    });

    expect(JSON.stringify(propertiesOf(role(shared, ExecutionRoleUse.JOB).role))).toContain('policy/corporate');
    expect(JSON.stringify(propertiesOf(own.role).PermissionsBoundary)).toContain('policy/narrow');
  });

  test.each([
    ['an owner spelled in another way than for a notebook', 'Alice', "'owner' must be spelled as elsewhere, 'alice'"],
    ['no owner at all', '', "'owner' must be 1 to 63 characters"],
    ['the team, which is nobody', 'team', "'owner' must be a name other than 'team'"],
  ])('fails for %s', (_, owner, message) => {
    const shared = base();
    new MlNotebook(stack, 'alice', { shared, owner: 'alice' });

    expect(() => role(shared, ExecutionRoleUse.JOB, owner)).toThrow(`Team/job-${owner}: ${message}`);
  });

  test('has notebooks fail for its owner spelled in another way', () => {
    const shared = base();
    role(shared, ExecutionRoleUse.JOB, 'alice');

    expect(() => new MlNotebook(stack, 'Notebook', { shared, owner: 'ALICE' })).toThrow(
      "Team/Notebook: 'owner' must be spelled as elsewhere, 'alice'",
    );
  });

  test('fails for a use that there is not', () => {
    expect(() => role(base(), 'endpoint' as ExecutionRoleUse)).toThrow(
      "Team/endpoint-alice: 'use' must be one of ExecutionRoleUse: JOB, MODEL, PIPELINE, got: endpoint",
    );
  });

  test('fails for a base that was read in another stack', () => {
    const shared = MlSharedInfra.fromPublished(new Stack(app, 'Reader'), 'Shared', 'vision');

    expect(() => role(shared, ExecutionRoleUse.JOB)).toThrow(
      /^Team\/job-alice: 'shared' must be a base read in the same/,
    );
  });

  test.each([
    ['the stack of the base', () => base()],
    ['another stack', () => base({}, new Stack(app, 'Base'))],
    ['a stack that reads the published base', () => published()],
    ['a nested stack', () => nested()],
  ])('locks nothing and has no open finding in %s', (_, shared) => {
    const of = shared();
    for (const use of USES) {
      role(of, use);
      role(of, use, 'bob');
    }

    expect(findingsIn(app)).toEqual([]);
    const templates = app.synth().stacks.map(({ template }) => JSON.stringify(template));
    expect(templates.join()).not.toMatch(/"Export"|Fn::ImportValue/);
  });

  test('has policies that IAM takes with the longest names there are', () => {
    const shared = base({ baseName: 'b'.repeat(63) });
    for (const use of USES) {
      role(shared, use);
    }

    const policies = Object.values(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy'));
    const sizes = policies.map(({ Properties }) => longest(Properties.PolicyDocument).length);
    expect(Math.max(...sizes)).toBeGreaterThan(4_000);
    expect(Math.max(...sizes)).toBeLessThan(6_144);
  });

  function again(): Stack {
    app = new App();
    return new Stack(app, 'Team');
  }

  function nested(): IMlSharedInfra {
    const shared = base();
    stack = new NestedStack(stack, 'Nested');
    return shared;
  }

  function published(): IMlSharedInfra {
    base({}, new Stack(app, 'Base')).publish('vision');
    return MlSharedInfra.fromPublished(stack, 'Shared', 'vision');
  }

  function base(props: ConstructorParameters<typeof MlSharedInfra>[2] = {}, scope = stack): MlSharedInfra {
    return new MlSharedInfra(scope, 'Shared', props);
  }

  function role(shared: IMlSharedInfra, use: ExecutionRoleUse, owner = 'alice'): MlExecutionRole {
    return new MlExecutionRole(stack, `${use}-${owner}`, { shared, use, owner });
  }

  function rolesIn(name: string) {
    return resourcesIn(templateOf(app.synth(), name), 'AWS::IAM::Role').map(([, { Properties }]) => Properties);
  }

  function propertiesOf(mine: iam.IRole) {
    return Template.fromStack(stack).toJSON().Resources[stack.resolve(mine.roleName).Ref].Properties;
  }
});
