import { flattened, isMap, listed, TemplateResource } from '../private/template';

/**
 * A statement of a policy, with each value as a text; `${...}` stands for what is known only at deployment. All
 * resources or principals but some count as all.
 */
export interface Statement {
  /** Where the statement stands below the resource. */
  readonly place: string;

  readonly effect: string;
  readonly actions: string[];
  readonly notActions: string[];
  readonly resources: string[];
  readonly principals: Principal[];
  readonly conditions: Condition[];
}

export interface Principal {
  /** `AWS`, `Service`, `Federated`, `CanonicalUser`. */
  readonly kind: string;

  readonly name: string;
}

export interface Condition {
  readonly operator: string;

  /** Condition keys are the same in capital and small letters; this is in small ones. */
  readonly key: string;

  readonly values: string[];
}

/** The statements of all policies that a resource of IAM holds for itself. */
export function identityStatements({ type, properties }: TemplateResource): Statement[] {
  const inline = listed(properties.Policies).flatMap((policy, index) =>
    isMap(policy) ? statementsOf(policy.PolicyDocument, `Properties.Policies.${index}.PolicyDocument`) : [],
  );
  return /^AWS::IAM::(Role|User|Group)$/.test(type) ? inline : statementsOf(properties.PolicyDocument);
}

/** The statements of one document. */
export function statementsOf(document: unknown, place = 'Properties.PolicyDocument'): Statement[] {
  const statements = isMap(document) ? listed(document.Statement).filter(isMap) : [];
  return statements.map((statement, index) => ({
    place: `${place}.Statement.${index}`,
    effect: flattened(statement.Effect),
    actions: texts(statement.Action),
    notActions: texts(statement.NotAction),
    resources: all(statement.NotResource) ?? texts(statement.Resource),
    principals: all(statement.NotPrincipal)?.flatMap(principalsOf) ?? principalsOf(statement.Principal),
    conditions: conditionsOf(statement.Condition),
  }));
}

/** Whether a statement allows an action, such as `iam:PassRole`. */
export function allows(statement: Statement, action: string): boolean {
  const isNamed = statement.actions.some((pattern) => matches(pattern, action));
  const isLeft = statement.notActions.length > 0 && !statement.notActions.some((pattern) => matches(pattern, action));
  return statement.effect === 'Allow' && (isNamed || isLeft);
}

/** Whether a pattern of IAM, with `*` and `?`, matches a name, whatever its capital letters. */
export function matches(pattern: string, name: string): boolean {
  const parts = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${parts}$`, 'i').test(name);
}

/** Types of the resources that hold policies for identities. */
export const IDENTITY_TYPES = [
  'AWS::IAM::Group',
  'AWS::IAM::GroupPolicy',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::IAM::RolePolicy',
  'AWS::IAM::User',
  'AWS::IAM::UserPolicy',
];

/** What all but a few are: all, for the purpose of finding what is too wide. */
function all(exceptions: unknown): string[] | undefined {
  return exceptions === undefined ? undefined : ['*'];
}

function texts(value: unknown): string[] {
  return listed(value).map(flattened);
}

function principalsOf(value: unknown): Principal[] {
  if (!isMap(value)) {
    return texts(value).map((name) => ({ kind: 'AWS', name }));
  }
  return Object.entries(value).flatMap(([kind, names]) => texts(names).map((name) => ({ kind, name })));
}

function conditionsOf(value: unknown): Condition[] {
  const operators = isMap(value) ? Object.entries(value) : [];
  return operators.flatMap(([operator, keys]) =>
    Object.entries(isMap(keys) ? keys : {}).map(([key, values]) => ({
      operator,
      key: key.toLowerCase(),
      values: texts(values),
    })),
  );
}
