import type { NamedPolicy, Statement } from './scene';

/** A policy with one statement that allows more than it did. */
export interface Mutant {
  readonly change: string;
  readonly policy: NamedPolicy;

  /** Actions that the statement was about. */
  readonly actions: string[];
}

/** Every way to widen one statement of a policy in one place. */
export function mutants(policy: NamedPolicy): Mutant[] {
  return policy.policy.Statement.flatMap((statement, index) =>
    widened(statement)
      .filter(([, wide]) => normal(wide) !== normal(statement))
      .map(([change, wide]) => ({
        change: `${policy.name.replace(/^.*\//, '')}[${index}]: ${change}`,
        policy: {
          ...policy,
          policy: { ...policy.policy, Statement: replaced(policy.policy.Statement, index, wide) },
        },
        actions: [statement.Action].flat(),
      })),
  );
}

function widened(statement: Statement): [change: string, statement: Statement][] {
  return [
    ['every resource', { ...statement, Resource: '*' }],
    ...servicesOf(statement).map((service): [string, Statement] => [
      `every action of ${service}`,
      { ...statement, Action: `${service}:*` },
    ]),
    ...looserConditions(statement),
    ...anybodysResources(statement),
    ...anybodysValues(statement),
  ];
}

function looserConditions({ Condition: condition, ...statement }: Statement): [string, Statement][] {
  if (condition === undefined) {
    return [];
  }
  const operators = Object.entries(condition);
  const without = (operator: string) => operators.filter(([name]) => name !== operator);
  return [
    ['no condition', statement],
    ...operators.map(([operator]): [string, Statement] => [
      `no ${operator}`,
      { ...statement, Condition: Object.fromEntries(without(operator)) },
    ]),
    ...operators.flatMap(([operator, keys]) =>
      Object.keys(keys).map((key): [string, Statement] => {
        const others = Object.fromEntries(Object.entries(keys).filter(([name]) => name !== key));
        const rest = Object.keys(others).length > 0 ? [[operator, others]] : [];
        return [
          `no ${operator} of ${key}`,
          { ...statement, Condition: Object.fromEntries([...without(operator), ...rest]) },
        ];
      }),
    ),
  ];
}

/** Each resource with the name of the caller in it, as if it were that of anybody. */
function anybodysResources(statement: Statement): [string, Statement][] {
  const resources = [statement.Resource ?? []].flat();
  return resources.map((resource, index): [string, Statement] => [
    `${resource} of anybody`,
    { ...statement, Resource: replaced(resources, index, anybodys(resource)) },
  ]);
}

/** The same with the values of a condition, where patterns count. */
function anybodysValues(statement: Statement): [string, Statement][] {
  return Object.entries(statement.Condition?.StringLike ?? {}).map(([key, value]): [string, Statement] => [
    `${key} of anybody`,
    {
      ...statement,
      Condition: {
        ...statement.Condition,
        StringLike: { ...statement.Condition?.StringLike, [key]: [value].flat().map((text) => anybodys(String(text))) },
      },
    },
  ]);
}

function replaced<T>(list: T[], index: number, item: T): T[] {
  return list.map((old, place) => (place === index ? item : old));
}

function anybodys(text: string): string {
  return text.replace(/\$\{[^}]+\}/g, '*');
}

function normal(statement: Statement): string {
  return JSON.stringify({
    actions: [statement.Action].flat(),
    resources: [statement.Resource].flat(),
    conditions: Object.entries(statement.Condition ?? {}).map(([operator, keys]) => [
      operator,
      Object.entries(keys).map(([key, value]) => [key, [value].flat()]),
    ]),
  });
}

function servicesOf({ Action: action }: Statement): string[] {
  return [...new Set([action].flat().map((name) => name.split(':')[0]))];
}
