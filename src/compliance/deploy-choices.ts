import { isIntrinsic, isMap, listed, TemplateBody } from '../private/template';

const MOST_CHOICES = 512;

/** One way in which a deployment can choose parameters and conditions, as far as they matter to a resource. */
export interface DeployChoice {
  /** A value of the resource as this choice makes it; what remains unknown stays an intrinsic function. */
  resolve(value: unknown): unknown;
}

/**
 * All choices under which a resource exists. Parameters go through their `AllowedValues` and conditions through both
 * outcomes, so two conditions never hold together that exclude each other. A parameter without `AllowedValues` has its
 * `Default`. Where there are more than 512 choices, the last variables stay unknown.
 */
export function choicesFor(logicalId: string, body: TemplateBody): DeployChoice[] {
  const resource = body.Resources?.[logicalId];
  if (resource === undefined) {
    return [];
  }
  const variables = boundedVariables([...variablesIn(resource.Properties, body, resource.Condition)]);
  return assignments(variables)
    .map((assignment) => new Choice(body, assignment))
    .filter((choice) => resource.Condition === undefined || choice.truth(resource.Condition) !== false);
}

/** Values by the name of a parameter, or by the JSON of an `Fn::Equals` that depends on unknown values. */
type Assignment = ReadonlyMap<string, unknown>;

type Variables = [name: string, values: readonly unknown[]][];

class Choice implements DeployChoice {
  constructor(
    private readonly body: TemplateBody,
    private readonly assignment: Assignment,
  ) {}

  public resolve(value: unknown): unknown {
    if (Array.isArray(value)) {
      return value.map((each) => this.resolve(each)).filter((each) => each !== undefined);
    }
    if (!isMap(value)) {
      return value;
    }
    if (isIntrinsic(value)) {
      return this.resolveIntrinsic(value);
    }
    const entries = Object.entries(value).map(([name, each]) => [name, this.resolve(each)]);
    return Object.fromEntries(entries.filter(([, each]) => each !== undefined));
  }

  /** Whether a condition holds; nothing if that is unknown. */
  public truth(condition: unknown, depth = 0): boolean | undefined {
    const definition = typeof condition === 'string' ? this.body.Conditions?.[condition] : condition;
    if (!isMap(definition) || depth > 50) {
      return undefined;
    }
    const [[name, argument] = ['', undefined]] = Object.entries(definition);
    const parts = listed(argument);
    const truths = () => parts.map((part) => this.truth(part, depth + 1));
    switch (name) {
      case 'Condition':
        return this.truth(argument, depth + 1);
      case 'Fn::Not':
        return negated(truths()[0]);
      case 'Fn::And':
        return conjunction(truths());
      case 'Fn::Or':
        return negated(conjunction(truths().map(negated)));
      case 'Fn::Equals':
        return this.equality(parts);
      default:
        return undefined;
    }
  }

  private resolveIntrinsic(value: { readonly [name: string]: unknown }): unknown {
    const [[name, argument]] = Object.entries(value);
    if (name === 'Ref') {
      return argument === 'AWS::NoValue' ? undefined : (this.parameter(String(argument)) ?? value);
    }
    if (name === 'Fn::If' && Array.isArray(argument)) {
      const holds = this.truth(argument[0]);
      return holds === undefined ? value : this.resolve(argument[holds ? 1 : 2]);
    }
    return { [name]: name === 'Fn::GetAtt' ? argument : this.resolve(argument) };
  }

  private parameter(name: string): unknown {
    const parameter = this.body.Parameters?.[name];
    const value = this.assignment.get(name) ?? parameter?.Default;
    const type = String(parameter?.Type);
    if (value === undefined || type.startsWith('AWS::SSM::')) {
      return undefined;
    }
    return /^(CommaDelimitedList|List<)/.test(type) ? String(value).split(',') : value;
  }

  private equality(sides: unknown[]): boolean | undefined {
    const [one, other] = sides.map((side) => chosen(side, this.assignment));
    const isKnown = !isIntrinsic(one) && !isIntrinsic(other);
    return isKnown
      ? String(one) === String(other)
      : (this.assignment.get(JSON.stringify(sides)) as boolean | undefined);
  }
}

/** What a resource and the conditions that it names depend on. */
function variablesIn(value: unknown, body: TemplateBody, condition?: string): Map<string, readonly unknown[]> {
  const found = new Map<string, readonly unknown[]>();
  const seen = new Set<string>();
  const visitCondition = (name: unknown) => {
    if (typeof name === 'string' && !seen.has(name)) {
      seen.add(name);
      visit(body.Conditions?.[name]);
    }
  };
  const visit = (each: unknown): void => {
    if (Array.isArray(each)) {
      each.forEach(visit);
    } else if (isMap(each)) {
      for (const [key, argument] of Object.entries(each)) {
        visitEntry(key, argument);
      }
    }
  };
  const visitEntry = (key: string, argument: unknown) => {
    const allowed = key === 'Ref' ? body.Parameters?.[String(argument)]?.AllowedValues : undefined;
    if (Array.isArray(allowed)) {
      found.set(String(argument), allowed);
    }
    if (key === 'Fn::If') {
      visitCondition(listed(argument)[0]);
    }
    if (key === 'Condition') {
      visitCondition(argument);
    }
    if (key === 'Fn::Equals' && listed(argument).some((side) => isIntrinsic(side) && !isEnumerated(side, body))) {
      found.set(JSON.stringify(argument), [true, false]);
    }
    visit(argument);
  };
  visitCondition(condition);
  visit(value);
  return found;
}

function isEnumerated(value: { readonly [name: string]: unknown }, body: TemplateBody): boolean {
  return Array.isArray(body.Parameters?.[String(value.Ref)]?.AllowedValues);
}

function chosen(value: unknown, assignment: Assignment): unknown {
  return isIntrinsic(value) ? (assignment.get(String(value.Ref)) ?? value) : value;
}

function boundedVariables(variables: Variables): Variables {
  let count = 1;
  return variables.filter(([, values]) => {
    const fits = count * values.length <= MOST_CHOICES;
    count *= fits ? values.length : 1;
    return fits;
  });
}

function assignments(variables: Variables): Assignment[] {
  return variables.reduce<Assignment[]>(
    (all, [name, values]) => all.flatMap((each) => values.map((value) => new Map([...each, [name, value]]))),
    [new Map()],
  );
}

function conjunction(truths: (boolean | undefined)[]): boolean | undefined {
  if (truths.includes(false)) {
    return false;
  }
  return truths.includes(undefined) ? undefined : true;
}

function negated(truth: boolean | undefined): boolean | undefined {
  return truth === undefined ? undefined : !truth;
}
