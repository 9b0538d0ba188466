import { DataRule } from '../compliance-rule';
import { sagemakerGuide } from '../control-pages';
import { all, present, when } from '../requirement';

export const rule: DataRule = {
  id: 'sagemaker-processing-keys',
  controls: [],
  title: 'Volumes and output of processing jobs are encrypted with a customer managed key',
  severity: 'MEDIUM',
  remedy: 'Set ProcessingResources.ClusterConfig.VolumeKmsKeyId and ProcessingOutputConfig.KmsKeyId',
  link: sagemakerGuide('encryption-at-rest'),
  resourceTypes: ['AWS::SageMaker::ProcessingJob'],
  requirement: all(
    present('ProcessingResources.ClusterConfig.VolumeKmsKeyId'),
    when(present('ProcessingOutputConfig'), present('ProcessingOutputConfig.KmsKeyId')),
  ),
};
