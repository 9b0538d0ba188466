import { RemovalPolicy, Size } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { CodeSource } from '../code';
import { MlInstanceType } from '../environment';
import { NotebookLifecycle } from './notebook-lifecycle';

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
   * Key that encrypts the volume. A change replaces the notebook.
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
