import { knownText } from '../known-values';
import { Pricers, unknown } from '../subject';

/** Logs and what is measured from them. */
export const logPricers: Pricers = {
  'AWS::Logs::LogGroup': (subject) => {
    const stated = subject.properties.LogGroupClass;
    const storage = subject.use('logStorageGb');
    switch (stated === undefined ? 'STANDARD' : knownText(stated)) {
      case 'STANDARD':
        return [subject.use('logIngestionGb'), storage];
      case 'INFREQUENT_ACCESS':
        return [
          subject.use('logIngestionGb', { what: 'Log ingestion, Infrequent Access', price: 'cwLogsIngestIaGb' }),
          storage,
        ];
      default:
        return [unknown('by use: log ingestion of its class; no price in the table'), storage];
    }
  },
  'AWS::Logs::MetricFilter': (subject) => [subject.use('customMetrics')],
  'AWS::EC2::FlowLog': (subject) => {
    const { LogDestinationType = 'cloud-watch-logs', LogDestination, LogGroupName } = subject.properties;
    if (LogDestinationType !== 'cloud-watch-logs') {
      return [unknown('by use: delivery of its logs; no price in the table')];
    }
    return subject.find(LogGroupName ?? LogDestination)?.type === 'AWS::Logs::LogGroup'
      ? []
      : [unknown('by use: ingestion and storage of its logs, in a log group that is not among the resources')];
  },
};
