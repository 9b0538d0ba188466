import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { LifecyclePhase, LifecycleUser, StepFailure } from './lifecycle-step';

/** What a lifecycle can do without a script of yours. The values name the steps in logs and in `SETUP-STATUS.md`. */
export enum LifecycleFeature {
  /** Certificates that the notebook trusts besides the usual ones: `certificateBundle`. */
  CERTIFICATES = 'certificates',
  /** The way out through a proxy: `proxy`. */
  PROXY = 'proxy',
  /** Where packages come from: `packageIndex`. */
  PACKAGE_INDEX = 'package_index',
  /** `environmentVariables` and `secrets`. */
  ENVIRONMENT = 'environment',
  /** Identity and credentials for Git: `git`. */
  GIT = 'git',
  /** Clones of `git.repositories`. */
  REPOSITORIES = 'repositories',
  /** Settings and extensions of JupyterLab: `jupyter`. */
  JUPYTER = 'jupyter',
  /** Links from the home folder to the volume: `persistentHome`. */
  HOME = 'home',
  /** File systems: `mounts`. */
  MOUNTS = 'mounts',
  /** Copies from S3: `sync`. */
  SYNC = 'sync',
  /** `pipPackages`, `condaPackages` and `requirementsFile`. */
  PACKAGES = 'packages',
  /** Copies to S3, and back: `backup`. */
  BACKUP = 'backup',
  /** Images and containers on the volume: `dockerOnVolume`. */
  DOCKER = 'docker',
  /** `metrics`. */
  METRICS = 'metrics',
  /** `codeServer`. */
  CODE_SERVER = 'code_server',
  /** `sessionManager`. */
  SESSION_MANAGER = 'session_manager',
  /** `spark`. */
  SPARK = 'spark',
  /** `glueSessions`. */
  GLUE_SESSIONS = 'glue_sessions',
}

/** A service as `MlService` names it. Features live on the floor of the network and do not import it. */
export type ServiceName =
  | 'monitoring'
  | 'secretsmanager'
  | 'codecommit'
  | 'codecommit-git'
  | 'codeartifact-api'
  | 'codeartifact-repositories'
  | 'amazon-linux'
  | 'ssm'
  | 'ssm-messages'
  | 'ssm-nodes'
  | 'glue';

/** What a notebook opens connections to, besides HTTPS. */
export interface FeaturePeer {
  readonly peer: ec2.IConnectable;
  readonly port: ec2.Port;
  readonly description: string;
  /** Whether the peer opens connections to the notebook, too. */
  readonly inbound?: boolean;
}

/** What a feature comes to: a script of ours with its settings, and all that it needs to work. */
export interface BoundFeature {
  /** Also names the script, `assets/notebook/lifecycle/features/<name>.py`. */
  readonly name: LifecycleFeature;
  readonly user: LifecycleUser;
  /** Where the feature runs unless it is required, which makes it blocking. */
  readonly phase: LifecyclePhase;
  readonly timeoutSeconds: number;
  /** Plain data for the script. A text in it may be known only at deployment; nothing else may. */
  readonly settings: { readonly [key: string]: unknown };
  /** Files that the script finds below `files/<name>/` in its bundle. */
  readonly files?: { readonly [path: string]: string | Buffer };
  readonly statements?: iam.PolicyStatement[];
  readonly services?: ServiceName[];
  readonly peers?: FeaturePeer[];
}

/** A feature as the bundle holds it. */
export interface RenderedFeature extends BoundFeature {
  readonly onFailure: StepFailure;
}

/** Without these, a notebook would work past a control that its team relies on. */
export const REQUIRED_BY_DEFAULT = [
  LifecycleFeature.CERTIFICATES,
  LifecycleFeature.PROXY,
  LifecycleFeature.PACKAGE_INDEX,
];

/** A required feature keeps a notebook from starting when it fails, and so has to run before the notebook opens. */
export function renderFeature(feature: BoundFeature, required: LifecycleFeature[]): RenderedFeature {
  if (!required.includes(feature.name)) {
    return { ...feature, onFailure: StepFailure.CONTINUE };
  }
  const timeoutSeconds = Math.min(feature.timeoutSeconds, 240);
  return { ...feature, timeoutSeconds, phase: LifecyclePhase.BLOCKING, onFailure: StepFailure.STOP };
}
