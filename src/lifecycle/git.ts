import { ArnFormat, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { IConstruct } from 'constructs';
import { fail, requireKnown, requireList, requirePattern, requireProps } from '../private/checks';
import { readSecret } from '../private/secrets';
import { BoundFeature, LifecycleFeature } from './lifecycle-feature';
import { LifecyclePhase, LifecycleUser } from './lifecycle-step';

/** Who Git says somebody is to a host. */
export interface GitCredential {
  /** Host as it stands in the URLs, in lower case, with its port if it is not 443: `github.com`, `git.example.com:8443`. */
  readonly host: string;

  /**
   * Secret with the JSON keys `username` and `password`, where the password may be a token. It is read whenever Git
   * asks, so a new value works at once. Whoever works in a notebook can read it.
   */
  readonly secret: secretsmanager.ISecret;
}

/** A clone that a notebook keeps. */
export interface GitRepository {
  /**
   * HTTPS URL of at most 1024 characters, without user name or password in it: those come from `credentials`, or for
   * CodeCommit from the role of the notebook.
   */
  readonly url: string;

  /**
   * Folder below `~/SageMaker`. Two repositories have neither the same folder nor one inside the other.
   *
   * @default - The last part of the URL, without `.git`.
   */
  readonly folder?: string;

  /**
   * Branch or tag that a new clone has checked out.
   *
   * @default - The one that the repository names as its default.
   */
  readonly branch?: string;
}

/** Git on notebooks. */
export interface GitOptions {
  /**
   * Name of the author of commits, at most 255 characters. The tag `ml-git-name` of a notebook wins over it, and what a
   * user configures wins over both.
   *
   * @default - Users tell Git who they are, unless their notebook has the tag.
   */
  readonly userName?: string;

  /**
   * E-mail address of the author of commits, at most 255 characters. The tag `ml-git-email` of a notebook wins over it,
   * and what a user configures wins over both.
   *
   * @default - Users tell Git who they are, unless their notebook has the tag.
   */
  readonly userEmail?: string;

  /**
   * Credentials by host, at most 20. A secret is answered to its own host over HTTPS alone, and is never stored.
   *
   * @default - Git asks its user.
   */
  readonly credentials?: GitCredential[];

  /**
   * Repositories to clone, at most 20, in the background. One that is there is fetched and otherwise left alone: branches
   * and local work stay as they are. The hosts must be reachable.
   *
   * @default - Nothing is cloned.
   */
  readonly repositories?: GitRepository[];
}

const CREDENTIAL_PROPS: { [name in keyof Required<GitCredential>]: true } = { host: true, secret: true };
const REPOSITORY_PROPS: { [name in keyof Required<GitRepository>]: true } = { url: true, folder: true, branch: true };
const CLONE_URL = /^(?=.{1,1024}$)https:\/\/[^@\s\p{Cc}/?#]+(\/[^@\s\p{Cc}]*)?$/u;
const HOST = /^(?=.{1,259}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:[0-9]{1,5})?$/;
const SEGMENT = '[A-Za-z0-9_][A-Za-z0-9._+-]{0,99}';
const FOLDER = new RegExp(`^(?=.{1,255}$)${SEGMENT}(/${SEGMENT})*$`);
const BRANCH = /^(?![-/.])(?!.*(\.\.|@\{|\/\/|\/\.|\.lock$|[/.]$))[^\s~^:?*[\\\p{Cc}]{1,250}$/u;
const CODE_COMMIT_HOST = /^git-codecommit(-fips)?\.([a-z0-9-]+)\.amazonaws\.com(\.cn)?$/;
const CODE_COMMIT_PATH = /^\/v1\/repos\/([A-Za-z0-9._-]{1,100})$/;

/** Identity and credentials, in the configuration that all users of a notebook have. */
export function bindGit(scope: IConstruct, options: GitOptions): BoundFeature {
  const { userName, userEmail, credentials = [] } = options;
  const name = 'one line of 1 to 255 characters without < and >';
  requirePattern(scope, 'git.userName', userName ?? 'absent', /^(?=.*\S)[^<>\p{Cc}]{1,255}$/u, name);
  const address = 'an e-mail address of at most 255 characters';
  requirePattern(scope, 'git.userEmail', userEmail ?? 'absent@', /^(?=.*@)[^<>\s\p{Cc}]{1,255}$/u, address);
  credentials.forEach((credential, index) => {
    requireProps(scope, `git.credentials[${index}]`, credential, CREDENTIAL_PROPS);
    const { host } = credential;
    const prop = `git.credentials[${index}].host`;
    requireKnown(scope, prop, host, 'notebooks get it in a file');
    const rule = 'a host in lower case, such as git.example.com, with a port if need be and nothing else of a URL';
    requirePattern(scope, prop, host, HOST, rule);
  });
  const hosts = credentials.map(({ host }) => host);
  requireList(scope, 'git.credentials', hosts, 0, 20);
  const codeCommitHosts = readRepositories(scope, options)
    .map(({ host }) => host)
    .filter((host, index, all) => CODE_COMMIT_HOST.test(host) && all.indexOf(host) === index && !hosts.includes(host));
  return {
    name: LifecycleFeature.GIT,
    user: LifecycleUser.ROOT,
    phase: LifecyclePhase.BLOCKING,
    timeoutSeconds: 30,
    settings: {
      userName: userName ?? null,
      userEmail: userEmail ?? null,
      credentials: credentials.map(({ host, secret }) => ({ host, secret: secret.secretArn })),
      codeCommitHosts,
    },
    statements: credentials.flatMap(({ secret }) => readSecret(secret)),
    services: credentials.length > 0 ? ['secretsmanager'] : [],
  };
}

/** Clones, which are made and fetched in the background. */
export function bindRepositories(scope: IConstruct, options: GitOptions): BoundFeature {
  const repositories = readRepositories(scope, options);
  const codeCommit = repositories.flatMap(({ codeCommitArn }) => codeCommitArn ?? []);
  return {
    name: LifecycleFeature.REPOSITORIES,
    user: LifecycleUser.EC2_USER,
    phase: LifecyclePhase.BACKGROUND,
    timeoutSeconds: 3_600,
    settings: { repositories: repositories.map(({ url, folder, branch }) => ({ url, folder, branch })) },
    statements:
      codeCommit.length > 0
        ? [
            new iam.PolicyStatement({
              actions: ['codecommit:GitPull', 'codecommit:GitPush'],
              resources: [...new Set(codeCommit)],
            }),
          ]
        : [],
    services: repositories.some(({ isInRegion }) => isInRegion) ? ['codecommit-git'] : [],
  };
}

/** The hosts that an isolated network does not reach, unless they are inside the VPC. */
export function gitInternetHosts(scope: IConstruct, options: GitOptions): string[] {
  const hosts = readRepositories(scope, options).flatMap(({ host, isInRegion }) => (isInRegion ? [] : [host]));
  return [...new Set(hosts)];
}

interface ReadRepository {
  readonly url: string;
  readonly folder: string;
  readonly branch: string | null;
  readonly host: string;
  readonly codeCommitArn?: string;
  /** Whether an endpoint in the VPC reaches it. */
  readonly isInRegion: boolean;
}

function readRepositories(scope: IConstruct, { repositories = [] }: GitOptions): ReadRepository[] {
  const read = repositories.map((repository, index) => readRepository(scope, `git.repositories[${index}]`, repository));
  const folders = read.map(({ folder }) => folder);
  requireList(scope, 'git.repositories', folders, 0, 20);
  const nested = folders.find((folder) => folders.some((other) => folder.startsWith(`${other}/`)));
  if (nested !== undefined) {
    fail(scope, 'git.repositories', 'a list without a folder that is inside another', nested);
  }
  return read;
}

function readRepository(scope: IConstruct, prop: string, repository: GitRepository): ReadRepository {
  requireProps(scope, prop, repository, REPOSITORY_PROPS);
  const { url, folder, branch } = repository;
  requireKnown(scope, `${prop}.url`, url, 'notebooks get it in a file');
  if (typeof url !== 'string' || !CLONE_URL.test(url) || !URL.canParse(url)) {
    const rule =
      "an HTTPS URL (not SSH) of at most 1024 characters without user name or password; give those by 'credentials'";
    fail(scope, `${prop}.url`, rule, withoutCredentials(url));
  }
  const { host, pathname } = new URL(url);
  const target = folder ?? (pathname.replace(/\/+$/, '').split('/').pop() ?? '').replace(/\.git$/, '');
  requireKnown(scope, `${prop}.folder`, target, 'notebooks get it in a file');
  const below = 'a folder below ~/SageMaker: letters, digits and ._+- in parts that begin with none of the marks but _';
  requirePattern(scope, `${prop}.folder`, target, FOLDER, below);
  requireKnown(scope, `${prop}.branch`, branch, 'notebooks get it in a file');
  requirePattern(scope, `${prop}.branch`, branch ?? 'main', BRANCH, 'the name of a branch or a tag');
  return { url, folder: target, branch: branch ?? null, host, ...readCodeCommit(scope, prop, url) };
}

function readCodeCommit(scope: IConstruct, prop: string, url: string) {
  const { host, pathname } = new URL(url);
  const region = CODE_COMMIT_HOST.exec(host)?.[2];
  if (region === undefined) {
    return { isInRegion: false };
  }
  const name = CODE_COMMIT_PATH.exec(pathname)?.[1];
  if (name === undefined) {
    fail(scope, `${prop}.url`, `https://${host}/v1/repos/<name> for a repository in CodeCommit`, url);
  }
  const stack = Stack.of(scope);
  return {
    codeCommitArn: stack.formatArn({
      service: 'codecommit',
      region,
      resource: name,
      arnFormat: ArnFormat.NO_RESOURCE_NAME,
    }),
    isInRegion: Token.isUnresolved(stack.region) || stack.region === region,
  };
}

/** Errors end in the logs of builds, which are no place for a password. */
function withoutCredentials(url: unknown): unknown {
  return typeof url === 'string' ? url.replace(/\/\/[^/]*@/, '//***@') : url;
}
