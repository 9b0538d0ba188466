import { App, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { AttachedPolicies } from '../../src/access';
import { RoleReference } from '../../src/private/role-reference';
import { resourcesIn, templateOf } from '../shared/templates';

describe('AttachedPolicies', () => {
  let app: App;
  let stack: Stack;
  let role: iam.IRole;
  beforeEach(() => {
    app = new App();
    stack = new Stack(app, 'Team');
    role = iam.Role.fromRoleName(stack, 'Brought', 'brought');
  });

  test('counts a policy once, in whatever stack it is attached', () => {
    const policy = new iam.ManagedPolicy(stack, 'Policy', { statements: [statement('a')] });

    for (let time = 0; time < 3; time++) {
      AttachedPolicies.of(role).attach(role, policy);
    }

    expect(AttachedPolicies.of(role).count).toBe(1);
    expect(policiesOf('Team')).toHaveLength(1);
  });

  test('counts roles apart', () => {
    AttachedPolicies.of(role).addStatement(reference(), statement('a'));

    expect(AttachedPolicies.of(iam.Role.fromRoleName(stack, 'Other', 'other')).count).toBe(0);
  });

  test('keeps small statements in one policy as long as they fit', () => {
    for (let index = 0; index < 5; index++) {
      AttachedPolicies.of(role).addStatement(reference(), statement(`arn-${index}`));
    }

    expect(AttachedPolicies.of(role).count).toBe(1);
    expect(policiesOf('Team').map(({ Properties }) => Properties.PolicyDocument.Statement.length)).toEqual([5]);
  });

  test('goes on in a further policy before one is larger than IAM takes, and loses no statement', () => {
    for (let index = 0; index < 60; index++) {
      AttachedPolicies.of(role).addStatement(reference(), statement(`arn-${index}-${'x'.repeat(200)}`));
    }

    const documents = policiesOf('Team').map(({ Properties }) => Properties.PolicyDocument);
    expect(documents.length).toBeGreaterThan(2);
    expect(AttachedPolicies.of(role).count).toBe(documents.length);
    expect(documents.flatMap(({ Statement }) => Statement)).toHaveLength(60);
    expect(Math.max(...documents.map((document) => JSON.stringify(document).length))).toBeLessThan(6_144);
    expect(policiesOf('Team').every(({ Properties }) => Properties.Roles[0] === 'brought')).toBe(true);
  });

  function reference(): RoleReference {
    return RoleReference.inStackOf(stack, role);
  }

  function policiesOf(name: string) {
    return resourcesIn(templateOf(app.synth(), name), 'AWS::IAM::ManagedPolicy').map(([, resource]) => resource);
  }

  function statement(resource: string): iam.PolicyStatement {
    return new iam.PolicyStatement({ actions: ['sagemaker:StopNotebookInstance'], resources: [resource] });
  }
});
