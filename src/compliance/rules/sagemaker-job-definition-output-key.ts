import { DataRule } from '../compliance-rule';
import { sagemakerGuide } from '../control-pages';
import { JOB_DEFINITIONS } from '../job-definition-table';
import { any, present } from '../requirement';

export const rule: DataRule = {
  id: 'sagemaker-job-definition-output-key',
  controls: ['CKV_AWS_367'],
  title: 'What monitoring jobs write is encrypted with a customer managed key',
  severity: 'MEDIUM',
  remedy: 'Set KmsKeyId of the job output configuration',
  link: sagemakerGuide('encryption-at-rest'),
  resourceTypes: JOB_DEFINITIONS,
  requirement: any(
    present('DataQualityJobOutputConfig.KmsKeyId'),
    present('ModelBiasJobOutputConfig.KmsKeyId'),
    present('ModelExplainabilityJobOutputConfig.KmsKeyId'),
    present('ModelQualityJobOutputConfig.KmsKeyId'),
  ),
};
