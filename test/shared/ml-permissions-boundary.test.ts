import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { MlNetwork, MlPermissionsBoundary, MlPermissionsBoundaryProps, MlSharedInfra } from '../../src';
import { findingsIn } from './findings';
import { resourcesIn, templateOf, WrittenTemplate } from './templates';

describe('MlPermissionsBoundary', () => {
  let app: App;
  let stack: Stack;
  beforeEach(() => {
    app = new App();
    stack = new Stack(app, 'Team');
  });

  test('is one managed policy, without a name unless one is asked for', () => {
    boundary();
    boundary({ policyName: 'ml-infra' }, 'Named');

    const names = policies().map(({ Properties }) => Properties.ManagedPolicyName);
    expect(names).toEqual([undefined, 'ml-infra']);
  });

  test('bounds each role of a base that it is given to', () => {
    new MlSharedInfra(stack, 'Shared', { permissionsBoundary: boundary().policy });

    const bounded = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Role')).map(
      ({ Properties }) => Properties.PermissionsBoundary.Ref,
    );
    expect(bounded).toHaveLength(2);
    expect(new Set(bounded)).toEqual(new Set([stack.resolve(boundaryOf('Boundary').managedPolicyArn).Ref]));
  });

  test('locks no stack when it stands in another than the base', () => {
    const other = new Stack(app, 'Other');
    new MlSharedInfra(other, 'Shared', { permissionsBoundary: boundary().policy });

    expect(JSON.stringify(app.synth().stacks.map(({ template }) => template))).not.toMatch(/"Export"|Fn::ImportValue/);
  });

  test('has no open finding in any pack', () => {
    boundary({ regions: ['eu-central-1'], additionalActions: ['athena:GetQueryExecution'] });

    expect(findingsIn(app)).toEqual([]);
  });

  test('fails for a role whose path would make it larger than IAM takes', () => {
    const arn = `arn:aws:iam::111111111111:role/${'p'.repeat(100)}/r`;

    expect(() => boundary({ serviceRoles: [iam.Role.fromRoleArn(stack, 'Role', arn)] })).toThrow(
      "'serviceRoles' must be roles whose ARNs have at most 115 characters",
    );
  });

  test('is taken by IAM at its largest, with the longest names there are', () => {
    const serviceRoles = [1, 2].map((number) => {
      const arn = `arn:aws-us-gov:iam::111111111111:role/service-role/${'r'.repeat(63)}${number}`;
      return iam.Role.fromRoleArn(stack, `Role${number}`, arn);
    });
    boundary({
      serviceRoles,
      regions: ['ap-southeast-1', 'ap-southeast-2', 'ap-southeast-5'],
      additionalActions: [...Array(6).keys()].map((index) => `kinesisvideo${index + 10}:ListAction`),
    });

    const [{ Properties }] = policies();
    const partition = (_key: string, value: { 'Fn::Join'?: [string, (string | { Ref: string })[]] }) =>
      value?.['Fn::Join']?.[1]
        .map((part) =>
          typeof part === 'string' ? part : part.Ref === 'AWS::AccountId' ? '111111111111' : 'aws-us-gov',
        )
        .join('') ?? value;
    const size = JSON.stringify(Properties.PolicyDocument, partition).length;
    expect(size).toBeGreaterThan(5_500);
    expect(size).toBeLessThan(6_144);
  });

  test.each<[string, MlPermissionsBoundaryProps, string]>([
    ['a name with a space', { policyName: 'ml infra' }, "'policyName' must be 1 to 128 characters"],
    ['an empty name', { policyName: '' }, "'policyName' must be 1 to 128 characters"],
    ['a name that is too long', { policyName: 'a'.repeat(129) }, "'policyName' must be 1 to 128 characters"],
    ['no region at all', { regions: [] }, "'regions' must be a list of 1 to 3, got: []"],
    ['too many regions', { regions: ['a', 'b', 'c', 'd'] }, "'regions' must be a list of 1 to 3"],
    [
      'a zone',
      { regions: ['eu-central-1a'] },
      "'regions' must be names of regions such as 'eu-central-1', got: eu-central-1a",
    ],
    ['a region twice', { regions: ['eu-west-1', 'eu-west-1'] }, "'regions' must be a list without repetition"],
    [
      'a pattern of actions',
      { additionalActions: ['athena:Get*'] },
      "'additionalActions' must be actions in full, without *",
    ],
    ['every action', { additionalActions: ['*'] }, "'additionalActions' must be actions in full, without *"],
    ['an action without service', { additionalActions: ['GetObject'] }, "'additionalActions' must be actions in full"],
    [
      'an action that leads out of it',
      { additionalActions: ['sts:AssumeRole'] },
      "'additionalActions' must be without actions of iam, sts, organizations, account, cloudtrail, which lead out of the boundary, got: sts:AssumeRole",
    ],
    [
      'another that does',
      { additionalActions: ['iam:CreateRole'] },
      "'additionalActions' must be without actions of iam, sts, organizations, account, cloudtrail",
    ],
    [
      'too many actions',
      { additionalActions: [...Array(16).keys()].map((index) => `athena:Get${index}`) },
      "'additionalActions' must be a list of 0 to 15",
    ],
    [
      'actions with too many characters',
      { additionalActions: [...Array(10).keys()].map((index) => `athena:Get${'x'.repeat(30)}${index}`) },
      "'additionalActions' must be of at most 150 characters together",
    ],
  ])('fails for %s', (_, props, message) => {
    expect(() => boundary(props)).toThrow(`Team/Boundary: ${message}`);
  });

  test('fails for more roles than it has room for', () => {
    const serviceRoles = [1, 2, 3].map((number) => iam.Role.fromRoleName(stack, `Role${number}`, `role-${number}`));

    expect(() => boundary({ serviceRoles })).toThrow("Team/Boundary: 'serviceRoles' must be a list of 0 to 2");
  });

  test('takes an action that AWS spells in small letters or with digits', () => {
    expect(() => boundary({ additionalActions: ['execute-api:Invoke', 'es:ESHttpGet'] })).not.toThrow();
  });

  test('bounds the roles of a network that the base did not define', () => {
    const network = new MlNetwork(stack, 'Network');
    new MlSharedInfra(stack, 'Shared', { network, permissionsBoundary: boundary().policy });

    const roles = resourcesIn(templateOf(app.synth(), 'Team'), 'AWS::IAM::Role');
    expect(roles.map(([id]) => id).join()).toContain('FlowLogs');
    expect(roles.filter(([, { Properties }]) => Properties.PermissionsBoundary === undefined)).toEqual([]);
  });

  test('warns of a network in another stack, which cannot refer to a boundary beside the base', () => {
    const network = new MlNetwork(new Stack(app, 'Elsewhere'), 'Network');
    new MlSharedInfra(stack, 'Shared', { network, permissionsBoundary: boundary().policy });

    Annotations.fromStack(stack).hasWarning(
      '/Team/Shared',
      Match.stringLikeRegexp('roles of Elsewhere/Network have no boundary'),
    );
    expect(() => app.synth()).not.toThrow();
  });

  test('bounds a network of another stack, where it is known by its name', () => {
    const network = new MlNetwork(new Stack(app, 'Elsewhere'), 'Network');
    const permissionsBoundary = iam.ManagedPolicy.fromManagedPolicyName(stack, 'Corporate', 'corporate');
    new MlSharedInfra(stack, 'Shared', { network, permissionsBoundary });

    const [[, role]] = resourcesIn(templateOf(app.synth(), 'Elsewhere'), 'AWS::IAM::Role');
    expect(JSON.stringify(role.Properties.PermissionsBoundary)).toContain('policy/corporate');
  });

  function boundaryOf(id: string): iam.IManagedPolicy {
    return (stack.node.findChild(id) as MlPermissionsBoundary).policy;
  }

  function boundary(props: MlPermissionsBoundaryProps = {}, id = 'Boundary'): MlPermissionsBoundary {
    return new MlPermissionsBoundary(stack, id, props);
  }

  function policies() {
    const template: WrittenTemplate = Template.fromStack(stack).toJSON() as WrittenTemplate;
    return resourcesIn(template, 'AWS::IAM::ManagedPolicy').map(([, resource]) => resource);
  }
});
