import { RuleCases, subject } from '../rule-cases';

export const cases: RuleCases = {
  compliant: {
    enabled: subject('AWS::SageMaker::Domain', {
      DefaultUserSettings: {
        JupyterLabAppSettings: {
          AppLifecycleManagement: { IdleSettings: { LifecycleManagement: 'ENABLED', IdleTimeoutInMinutes: 60 } },
        },
      },
    }),
  },
  nonCompliant: {
    disabled: subject('AWS::SageMaker::Domain', {
      DefaultUserSettings: {
        JupyterLabAppSettings: { AppLifecycleManagement: { IdleSettings: { LifecycleManagement: 'DISABLED' } } },
      },
    }),
    'what AWS does by default': subject('AWS::SageMaker::Domain', { DefaultUserSettings: {} }),
  },
  notApplicable: {
    'another type': subject('AWS::S3::Bucket', {}),
  },
};
