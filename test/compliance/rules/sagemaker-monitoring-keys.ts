import { RuleCases, subject } from '../rule-cases';

export const cases: RuleCases = {
  compliant: {
    'both keys': subject('AWS::SageMaker::MonitoringSchedule', {
      MonitoringScheduleConfig: {
        MonitoringJobDefinition: {
          RoleArn: 'arn:aws:iam::111111111111:role/monitor',
          MonitoringResources: { ClusterConfig: { VolumeKmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } } },
          MonitoringOutputConfig: { KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } },
        },
      },
    }),
  },
  nonCompliant: {
    'no key for the volume': subject('AWS::SageMaker::MonitoringSchedule', {
      MonitoringScheduleConfig: {
        MonitoringJobDefinition: {
          RoleArn: 'arn:aws:iam::111111111111:role/monitor',
          MonitoringOutputConfig: { KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } },
        },
      },
    }),
    'no key for the output': subject('AWS::SageMaker::MonitoringSchedule', {
      MonitoringScheduleConfig: {
        MonitoringJobDefinition: {
          RoleArn: 'arn:aws:iam::111111111111:role/monitor',
          MonitoringResources: { ClusterConfig: { VolumeKmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } } },
        },
      },
    }),
  },
  notApplicable: {
    'a job definition of its own': subject('AWS::SageMaker::MonitoringSchedule', {
      MonitoringScheduleConfig: { MonitoringJobDefinitionName: 'daily', MonitoringType: 'DataQuality' },
    }),
  },
};
