import { RuleCases, subject } from '../rule-cases';

export const cases: RuleCases = {
  compliant: {
    encrypted: subject('AWS::SageMaker::MonitoringSchedule', {
      MonitoringScheduleConfig: {
        MonitoringJobDefinition: {
          RoleArn: 'arn:aws:iam::111111111111:role/monitor',
          NetworkConfig: { EnableInterContainerTrafficEncryption: true },
        },
      },
    }),
  },
  nonCompliant: {
    'not encrypted': subject('AWS::SageMaker::MonitoringSchedule', {
      MonitoringScheduleConfig: {
        MonitoringJobDefinition: {
          RoleArn: 'arn:aws:iam::111111111111:role/monitor',
          NetworkConfig: { EnableInterContainerTrafficEncryption: false },
        },
      },
    }),
    'what AWS does by default': subject('AWS::SageMaker::MonitoringSchedule', {
      MonitoringScheduleConfig: { MonitoringJobDefinition: { RoleArn: 'arn:aws:iam::111111111111:role/monitor' } },
    }),
  },
  notApplicable: {
    'a job definition of its own': subject('AWS::SageMaker::MonitoringSchedule', {
      MonitoringScheduleConfig: { MonitoringJobDefinitionName: 'daily', MonitoringType: 'DataQuality' },
    }),
  },
};
