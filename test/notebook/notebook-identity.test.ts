import { App, Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { CodeSource, LifecycleStep, MlNotebook, MlNotebookProps, MlSharedInfra, NotebookLifecycle } from '../../src';

const TYPE = 'AWS::SageMaker::NotebookInstance';

describe('the role of a notebook', () => {
  let app: App;
  let stack: Stack;
  let shared: MlSharedInfra;
  beforeEach(() => {
    app = new App();
    stack = new Stack(app, 'Team');
    shared = new MlSharedInfra(new Stack(app, 'Base'), 'Shared', { baseName: 'vision' });
  });

  test('is that of its owner, one for all notebooks of the owner', () => {
    notebook('one', { owner: 'alice' });
    notebook('two', { owner: 'alice' });
    notebook('three', { owner: 'bob' });

    const [one, two, three] = ['one', 'two', 'three'].map((id) => JSON.stringify(instance(id).RoleArn));
    expect(one).toBe(two);
    expect(one).not.toBe(three);
    template().resourceCountIs('AWS::IAM::Role', 2);
    template().hasResourceProperties('AWS::IAM::Role', { Path: '/ml-infra/vision/alice/' });
  });

  test('stays while one notebook of the owner is left', () => {
    const rolesWith = (...ids: string[]) => {
      const team = new Stack(new App(), 'Team');
      const base = new MlSharedInfra(team, 'Shared');
      for (const id of ids) {
        new MlNotebook(team, id, { shared: base, owner: 'alice' });
      }
      return Template.fromStack(team).findResources('AWS::IAM::Role');
    };

    expect(rolesWith('two')).toEqual(rolesWith('one', 'two'));
  });

  test('is that of the base without an owner, and rights given to it stay in the stack of the notebook', () => {
    const nobody = notebook('nobody');
    const bucket = new s3.Bucket(stack, 'Bucket');

    bucket.grantRead(nobody);

    app.synth();
    template().resourceCountIs('AWS::IAM::Role', 0);
    template().hasResourceProperties('AWS::IAM::ManagedPolicy', { Roles: [Match.anyValue()] });
  });

  test('of an owner takes rights in one managed policy, whichever notebook asks', () => {
    const [one, two] = [notebook('one', { owner: 'alice' }), notebook('two', { owner: 'alice' })];
    const bucket = new s3.Bucket(stack, 'Bucket');

    bucket.grantRead(one);
    bucket.grantPut(two);

    template().resourceCountIs('AWS::IAM::ManagedPolicy', 1);
    template().resourceCountIs('AWS::IAM::Policy', 0);
  });

  describe('that was brought along', () => {
    test('gets no right to any data', () => {
      const role = ownRole();

      notebook('one', { role });

      expect(typesIn(stack)).toEqual(['AWS::IAM::Role', TYPE]);
      expect(instance('one').RoleArn).toEqual(stack.resolve(role.roleArn));
    });

    test('tags the notebook with an owner without a role for that owner', () => {
      notebook('one', { role: ownRole(), owner: 'alice' });

      expect(instance('one').Tags).toContainEqual({ Key: 'ml-owner', Value: 'alice' });
      template().resourceCountIs('AWS::IAM::Role', 1);
    });

    test('does not make an owner legal that is none', () => {
      const role = ownRole();

      expect(() => notebook('one', { role, owner: '../bob' })).toThrow(
        /^Team\/one: 'owner' must be .*, got: \.\.\/bob$/,
      );
    });

    test('gets exactly what the lifecycle takes: its bundle, and knowing and stopping that one notebook', () => {
      const lifecycle = new NotebookLifecycle(stack, 'Lifecycle', { shared, idleStop: Duration.hours(1) });

      const stopped = notebook('one', { role: ownRole(), lifecycle });

      const statements = statementsFor('Own');
      expect(statements).toHaveLength(2);
      expect(statements).toContainEqual(expect.objectContaining({ Action: 's3:GetObject' }));
      expect(statements).toContainEqual({
        Action: ['sagemaker:DescribeNotebookInstance', 'sagemaker:ListTags', 'sagemaker:StopNotebookInstance'],
        Effect: 'Allow',
        Resource: stack.resolve(stopped.notebookArn),
      });
      template().resourceCountIs('AWS::IAM::Policy', 0);
    });

    test('may not stop its notebook without idle stop', () => {
      const onStart = [LifecycleStep.script('tools', 'pip install black')];

      notebook('one', { role: ownRole(), lifecycle: new NotebookLifecycle(stack, 'Lifecycle', { shared, onStart }) });

      expect(statementsFor('Own').map(({ Action }) => Action)).toEqual([
        's3:GetObject',
        ['sagemaker:DescribeNotebookInstance', 'sagemaker:ListTags'],
      ]);
    });

    test('from elsewhere gets its rights in managed policies, which no other app overwrites', () => {
      const role = iam.Role.fromRoleName(stack, 'Elsewhere', 'data-science');
      const lifecycle = new NotebookLifecycle(stack, 'Lifecycle', { shared, idleStop: Duration.hours(1) });

      notebook('one', { role, lifecycle });

      template().resourceCountIs('AWS::IAM::Policy', 0);
      template().resourcePropertiesCountIs('AWS::IAM::ManagedPolicy', { Roles: ['data-science'] }, 2);
    });

    test.each([
      ['an imported', (scope: Stack) => iam.Role.fromRoleName(scope, 'Elsewhere', 'data-science', { mutable: false })],
      ['an own', (scope: Stack) => ownRole(scope).withoutPolicyUpdates()],
    ])('is left alone if it is %s immutable one', (_, immutable) => {
      const role = immutable(stack);
      const lifecycle = new NotebookLifecycle(stack, 'Lifecycle', { shared, idleStop: Duration.hours(1) });

      notebook('one', { role, lifecycle });

      template().resourceCountIs('AWS::IAM::Policy', 0);
      template().resourceCountIs('AWS::IAM::ManagedPolicy', 1);
    });
  });

  test('of an owner has the policy of each lifecycle attached, once', () => {
    const lifecycle = new NotebookLifecycle(stack, 'Lifecycle', { shared, idleStop: Duration.hours(1) });

    notebook('one', { owner: 'alice', lifecycle });
    notebook('two', { owner: 'alice', lifecycle });

    const [role] = Object.values(template().findResources('AWS::IAM::Role'));
    const [policy] = Object.keys(template().findResources('AWS::IAM::ManagedPolicy'));
    expect(role.Properties.ManagedPolicyArns).toHaveLength(3);
    expect(role.Properties.ManagedPolicyArns).toContainEqual({ Ref: policy });
  });

  test('that was brought along gets one policy for stopping its first notebooks', () => {
    const lifecycle = new NotebookLifecycle(stack, 'Lifecycle', { shared, idleStop: Duration.hours(1) });
    const role = iam.Role.fromRoleName(stack, 'Role', 'brought');

    for (const id of ['one', 'two', 'three']) {
      notebook(id, { role, lifecycle });
    }

    template().resourcePropertiesCountIs(
      'AWS::IAM::ManagedPolicy',
      {
        Roles: ['brought'],
        PolicyDocument: {
          Statement: Match.arrayWith([
            Match.objectLike({ Action: Match.arrayWith(['sagemaker:StopNotebookInstance']) }),
          ]),
        },
      },
      1,
    );
  });

  test('that was brought along for very many notebooks gets no policy that is larger than IAM takes', () => {
    const lifecycle = new NotebookLifecycle(stack, 'Lifecycle', { shared, idleStop: Duration.hours(1) });
    const role = iam.Role.fromRoleName(stack, 'Role', 'brought');

    const ids = [...Array(60).keys()].map((index) => `notebook-${index}`);
    ids.map((id) => notebook(id, { role, lifecycle }));

    const policies = Object.values(
      template().findResources('AWS::IAM::ManagedPolicy', { Properties: { Roles: ['brought'] } }),
    );
    const statements = policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
    expect(policies.length).toBeGreaterThan(2);
    expect(policies.length).toBeLessThanOrEqual(10);
    expect(statements.filter(({ Action }) => Action.includes('sagemaker:StopNotebookInstance'))).toHaveLength(
      ids.length,
    );
    for (const { Properties } of policies) {
      // A notebook's ARN is at most 126 characters, in China or the government's regions.
      const text = JSON.stringify(Properties.PolicyDocument, (_, value) => (value?.Ref ? 'r'.repeat(126) : value));
      expect(text.length).toBeLessThan(6_144);
    }
  });

  test('fails for more notebooks than policies of a role that was brought along have room for', () => {
    const lifecycle = new NotebookLifecycle(stack, 'Lifecycle', { shared, idleStop: Duration.hours(1) });
    const role = iam.Role.fromRoleName(stack, 'Role', 'brought');

    expect(() => [...Array(400).keys()].map((index) => notebook(`n${index}`, { role, lifecycle }))).toThrow(
      /^Team\/n\d+: 'role' must be one of fewer notebooks, lifecycles and secrets, since IAM takes ten policies per role; roles of owners are one each, got: Team\/Role$/,
    );
  });

  test('without an owner fails for more lifecycles than IAM attaches policies to the role of the team', () => {
    const started = (index: number) => {
      const onStart = [LifecycleStep.script(`step-${index}`, 'true')];
      return notebook(`n${index}`, { lifecycle: new NotebookLifecycle(stack, `L${index}`, { shared, onStart }) });
    };
    [...Array(8).keys()].map(started);

    expect(() => started(8)).toThrow(
      "Team/n8: 'owner' must be given where notebooks without one have more than 8 lifecycles and secrets together, since IAM takes ten policies per role; roles of owners are one each, got: undefined",
    );
  });

  test('that was imported as immutable is left alone, and what it lacks is said', () => {
    const lifecycle = new NotebookLifecycle(stack, 'Lifecycle', { shared, idleStop: Duration.hours(1) });
    const role = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/fixed', { mutable: false });

    notebook('one', { role, lifecycle });

    const warnings = Annotations.fromStack(stack);
    warnings.hasWarning('*', Match.stringLikeRegexp('left alone; give it s3:GetObject by hand'));
    warnings.hasWarning('*', Match.stringLikeRegexp('left alone; give it .*sagemaker:StopNotebookInstance by hand'));
  });

  test('without an owner can read the bundle of a lifecycle that was made for another base', () => {
    const other = new MlSharedInfra(new Stack(app, 'OtherBase'), 'Shared');
    const lifecycle = new NotebookLifecycle(stack, 'Lifecycle', { shared: other, idleStop: Duration.hours(1) });

    notebook('one', { lifecycle });

    const bundles = template().findResources('AWS::IAM::ManagedPolicy', {
      Properties: { PolicyDocument: { Statement: [{ Action: 's3:GetObject' }] } },
    });
    const roles = Object.values(bundles).map(({ Properties }) => JSON.stringify(Properties.Roles));
    expect(roles.filter((each) => each?.includes('Shared') && !each.includes('OtherBase'))).toHaveLength(1);
  });

  test('without an owner gets what its code takes in the stack of the notebook', () => {
    const repository = { repositoryCloneUrlHttp: 'https://git', repositoryArn: 'some-arn' };

    notebook('one', { codeRepositories: [CodeSource.codeCommit(repository as never)] });

    template().hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: { Statement: [Match.objectLike({ Resource: 'some-arn' })] },
      Roles: [Match.anyValue()],
    });
  });

  function notebook(id: string, props: Partial<MlNotebookProps> = {}) {
    return new MlNotebook(stack, id, { shared, ...props });
  }

  function ownRole(scope = stack) {
    return new iam.Role(scope, 'Own', { assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com') });
  }

  function instance(id: string) {
    const instances = Object.entries(template().findResources(TYPE));
    return instances.find(([logicalId]) => logicalId.startsWith(id))?.[1].Properties;
  }

  function statementsFor(role: string): { readonly Action: unknown }[] {
    const policies = Object.values(template().findResources('AWS::IAM::ManagedPolicy'));
    return policies
      .filter(({ Properties }) => Properties.Roles?.some((each: { Ref?: string }) => each.Ref?.startsWith(role)))
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
  }

  function template() {
    return Template.fromStack(stack);
  }
});

function typesIn(stack: Stack): string[] {
  return Object.values<{ Type: string }>(Template.fromStack(stack).toJSON().Resources)
    .map(({ Type }) => Type)
    .sort();
}
