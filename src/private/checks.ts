import { Duration, RemovalPolicy, Size, SizeRoundingBehavior, Stack, Token } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';

/** A text that an API takes, of the table of limits. */
interface TextLimit {
  readonly min: number;
  readonly max: number;
  readonly pattern?: string;
}

const UNITS = { seconds: 1_000, minutes: 60_000, days: 86_400_000 };

/** Refuses an input, in the one form of all errors: where, which prop, what it must be, what it was. */
export function fail(scope: IConstruct, prop: string, rule: string, got: unknown): never {
  throw new Error(`${nameOf(scope)}: '${prop}' must be ${rule}, got: ${show(got)}`);
}

/** How messages call a construct: an app has no path. */
export function nameOf({ node }: IConstruct): string {
  return node.path === '' ? 'the app' : shown(node.path);
}

/** A text on one line, in which a character that would steer a terminal or turn the direction of writing can be seen. */
export function shown(text: string): string {
  return text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, code);
}

function code(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Requires a value that is known before deployment; `reason` says why. */
export function requireKnown(scope: IConstruct, prop: string, value: unknown, reason: string): void {
  if (Token.isUnresolved(value)) {
    fail(scope, prop, `known at synthesis, because ${reason}`, value);
  }
}

/** Requires a whole number inside a closed range. */
export function requireWholeNumber(scope: IConstruct, prop: string, value: number, min: number, max: number): void {
  if (Token.isUnresolved(value)) {
    return;
  }
  if (!Number.isInteger(value) || value < min || value > max) {
    fail(scope, prop, `a whole number from ${min} to ${max}`, value);
  }
}

/** Requires a text that matches a pattern; `rule` says in words what the pattern means. */
export function requirePattern(scope: IConstruct, prop: string, value: string, pattern: RegExp, rule: string): void {
  if (typeof value === 'string' && Token.isUnresolved(value)) {
    return;
  }
  if (typeof value !== 'string' || !pattern.test(value)) {
    fail(scope, prop, rule, value);
  }
}

/** Requires a text that a limit of AWS allows; `rule` says in words what it is. Characters count, as AWS counts them. */
export function requireText(scope: IConstruct, prop: string, value: string, limit: TextLimit, rule: string): void {
  if (typeof value === 'string' && Token.isUnresolved(value)) {
    return;
  }
  if (typeof value !== 'string' || !isWithin(value, limit)) {
    fail(scope, prop, rule, value);
  }
}

function isWithin(text: string, { min, max, pattern = '[^]*' }: TextLimit): boolean {
  const length = [...text].length;
  return length >= min && length <= max && new RegExp(`^(?:${pattern})$`, 'u').test(text);
}

/** Requires one of the values that AWS knows; `what` says of what. */
export function requireOneOf<T>(scope: IConstruct, prop: string, value: T, values: readonly T[], what: string): void {
  if (!Token.isUnresolved(value) && !values.includes(value)) {
    fail(scope, prop, `${what}, one of ${values.join(', ')}`, value);
  }
}

/** Requires a resource of the region of `scope`, as far as both are known; `what` says what has to be there. */
export function requireSameRegion(scope: IConstruct, prop: string, resource: Located | undefined, what: string): void {
  const [here, there] = [Stack.of(scope).region, resource?.env?.region];
  if (there !== undefined && here !== there && !Token.isUnresolved(here) && !Token.isUnresolved(there)) {
    fail(scope, prop, `${what} in the region of what uses it, ${here}`, `one of ${there}`);
  }
}

/** Something of which the core knows where it is. What stands in for a resource in a test may not say. */
interface Located {
  readonly env?: { readonly region: string };
}

/** Requires a text without the id of an access key; `remedy` says where secrets belong. The text is not shown. */
export function requireNoAccessKey(scope: IConstruct, prop: string, text: string, remedy: string): void {
  if (/(?<![A-Za-z0-9])(AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/.test(text)) {
    fail(scope, prop, `free of access keys; ${remedy}`, 'an access key');
  }
}

/** Requires a duration that is a whole number of a unit, inside a closed range of that unit. */
export function requireDuration(
  scope: IConstruct,
  prop: string,
  value: Duration,
  unit: keyof typeof UNITS,
  min: number,
  max: number,
): void {
  if (!isDuration(value)) {
    fail(scope, prop, `a duration such as Duration.${unit}(${Math.max(min, 1)})`, value);
  }
  if (value.isUnresolved()) {
    return;
  }
  const count = value.toMilliseconds({ integral: false }) / UNITS[unit];
  if (!Number.isInteger(count) || count < min || count > max) {
    fail(scope, prop, `a whole number of ${unit} from ${min} to ${max}`, value);
  }
}

/** Requires a size of whole GiB inside a closed range. */
export function requireGibibytes(scope: IConstruct, prop: string, value: Size, min: number, max: number): void {
  if (!isSize(value)) {
    fail(scope, prop, `a size such as Size.gibibytes(${min})`, value);
  }
  if (value.isUnresolved()) {
    requireUnitOfGibibytes(scope, prop, value);
    return;
  }
  const gibibytes = inGibibytes(value);
  if (!Number.isInteger(gibibytes) || gibibytes < min || gibibytes > max) {
    fail(scope, prop, `whole GiB from ${min} to ${max}`, value);
  }
}

/** Told by what it can do, since an app may hold two copies of the core. */
export function isDuration(value: unknown): value is Duration {
  return typeof (value as Duration | undefined | null)?.toMilliseconds === 'function';
}

/** Told by what it can do, since an app may hold two copies of the core. */
export function isSize(value: unknown): value is Size {
  return typeof (value as Size | undefined | null)?.toGibibytes === 'function';
}

/** Requires a removal policy that a notebook can have: there is no snapshot of one. */
export function requireRemovalPolicy(scope: IConstruct, prop: string, value: RemovalPolicy): void {
  const allowed = [RemovalPolicy.RETAIN, RemovalPolicy.DESTROY, RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE];
  if (!allowed.includes(value)) {
    fail(scope, prop, 'RETAIN, DESTROY or RETAIN_ON_UPDATE_OR_DELETE', value);
  }
}

/** The core cannot convert a size that is known only at deployment, and says so in words that name no prop. */
function requireUnitOfGibibytes(scope: IConstruct, prop: string, value: Size): void {
  try {
    value.toGibibytes();
  } catch {
    fail(scope, prop, 'given as Size.gibibytes() when it is known only at deployment', value);
  }
}

/**
 * Requires that an entry of a map or list has no props but known ones. Other languages hand such entries over as they are,
 * and what is misspelt there (or, in Python, spelt in its own way) would be left out in silence.
 */
export function requireProps(
  scope: IConstruct,
  prop: string,
  entry: object,
  known: { readonly [name: string]: unknown },
): void {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    fail(scope, prop, `a set of props: ${Object.keys(known).join(', ')}`, entry);
  }
  const unknown = Object.keys(entry).find((name) => !Object.hasOwn(known, name));
  if (unknown !== undefined) {
    const rule = `with no props but ${Object.keys(known).join(', ')} (in Python, write the class of the entry and not a dict)`;
    fail(scope, prop, rule, unknown);
  }
}

/** Requires that a list is no longer than AWS takes it, and names nothing twice. */
export function requireList(scope: IConstruct, prop: string, names: string[], min: number, max: number): void {
  if (!Array.isArray(names)) {
    fail(scope, prop, `a list of ${min} to ${max}`, names);
  }
  if (names.length < min || names.length > max) {
    fail(scope, prop, `a list of ${min} to ${max}`, names);
  }
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    fail(scope, prop, 'a list without repetition', twice);
  }
}

