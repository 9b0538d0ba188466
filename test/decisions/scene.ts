import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { USE } from './execution-roles';
import { ABROAD, synthesize } from './landscape';
import { selfServicePeople } from './self-service';
import { ACCOUNT, DeployedTemplates, type PlacedResource } from './templates';

const HOME = 'eu-central-1';

const SAGEMAKER_TYPE =
  /^(domain|endpoint|endpoint-config|model|notebook-instance|notebook-instance-.*|pipeline|.*-job)$/;

/** Services that may ask to act as a role. */
export const SERVICES = [
  'sagemaker.amazonaws.com',
  'states.amazonaws.com',
  'ec2.amazonaws.com',
  'glue.amazonaws.com',
  'lambda.amazonaws.com',
  'logging.s3.amazonaws.com',
  'logs.eu-central-1.amazonaws.com',
  'logs.us-east-1.amazonaws.com',
  'vpc-flow-logs.amazonaws.com',
];

/** Values of the owner tag that mean something in a pattern or a path; nobody can define such an owner. */
export const ODD_TAGS: Record<string, string> = { star: '*', question: '?lice', empty: '', up: '..', variable: '${*}' };

/** A policy document with all values in place. */
export interface PolicyDocument {
  readonly Version?: string;
  readonly Statement: Statement[];
}

/** A statement of a policy. */
export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | string[];
  readonly Resource?: string | string[];
  readonly Principal?: unknown;
  readonly Condition?: { readonly [operator: string]: { readonly [key: string]: unknown } };
}

/** What a policy is attached to; a boundary grants nothing. */
export type Kind = 'identity' | 'boundary' | 'bucket' | 'key' | 'endpoint' | 'trust';

/** A policy, where it comes from, and what kind it is. */
export interface NamedPolicy {
  readonly name: string;
  readonly kind: Kind;
  readonly policy: PolicyDocument;
}

/** Somebody who calls AWS. */
export interface Caller {
  readonly arn: string;
  readonly account: string;
  readonly tags: { readonly [key: string]: string };
  readonly policies: NamedPolicy[];

  /** What bounds the rights that the policies give. */
  readonly boundary?: NamedPolicy;

  /** As if somebody had added everything to the boundary: only what that denies is left of it. */
  readonly isLoose?: boolean;
}

/** A resource on which AWS is called. */
export interface Target {
  readonly arn: string;
  readonly account: string;
  readonly tags: { readonly [key: string]: string };

  /** What the resource itself says: the policy of a bucket or key, or whom a role trusts. */
  readonly policy?: NamedPolicy;
}

/** The network that jobs of a base stand in. */
export interface BaseNetwork {
  readonly vpc: string;
  readonly subnets: string[];
  readonly securityGroup: string;
}

/**
 * One account with four bases: `dev` and `prod` in one region, and `far`, a second copy of `dev` in another; `strict` has
 * rules for jobs and a permissions boundary. The
 * notebooks of `dev` stand in its stack, but for those of the guest, whose app reads the published base; those of
 * `prod` stand in a stack of their own.
 */
export class Scene {
  public static define(): Scene {
    const outdir = mkdtempSync(join(tmpdir(), 'decisions-'));
    try {
      return new Scene(outdir);
    } finally {
      rmSync(outdir, { recursive: true });
    }
  }

  /** Every policy of every template. */
  public readonly policies: NamedPolicy[];

  /** Key of the bundle of scripts in the bucket of assets. */
  public readonly bundleKey: string;

  private readonly deployed: DeployedTemplates;
  private readonly roles = new Map<string, Caller>();
  private readonly targets = new Map<string, Target>();
  private readonly endpoints = new Map<string, NamedPolicy>();
  private readonly endpointIds = new Map<string, string>();
  private readonly networks = new Map<string, BaseNetwork>();

  private constructor(outdir: string) {
    this.deployed = new DeployedTemplates(synthesize(outdir));
    this.policies = this.allPolicies();
    this.bundleKey = this.findBundleKey();
    this.readRoles();
    this.readResources();
  }

  /** Somebody by the name that the tables use, such as `alice@dev`. */
  public caller(name: string): Caller {
    return this.roles.get(name) ?? fail(`nobody is called ${name}; there are: ${[...this.roles.keys()].join(', ')}`);
  }

