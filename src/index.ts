export { CodeSource, type GitSourceOptions } from './code';
export * from './compliance';
export * from './cost';
export * from './environment';
export {
  type BackupOptions,
  type CodeArtifactIndexOptions,
  type CodeServerOptions,
  type EfsMountOptions,
  FileSystemMount,
  type GitCredential,
  type GitOptions,
  type GitRepository,
  type GlueSessionsOptions,
  type IdleStopOptions,
  type JupyterOptions,
  LifecycleFeature,
  LifecyclePhase,
  LifecycleStep,
  type LifecycleStepOptions,
  LifecycleUser,
  type LustreMountOptions,
  type MetricsOptions,
  PackageIndex,
  type PackageIndexUrlOptions,
  type PackageOptions,
  type ProxyOptions,
  type S3MountOptions,
  S3Sync,
  type S3SyncOptions,
  type SecretVariable,
  type SessionManagerOptions,
  type SparkOptions,
  StepFailure,
} from './lifecycle';
export * from './monitoring';
export * from './network';
export * from './notebook';
export * from './shared';
export * from './storage';
