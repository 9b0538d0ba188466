import { Annotations, Stack, Token } from 'aws-cdk-lib';
import * as codecommit from 'aws-cdk-lib/aws-codecommit';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { fail, requireText } from '../private/checks';
import { fingerprint } from '../private/fingerprint';
import { having, Kinds, required, requireKinds } from '../private/kinds';
import { LIMITS } from '../private/limits-table';
import { readSecret } from '../private/secrets';

/** How a Git repository is reached. */
export interface GitSourceOptions {
  /**
   * Secret with the JSON keys `username` and `password`, where the password may be a token.
   *
   * @default - The repository is read without credentials.
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/nbi-git-resource.html
   */
  readonly secret?: secretsmanager.ISecret;
}

const GIT_KINDS: Kinds<GitSourceOptions> = { secret: having('a secret', 'secretArn') };
const REPOSITORY = having('a repository of CodeCommit', 'repositoryCloneUrlHttp');
const CLONE_URL = /^https:\/\/[^@\s\p{Cc}/?#]+(\/[^@\s\p{Cc}]*)?$/u;

/** What a notebook needs to clone a repository. */
export interface BoundCode {
  /** URL, or name of a SageMaker code repository. */
  readonly repository: string;
  /** The services that cloning takes, by the names that `MlService` gives them. */
  readonly services: ('codecommit' | 'codecommit-git' | 'secretsmanager')[];
  readonly statements: iam.PolicyStatement[];
  /** Host on the internet that is cloned from. */
  readonly internetHost?: string;
}

/**
 * A repository that a notebook has a clone of.
 *
 * @example
 * new MlNotebook(this, 'alice', {
 *   shared,
 *   codeRepositories: [CodeSource.git('https://github.com/aws/amazon-sagemaker-examples.git')],
 * });
 */
export abstract class CodeSource {
  /**
   * A Git repository by its HTTPS URL, at most 1024 characters and without user name or password in it.
   *
   * A host on the internet needs a network with access to it; one in the VPC does not.
   */
  public static git(url: string, options: GitSourceOptions = {}): CodeSource {
    return new GitSource(url, options);
  }

  /** A repository in CodeCommit. Its users may pull and push. */
  public static codeCommit(repository: codecommit.IRepository): CodeSource {
    return new CodeCommitSource(repository);
  }

  /** @internal */
  public abstract _bind(scope: Construct, prop: string): BoundCode;
}

class GitSource extends CodeSource {
  constructor(
    private readonly url: string,
    private readonly options: GitSourceOptions,
  ) {
    super();
  }

  /** @internal */
  public _bind(scope: Construct, prop: string): BoundCode {
    requireKinds(scope, this.options, GIT_KINDS, prop);
    const { secret } = this.options;
    const rule = 'an HTTPS URL of at most 1024 characters without user name or password; give those by a secret';
    const isUrl = typeof this.url === 'string' && CLONE_URL.test(this.url) && URL.canParse(this.url);
    if (!Token.isUnresolved(this.url) && !isUrl) {
      fail(scope, prop, rule, withoutCredentials(this.url));
    }
    requireText(scope, prop, this.url, LIMITS.gitUrl, rule);
    const internetHost = Token.isUnresolved(this.url) ? undefined : new URL(this.url).host;
    if (secret === undefined) {
      return { repository: this.url, services: [], statements: [], internetHost };
    }
    return {
      repository: codeRepository(scope, this.url, secret).attrCodeRepositoryName,
      services: ['secretsmanager'],
      statements: readSecret(secret),
      internetHost,
    };
  }
}

class CodeCommitSource extends CodeSource {
  constructor(private readonly repository: codecommit.IRepository) {
    super();
  }

  /** @internal */
  public _bind(scope: Construct, prop: string): BoundCode {
    requireKinds(scope, { repository: this.repository }, { repository: required(REPOSITORY) }, prop);
    return {
      repository: this.repository.repositoryCloneUrlHttp,
      services: ['codecommit', 'codecommit-git'],
      statements: [
        new iam.PolicyStatement({
          actions: ['codecommit:GetRepository', 'codecommit:GitPull', 'codecommit:GitPush'],
          resources: [this.repository.repositoryArn],
        }),
      ],
    };
  }
}

/** Errors end in the logs of builds, which are no place for a password. */
function withoutCredentials(url: string): string {
  return typeof url === 'string' ? url.replace(/\/\/[^/]*@/, '//***@') : url;
}

/** The SageMaker resource that ties a URL to its secret: one per stack, however many notebooks clone it. */
function codeRepository(scope: Construct, url: string, secret: secretsmanager.ISecret): sagemaker.CfnCodeRepository {
  const stack = Stack.of(scope);
  const id = `MlCode-${fingerprint(stack, [url, secret.node.addr])}`;
  const existing = stack.node.tryFindChild(id) as sagemaker.CfnCodeRepository | undefined;
  return (
    existing ??
    new sagemaker.CfnCodeRepository(stack, id, { gitConfig: { repositoryUrl: url, secretArn: secret.secretArn } })
  );
}

/** Warns that a notebook cannot clone from a host that its network has no way to. */
export function warnOfUnreachableHost(scope: Construct, host: string): void {
  Annotations.of(scope).addWarningV2(
    'cdk-ml-infra:unreachableHost',
    `${scope.node.path}: a network without internet access reaches ${host} only if it is inside the VPC; a notebook whose repository cannot be cloned does not start. Mirror it into CodeCommit, or let the network have 'internetAccess'`,
  );
}