  /** The names of those whose names look so. */
  public callersLike(pattern: RegExp): string[] {
    return [...this.roles.keys()].filter((name) => pattern.test(name));
  }

  /** A resource by the name that the tables use, such as `dev/datasets/users/alice/a.csv`; ARNs stand for themselves. */
  public target(name: string): Target {
    if (name === '*' || name.startsWith('arn:')) {
      return { arn: name, account: name.split(':')[4] || ACCOUNT, tags: {} };
    }
    const known = this.targets.get(name);
    if (known !== undefined) {
      return known;
    }
    const [place, kind, ...rest] = name.split('/');
    const bucket = this.targets.get(`${place}/${kind}`);
    if (bucket !== undefined) {
      return { ...bucket, arn: `${bucket.arn}/${rest.join('/')}` };
    }
    if (!SAGEMAKER_TYPE.test(kind)) {
      fail(`there is no ${name}; there are: ${[...this.targets.keys()].join(', ')}`);
    }
    const region = place === 'far' ? ABROAD : HOME;
    return { arn: `arn:aws:sagemaker:${region}:${ACCOUNT}:${kind}/${rest.join('/')}`, account: ACCOUNT, tags: {} };
  }

  /** Whether there is a resource of that name. */
  public hasTarget(name: string): boolean {
    return this.targets.has(name);
  }

  /** The policy of an endpoint, such as `dev/s3`. */
  public endpoint(name: string): NamedPolicy {
    return this.endpoints.get(name) ?? fail(`there is no endpoint ${name}`);
  }

  /** Where jobs of a base have to stand. */
  public network(base: string): BaseNetwork {
    return this.networks.get(base) ?? fail(`there is no network ${base}`);
  }

  /** Value of the base tag. */
  public baseName(base: string): string {
    return this.caller(`team@${base}`).tags['ml-base'];
  }

  /** Id of an endpoint, such as `dev/s3`. */
  public endpointId(name: string): string {
    return this.endpointIds.get(name) ?? fail(`there is no endpoint ${name}`);
  }

  /** ARNs of the managed policies of `dev` whose logical ids contain one of some words. */
  public policyArns(...words: string[]): string[] {
    return this.deployed
      .ofType('AWS::IAM::ManagedPolicy')
      .filter((found) => baseOf(found) === 'dev' && words.some((word) => found.logicalId.includes(word)))
      .map((found) => this.deployed.refOf(found));
  }

  /** Tells a policy of one base by its logical id, such as `WorkspacePolicy`. */
  public sharedPolicy(base: string, logicalId: string): NamedPolicy {
    const found = this.caller(`team@${base}`).policies.find(({ name }) => name.includes(logicalId));
    return found ?? fail(`${base} has no ${logicalId}`);
  }

  /** What people may do at most who create notebooks themselves on a base. */
  public boundaryPolicy(base: string): NamedPolicy {
    const found = this.deployed
      .ofType('AWS::IAM::ManagedPolicy')
      .find((policy) => baseOf(policy) === base && policy.logicalId.startsWith('SelfService'));
    return this.policy(found ?? fail(`${base} has no boundary`), 'identity');
  }

  /** A lifecycle configuration, such as `dev/lifecycle/Lifecycle`. */
  private readLifecycles(): void {
    for (const found of this.deployed.ofType('AWS::SageMaker::NotebookInstanceLifecycleConfig')) {
      const name = found.logicalId.replace(/[0-9A-F]{8}$/, '');
      const arn = this.deployed.refOf(found);
      this.targets.set(`${baseOf(found)}/lifecycle/${name}`, { arn, account: ACCOUNT, tags: {} });
    }
  }

