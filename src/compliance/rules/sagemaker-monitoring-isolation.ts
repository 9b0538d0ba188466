import { DataRule } from '../compliance-rule';
import { securityHub } from '../control-pages';
import { equals, present } from '../requirement';

export const rule: DataRule = {
  id: 'sagemaker-monitoring-isolation',
  controls: ['SageMaker.14', 'sagemaker-monitoring-schedule-isolation'],
  title: 'Containers of monitoring schedules have no network',
  severity: 'MEDIUM',
  remedy: 'Set NetworkConfig.EnableNetworkIsolation of the job definition',
  link: securityHub('SageMaker.14'),
  resourceTypes: ['AWS::SageMaker::MonitoringSchedule'],
  appliesWhen: present('MonitoringScheduleConfig.MonitoringJobDefinition'),
  requirement: equals('MonitoringScheduleConfig.MonitoringJobDefinition.NetworkConfig.EnableNetworkIsolation', true),
};
