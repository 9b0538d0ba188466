export * from './notebook-alarms';
export * from './sagemaker-log-retention';
