import { CfnResource, Lazy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { workloadRights } from '../../../src/network/isolation/workload-rights';
import { Scene } from './scene';

const GET = 'secretsmanager:GetSecretValue';

describe('rights of workloads', () => {
  test.each<[string, string, (scene: Scene, role: iam.Role) => void]>([
    ['a grant', 'Team/Role/DefaultPolicy/Resource', (_scene, role) => void role.addToPolicy(statement())],
    [
      'a managed policy that the role names',
      'Team/Policy/Resource',
      ({ stack }, role) => role.addManagedPolicy(new iam.ManagedPolicy(stack, 'Policy', { statements: [statement()] })),
    ],
    [
      'a managed policy that names the role',
      'Team/Policy/Resource',
      ({ stack }, role) => new iam.ManagedPolicy(stack, 'Policy', { statements: [statement()], roles: [role] }),
    ],
    [
      'a policy that stands alone',
      'Team/Policy',
      ({ stack }, { roleName }) => {
        const policyDocument = new iam.PolicyDocument({ statements: [statement()] });
        new iam.CfnRolePolicy(stack, 'Policy', { policyName: 'p', roleName, policyDocument });
      },
    ],
  ])('are those of %s', (_what, path, give) => {
    const scene = new Scene();
    const role = scene.role();
    scene.notebook(role);
    give(scene, role);

    expect(workloadRights(scene.standing)).toEqual([{ path, action: GET }]);
  });

  test('are those of policies that are a part of the role', () => {
    const scene = new Scene();
    scene.notebook(scene.role({ inlinePolicies: { p: new iam.PolicyDocument({ statements: [statement()] }) } }));

    expect(workloadRights(scene.standing)).toEqual([{ path: 'Team/Role/Resource', action: GET }]);
  });

  test('are those that a stack gives to an imported role', () => {
    const scene = new Scene();
    const role = iam.Role.fromRoleArn(scene.stack, 'Imported', 'arn:aws:iam::111122223333:role/team/alice');
    scene.notebook(role);
    role.addToPrincipalPolicy(statement());

    expect(workloadRights(scene.standing)).toEqual([{ path: 'Team/Imported/Policy/Resource', action: GET }]);
  });

  test('are found for a role of which the policies are lazy, and for resources without a class', () => {
    const scene = new Scene();
    const policy = new iam.ManagedPolicy(scene.stack, 'Policy', { statements: [statement()] });
    const role = new iam.CfnRole(scene.stack, 'Role', {
      assumeRolePolicyDocument: {},
      managedPolicyArns: Lazy.list({ produce: () => ['arn:aws:iam::aws:policy/Other', policy.managedPolicyArn] }),
    });
    new CfnResource(scene.stack, 'Notebook', {
      type: 'AWS::SageMaker::NotebookInstance',
      properties: { SubnetId: scene.subnetId, RoleArn: role.attrArn },
    });

    expect(workloadRights(scene.standing)).toEqual([{ path: 'Team/Policy/Resource', action: GET }]);
  });

  test('are each given once, however many notebooks have them', () => {
    const scene = new Scene();
    const role = scene.role();
    role.addToPolicy(statement());
    role.addToPolicy(statement({ resources: ['arn:aws:secretsmanager:eu-west-1:111122223333:secret:b'] }));
    scene.notebook(role);
    new sagemaker.CfnNotebookInstance(scene.stack, 'Second', {
      instanceType: 'ml.t3.medium',
      roleArn: role.roleArn,
      subnetId: scene.subnetId,
    });

    expect(workloadRights(scene.standing)).toHaveLength(1);
  });

  test.each<[string, Partial<iam.PolicyStatementProps>]>([
    ['what is denied', { effect: iam.Effect.DENY }],
    [
      'what a service does for them',
      { conditions: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } } },
    ],
    ['what they do through a service', { conditions: { Bool: { 'aws:ViaAWSService': 'true' } } }],
    [
      'what Athena does for them',
      { conditions: { 'ForAnyValue:StringEquals': { 'aws:CalledVia': ['athena.amazonaws.com'] } } },
    ],
    ['all but some', { actions: undefined, notActions: ['iam:*'] }],
  ])('are not %s', (_what, props) => {
    const scene = new Scene();
    const role = scene.role();
    role.addToPolicy(statement(props));
    scene.notebook(role);

    expect(workloadRights(scene.standing)).toEqual([]);
  });

  test('are not those of roles that no notebook of the network has', () => {
    const scene = new Scene();
    scene.role().addToPolicy(statement());
    expect(workloadRights(scene.standing)).toEqual([]);

    const { vpc } = scene.network;
    new ec2.CfnSubnet(scene.stack, 'Elsewhere', { vpcId: vpc.vpcId });
    const notebook = scene.notebook(scene.stack.node.findChild('Role') as iam.Role);
    expect(workloadRights(scene.standing)).toHaveLength(1);
    notebook.subnetId = 'subnet-elsewhere';
    expect(workloadRights(scene.standing)).toEqual([]);
  });

  function statement(props: Partial<iam.PolicyStatementProps> = {}) {
    return new iam.PolicyStatement({ actions: [GET], resources: ['*'], ...props });
  }
});
