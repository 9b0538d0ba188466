/** A price that moves by more is looked at by a person. */
const NOTABLE = 0.1;

/** Less than the last digit of any price, more than the noise of a division. */
const NOISE = 1e-9;

/** What changes between two tables, one line for each price. */
export function differences(before, after) {
  const lines = { moved: [], gone: [], fresh: [], other: 0 };
  for (const [region, lists] of Object.entries(after.regions)) {
    for (const [list, prices] of Object.entries(lists)) {
      const old = before.regions[region][list];
      for (const name of new Set([...Object.keys(old), ...Object.keys(prices)])) {
        compare(lines, `${region} ${name}`, old[name] ?? null, prices[name] ?? null);
      }
    }
  }
  return lines;
}

function compare(lines, what, from, to) {
  if (from === to) {
    return;
  }
  if (to === null) {
    lines.gone.push(`${what}: ${from}, and nothing now`);
  } else if (from === null) {
    lines.fresh.push(`${what}: ${to}`);
  } else if (Math.abs(to / from - 1) > NOTABLE + NOISE) {
    lines.moved.push(`${what}: ${from}, now ${to} (${percent(to / from - 1)})`);
  } else {
    lines.other += 1;
  }
}

function percent(share) {
  return `${share > 0 ? '+' : ''}${(share * 100).toFixed(1)} %`;
}
