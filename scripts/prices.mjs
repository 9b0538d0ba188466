// The price table of the package, assets/cost/prices.json. docs/decisions/017-prices-in-the-package.md says how it is kept.
//
//   node scripts/prices.mjs import [<aws-prices.json> <aws-ec2-prices.json>]
//       Writes it from the two files that it began with, or else from itself; with the extracts and the single figures that stand
//       in scripts/prices.
//   node scripts/prices.mjs refresh [--from <folder with downloads>] [--accept]
//       Renews it from AWS's public price list. Takes the network, or the files that a folder has, and no credentials. Prices
//       that move by more than 10 % or end are listed, and refused without --accept.
//
// Either takes --table <file> for another table.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { differences } from './prices/differences.mjs';
import { importedFrom } from './prices/inputs.mjs';
import { refreshed } from './prices/refresh.mjs';
import { TABLE, tableText } from './prices/table.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { from: { type: 'string' }, accept: { type: 'boolean', default: false }, table: { type: 'string' } },
});
const [command, ...inputs] = positionals;
const file = values.table ?? join(dirname(dirname(fileURLToPath(import.meta.url))), TABLE);

try {
  await run();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

async function run() {
  if (command === 'import' && [0, 2].includes(inputs.length)) {
    write(importedFrom(inputs, inputs.length === 0 ? present() : undefined));
  } else if (command === 'refresh' && inputs.length === 0) {
    await refresh();
  } else {
    throw new Error('Give import, alone or with two files, or refresh [--from <folder>] [--accept].');
  }
}

async function refresh() {
  const before = present();
  const after = await refreshed(before, values.from, console.log);
  const { moved, gone, fresh, other } = differences(before, after);
  const list = (title, lines) => lines.length > 0 && console.log([`${title}:`, ...lines].join('\n  '));
  list('New', fresh);
  list('Moved by more than 10 %', moved);
  list('Ended', gone);
  console.log(`${fresh.length} new, ${moved.length + other} moved, ${gone.length} ended.`);
  if (moved.length + gone.length > 0 && !values.accept) {
    console.error('Nothing is written. Look at each of these prices at AWS, then run it again with --accept.');
    process.exitCode = 1;
  } else {
    write(after);
  }
}

function present() {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function write(table) {
  const text = tableText(table);
  writeFileSync(file, text);
  console.log(`${file}: ${Buffer.byteLength(text)} bytes, prices of ${JSON.parse(text).pricesOf} and later.`);
}
