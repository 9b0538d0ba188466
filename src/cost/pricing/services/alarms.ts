import type { Properties } from '../../../private/template';
import { knownList, propertiesIn, quantityOr } from '../known-values';
import { Line, Pricers, Subject, unknown } from '../subject';

/** Seconds below which a metric is of high resolution. */
const STANDARD_PERIOD = 60;

/** The upper and the lower bound of a band. */
const METRICS_OF_A_BAND = 2;

/** Alarms and dashboards of CloudWatch. */
export const alarmPricers: Pricers = {
  'AWS::CloudWatch::Alarm': (subject) => [alarm(subject)],
  'AWS::CloudWatch::Dashboard': (subject) => [
    subject.charge({
      description: 'Dashboard',
      priceName: 'dashboards',
      quantity: 1,
      unit: 'dashboard-month',
      unitUsd: subject.unitPrice('cwDashboardMonth'),
    }),
  ],
};

/** An alarm costs by the metrics that it watches. */
function alarm(subject: Subject): Line {
  const { Metrics, Period } = subject.properties;
  const queries = knownList(Metrics);
  if (queries === undefined) {
    return unknown('the metrics that it watches are known only at deployment');
  }
  const metrics = queries.map(propertiesIn);
  if (metrics.some(({ Expression }) => isText(Expression, /^\s*SELECT\b/i))) {
    return unknown('by use: metrics that its query finds, each at the price of an alarm');
  }
  const watched = metrics.filter(({ MetricStat }) => MetricStat !== undefined);
  const bands = metrics.filter(({ Expression }) => isText(Expression, /ANOMALY_DETECTION_BAND/));
  const count = queries.length === 0 ? 1 : watched.length + bands.length * METRICS_OF_A_BAND;
  const periods = queries.length === 0 ? [Period] : watched.map(periodOf);
  const resolved = periods.map((period) => quantityOr(period, STANDARD_PERIOD));
  if (count === 0 || resolved.some((seconds) => seconds === undefined)) {
    return unknown('the metrics that it watches are known only at deployment');
  }
  if (resolved.some((seconds) => (seconds ?? 0) < STANDARD_PERIOD)) {
    return unknown('it watches at a high resolution; no price in the table');
  }
  return subject.charge({
    description: count === 1 ? 'Alarm' : `Alarm on ${count} metrics`,
    priceName: 'alarms',
    quantity: count,
    unit: 'alarm-metric-month',
    unitUsd: subject.unitPrice('cwAlarmMonth'),
  });
}

function periodOf({ MetricStat }: Properties): unknown {
  return propertiesIn(MetricStat).Period;
}

function isText(value: unknown, pattern: RegExp): boolean {
  return typeof value === 'string' && pattern.test(value);
}