  private allPolicies(): NamedPolicy[] {
    const document = (kind: Kind | ((found: PlacedResource) => Kind), property: string, ...types: string[]) =>
      this.deployed.ofType(...types).map((found) => ({
        name: nameOf(found),
        kind: typeof kind === 'string' ? kind : kind(found),
        policy: this.deployed.resolve(found.stack, found.resource.Properties[property]) as PolicyDocument,
      }));
    return [
      ...document(kindOf, 'PolicyDocument', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::Policy'),
      ...document('trust', 'AssumeRolePolicyDocument', 'AWS::IAM::Role'),
      ...document('bucket', 'PolicyDocument', 'AWS::S3::BucketPolicy'),
      ...document('key', 'KeyPolicy', 'AWS::KMS::Key'),
      ...document('endpoint', 'PolicyDocument', 'AWS::EC2::VPCEndpoint'),
    ];
  }

  private boundaryOf(arn: string | undefined): NamedPolicy | undefined {
    const policies = arn === undefined ? [] : this.deployed.ofType('AWS::IAM::ManagedPolicy');
    const found = policies.find((policy) => this.deployed.refOf(policy) === arn);
    return found && this.policy(found, 'boundary');
  }

  private policy(found: PlacedResource, kind: NamedPolicy['kind']): NamedPolicy {
    const name = nameOf(found);
    return this.policies.find((policy) => policy.name === name && policy.kind === kind) ?? fail(`no policy of ${name}`);
  }

  private readRoles(): void {
    const policies = this.deployed.ofType('AWS::IAM::ManagedPolicy', 'AWS::IAM::Policy');
    for (const found of this.deployed.ofType('AWS::IAM::Role')) {
      const roleName = this.deployed.refOf(found);
      const properties = this.deployed.resolve(found.stack, found.resource.Properties);
      if (properties.Policies !== undefined) {
        fail(`${nameOf(found)} has inline policies`);
      }
      const arns: string[] = properties.ManagedPolicyArns ?? [];
      const attached = policies.filter(
        (policy) =>
          arns.includes(this.deployed.refOf(policy)) ||
          this.deployed.resolve(policy.stack, policy.resource.Properties.Roles ?? []).includes(roleName),
      );
      const tags = tagsOf(properties.Tags);
      const arn = this.deployed.attributeOf(found, 'Arn');
      const caller = {
        arn,
        account: ACCOUNT,
        tags,
        policies: attached.map((policy) => this.policy(policy, kindOf(policy))),
        boundary: this.boundaryOf(properties.PermissionsBoundary),
      };
      const name = callerName(found, tags);
      if (this.roles.has(name)) {
        fail(`two roles are called ${name}`);
      }
      this.roles.set(name, caller);
      this.targets.set(`role/${name}`, { arn, account: ACCOUNT, tags });
      this.targets.set(`trust/${name}`, { arn, account: ACCOUNT, tags: {}, policy: this.policy(found, 'trust') });
    }
    const alice = this.caller('alice@dev');
    const { 'ml-owner': _, ...untagged } = alice.tags;
    this.roles.set('untagged@dev', { ...alice, tags: untagged });
    for (const [name, owner] of Object.entries(ODD_TAGS)) {
      this.roles.set(`${name}@dev`, { ...alice, tags: { ...alice.tags, 'ml-owner': owner } });
    }
    const bounded = this.caller('alice@strict');
    this.roles.set('admin@strict', { ...bounded, policies: [EVERYTHING] });
    this.roles.set('unbounded@strict', { ...bounded, boundary: undefined });
    this.roles.set('loose@strict', { ...bounded, policies: [EVERYTHING], isLoose: true });
    for (const [name, account] of Object.entries({ admin: ACCOUNT, stranger: '444455556666', ecr: '999988887777' })) {
      this.roles.set(name, { arn: `arn:aws:iam::${account}:role/${name}`, account, tags: {}, policies: [EVERYTHING] });
    }
    for (const service of SERVICES) {
      this.roles.set(service, { arn: service, account: ACCOUNT, tags: {}, policies: [] });
    }
    const people = selfServicePeople({
      tags: alice.tags,
      granted: this.caller('creator'),
      boundary: this.boundaryPolicy('dev'),
      everything: EVERYTHING,
      otherBase: this.baseName('prod'),
    });
    for (const [name, caller] of people) {
      this.roles.set(name, caller);
    }
  }

  private readResources(): void {
    for (const found of this.deployed.ofType('AWS::S3::BucketPolicy')) {
      const bucketName = this.deployed.resolve(found.stack, found.resource.Properties.Bucket);
      const [, kind] = /SharedStorage(.*)Policy/.exec(found.logicalId) ?? fail(`${found.logicalId} is unknown`);
      this.targets.set(`${baseOf(found)}/${kind.toLowerCase()}`, {
        arn: `arn:aws:s3:::${bucketName}`,
        account: ACCOUNT,
        tags: {},
        policy: this.policy(found, 'bucket'),
      });
    }
    for (const found of this.deployed.ofType('AWS::KMS::Key')) {
      this.targets.set(`${baseOf(found)}/key`, {
        arn: this.deployed.attributeOf(found, 'Arn'),
        account: ACCOUNT,
        tags: {},
        policy: this.policy(found, 'key'),
      });
    }
    for (const found of this.deployed.ofType('AWS::SageMaker::NotebookInstance')) {
      const tags = tagsOf(this.deployed.resolve(found.stack, found.resource.Properties.Tags));
      const name = `${baseOf(found)}/notebook/${tags['ml-owner']}`;
      this.targets.set(name, { arn: this.deployed.refOf(found), account: ACCOUNT, tags });
    }
    for (const found of this.deployed.ofType('AWS::EC2::VPCEndpoint')) {
      const service = this.deployed.resolve(found.stack, found.resource.Properties.ServiceName).split('.');
      const name = `${baseOf(found)}/${service.slice(3).join('.')}`;
      this.endpoints.set(name, this.policy(found, 'endpoint'));
      this.endpointIds.set(name, this.deployed.refOf(found));
    }
    const groups = this.deployed.ofType('AWS::EC2::SecurityGroup');
    const vpcs = this.deployed.ofType('AWS::EC2::VPC');
    for (const base of ['dev', 'prod', 'far', 'strict']) {
      const vpc = vpcs.find((found) => baseOf(found) === base);
      const subnets = this.deployed.ofType('AWS::EC2::Subnet').filter((found) => baseOf(found) === base);
      const group = groups.find((found) => baseOf(found) === base && /Workload/.test(found.logicalId));
      this.networks.set(base, {
        vpc: this.deployed.refOf(vpc ?? fail(`${base} has no VPC`)),
        subnets: subnets.map((found) => this.deployed.refOf(found)),
        securityGroup: this.deployed.refOf(group ?? fail(`${base} has no workload group`)),
      });
    }
    this.readLifecycles();
    const assets: Target = { arn: `arn:aws:s3:::cdk-hnb659fds-assets-${ACCOUNT}-${HOME}`, account: ACCOUNT, tags: {} };
    this.targets.set('assets/bucket', assets);
    this.targets.set('assets/bundle', { ...assets, arn: `${assets.arn}/${this.bundleKey}` });
  }

  private findBundleKey(): string {
    const texts = this.policies.filter(({ kind }) => kind === 'identity').map(({ policy }) => JSON.stringify(policy));
    const keys = new Set(
      texts.flatMap((text) => [...text.matchAll(/cdk-hnb659fds-assets-[^/]+\/([^"]+)/g)]).map(([, key]) => key),
    );
    return [...keys][0] ?? fail('nobody reads a bundle');
  }
}

const EVERYTHING: NamedPolicy = {
  name: 'everything',
  kind: 'identity',
  policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
};

function nameOf({ stack, logicalId }: PlacedResource): string {
  return `${stack.region}/${stack.stackName}/${logicalId}`;
}

function baseOf({ stack }: PlacedResource): string {
  return stack.region === ABROAD ? 'far' : stack.stackName.split('-')[1];
}

function callerName(found: PlacedResource, tags: Record<string, string>): string {
  const owner = tags['ml-owner'];
  const person = /^Person(?<name>[a-z]+?)[0-9A-F]{8}$/.exec(found.logicalId)?.groups?.name;
  const use = USE.exec(found.logicalId)?.[1].toLowerCase();
  const who = use === undefined ? owner : `${owner}-${use}`;
  return owner === undefined ? (person ?? `${found.logicalId}@${baseOf(found)}`) : `${who}@${baseOf(found)}`;
}

function kindOf(found: PlacedResource): 'identity' | 'boundary' {
  return found.logicalId.startsWith('Boundary') ? 'boundary' : 'identity';
}

function tagsOf(list: { Key: string; Value: string }[] = []): Record<string, string> {
  return Object.fromEntries(list.map(({ Key, Value }) => [Key, Value]));
}

function fail(message: string): never {
  throw new Error(message);
}
