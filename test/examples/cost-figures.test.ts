import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { createColors } from 'picocolors';
import { priceTable } from '../../src/cost/pricing';
import { MlInstanceType } from '../../src/environment';
import { readAssembly } from '../../tools/src/assembly/read-assembly';
import { asTable } from '../../tools/src/cost/as-table';
import type { Aspect } from '../../tools/src/cost/breakdown';
import { CostResult, resultOf } from '../../tools/src/cost/result';
import { EXAMPLE_APPS } from './example-apps';
import { exampleFiles } from './example-files';
import { EXAMPLES } from './synthesis';

// With RENEW_FIGURES=1, the READMEs get what the command says, in place of what they say.

/** What each layout is summed up by. */
const ASPECTS: Record<string, Aspect> = { team: 'owner', environment: 'environment', project: 'project' };
/** Nothing here may change with the day of the test: prices count as new. */
const PRICED = new Date(priceTable().pricesOf);

/** As the command writes where no terminal is. */
const LOOK = { width: 80, colors: createColors(false) };
const SAID = /(?<=\$ npx cdk-ml-infra-tools cost --by (\w+)\n)[^`]+(?=\n```)/;
const READMES = exampleFiles().filter(({ path }) => path === 'README.md');

describe.each(Object.keys(EXAMPLE_APPS))('the READMEs of the layout %s', (layout) => {
  const readmes = READMES.filter((file) => file.layout === layout);
  let said: string;

  beforeAll(() => {
    said = costs(layout);
    for (const { language, text } of process.env.RENEW_FIGURES ? readmes : []) {
      writeFileSync(join(EXAMPLES, layout, language, 'README.md'), text.replace(SAID, said));
    }
  });

  test.each(readmes.map(({ language, text }) => [language, text]))('say what the command says: %s', (_, text) => {
    const [block, aspect] = SAID.exec(text) ?? [];

    expect(aspect).toBe(ASPECTS[layout]);
    expect(process.env.RENEW_FIGURES ? said : block).toBe(said);
  });
});

describe('the published tables of docs/cost.md', () => {
  const [virginia, frankfurt] = ['us-east-1', 'eu-central-1'].map(figures);
  const rows = rowsOf('docs/cost.md', 'Published cost tables');

  test('have many rows', () => {
    expect(rows.length).toBeGreaterThan(20);
  });

  test.each(rows)('%s: %s published', (part, _, ...ours) => {
    const expected = ours.length === 2 ? [virginia[part], frankfurt[part]] : [frankfurt[part]];

    expect(ours).toEqual(expected);
  });
});

test.each(rowsOf('README.md', 'What it costs'))('README says what the table of prices says: %s', (what, ...said) => {
  const expected = ['us-east-1', 'eu-central-1'].map((region) => readmeFigures(region)[what]);

  expect(said.map((each) => each.replace(/^\[(.*)\]\(.*\)$/, '$1'))).toEqual(expected);
});

test('the gaps that docs/cost.md names are those of the table of prices', () => {
  expect(rowsOf('docs/cost.md', 'Gaps of the table')).toEqual(gaps());
});

test('docs/cost.md quotes what an estimate says', () => {
  const [, quoted] = /^\| items \|.*`(.*)`/m.exec(pageOf('docs/cost.md')) ?? [];

  expect(resultFor('environment').estimate.items.map(({ description }) => description)).toContain(quoted);
});

/** The sums that `ml-infra cost` prints of an example, from the first line to the total. */
function costs(layout: string): string {
  const said = asTable(resultFor(layout), { by: ASPECTS[layout], all: false }, LOOK);
  return said.slice(0, said.search(/(?<=\n[^\n]* total[^\n]* by \w+)\n/));
}

