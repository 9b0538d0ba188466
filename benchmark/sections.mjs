// What the sections of RESULTS.md are made of: places in the file, tables and targets.

/** A section as it was measured last, from its heading to the next one; empty if it never was. */
export function sectionOf(results, heading) {
  const start = results.indexOf(heading);
  const end = results.indexOf('\n## ', start + heading.length);
  return start < 0 ? '' : results.slice(start, end < 0 ? undefined : end);
}

/** Replaces a section in the text of all results, or adds it. */
export function withSection(results, heading, section) {
  const last = sectionOf(results, heading);
  return last === '' ? `${results}${section}` : results.replace(last, () => section);
}

export function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A figure and the most that it may be. */
export function check(name, value, most, unit) {
  return { name, value: Math.round(value * 1000) / 1000, most, unit };
}

export function targets(checks) {
  return table(
    ['', 'measured', 'at most', ''],
    checks.map((each) => [
      each.name,
      `${each.value} ${each.unit}`.trim(),
      `${each.most} ${each.unit}`.trim(),
      isMissed(each) ? '**missed**' : 'holds',
    ]),
  );
}

/** The names of the targets that are missed. */
export function missedOf(checks) {
  return checks.filter(isMissed).map(({ name }) => name);
}

function isMissed({ value, most }) {
  return !(value <= most);
}
