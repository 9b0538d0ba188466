import { UNIT_FIELDS } from './fields.mjs';
import { amount } from './price-map.mjs';

/** Before the usage type: none in us-east-1 for old services, `EU` for Ireland, else such as `EUC1`. */
const PREFIX = /^(?:EU|[A-Z]{2,3}\d)-/;
const NOTEBOOK = 'Notebk:ml.';
const CELL = /(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g;

/**
 * Prices in a bulk offer of AWS for one region (`index.csv`). The usage type decides, and it has to be the whole of it: a Local
 * Zone of the region adds a name of its own, and a regional NAT gateway is another product. The column `Instance Type` of
 * SageMaker is mostly empty.
 *
 * @param {string} offer such as `AmazonEC2`
 * @param {string} region code
 * @param {AsyncIterable<string> | Iterable<string>} lines of the file, which may be too large for memory
 */
export async function readBulkOffer(offer, region, lines) {
  const wanted = new Map(
    UNIT_FIELDS.filter((field) => field.offer === offer).map(({ usage, field }) => [usage, field]),
  );
  const marks = [...wanted.keys(), ...(offer === 'AmazonSageMaker' ? [NOTEBOOK] : [])];
  const head = {};
  const found = { unit: {}, ml: {} };
  let columns;
  for await (const line of lines) {
    if (!columns) {
      const cells = cellsOf(line);
      columns = cells.includes('usageType') ? cells : undefined;
      head[cells[0]] = cells[1];
    } else if (marks.some((mark) => line.includes(mark))) {
      const cells = cellsOf(line);
      note(found, wanted, Object.fromEntries(columns.map((name, index) => [name, cells[index]])), region);
    }
  }
  if (head.OfferCode !== offer || !columns || !/^\d{4}-\d\d-\d\d/.test(head['Publication Date'] ?? '')) {
    throw new Error(`The bulk offer of ${region} must be of ${offer} with a day of publication and a column usageType`);
  }
  return { date: head['Publication Date'].slice(0, 10), ...found };
}

function note(found, wanted, row, region) {
  const usage = row.usageType.replace(PREFIX, '');
  const [list, key] = usage.startsWith(NOTEBOOK) ? ['ml', usage.slice('Notebk:'.length)] : ['unit', wanted.get(usage)];
  const isFirst = (row.StartingRange || '0') === '0' && row.TermType === 'OnDemand' && row.Currency === 'USD';
  if (!key || !isFirst || (row['Region Code'] ?? region) !== region) {
    return;
  }
  const usd = amount(`${row.usageType} in ${region}`, row.PricePerUnit);
  if (usd > 0 && (found[list][key] ?? usd) !== usd) {
    throw new Error(`${row.usageType} in ${region} has two prices, ${found[list][key]} and ${usd}`);
  }
  if (usd > 0) {
    found[list][key] = usd; // nothing but free tiers cost nothing, and the table leaves them out
  }
}

function cellsOf(line) {
  return [...line.matchAll(CELL)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain);
}
