import { Annotations, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import {
  BackupOptions,
  BoundFeature,
  bindBackup,
  bindCertificates,
  bindCodeServer,
  bindDocker,
  bindEnvironment,
  bindGit,
  bindGlueSessions,
  bindJupyter,
  bindMetrics,
  bindMounts,
  bindPackageIndex,
  bindPackages,
  bindPersistentHome,
  bindProxy,
  bindRepositories,
  bindSessionManager,
  bindSpark,
  bindSync,
  CodeServerOptions,
  FileSystemMount,
  GitOptions,
  GlueSessionsOptions,
  gitInternetHosts,
  JupyterOptions,
  LifecycleFeature,
  MetricsOptions,
  PackageIndex,
  PackageOptions,
  ProxyOptions,
  REQUIRED_BY_DEFAULT,
  RenderedFeature,
  renderFeature,
  S3Sync,
  SecretVariable,
  SessionManagerOptions,
  SparkOptions,
} from '../lifecycle';
import { IMlNetwork, InternetAccess, MlService } from '../network';
import { fail } from '../private/checks';
import { FLAG, having, Kinds, LIST, listOf, mapOf, oneOf, PROPS, requireKinds, TEXT } from '../private/kinds';
import { IMlSharedInfra } from '../shared';
import { requireNestedKinds } from './lifecycle-kinds';
import { workloadGroup } from './workload-group';

/** What a lifecycle can do without a script of yours. */
export interface LifecycleFeatureOptions extends PackageOptions {
  /**
   * Environment variables of terminals and kernels, at most 200. `MlNotebook` takes other values for these names. Each
   * value stands on one line of at most 4096 characters; secrets belong into `secrets`.
   *
   * @default - Only the variables that SageMaker sets.
   */
  readonly environmentVariables?: { [name: string]: string };

  /**
   * Environment variables whose values are secrets, at most 20. They are fetched whenever a terminal or a kernel
   * starts, and are kept nowhere. Whoever works in a notebook can read them.
   *
   * @default - No secret is read.
   */
  readonly secrets?: { [name: string]: SecretVariable };

  /**
   * The features without which a notebook must not start: these run before it opens, in what SageMaker gives them of its
   * five minutes. The failure of any other is shown in `SETUP-STATUS.md`, and the notebook starts.
   *
   * @default [LifecycleFeature.CERTIFICATES, LifecycleFeature.PROXY, LifecycleFeature.PACKAGE_INDEX]
   */
  readonly requiredFeatures?: LifecycleFeature[];

  /**
   * Path of a PEM file of certificates that notebooks trust besides the usual ones, such as that of a proxy which looks
   * into traffic. Verification of certificates is never switched off.
   *
   * @default - The certificates of the image alone.
   */
  readonly certificateBundle?: string;

  /**
   * The way out through a proxy. All services of AWS in the region are reached past it: through the endpoints of the
   * network, or not at all.
   *
   * @default - No proxy.
   */
  readonly proxy?: ProxyOptions;

  /**
   * Where pip, uv and conda find packages. A notebook without internet needs one for `pipPackages` and the like.
   *
   * @default - The indexes of the image, which are on the internet.
   */
  readonly packageIndex?: PackageIndex;

  /**
   * Name, credentials and repositories for Git.
   *
   * @default - Git is as the image has it, and the tags `ml-git-name` and `ml-git-email` mean nothing.
   */
  readonly git?: GitOptions;

  /**
   * Copies from S3 into the notebook at each start, at most 20. What its user has changed stays as it is.
   *
   * @default - Nothing is copied.
   */
  readonly sync?: S3Sync[];

  /**
   * File systems to mount, at most 10.
   *
   * @default - The notebook has its volume alone.
   */
  readonly mounts?: FileSystemMount[];

  /**
   * Copies `~/SageMaker` to the area of its owner in S3 on a timer: what is left if an instance is replaced.
   *
   * @default - Nothing is copied.
   */
  readonly backup?: BackupOptions;

  /**
   * Keeps images and containers of Docker on the volume, where there is room and where they survive a stop.
   *
   * @default false
   */
  readonly dockerOnVolume?: boolean;

  /**
   * Settings and extensions of JupyterLab.
   *
   * @default - JupyterLab as the image has it.
   */
  readonly jupyter?: JupyterOptions;

  /**
   * Keeps histories, SSH keys and settings of the home folder, by links to the volume, over a stop.
   *
   * @default false
   */
  readonly persistentHome?: boolean;

  /**
   * Publishes use of disk, memory, processors and GPU to CloudWatch; `{}` does so every five minutes. Each metric of
   * each notebook costs.
   *
   * @default - Nothing is published: CloudWatch has no metrics of notebook instances by itself.
   * @see https://aws.amazon.com/cloudwatch/pricing/
   */
  readonly metrics?: MetricsOptions;

  /**
   * VS Code in the browser, behind Jupyter. Needs `jupyter-server-proxy` among `jupyter.extensions`.
   *
   * @default - JupyterLab alone.
   */
  readonly codeServer?: CodeServerOptions;

  /**
   * The cluster that the Spark kernels of the image send code to.
   *
   * @default - They look for one on the notebook itself, where there is none.
   */
  readonly spark?: SparkOptions;

  /**
   * Kernels for interactive sessions of Glue, whose package comes from `packageIndex` or the internet. Sessions run outside
   * of the network of the base.
   *
   * @default - No such kernels.
   */
  readonly glueSessions?: GlueSessionsOptions;

  /**
   * SSH and forwarded ports through Session Manager, without an open port.
   *
   * @default - The notebook is no managed node.
   */
  readonly sessionManager?: SessionManagerOptions;
}

const KINDS: Kinds<LifecycleFeatureOptions> = {
  pipPackages: LIST,
  condaPackages: LIST,
  requirementsFile: TEXT,
  kernelName: TEXT,
  environmentVariables: mapOf(TEXT),
  secrets: mapOf(PROPS),
  requiredFeatures: listOf(oneOf('LifecycleFeature', LifecycleFeature)),
  certificateBundle: TEXT,
  proxy: PROPS,
  packageIndex: having("an index such as PackageIndex.url('https://...')", '_bind'),
  git: PROPS,
  sync: listOf(having('a copy such as S3Sync.fromBucket(...)', '_bind')),
  mounts: listOf(having('a mount such as FileSystemMount.efs(...)', '_bind')),
  backup: PROPS,
  dockerOnVolume: FLAG,
  jupyter: PROPS,
  persistentHome: FLAG,
  metrics: PROPS,
  codeServer: PROPS,
  spark: PROPS,
  glueSessions: PROPS,
  sessionManager: PROPS,
};

/** The features that were asked for, in the order in which they run. What they need, the base gets. */
export function bindFeatures(
  lifecycle: Construct,
  shared: IMlSharedInfra,
  options: LifecycleFeatureOptions,
): RenderedFeature[] {
  requireKinds(lifecycle, options, KINDS);
  requireNestedKinds(lifecycle, options);
  warnOfUnreachable(lifecycle, shared, options);
  const features = boundFeatures(lifecycle, shared, options).filter(
    (feature) => feature !== undefined && feature !== null,
  );
  for (const name of options.requiredFeatures ?? []) {
    if (!features.some((feature) => feature.name === name)) {
      fail(lifecycle, 'requiredFeatures', 'features that the lifecycle has', name);
    }
  }
  requireOwnFolders(lifecycle, features);
  if (options.codeServer && !options.jupyter?.extensions?.some((name) => name.startsWith('jupyter-server-proxy'))) {
    const rule = "given together with 'jupyter-server-proxy==<version>' in 'jupyter.extensions', which leads to it";
    fail(lifecycle, 'codeServer', rule, options.jupyter?.extensions ?? []);
  }
  for (const feature of features) {
    giveTo(lifecycle, shared, feature);
  }
  return features.map((feature) => renderFeature(feature, options.requiredFeatures ?? REQUIRED_BY_DEFAULT));
}

function boundFeatures(
  lifecycle: Construct,
  { network, storage }: IMlSharedInfra,
  options: LifecycleFeatureOptions,
): (BoundFeature | undefined)[] {
  const own = [storage.datasets, storage.models, storage.artifacts];
  const { backup, certificateBundle, codeServer, environmentVariables, git, jupyter, metrics } = options;
  const { mounts, packageIndex, proxy, secrets, sync } = options;
  return [
    certificateBundle === undefined ? undefined : bindCertificates(lifecycle, certificateBundle),
    proxy && bindProxy(lifecycle, proxy, rangeOf(network)),
    packageIndex && bindPackageIndex(lifecycle, packageIndex),
    environmentVariables || secrets ? bindEnvironment(lifecycle, environmentVariables ?? {}, secrets ?? {}) : undefined,
    options.persistentHome ? bindPersistentHome() : undefined,
    git && bindGit(lifecycle, git),
    jupyter && bindJupyter(lifecycle, jupyter),
    options.dockerOnVolume ? bindDocker() : undefined,
    codeServer && bindCodeServer(lifecycle, codeServer),
    metrics && bindMetrics(lifecycle, metrics),
    options.spark && bindSpark(lifecycle, options.spark),
    options.sessionManager && bindSessionManager(lifecycle, options.sessionManager),
    mounts && bindMounts(lifecycle, mounts, own),
    git?.repositories && git.repositories.length > 0 ? bindRepositories(lifecycle, git) : undefined,
    sync && bindSync(lifecycle, sync, own),
    backup && bindBackup(lifecycle, backup, storage.artifacts, own),
    usesPackages(options) ? bindPackages(lifecycle, options) : undefined,
    options.glueSessions && bindGlueSessions(lifecycle, options.glueSessions),
  ];
}

/** The security group of a base lets HTTPS out, and what a peer of a feature asks for. */
function warnOfClosedPorts(lifecycle: Construct, { proxy, spark }: LifecycleFeatureOptions): void {
  const without = [
    ['proxy.peer', proxy?.peer ? undefined : proxy?.httpsProxy] as const,
    ['spark.peer', spark?.peer ? undefined : spark?.livyUrl] as const,
  ];
  for (const [prop, url] of without) {
    if (url && !Token.isUnresolved(url) && URL.canParse(url) && portOf(url) !== '443') {
      Annotations.of(lifecycle).addWarningV2(
        'cdk-ml-infra:closedPort',
        `${lifecycle.node.path}: the group of the workloads lets nothing out to port ${portOf(url)}; give '${prop}', or open it yourself`,
      );
    }
  }
}

function portOf(url: string): string {
  const { port, protocol } = new URL(url);
  return port === '' ? (protocol === 'http:' ? '80' : '443') : port;
}

/** Copies, mounts and repositories below `~/SageMaker` must not lie in one another. */
function requireOwnFolders(lifecycle: Construct, features: BoundFeature[]): void {
  const lists = features.flatMap(({ settings: { syncs, mounts, repositories } }) => [syncs, mounts, repositories]);
  const entries = lists.flatMap((list) => (list ?? []) as { readonly folder: string }[]);
  const folders = entries.map(({ folder }) => folder);
  const twice = folders.find((folder, index) =>
    folders.some((other, place) => place !== index && `${folder}/`.startsWith(`${other}/`)),
  );
  if (twice !== undefined) {
    fail(lifecycle, 'folder', 'one that no other copy, mount or repository of the lifecycle has or lies in', twice);
  }
}

/** The addresses of the VPC; one that was imported may not know them, and then throws. */
function rangeOf({ vpc }: IMlNetwork): string | undefined {
  try {
    return vpc.vpcCidrBlock;
  } catch {
    return undefined;
  }
}

function usesPackages({ pipPackages, condaPackages, requirementsFile, kernelName }: PackageOptions): boolean {
  return [pipPackages, condaPackages, requirementsFile, kernelName].some((value) => value !== undefined);
}

/** What will fail at each start on a network without internet, because it has no way to what it asks. */
function warnOfUnreachable(lifecycle: Construct, { network }: IMlSharedInfra, options: LifecycleFeatureOptions): void {
  warnOfClosedPorts(lifecycle, options);
  if (network.internetAccess !== InternetAccess.NONE) {
    return;
  }
  if (options.glueSessions) {
    Annotations.of(lifecycle).addWarningV2(
      'cdk-ml-infra:glueOutsideNetwork',
      `${lifecycle.node.path}: sessions of Glue run outside of a network that has no way to the internet; what their role may read can leave through them`,
    );
  }
  if (options.proxy) {
    return;
  }
  for (const host of options.git ? gitInternetHosts(lifecycle, options.git) : []) {
    Annotations.of(lifecycle).addWarningV2(
      'cdk-ml-infra:unreachableHost',
      `${lifecycle.node.path}: a network without internet access reaches ${host} only if it is inside the VPC; notebooks start without what 'git.repositories' has there`,
    );
  }
  const asked = [options.jupyter?.extensions, options.glueSessions];
  const installs = usesPackages(options) ? true : asked.some((option) => option !== undefined);
  if (options.packageIndex === undefined && installs) {
    Annotations.of(lifecycle).addWarningV2(
      'cdk-ml-infra:noPackageIndex',
      `${lifecycle.node.path}: packages come from the internet, which the network has no way to, so that each build will fail; give the lifecycle a 'packageIndex'`,
    );
  }
}

function giveTo(lifecycle: Construct, shared: IMlSharedInfra, { services, peers }: BoundFeature): void {
  for (const service of services ?? []) {
    shared.network.requireService(MlService._named(service));
  }
  for (const { peer, port, description, inbound } of peers ?? []) {
    const { connections } = workloadGroup(lifecycle, shared);
    connections.allowTo(peer, port, description);
    if (inbound) {
      connections.allowFrom(peer, port, description);
    }
  }
}
