export * from './data-access-trail';
export * from './notebook-alarms';
export * from './sagemaker-log-retention';
