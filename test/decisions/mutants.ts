import type { NamedPolicy, Statement } from './scene';

/** A policy with one statement that allows more, or denies less, than it did. */
export interface Mutant {
  readonly change: string;
  readonly policy: NamedPolicy;

  /** Patterns of the actions that may be decided in another way. */
  readonly actions: string[];
}

type Change = [change: string, statement: Statement | undefined, actions?: string[]];

/** Every way to widen one statement of a policy in one place. */
export function mutants(policy: NamedPolicy): Mutant[] {
  return policy.policy.Statement.flatMap((statement, index) =>
    (statement.Effect === 'Deny' ? weakened(statement) : widened(statement))
      .filter(([, wide]) => wide === undefined || normal(wide) !== normal(statement))
      .map(([change, wide, actions]) => ({
        change: `${policy.name.replace(/^.*\//, '')}[${index}]: ${change}`,
        policy: {
          ...policy,
          policy: { ...policy.policy, Statement: replaced(policy.policy.Statement, index, wide) },
        },
        actions: actions ?? [statement.Action].flat(),
      })),
  );
}

function widened(statement: Statement): Change[] {
  return [
    ...(statement.Resource === undefined ? [] : [['every resource', { ...statement, Resource: '*' }] as Change]),
    ...servicesOf(statement).map(
      (service): Change => [`every action of ${service}`, { ...statement, Action: `${service}:*` }, [`${service}:*`]],
    ),
    ...looserConditions(statement),
    ...looserResources(statement),
    ...anybodysValues(statement),
    ...anyPrincipal(statement),
  ];
}

/** Less is denied: nothing, on fewer resources, of one action alone, or what nobody asks for. */
function weakened(statement: Statement): Change[] {
  const resources = [statement.Resource ?? []].flat();
  const actions = [statement.Action].flat();
  return [
    ['not denied', undefined],
    ...(resources.length < 2
      ? []
      : resources.map(
          (resource): Change => [
            `${resource} not denied`,
            { ...statement, Resource: resources.filter((other) => other !== resource) },
          ],
        )),
    ...(actions.length < 2
      ? []
      : actions.map(
          (action): Change => [
            `${action} not denied`,
            { ...statement, Action: actions.filter((other) => other !== action) },
            [action],
          ],
        )),
    ...operatorsOf(statement).map(
      (operator): Change => [
        `${operator} of what never comes`,
        {
          ...statement,
          Condition: { ...statement.Condition, [operator]: never(operator, statement) },
        },
      ],
    ),
  ];
}

/** What has to be unlike something is so less often, if it may also be like something else. */
function never(operator: string, { Condition: condition }: Statement): { [key: string]: unknown } {
  const other = (value: unknown) => (value === 'false' ? 'never' : Number.isFinite(Number(value)) ? 0 : '*');
  const isNegative = operator.includes('Not');
  return Object.fromEntries(
    Object.entries(condition?.[operator] ?? {}).map(([key, value]) => [
      key,
      isNegative ? [...[value].flat(), 'us-east-1'] : [value].flat().map(other),
    ]),
  );
}

function looserConditions({ Condition: condition, ...statement }: Statement): Change[] {
  if (condition === undefined) {
    return [];
  }
  const operators = Object.entries(condition);
  const without = (operator: string) => operators.filter(([name]) => name !== operator);
  return [
    ['no condition', statement],
    ...operators.map(
      ([operator]): Change => [`no ${operator}`, { ...statement, Condition: Object.fromEntries(without(operator)) }],
    ),
    ...operators.flatMap(([operator, keys]) =>
      Object.keys(keys).map((key): Change => {
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

/** Each resource as if it were that of anybody, in any region, of any account. */
function looserResources(statement: Statement): Change[] {
  const resources = [statement.Resource ?? []].flat();
  const wider: [string, (text: string) => string][] = [
    ['of anybody', anybodys],
    ['in any region', anywhere],
    ['of any account', anyAccount],
  ];
  return wider.flatMap(([whose, widen]) =>
    resources.map(
      (resource, index): Change => [
        `${resource} ${whose}`,
        { ...statement, Resource: replaced(resources, index, widen(resource)) },
      ],
    ),
  );
}

/** The same with the values of a condition. One that has to be equal is compared as a pattern then. */
function anybodysValues(statement: Statement): Change[] {
  return Object.entries(statement.Condition ?? {})
    .filter(([operator]) => ['StringLike', 'StringEquals', 'ArnLike', 'ArnEquals'].includes(operator))
    .flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, value]): Change => {
        const values = [value].flat().map(String);
        const wide = values.map(anyValue);
        const like = operator.startsWith('Arn') ? 'ArnLike' : 'StringLike';
        const others = Object.fromEntries(Object.entries(keys).filter(([name]) => name !== key));
        const condition = { ...statement.Condition, [operator]: others };
        const wider = { ...statement, Condition: { ...condition, [like]: { ...condition[like], [key]: wide } } };
        return [`${key} of anybody`, wide.join() === values.join() ? statement : wider];
      }),
    );
}

/** Names of bases contain a region too, but are nobody's address. */
function anyValue(text: string): string {
  const isPlace = /^arn:|amazonaws\.com$|^\d{12}$/.test(text);
  return isPlace ? anyAccount(anywhere(anybodys(text))) : anybodys(text);
}

function anyPrincipal(statement: Statement): Change[] {
  return statement.Principal === undefined ? [] : [['every principal', { ...statement, Principal: '*' }]];
}

function replaced<T>(list: T[], index: number, item: T | undefined): T[] {
  return list.flatMap((old, place) => (place !== index ? [old] : item === undefined ? [] : [item]));
}

function anybodys(text: string): string {
  return text.replace(/\$\{[^}]+\}/g, '*');
}

function anywhere(text: string): string {
  return text.replace('eu-central-1', '*');
}

function anyAccount(text: string): string {
  return text.replace('111122223333', '*');
}

function normal(statement: Statement): string {
  return JSON.stringify({
    actions: [statement.Action].flat(),
    resources: [statement.Resource].flat(),
    principal: statement.Principal,
    conditions: Object.entries(statement.Condition ?? {}).map(([operator, keys]) => [
      operator,
      Object.entries(keys).map(([key, value]) => [key, [value].flat().map(String)]),
    ]),
  });
}

function operatorsOf(statement: Statement): string[] {
  return Object.keys(statement.Condition ?? {});
}

function servicesOf({ Action: action }: Statement): string[] {
  return [...new Set([action].flat().map((name) => name.split(':')[0]))].filter((service) => service !== '*');
}
