import { DataRule } from '../compliance-rule';
import { securityHub } from '../control-pages';
import { equals, present } from '../requirement';

export const rule: DataRule = {
  id: 'sagemaker-monitoring-traffic',
  controls: ['SageMaker.22', 'sagemaker-monitoring-schedule-traffic-encryption'],
  title: 'Containers of monitoring schedules encrypt what they send each other',
  severity: 'MEDIUM',
  remedy: 'Set NetworkConfig.EnableInterContainerTrafficEncryption of the job definition',
  link: securityHub('SageMaker.22'),
  resourceTypes: ['AWS::SageMaker::MonitoringSchedule'],
  appliesWhen: present('MonitoringScheduleConfig.MonitoringJobDefinition'),
  requirement: equals(
    'MonitoringScheduleConfig.MonitoringJobDefinition.NetworkConfig.EnableInterContainerTrafficEncryption',
    true,
  ),
};
