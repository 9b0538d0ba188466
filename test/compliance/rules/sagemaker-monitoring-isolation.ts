import { RuleCases, subject } from '../rule-cases';

export const cases: RuleCases = {
  compliant: {
    isolated: subject('AWS::SageMaker::MonitoringSchedule', {
      MonitoringScheduleConfig: {
        MonitoringJobDefinition: {
          RoleArn: 'arn:aws:iam::111111111111:role/monitor',
          NetworkConfig: { EnableNetworkIsolation: true },
        },
      },
    }),
  },
  nonCompliant: {
    'not isolated': subject('AWS::SageMaker::MonitoringSchedule', {
      MonitoringScheduleConfig: {
        MonitoringJobDefinition: {
          RoleArn: 'arn:aws:iam::111111111111:role/monitor',
          NetworkConfig: { EnableNetworkIsolation: false },
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
