import { ComplianceRule } from './compliance-rule';
import { rule as ec2EndpointPolicy } from './rules/ec2-endpoint-policy';
import { rule as ec2EndpointPrivateDns } from './rules/ec2-endpoint-private-dns';
import { rule as ec2EndpointSubnets } from './rules/ec2-endpoint-subnets';
import { rule as glueTransformKey } from './rules/glue-transform-key';
import { rule as iamConditionKeyNames } from './rules/iam-condition-key-names';
import { rule as iamForAllValues } from './rules/iam-for-all-values';
import { rule as iamPassRole } from './rules/iam-pass-role';
import { rule as iamSagemakerRoleBreadth } from './rules/iam-sagemaker-role-breadth';
import { rule as iamSagemakerTrustSource } from './rules/iam-sagemaker-trust-source';
import { rule as s3BucketForeignAccounts } from './rules/s3-bucket-foreign-accounts';
import { rule as sagemakerDataQualityIsolation } from './rules/sagemaker-data-quality-isolation';
import { rule as sagemakerDataQualityTraffic } from './rules/sagemaker-data-quality-traffic';
import { rule as sagemakerDomainIdle } from './rules/sagemaker-domain-idle';
import { rule as sagemakerDomainKey } from './rules/sagemaker-domain-key';
import { rule as sagemakerDomainVpc } from './rules/sagemaker-domain-vpc';
import { rule as sagemakerEndpointCopies } from './rules/sagemaker-endpoint-copies';
import { rule as sagemakerEndpointKey } from './rules/sagemaker-endpoint-key';
import { rule as sagemakerEndpointSubnets } from './rules/sagemaker-endpoint-subnets';
import { rule as sagemakerExperimentDataKey } from './rules/sagemaker-experiment-data-key';
import { rule as sagemakerExperimentStorageKey } from './rules/sagemaker-experiment-storage-key';
import { rule as sagemakerFeatureOfflineKey } from './rules/sagemaker-feature-offline-key';
import { rule as sagemakerFeatureOnlineKey } from './rules/sagemaker-feature-online-key';
import { rule as sagemakerJobDefinitionOutputKey } from './rules/sagemaker-job-definition-output-key';
import { rule as sagemakerJobDefinitionVolumeKey } from './rules/sagemaker-job-definition-volume-key';
import { rule as sagemakerLifecycleSecrets } from './rules/sagemaker-lifecycle-secrets';
import { rule as sagemakerModelBiasIsolation } from './rules/sagemaker-model-bias-isolation';
import { rule as sagemakerModelBiasTraffic } from './rules/sagemaker-model-bias-traffic';
import { rule as sagemakerModelExplainabilityIsolation } from './rules/sagemaker-model-explainability-isolation';
import { rule as sagemakerModelExplainabilityTraffic } from './rules/sagemaker-model-explainability-traffic';
import { rule as sagemakerModelIsolation } from './rules/sagemaker-model-isolation';
import { rule as sagemakerModelQualityIsolation } from './rules/sagemaker-model-quality-isolation';
import { rule as sagemakerModelQualityTraffic } from './rules/sagemaker-model-quality-traffic';
import { rule as sagemakerModelRegistries } from './rules/sagemaker-model-registries';
import { rule as sagemakerModelRegistry } from './rules/sagemaker-model-registry';
import { rule as sagemakerModelVpc } from './rules/sagemaker-model-vpc';
import { rule as sagemakerMonitoringIsolation } from './rules/sagemaker-monitoring-isolation';
import { rule as sagemakerMonitoringKeys } from './rules/sagemaker-monitoring-keys';
import { rule as sagemakerMonitoringTraffic } from './rules/sagemaker-monitoring-traffic';
import { rule as sagemakerNotebookInternet } from './rules/sagemaker-notebook-internet';
import { rule as sagemakerNotebookKey } from './rules/sagemaker-notebook-key';
import { rule as sagemakerNotebookMetadata } from './rules/sagemaker-notebook-metadata';
import { rule as sagemakerNotebookPlatform } from './rules/sagemaker-notebook-platform';
import { rule as sagemakerNotebookRoot } from './rules/sagemaker-notebook-root';
import { rule as sagemakerNotebookSubnet } from './rules/sagemaker-notebook-subnet';
import { rule as sagemakerProcessingKeys } from './rules/sagemaker-processing-keys';
import { rule as sagemakerProcessingTraffic } from './rules/sagemaker-processing-traffic';

/** All rules, in the order of their ids. */
export const RULES: readonly ComplianceRule[] = [
  ec2EndpointPolicy,
  ec2EndpointPrivateDns,
  ec2EndpointSubnets,
  glueTransformKey,
  iamConditionKeyNames,
  iamForAllValues,
  iamPassRole,
  iamSagemakerRoleBreadth,
  iamSagemakerTrustSource,
  s3BucketForeignAccounts,
  sagemakerDataQualityIsolation,
  sagemakerDataQualityTraffic,
  sagemakerDomainIdle,
  sagemakerDomainKey,
  sagemakerDomainVpc,
  sagemakerEndpointCopies,
  sagemakerEndpointKey,
  sagemakerEndpointSubnets,
  sagemakerExperimentDataKey,
  sagemakerExperimentStorageKey,
  sagemakerFeatureOfflineKey,
  sagemakerFeatureOnlineKey,
  sagemakerJobDefinitionOutputKey,
  sagemakerJobDefinitionVolumeKey,
  sagemakerLifecycleSecrets,
  sagemakerModelBiasIsolation,
  sagemakerModelBiasTraffic,
  sagemakerModelExplainabilityIsolation,
  sagemakerModelExplainabilityTraffic,
  sagemakerModelIsolation,
  sagemakerModelQualityIsolation,
  sagemakerModelQualityTraffic,
  sagemakerModelRegistries,
  sagemakerModelRegistry,
  sagemakerModelVpc,
  sagemakerMonitoringIsolation,
  sagemakerMonitoringKeys,
  sagemakerMonitoringTraffic,
  sagemakerNotebookInternet,
  sagemakerNotebookKey,
  sagemakerNotebookMetadata,
  sagemakerNotebookPlatform,
  sagemakerNotebookRoot,
  sagemakerNotebookSubnet,
  sagemakerProcessingKeys,
  sagemakerProcessingTraffic,
];
