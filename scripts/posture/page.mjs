// The parts of docs/security-posture.md that are measured. Each stands between its two marks.

/** Replaces each part in a page by its lines. */
export function withParts(page, parts) {
  return Object.entries(parts).reduce((text, [name, lines]) => {
    const between = new RegExp(`(<!-- ${name} -->\\n)[^]*?(<!-- /${name} -->)`);
    if (!between.test(text)) {
      throw new Error(`the page must have a part between <!-- ${name} --> and <!-- /${name} -->`);
    }
    return text.replace(between, (_, start, end) => `${start}\n${lines.join('\n')}\n\n${end}`);
  }, page);
}

/** A table of what was counted. */
export function figureRows({ counted, ledger, most, rules, apps, templates, open }) {
  const { decisions, right = decisions, mutants, seen, refusals, properties, runs } = counted;
  const known = (text, ...values) => (values.includes(undefined) ? 'not counted' : text);
  return table(
    ['figure', 'value'],
    [
      ['decisions of IAM that come out as wanted', known(`${right} of ${decisions}`, decisions)],
      ['widened policies that are noticed', known(`${seen} of ${mutants} (${percent(seen, mutants)})`, mutants, seen)],
      ['bad inputs that are refused with the remedy', known(`${refusals}`, refusals)],
      ['properties over random valid props', known(`${properties}, with ${runs} runs`, properties, runs)],
      [
        'rules of `MlComplianceChecks`',
        `${rules.length}, ${rules.filter(({ inGuard }) => inGuard).length} of them in Guard`,
      ],
      ['apps and templates that all checkers read', `${apps} and ${templates}, without and with feature flags`],
      ['findings that are neither fixed nor in the ledger', String(open)],
      ['requirements in the ledger, over all checkers', `${ledger.length} of at most ${most}`],
    ],
  );
}

/** A table of what is left unmet. */
export function ledgerRows(ledger) {
  const ids = (rules) =>
    Object.entries(rules)
      .map(([checker, names]) => `${checker}: ${names.map((name) => `\`${name}\``).join(', ')}`)
      .join('; ');
  return table(
    ['requirement', 'rules', 'on', 'why it is left unmet'],
    ledger.map(({ requirement, rules, on, reason }) => [requirement, ids(rules), on, reason]),
  );
}

/** Tables of what each checker notices: in all, and rule by rule. */
export function coverageRows({ checkers, rules }) {
  const names = ['MlComplianceChecks', ...Object.keys(checkers)];
  const cell = ({ cases, noticed }, name) => {
    const part = noticed[name];
    return part === undefined
      ? 'not measured'
      : part.cases === 0
        ? ''
        : part.cases === cases
          ? 'yes'
          : `${part.cases} of ${cases}`;
  };
  const numbers = Array.from({ length: 25 }, (_, index) => `SageMaker.${index + 1}`);
  const withRule = numbers.filter((id) => Object.values(rules).some(({ controls }) => controls.includes(id)));
  const isNoticed = (id, name) =>
    Object.values(rules).some(({ controls, noticed }) => controls.includes(id) && noticed[name]?.cases > 0);
  return [
    ...table(
      ['', ...names],
      [
        ['version', 'this', ...Object.values(checkers)],
        [
          `of ${withRule.length} SageMaker controls of Security Hub`,
          ...names.map((name) => String(withRule.filter((id) => isNoticed(id, name)).length)),
        ],
        [
          `of all ${Object.keys(rules).length} rules below`,
          ...names.map((name) => String(Object.values(rules).filter(({ noticed }) => noticed[name]?.cases > 0).length)),
        ],
      ],
    ),
    '',
    ...table(
      ['controls', 'rule', 'templates', ...names],
      Object.entries(rules).map(([id, rule]) => [
        rule.controls.join(', '),
        `\`${id}\``,
        String(rule.cases),
        ...names.map((name) => cell(rule, name)),
      ]),
    ),
  ];
}

function percent(part, whole) {
  return `${((100 * part) / whole).toFixed(1)} %`;
}

function table(head, rows) {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}
