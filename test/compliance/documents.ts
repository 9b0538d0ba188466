import { guardText } from '../../src/compliance/guard-text';
import { RULES } from '../../src/compliance/rules';

export const GUARD_FILE = 'docs/guard/ml-compliance.guard';
export const DOCS_FILE = 'docs/compliance.md';

const TABLE = /(<!-- rules -->\n)[\s\S]*(<!-- end of rules -->)/;

/** The rules for CloudFormation Guard as they lie in the repository. */
export function guardFile(): string {
  return `# Rules of MlComplianceChecks for CloudFormation Guard 3. Written by scripts/export-guard.mjs.\n\n${guardText(RULES)}`;
}

/** The page with the table of the rules as they are. */
export function withRules(page: string): string {
  return page.replace(TABLE, (_, before: string, after: string) => `${before}\n${ruleTable()}\n${after}`);
}

function ruleTable(): string {
  const rows = RULES.map((rule) => [
    `[\`${rule.id}\`](${rule.link})`,
    rule.controls.join(', '),
    rule.severity,
    rule.resourceTypes.map((type) => `\`${type.replace(/^AWS::/, '')}\``).join(' '),
    `${rule.title}${rule.askedBy ? ` (with \`${rule.askedBy}\`)` : ''}`,
    'requirement' in rule ? 'yes' : 'not in guard',
  ]);
  const head = ['rule', 'controls', 'severity', 'resources', 'what must hold', 'in guard'];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}
