import { allowsOf, isOfCore, isOpenByNeed, policiesOf } from './policies';
import { notebookOf } from './stateful';
import { ofType, placeOf, type Synthesized } from './synthesized';

const ANYWHERE = ['0.0.0.0/0', '::/0'];

/** Nothing can be reached from the internet, and no notebook reaches it by itself, unless that was asked for. */
export function exposesNothing(app: Synthesized): string[] {
  const { plan } = app;
  const { kind, internetAccess, publicSubnets } = plan.base.network;
  const gateways = kind === 'new' && (internetAccess !== 'none' || publicSubnets);
  const natInstances = kind === 'new' && internetAccess === 'nat-instance';
  return [
    ...ingressFromAnywhere(app),
    ...ofType(app, 'AWS::EC2::Subnet')
      .filter(({ Properties }) => Properties.MapPublicIpOnLaunch === true)
      .map((each) => `${placeOf(each)} gives public addresses`),
    ...ofType(app, 'AWS::EC2::InternetGateway', 'AWS::EC2::EgressOnlyInternetGateway')
      .filter(() => !gateways)
      .map((each) => `${placeOf(each)} leads to the internet`),
    ...ofType(app, 'AWS::EC2::Instance')
      .filter(() => !natInstances)
      .map((each) => `${placeOf(each)} is a machine that nobody asked for`),
    ...ofType(app, 'AWS::S3::Bucket')
      .filter(({ Properties }) => !blocksEverybody(Properties.PublicAccessBlockConfiguration))
      .map((each) => `${placeOf(each)} may become public`),
    ...ofType(app, 'AWS::Lambda::Url', 'AWS::ApiGateway::RestApi').map((each) => `${placeOf(each)} is an open door`),
  ];
}

/** A notebook has no root and no way past the VPC, and takes IMDSv2, unless it was asked for. */
export function hardensNotebooks(app: Synthesized): string[] {
  return app.plan.notebooks.flatMap(({ id, directInternetAccess, rootAccess }) => {
    const { Properties: properties = {} } = notebookOf(app, id) ?? {};
    const expected = {
      DirectInternetAccess: directInternetAccess ? 'Enabled' : 'Disabled',
      InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: '2' },
      PlatformIdentifier: 'notebook-al2023-v1',
      RootAccess: rootAccess ? 'Enabled' : 'Disabled',
    };
    const missing = ['KmsKeyId', 'SecurityGroupIds', 'SubnetId'].filter((name) => properties[name] === undefined);
    const other = Object.entries(expected)
      .filter(([name, value]) => JSON.stringify(properties[name]) !== JSON.stringify(value))
      .map(([name]) => name);
    return [...missing, ...other].map((name) => `${id} has ${name} ${JSON.stringify(properties[name])}`);
  });
}

/** Nobody in particular is let in by no policy, but for what an endpoint has to let through. */
export function namesItsPrincipals(app: Synthesized): string[] {
  return policiesOf(app).flatMap((policy) =>
    allowsOf(policy)
      .filter(({ Principal, Condition = {} }) => isEverybody(Principal) && Object.keys(Condition).length === 0)
      .filter((statement) => !isOpenByNeed(policy, statement))
      .map(({ Action }) => `${policy.place} lets everybody do ${[Action].flat().join(', ')}`),
  );
}

/** Services that assume a role do so for this account. EC2 takes no such condition for the profile of an instance. */
export function trustsItsAccountAlone(app: Synthesized): string[] {
  return ofType(app, 'AWS::IAM::Role')
    .filter((role) => !isOfCore(role))
    .flatMap((role) =>
      role.Properties.AssumeRolePolicyDocument.Statement.filter(
        ({ Principal, Condition }: { Principal: { Service?: unknown }; Condition?: object }) =>
          Principal.Service !== undefined &&
          !JSON.stringify(Principal.Service).includes('ec2.') &&
          !JSON.stringify(Condition ?? {}).includes('"aws:SourceAccount"'),
      ).map(() => `${placeOf(role)} can be assumed for any account`),
    );
}

function ingressFromAnywhere(app: Synthesized): string[] {
  const inGroups = ofType(app, 'AWS::EC2::SecurityGroup').flatMap((group) =>
    (group.Properties.SecurityGroupIngress ?? []).map((rule: Rule) => ({ place: placeOf(group), rule })),
  );
  const alone = ofType(app, 'AWS::EC2::SecurityGroupIngress').map((each) => ({
    place: placeOf(each),
    rule: each.Properties as Rule,
  }));
  return [...inGroups, ...alone]
    .filter(({ rule }) => [rule.CidrIp, rule.CidrIpv6].some((range) => ANYWHERE.includes(range ?? '')))
    .map(({ place }) => `${place} lets everybody in`);
}

interface Rule {
  readonly CidrIp?: string;
  readonly CidrIpv6?: string;
}

function blocksEverybody(block: { [name: string]: unknown } | undefined): boolean {
  const names = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'];
  return names.every((name) => block?.[name] === true);
}

function isEverybody(principal: unknown): boolean {
  const aws = (principal as { AWS?: unknown } | undefined)?.AWS;
  return principal === '*' || [aws].flat().includes('*');
}
