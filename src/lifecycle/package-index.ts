import { ArnFormat, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { IConstruct } from 'constructs';
import { fail, requireKnown, requireList, requirePattern, requireText } from '../private/checks';
import { having, Kinds, LIST, required, requireKinds, TEXT } from '../private/kinds';
import { LIMITS } from '../private/limits-table';
import { readSecret } from '../private/secrets';
import { BoundFeature, LifecycleFeature } from './lifecycle-feature';
import { LifecyclePhase, LifecycleUser } from './lifecycle-step';
import { withoutCredentials } from './proxy';

/** How a package index of your own is used. */
export interface PackageIndexUrlOptions {
  /**
   * Secret with the JSON keys `username` and `password`, where the password may be a token. It is read when a notebook
   * starts and every four hours. Whoever works in a notebook can read it.
   *
   * @default - The index asks for no credentials.
   */
  readonly secret?: secretsmanager.ISecret;

  /**
   * Channels of conda instead of all others, at most 20: HTTPS URLs without credentials, or names such as `conda-forge`.
   * A channel on the host of the index gets the credentials of `secret`.
   *
   * @default - The channels of conda stay as they are, which may be those of Anaconda that need a license.
   */
  readonly condaChannels?: string[];
}

/** A repository in CodeArtifact. */
export interface CodeArtifactIndexOptions {
  /**
   * Name of the domain: 2 to 50 characters.
   *
   * @see https://docs.aws.amazon.com/codeartifact/latest/APIReference/API_CreateDomain.html
   */
  readonly domain: string;

  /**
   * Name of the repository: 2 to 100 characters.
   *
   * @see https://docs.aws.amazon.com/codeartifact/latest/APIReference/API_CreateRepository.html
   */
  readonly repository: string;

  /**
   * Account that owns the domain: 12 digits. One of another account must let this one in by the policies of its domain and
   * its repository.
   *
   * @default - The account of the stack.
   */
  readonly domainOwner?: string;

  /**
   * Region of the domain. One that is not the Region of the stack is reached only with internet access or through a
   * proxy, because endpoints of a VPC serve their own Region.
   *
   * @default - The Region of the stack.
   */
  readonly region?: string;

  /**
   * Channels of conda instead of all others, at most 20: HTTPS URLs without credentials, or names such as `conda-forge`.
   * CodeArtifact has none.
   *
   * @default - The channels of conda stay as they are, which may be those of Anaconda that need a license.
   */
  readonly condaChannels?: string[];
}

const URL_KINDS: Kinds<PackageIndexUrlOptions> = { secret: having('a secret', 'secretArn'), condaChannels: LIST };
const CODE_ARTIFACT_KINDS: Kinds<CodeArtifactIndexOptions> = {
  domain: required(TEXT),
  repository: required(TEXT),
  domainOwner: TEXT,
  region: TEXT,
  condaChannels: LIST,
};
const INDEX = /^(?=.{1,512}$)https:\/\/[A-Za-z0-9.-]+(:[0-9]{1,5})?(\/[A-Za-z0-9._~%+/-]*)?$/;
const CHANNEL = /^(?!defaults$)[a-z0-9][a-z0-9_.-]{0,99}$/;

/**
 * Where pip, uv and conda take packages from, instead of the public places. TLS is always verified.
 *
 * The configuration is that of the system: what a user configures or names on a command line wins over it, except for the
 * channels of conda. What keeps packages of other places away is a network without internet access.
 *
 * @example
 * new NotebookLifecycle(this, 'Lifecycle', {
 *   shared,
 *   packageIndex: PackageIndex.codeArtifact({ domain: 'team', repository: 'python' }),
 *   pipPackages: ['polars==1.30.0'],
 * });
 */
export abstract class PackageIndex {
  /**
   * An index by the HTTPS URL of its simple API, such as `https://pypi.example.com/simple`: at most 512 characters without
   * credentials, query and fragment. Notebooks must be able to reach its host: one in the VPC needs nothing else if it
   * listens on port 443.
   */
  public static url(url: string, options: PackageIndexUrlOptions = {}): PackageIndex {
    return new UrlIndex(url, options);
  }

  /**
   * A repository in CodeArtifact. Its token lasts twelve hours and is renewed every four. The base gets the two interface
   * endpoints of CodeArtifact; packages of pip need no more than these.
   *
   * @see https://docs.aws.amazon.com/codeartifact/latest/ug/create-s3-gateway-endpoint.html
   */
  public static codeArtifact(options: CodeArtifactIndexOptions): PackageIndex {
    return new CodeArtifactIndex(options);
  }

  /** @internal */
  public abstract _bind(scope: IConstruct): BoundIndex;
}

/** What an index comes to. */
export interface BoundIndex extends Pick<BoundFeature, 'settings' | 'statements' | 'services'> {}

/** The configuration of pip, uv and conda for all users of a notebook. */
export function bindPackageIndex(scope: IConstruct, index: PackageIndex): BoundFeature {
  return {
    name: LifecycleFeature.PACKAGE_INDEX,
    user: LifecycleUser.ROOT,
    phase: LifecyclePhase.BLOCKING,
    timeoutSeconds: 60,
    ...index._bind(scope),
  };
}

class UrlIndex extends PackageIndex {
  constructor(
    private readonly url: string,
    private readonly options: PackageIndexUrlOptions,
  ) {
    super();
  }

  /** @internal */
  public _bind(scope: IConstruct): BoundIndex {
    requireKinds(scope, this.options, URL_KINDS, 'packageIndex');
    const { secret, condaChannels = [] } = this.options;
    requireUrl(scope, 'packageIndex', this.url, 'an HTTPS URL without user name, password, query and fragment');
    requireChannels(scope, condaChannels);
    return {
      settings: { kind: 'url', url: this.url, secret: secret?.secretArn ?? null, condaChannels },
      statements: secret ? readSecret(secret) : [],
      services: secret ? ['secretsmanager'] : [],
    };
  }
}

class CodeArtifactIndex extends PackageIndex {
  constructor(private readonly options: CodeArtifactIndexOptions) {
    super();
  }

  /** @internal */
  public _bind(scope: IConstruct): BoundIndex {
    requireKinds(scope, this.options, CODE_ARTIFACT_KINDS, 'packageIndex');
    const { domain, repository, domainOwner, region, condaChannels = [] } = this.options;
    const domainRule = '2 to 50 characters of a-z 0-9 - that begin with a letter and do not end with -';
    requireText(scope, 'packageIndex.domain', domain, LIMITS.codeArtifactDomain, domainRule);
    const repositoryRule = '2 to 100 characters of A-Z a-z 0-9 . _ - that begin with a letter or digit';
    requireText(scope, 'packageIndex.repository', repository, LIMITS.codeArtifactRepository, repositoryRule);
    requireText(scope, 'packageIndex.domainOwner', domainOwner ?? '0'.repeat(12), LIMITS.account, '12 digits');
    requirePattern(scope, 'packageIndex.region', region ?? 'eu-west-1', /^[a-z]{2,}(-[a-z]+)+-[0-9]+$/, 'a Region');
    requireChannels(scope, condaChannels);
    const own = Stack.of(scope).region;
    const isElsewhere = region !== undefined && region !== own && !Token.isUnresolved(own);
    return {
      settings: {
        kind: 'codeArtifact',
        domain,
        repository,
        domainOwner: domainOwner ?? null,
        region: region ?? null,
        condaChannels,
      },
      statements: this.statements(scope),
      services: isElsewhere ? [] : ['codeartifact-api', 'codeartifact-repositories'],
    };
  }

  private statements(scope: IConstruct): iam.PolicyStatement[] {
    const { domain, repository, domainOwner, region } = this.options;
    const arn = (resource: string, resourceName: string) =>
      Stack.of(scope).formatArn({
        service: 'codeartifact',
        account: domainOwner,
        region,
        resource,
        resourceName,
        arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
      });
    return [
      new iam.PolicyStatement({
        actions: ['codeartifact:GetAuthorizationToken'],
        resources: [arn('domain', domain)],
      }),
      new iam.PolicyStatement({
        actions: ['codeartifact:GetRepositoryEndpoint', 'codeartifact:ReadFromRepository'],
        resources: [arn('repository', `${domain}/${repository}`)],
      }),
      // The action supports no resource: docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html
      new iam.PolicyStatement({
        actions: ['sts:GetServiceBearerToken'],
        resources: ['*'],
        conditions: { StringEquals: { 'sts:AWSServiceName': 'codeartifact.amazonaws.com' } },
      }),
    ];
  }
}

function requireChannels(scope: IConstruct, channels: string[]): void {
  requireList(scope, 'packageIndex.condaChannels', channels, 0, 20);
  channels.forEach((channel, index) => {
    const prop = `packageIndex.condaChannels[${index}]`;
    requireKnown(scope, prop, channel, 'notebooks get it in a file');
    if (typeof channel !== 'string' || !CHANNEL.test(channel)) {
      const rule = "an HTTPS URL without credentials, or the name of a channel other than 'defaults'";
      requireUrl(scope, prop, channel, rule);
    }
  });
}

function requireUrl(scope: IConstruct, prop: string, url: string, rule: string): void {
  if (Token.isUnresolved(url)) {
    return;
  }
  if (typeof url !== 'string' || !INDEX.test(url) || !URL.canParse(url)) {
    fail(scope, prop, rule, withoutCredentials(url));
  }
}
