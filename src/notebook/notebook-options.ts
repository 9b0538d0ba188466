import { Duration, RemovalPolicy, Size } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { CodeSource } from '../code';
import { MlInstanceType } from '../environment';
import { DURATION, FLAG, having, Kinds, listOf, mapOf, oneOf, SIZE, TEXT } from '../private/kinds';
import { NotebookLifecycle } from './notebook-lifecycle';
import { NotebookSchedule } from './notebook-schedule';

/** A machine. */
export const MACHINE = having(
  "a type such as MlInstanceType.T3_MEDIUM or MlInstanceType.of('ml.g6.xlarge')",
  '_requireNotebook',
);

/** A lifecycle. */
export const LIFECYCLE = having('a NotebookLifecycle', '_stopsIdle');

/** What a notebook is, wherever it stands. */
export interface NotebookOptions {
  /**
   * Who the notebook belongs to: decides its role, and with it which data it reaches. 1 to 63 characters of `A-Z`,
   * `a-z`, `0-9`, `.`, `_`, `@`, `+`, `=` and `-`.
   *
   * @default - Nobody in particular: the notebook uses `shared.notebookRole`.
   */
  readonly owner?: string;

  /**
   * The machine. A change stops and starts the notebook and keeps its volume.
   *
   * @default MlInstanceType.T3_MEDIUM
   */
  readonly instanceType?: MlInstanceType;

  /**
   * Size of the volume below `/home/ec2-user/SageMaker`, all that survives a stop: from 5 to 16384 GiB. It can grow
   * later, but not shrink.
   *
   * @default Size.gibibytes(50)
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateNotebookInstance.html
   */
  readonly volumeSize?: Size;

  /**
   * What runs on the notebook when it starts.
   *
   * @default - Nothing; in particular the notebook runs, and costs, until somebody stops it.
   */
  readonly lifecycle?: NotebookLifecycle;

  /**
   * After how long without activity this notebook is stopped, in place of what its lifecycle says: whole minutes from 5 to
   * 10080, a week.
   *
   * @default - What the lifecycle says.
   */
  readonly idleStop?: Duration;

  /**
   * Values of this notebook for environment variables that its lifecycle defines, at most 25. A value is a tag: at most
   * 256 letters, digits, spaces and `_.:/=+-@`.
   *
   * @default - The values of the lifecycle.
   */
  readonly environmentVariables?: { [name: string]: string };

  /**
   * Name of this notebook's user in Git commits, at most 256 characters of a tag. Its lifecycle must have `git`.
   *
   * @default - What the lifecycle says.
   */
  readonly gitUserName?: string;

  /**
   * Address of this notebook's user in Git commits, at most 256 characters of a tag. Its lifecycle must have `git`.
   *
   * @default - What the lifecycle says.
   */
  readonly gitUserEmail?: string;

  /**
   * Name of a notebook of the same owner whose backup is copied, once, into a new folder below `restored`. Its lifecycle
   * must have `backup`.
   *
   * @default - Nothing is restored.
   */
  readonly restoreFrom?: string;

  /**
   * Value of the tag `ml-project`, by which cost reports can tell projects apart: at most 256 characters of a tag.
   *
   * @default - The tag is absent.
   */
  readonly project?: string;

  /**
   * When the notebook is started and stopped, from outside of it: also if somebody works on it, and whatever its user
   * does there.
   *
   * @default - Nothing starts it, and nothing but `lifecycle` and `maxUptime` stops it.
   */
  readonly schedule?: NotebookSchedule;

  /**
   * For how long the notebook runs at most from a start on, in whole minutes from 15 minutes to 30 days; then it is
   * stopped from outside, also if somebody works on it. What is new counts from the next start.
   *
   * @default - It runs until something else stops it.
   */
  readonly maxUptime?: Duration;

  /**
   * Role of the notebook, in place of the owner's. It gets no right to any data, only those that `lifecycle` and
   * `codeRepositories` take.
   *
   * @default - The role of the owner, which all notebooks of that owner in the stack share.
   */
  readonly role?: iam.IRole;

  /**
   * Repositories that are cloned into the notebook: the first opens with JupyterLab, up to three more stand beside it.
   *
   * @default - The notebook starts empty.
   */
  readonly codeRepositories?: CodeSource[];

  /**
   * Lets the user of the notebook become root. Lifecycle scripts may run as root either way.
   *
   * @default false
   */
  readonly rootAccess?: boolean;

  /**
   * Gives the notebook a way to the internet past the VPC. A change replaces the notebook.
   *
   * @default false
   */
  readonly directInternetAccess?: boolean;

  /**
   * Key that encrypts the volume, of the region of the notebook. A change replaces the notebook.
   *
   * @default - The key of the base.
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Availability Zone to stand in, such as `eu-central-1a`, for machines that not every zone has. A change replaces
   * the notebook.
   *
   * @default - One of the first two zones of the network, by the id of the notebook alone.
   */
  readonly availabilityZone?: string;

  /**
   * Name of the notebook instance, unique in the account and region: 1 to 63 letters, digits and single hyphens between
   * them. A change replaces the notebook. Any other change that replaces it fails, because the name is taken.
   *
   * @default - CloudFormation makes one.
   */
  readonly notebookName?: string;

  /**
   * What happens to the notebook, and to the volume that dies with it, when it is removed from the app. An instance
   * that an update replaces is always retained.
   *
   * @default - `removalPolicy` of the environment: production retains, development and staging delete.
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** What each prop of a notebook takes, also to tell those that are misspelt. */
export const NOTEBOOK_KINDS: Kinds<NotebookOptions> = {
  owner: TEXT,
  instanceType: MACHINE,
  volumeSize: SIZE,
  lifecycle: LIFECYCLE,
  idleStop: DURATION,
  environmentVariables: mapOf(TEXT),
  gitUserName: TEXT,
  gitUserEmail: TEXT,
  restoreFrom: TEXT,
  project: TEXT,
  schedule: having("a schedule such as NotebookSchedule.weekdays({ stop: '20:00' })", '_moments'),
  maxUptime: DURATION,
  role: having('a role', 'roleArn'),
  codeRepositories: listOf(having("a source such as CodeSource.git('https://...')", '_bind')),
  rootAccess: FLAG,
  directInternetAccess: FLAG,
  encryptionKey: having('a key of KMS', 'keyArn'),
  availabilityZone: TEXT,
  notebookName: TEXT,
  removalPolicy: oneOf('RemovalPolicy', RemovalPolicy),
};

/** From where a notebook may be opened. */
export interface GrantOpenOptions {
  /**
   * VPC endpoints that the request must come through. Name that of `MlService.SAGEMAKER_API`, which makes the URL, and
   * that of `MlService.SAGEMAKER_NOTEBOOK`, which the browser uses.
   *
   * @default - From anywhere, unless `fromIpAddresses` is given.
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/notebook-interface-endpoint.html
   */
  readonly fromVpcEndpoints?: ec2.IVpcEndpoint[];

  /**
   * Public addresses, in CIDR notation, that the request must come from.
   *
   * @default - From anywhere, unless `fromVpcEndpoints` is given.
   */
  readonly fromIpAddresses?: string[];
}

/** What each option of opening takes. */
export const OPEN_KINDS: Kinds<GrantOpenOptions> = {
  fromVpcEndpoints: listOf(having('an endpoint of a VPC', 'vpcEndpointId')),
  fromIpAddresses: listOf(TEXT),
};
