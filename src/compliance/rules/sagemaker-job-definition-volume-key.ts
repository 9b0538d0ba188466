import { DataRule } from '../compliance-rule';
import { sagemakerGuide } from '../control-pages';
import { JOB_DEFINITIONS } from '../job-definition-table';
import { present } from '../requirement';

export const rule: DataRule = {
  id: 'sagemaker-job-definition-volume-key',
  controls: ['CKV_AWS_368'],
  title: 'Volumes of monitoring jobs are encrypted with a customer managed key',
  severity: 'MEDIUM',
  remedy: 'Set JobResources.ClusterConfig.VolumeKmsKeyId',
  link: sagemakerGuide('encryption-at-rest'),
  resourceTypes: JOB_DEFINITIONS,
  requirement: present('JobResources.ClusterConfig.VolumeKmsKeyId'),
};