function show(value: unknown): string {
  const text = legible(value);
  if (typeof text === 'string') {
    const readable = text !== '' && text === text.trim() && !/\p{Cc}/u.test(text);
    return readable ? text : `'${inJson(text)?.slice(1, -1)}'`;
  }
  return typeof text === 'number' ? String(text) : (inJson(text) ?? String(text));
}

/** What JSON cannot write, or not as a person would. */
function legible(value: unknown): unknown {
  if (Construct.isConstruct(value)) {
    return value.node.path;
  }
  if (Token.isUnresolved(value)) {
    return 'a deploy-time value';
  }
  if (value instanceof Duration) {
    const exact = value.isUnresolved() || Number.isInteger(value.toMilliseconds({ integral: false }));
    return exact ? value.toHumanString() : value.toString();
  }
  if (value instanceof Size) {
    return value.isUnresolved() ? 'a deploy-time size' : `${inGibibytes(value)} GiB`;
  }
  return value;
}

/** JSON, in which DEL and the other control characters that JSON leaves as they are can be seen too. */
function inJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value, (_key, part) => legible(part))?.replace(/\p{Cc}/gu, code);
  } catch {
    return undefined; // what refers to itself
  }
}

function inGibibytes(size: Size): number {
  return size.toGibibytes({ rounding: SizeRoundingBehavior.NONE });
}
