import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { IConstruct } from 'constructs';
import { RoleTemplate } from '../access';
import { MlEnvironment } from '../environment';
import { IMlNetwork, InternetAccess, MlService } from '../network';
import { IMlStorage } from '../storage';

/**
 * The base that notebooks and everything else stand on: defined in this app (`MlSharedInfra`) or read from another
 * (`MlSharedInfra.fromPublished`).
 */
export interface IMlSharedInfra extends IConstruct {
  /** The network of the workloads. */
  readonly network: IMlNetwork;

  /** The buckets of the team. */
  readonly storage: IMlStorage;

  /** Encrypts the volumes of notebooks. */
  readonly encryptionKey: kms.IKey;

  /** How careful the base is. */
  readonly environment: MlEnvironment;

  /** Value of the tag `ml-base`; no two bases of an account have the same. */
  readonly baseName: string;

  /** Role of the notebooks that have no owner: they share the areas of the owner `team`. */
  readonly notebookRole: iam.IRole;

  /** What a workspace may do: its data, logs, metrics, images. Rights follow from the tags of the role that has it. */
  readonly workspacePolicy: iam.IManagedPolicy;

  /** What an owner may do with jobs. Rights follow from the tags of the role that has it. */
  readonly jobsPolicy: iam.IManagedPolicy;

  /**
   * Lets a principal read the logs of all jobs of the account and region, as the SageMaker SDK does while it waits for a
   * job. Nobody can by default: logs are not kept apart by owner, and may show data.
   */
  grantReadJobLogs(grantee: iam.IGrantable): iam.Grant;

  /** @internal */
  readonly _roleTemplate: RoleTemplate;

  /** @internal */
  readonly _knownName?: string;

  /** @internal */
  _requireUsableBy(scope: IConstruct): void;
}

/** What an app that reads a published base has to say about it, because it is unknown at synthesis. */
export interface PublishedInfraOptions {
  /**
   * How careful the base is.
   *
   * @default - The environment of the nearest ancestor that has one, else `MlEnvironment.PROD`.
   */
  readonly environment?: MlEnvironment;

  /**
   * Services that the published network reaches besides S3, the SageMaker API and Runtime, STS and CloudWatch Logs.
   * The deployment fails, before anything is created, if one of them was not published.
   *
   * @default - No more services: features that need one are refused.
   */
  readonly services?: MlService[];

  /**
   * How the published network reaches the internet. Only decides whether repositories on the internet are warned about.
   *
   * @default InternetAccess.NONE
   */
  readonly internetAccess?: InternetAccess;
}
