import { propertiesIn } from '../known-values';
import { Pricers, unknown } from '../subject';

/** Jobs and crawlers of Glue. */
export const gluePricers: Pricers = {
  'AWS::Glue::Job': (subject) => {
    const { ExecutionClass = 'STANDARD', Command } = subject.properties;
    if (propertiesIn(Command).Name === 'glueray') {
      return [unknown('by use: hours of Ray workers; no price in the table')];
    }
    switch (ExecutionClass) {
      case 'STANDARD':
        return [subject.use('glueDpuHours')];
      case 'FLEX':
        return [subject.use('glueDpuHours', { what: 'DPU hours of Glue, flexible', price: 'glueFlexDpuHour' })];
      default:
        return [unknown('by use: DPU hours, of a class that is known only at deployment')];
    }
  },
  'AWS::Glue::Crawler': (subject) => [
    subject.use('glueDpuHours', { what: 'DPU hours of crawlers, at the price of jobs' }),
  ],
};
