import { ComplianceRule, DataRule } from './compliance-rule';
import { Leaf, Requirement } from './requirement';

/**
 * The rules that are made of data, as one file for CloudFormation Guard 3.
 *
 * @see https://docs.aws.amazon.com/cfn-guard/latest/ug/writing-rules.html
 */
export function guardText(rules: readonly ComplianceRule[]): string {
  return rules
    .filter((rule) => 'requirement' in rule)
    .map(ruleText)
    .join('\n');
}

/** Name of a rule in Guard, which takes no dashes. */
export function guardName(id: string): string {
  return id.replaceAll('-', '_');
}

function ruleText(rule: DataRule): string {
  const name = guardName(rule.id);
  const types = rule.resourceTypes.map(quoted);
  const filter = [
    types.length === 1 ? `Type == ${types[0]}` : `Type IN [${types.join(', ')}]`,
    ...(rule.appliesWhen ? filterLines(rule.appliesWhen) : []),
  ];
  return [
    `# ${rule.title}`,
    ...(rule.controls.length > 0 ? [`# Controls: ${rule.controls.join(', ')}`] : []),
    `# ${rule.link}`,
    `let ${name} = Resources.*[`,
    ...indented(filter),
    ']',
    `rule ${name} when %${name} !empty {`,
    ...indented([
      `%${name} {`,
      ...indented(['Properties {', ...indented(clauses(rule.requirement, rule.remedy)), '}']),
      '}',
    ]),
    '}',
    '',
  ].join('\n');
}

/** The lines of a requirement inside a filter, where neither blocks nor messages can stand. */
function filterLines(requirement: Requirement): string[] {
  switch (requirement.kind) {
    case 'all':
      return requirement.of.flatMap(filterLines);
    case 'any':
      return [requirement.of.map((leaf) => clause(leaf, 'Properties.')).join(' or ')];
    case 'some':
      return [`some ${clause(requirement.of, `Properties.${requirement.path}[*].`)}`];
    case 'when':
    case 'each':
      throw new Error(`appliesWhen must be made of leaves, 'all', 'any' and 'some', got: ${requirement.kind}`);
    default:
      return [clause(requirement, 'Properties.')];
  }
}

function clauses(requirement: Requirement, remedy: string): string[] {
  const message = ` <<${remedy}>>`;
  switch (requirement.kind) {
    case 'all':
      return requirement.of.flatMap((part) => clauses(part, remedy));
    case 'any':
      return [requirement.of.map((leaf) => clause(leaf)).join(' or ') + message];
    case 'some':
      return [`some ${clause(requirement.of, `${requirement.path}[*].`)}${message}`];
    case 'when':
      return [`when ${clause(requirement.condition)} {`, ...indented(clauses(requirement.of, remedy)), '}'];
    case 'each':
      return [
        `when ${requirement.path} exists {`,
        ...indented([`${requirement.path}[*] {`, ...indented(clauses(requirement.of, remedy)), '}']),
        '}',
      ];
    default:
      return [clause(requirement) + message];
  }
}

function clause(leaf: Leaf, prefix = ''): string {
  const path = `${prefix}${leaf.path}`;
  switch (leaf.kind) {
    case 'present':
      return `${path} !empty`;
    case 'absent':
      return `${path} not exists`;
    case 'oneOf':
      return `${path} IN [${leaf.values.flatMap(spellings).join(', ')}]`;
    case 'atLeast':
      return `${path} >= ${leaf.least}`;
    case 'items':
      return `${path}[${leaf.least - 1}] exists`;
    case 'unlike':
      return `${path} != /${leaf.pattern}/`;
  }
}

/** CloudFormation takes numbers and booleans also as texts. */
function spellings(value: string | number | boolean): string[] {
  return typeof value === 'string' && !/^\d+$/.test(value) ? [quoted(value)] : [String(value), quoted(String(value))];
}

function quoted(text: string): string {
  return `"${text}"`;
}

function indented(lines: string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
