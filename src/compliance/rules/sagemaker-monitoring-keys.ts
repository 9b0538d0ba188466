import { DataRule } from '../compliance-rule';
import { sagemakerGuide } from '../control-pages';
import { all, present } from '../requirement';

export const rule: DataRule = {
  id: 'sagemaker-monitoring-keys',
  controls: [],
  title: 'Volumes and output of monitoring schedules are encrypted with a customer managed key',
  severity: 'MEDIUM',
  remedy:
    'Set MonitoringResources.ClusterConfig.VolumeKmsKeyId and MonitoringOutputConfig.KmsKeyId of the job definition',
  link: sagemakerGuide('encryption-at-rest'),
  resourceTypes: ['AWS::SageMaker::MonitoringSchedule'],
  appliesWhen: present('MonitoringScheduleConfig.MonitoringJobDefinition'),
  requirement: all(
    present('MonitoringScheduleConfig.MonitoringJobDefinition.MonitoringResources.ClusterConfig.VolumeKmsKeyId'),
    present('MonitoringScheduleConfig.MonitoringJobDefinition.MonitoringOutputConfig.KmsKeyId'),
  ),
};
