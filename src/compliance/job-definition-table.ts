/** The definitions of monitoring jobs, which have resources, network and output in common. */
export const JOB_DEFINITIONS = [
  'AWS::SageMaker::DataQualityJobDefinition',
  'AWS::SageMaker::ModelBiasJobDefinition',
  'AWS::SageMaker::ModelExplainabilityJobDefinition',
  'AWS::SageMaker::ModelQualityJobDefinition',
];
