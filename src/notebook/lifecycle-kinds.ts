import { Construct } from 'constructs';
import {
  BackupOptions,
  CodeServerOptions,
  GitCredential,
  GitOptions,
  GitRepository,
  GlueSessionsOptions,
  JupyterOptions,
  MetricsOptions,
  ProxyOptions,
  SecretVariable,
  SessionManagerOptions,
  SparkOptions,
} from '../lifecycle';
import { DURATION, FLAG, having, Kind, Kinds, LIST, NUMBER, required, requireKinds, TEXT } from '../private/kinds';

const BUCKET = having('a bucket', 'bucketName');
const PEER = having('something with security groups', 'connections');
const ROLE = having('a role', 'roleArn');
const SECRET = having('a secret', 'secretArn');

const BACKUP: Kinds<BackupOptions> = { bucket: BUCKET, every: DURATION, exclude: LIST };
const CODE_SERVER: Kinds<CodeServerOptions> = { bucket: required(BUCKET), key: required(TEXT), sha256: required(TEXT) };
const GIT: Kinds<GitOptions> = { userName: TEXT, userEmail: TEXT, credentials: LIST, repositories: LIST };
const GLUE: Kinds<GlueSessionsOptions> = {
  role: required(ROLE),
  glueVersion: TEXT,
  workerType: TEXT,
  numberOfWorkers: NUMBER,
  idleTimeout: DURATION,
};
const JUPYTER: Kinds<JupyterOptions> = {
  settingsFile: TEXT,
  theme: TEXT,
  autosaveInterval: DURATION,
  extensions: LIST,
  terminals: FLAG,
  serverConfigFile: TEXT,
};
const METRICS: Kinds<MetricsOptions> = { every: DURATION };
const PROXY: Kinds<ProxyOptions> = { httpsProxy: required(TEXT), httpProxy: TEXT, noProxy: LIST, peer: PEER };
const SESSIONS: Kinds<SessionManagerOptions> = { role: required(ROLE) };
const SPARK: Kinds<SparkOptions> = { livyUrl: required(TEXT), peer: PEER, port: NUMBER };
const NESTED = {
  backup: BACKUP,
  codeServer: CODE_SERVER,
  git: GIT,
  glueSessions: GLUE,
  jupyter: JUPYTER,
  metrics: METRICS,
  proxy: PROXY,
  sessionManager: SESSIONS,
  spark: SPARK,
};

const CREDENTIAL: Kinds<GitCredential> = { host: required(TEXT), secret: required(SECRET) };
const REPOSITORY: Kinds<GitRepository> = { url: required(TEXT), folder: TEXT, branch: TEXT };
const VARIABLE: Kinds<SecretVariable> = { secret: required(SECRET), jsonField: TEXT };

/** The features that have props of their own. */
interface NestedOptions extends Partial<Record<keyof typeof NESTED, object>> {
  readonly git?: GitOptions;
  readonly secrets?: { readonly [name: string]: SecretVariable };
}

/** Requires that the props of the features are of their kinds. */
export function requireNestedKinds(lifecycle: Construct, options: NestedOptions): void {
  for (const [feature, kinds] of Object.entries(NESTED)) {
    const given = options[feature as keyof typeof NESTED];
    if (given !== undefined) {
      requireKinds(lifecycle, given, kinds as { readonly [prop: string]: Kind }, feature);
    }
  }
  options.git?.credentials?.forEach((credential, index) => {
    requireKinds(lifecycle, credential, CREDENTIAL, `git.credentials[${index}]`);
  });
  options.git?.repositories?.forEach((repository, index) => {
    requireKinds(lifecycle, repository, REPOSITORY, `git.repositories[${index}]`);
  });
  for (const [name, variable] of Object.entries(options.secrets ?? {})) {
    requireKinds(lifecycle, variable, VARIABLE, `secrets.${name}`);
  }
}
