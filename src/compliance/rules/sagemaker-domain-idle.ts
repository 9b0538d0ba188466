import { DataRule } from '../compliance-rule';
import { sagemakerGuide } from '../control-pages';
import { equals } from '../requirement';

export const rule: DataRule = {
  id: 'sagemaker-domain-idle',
  controls: [],
  title: 'Spaces of Studio that nobody uses shut down',
  severity: 'LOW',
  remedy:
    'Set DefaultUserSettings.JupyterLabAppSettings.AppLifecycleManagement.IdleSettings.LifecycleManagement to ENABLED',
  link: sagemakerGuide('studio-updated-idle-shutdown'),
  resourceTypes: ['AWS::SageMaker::Domain'],
  requirement: equals(
    'DefaultUserSettings.JupyterLabAppSettings.AppLifecycleManagement.IdleSettings.LifecycleManagement',
    'ENABLED',
  ),
};