function resultFor(layout: string): CostResult {
  const outdir = mkdtempSync(join(tmpdir(), 'figures-'));
  try {
    const { context } = JSON.parse(readFileSync(join(EXAMPLES, layout, 'typescript', 'cdk.json'), 'utf8'));
    const app = new App({ context, outdir });
    EXAMPLE_APPS[layout](app);
    app.synth();
    return resultOf(readAssembly(outdir), { region: 'us-east-1', today: PRICED });
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** Each row of the published tables, computed with the prices of a region. */
function figures(region: string): Record<string, string> {
  const { hoursPerMonth, regions } = priceTable();
  const { unit, ml, ec2 } = regions[region];
  const price = (value: number | null | undefined) => value ?? Number.NaN;
  const endpoints = (count: number) => count * hoursPerMonth * price(unit.interfaceEndpointPerAzHour);
  const own = ml['ml.t3.medium'] * hoursPerMonth;
  const shared = Math.round(endpoints(3) * 100) / 100 + 2;
  const machine = ec2['t3.medium'] * hoursPerMonth;
  const volume = 50 * price(unit.ebsGp3GbMonth);
  const nat = hoursPerMonth * price(unit.natGatewayHour);
  const address = hoursPerMonth * price(unit.publicIpv4Hour);
  const studio = [
    endpoints(5) + 400 * price(unit.interfaceEndpointPerGb),
    500 * ml['ml.t3.medium'],
    price(unit.s3StandardGbMonth) / 2,
  ];
  const amounts: Record<string, number> = {
    'three interface endpoints, one zone': endpoints(3),
    'buckets, taken as published': 2,
    'ml.t3.medium, always on': own,
    'three notebooks, a set-up each': 3 * (shared + own),
    'three notebooks on one set-up': shared + 3 * own,
    'saved by three': 2 * shared,
    'saved by a further notebook': shared,
    'saved by five': 4 * shared,
    't3.medium, always on': machine,
    '50 GB of EBS gp3': volume,
    'NAT gateway, without data': nat,
    'sum of the first three': machine + volume + nat,
    'public address of the NAT gateway': address,
    'S3 Standard, 100 GB': 100 * price(unit.s3StandardGbMonth),
    'sum, without CloudWatch': nat + 100 * price(unit.s3StandardGbMonth) + address,
    '5 interface endpoints in one zone, 400 GB': studio[0],
    'ml.t3.medium, 500 hours': studio[1],
    'S3 Standard, 0.5 GB': studio[2],
    total: studio[0] + studio[1] + studio[2],
  };
  const rounded = Object.entries(amounts).map(([part, usd]) => [part, usd.toFixed(2)]);
  return { ...Object.fromEntries(rounded), 'S3 Standard, per GB': `${unit.s3StandardGbMonth}` };
}

function pageOf(file: string): string {
  return readFileSync(join(EXAMPLES, '..', file), 'utf8');
}

/** The rows of the tables below a heading, without their heads. */
function rowsOf(file: string, heading: string): string[][] {
  const [, section] = pageOf(file).split(new RegExp(`^#+ ${heading}$`, 'm'));
  return section
    .split(/^#/m)[0]
    .split('\n')
    .filter((line, at, lines) => /^\| /.test(line) && !/^\|--/.test(lines[at + 1]))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

/** Each row of the table of README, computed with the prices of a region. */
function readmeFigures(region: string): Record<string, string> {
  const { hoursPerMonth, regions } = priceTable();
  const { unit, ml } = regions[region];
  const endpoint = hoursPerMonth * (unit.interfaceEndpointPerAzHour ?? Number.NaN);
  const amounts = {
    'interface endpoint, per zone': endpoint,
    'the four of the base, two zones (production)': 8 * endpoint,
    'the four of the base, one zone (development)': 4 * endpoint,
    'ml.t3.medium, always on': hoursPerMonth * ml['ml.t3.medium'],
    'ml.t3.medium, 8 hours on 21 days': 8 * 21 * ml['ml.t3.medium'],
    'volume of a notebook, 50 GiB': 50 * (unit.mlStorageGbMonth ?? Number.NaN),
    key: unit.kmsKeyMonth ?? Number.NaN,
  };
  return Object.fromEntries(
    Object.entries(amounts).map(([what, usd]) => [what, Number.isNaN(usd) ? 'no known price' : usd.toFixed(2)]),
  );
}

/** What has no price in which regions, as docs/cost.md writes it: constants of machines, then what the library defines. */
function gaps(): string[][] {
  const regions = Object.entries(priceTable().regions);
  const units = {
    'volumes of notebooks and endpoints': 'mlStorageGbMonth',
    'NAT gateways, by the hour': 'natGatewayHour',
    'NAT gateways, data': 'natGatewayPerGb',
    'EBS gp3': 'ebsGp3GbMonth',
    'EBS gp2': 'ebsGp2GbMonth',
    'data of endpoints for inference': 'endpointDataPerGb',
  } as const;
  const machines = Object.entries(MlInstanceType).filter(([, each]) => each instanceof MlInstanceType);
  const has = [
    ...machines.map(([constant, { name }]) => ({
      what: `\`MlInstanceType.${constant}\``,
      in: regions.filter(([, { ml }]) => ml[name] !== undefined),
    })),
    ...Object.entries(units).map(([what, name]) => ({
      what,
      in: regions.filter(([, { unit }]) => unit[name] !== null),
    })),
  ].map(({ what, in: known }) => ({ what, known: known.map(([region]) => region) }));
  return has
    .filter(({ known }) => known.length < regions.length)
    .map(({ what, known }) => {
      const unknown = regions.map(([region]) => region).filter((region) => !known.includes(region));
      return [what, unknown.length > 8 ? `all but ${known.join(', ')}` : unknown.join(', ')];
    });
}
