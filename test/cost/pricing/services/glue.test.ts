import { costOf, offers, reasons } from '../priced';

describe('Glue', () => {
  test.each([
    ['AWS::Glue::Job', {}, 0.44],
    ['AWS::Glue::Job', { ExecutionClass: 'STANDARD', Command: { Name: 'pythonshell' } }, 0.44],
    ['AWS::Glue::Job', { ExecutionClass: 'FLEX' }, 0.29],
    ['AWS::Glue::Crawler', {}, 0.44],
  ])('costs by DPU hours: %s %j', (type, properties, usd) => {
    expect(offers(costOf(type, properties))).toEqual({ glueDpuHours: usd });
  });

  test.each([
    [{ ExecutionClass: { Ref: 'Class' } }, 'by use: DPU hours, of a class that is known only at deployment'],
    [{ Command: { Name: 'glueray' } }, 'by use: hours of Ray workers; no price in the table'],
  ])('has no known price for %j', (properties, reason) => {
    expect(reasons(costOf('AWS::Glue::Job', properties))).toEqual([reason]);
  });
});
