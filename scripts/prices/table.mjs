import { UNIT_FIELDS } from './fields.mjs';
import { REGION_CODES } from './regions.mjs';

/** Where the table stands in the package. */
export const TABLE = 'assets/cost/prices.json';

const LISTS = ['ml', 'ec2'];

/**
 * The table as the text of its file: regions, unit prices and types in a fixed order, so that a difference of two versions
 * shows prices and nothing else. Unit prices that are unknown are null.
 */
export function tableText({ sources, inputs, fields, exceptions, single, regions }) {
  const head = {
    schema: 1,
    currency: 'USD',
    hoursPerMonth: 730,
    pricesOf: oldest(sources),
    sources: sorted(sources),
    inputs: sorted(inputs),
    fields: inOrder([...UNIT_FIELDS.map(({ field }) => field), ...LISTS], fields),
    exceptions: exceptionsInOrder(exceptions),
    single: singleInOrder(single),
  };
  const lines = Object.entries(head).map(([name, value]) => `"${name}":${lined(value, name)}`);
  const priced = REGION_CODES.map((region) => `"${region}":${regionText(regions[region])}`);
  return `{\n${lines.join(',\n')},\n"regions":{\n${priced.join(',\n')}\n}\n}\n`;
}

function regionText({ unit, ...lists }) {
  const units = Object.fromEntries(UNIT_FIELDS.map(({ field }) => [field, unit[field] ?? null]));
  const parts = [
    `"unit":${JSON.stringify(units)}`,
    ...LISTS.map((list) => `"${list}":${JSON.stringify(sorted(lists[list]))}`),
  ];
  return `{${parts.join(',\n')}}`;
}

/** One line for each source and each field with single figures: these are read by people. */
function lined(value, name) {
  return name === 'sources' || name === 'single'
    ? `{\n${Object.entries(value)
        .map(([key, each]) => `"${key}":${JSON.stringify(each)}`)
        .join(',\n')}\n}`
    : JSON.stringify(value);
}

function inOrder(names, values) {
  return Object.fromEntries(names.filter((name) => name in values).map((name) => [name, values[name]]));
}

function singleInOrder(single) {
  const known = UNIT_FIELDS.map(({ field }) => field).filter((field) => Object.keys(single[field] ?? {}).length > 0);
  return Object.fromEntries(known.map((field) => [field, inOrder(REGION_CODES, single[field])]));
}

function exceptionsInOrder(exceptions) {
  const named = Object.entries(sorted(exceptions)).map(([source, byRegion]) => [
    source,
    inOrder(
      REGION_CODES,
      Object.fromEntries(Object.entries(byRegion).map(([region, types]) => [region, [...types].sort()])),
    ),
  ]);
  return Object.fromEntries(named);
}

/** The day of the oldest price list; single figures have days of their own. Of some lists only the month is known. */
function oldest(sources) {
  return Object.values(sources)
    .map(({ date }) => (date.length === 'YYYY-MM'.length ? `${date}-01` : date))
    .sort()[0];
}

function sorted(entries) {
  return Object.fromEntries(Object.entries(entries).sort(([one], [other]) => (one < other ? -1 : 1)));
}
