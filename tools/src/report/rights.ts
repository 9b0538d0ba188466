import { isMap, listed, Properties } from 'cdk-ml-infra/lib/private/template';
import { AssemblyStack } from '../assembly/model';
import { conditionsOf } from './conditions';
import { merged, Place, placeOf } from './places';
import { References } from './references';

/** What somebody may do with some places, or may not. */
export interface Right {
  readonly denied: boolean;
  readonly access: Access;
  readonly places: readonly Place[];
  readonly actions: readonly string[];
  readonly conditions: readonly string[];
}

export type Access = 'read' | 'write' | 'use' | 'do anything with';

/** A document of a policy, and the stack in whose template it stands. */
export interface Document {
  readonly stack: AssemblyStack;
  readonly content: unknown;
}

/** The rights in a document: one for each access of a statement to a place, in the order of the template. */
export function rightsIn({ stack, content }: Document, references: References): Right[] {
  return listed(isMap(content) ? content.Statement : undefined).flatMap((statement) =>
    rightsOf(stack, statement, references),
  );
}

function rightsOf(stack: AssemblyStack, statement: unknown, references: References): Right[] {
  const text = (value: unknown) => references.text(stack, value);
  if (!isMap(statement) || statement.Effect === undefined) {
    const literal = { kind: 'unknown', name: text(statement), within: [] };
    return [{ denied: false, access: 'use', places: [literal], actions: [], conditions: [] }];
  }
  const conditions = conditionsOf(statement.Condition, text);
  const except = statement.NotAction !== undefined;
  const actions = listed(statement.NotAction ?? statement.Action).map(text);
  return byAccess(actions, except).map(([access, some]) => ({
    denied: statement.Effect === 'Deny',
    access,
    places: placesOf(stack, statement, some, references),
    actions: except ? some.map((action) => `all but ${action}`) : some,
    conditions,
  }));
}

function placesOf(stack: AssemblyStack, statement: Properties, actions: readonly string[], references: References) {
  const except = statement.NotResource !== undefined;
  const resources = listed(statement.NotResource ?? statement.Resource);
  const places = merged(resources.map((resource) => placeOf(references.pieces(stack, resource), actions)));
  return except ? places.map((place) => ({ ...place, name: `everything but ${place.name}` })) : places;
}

function byAccess(actions: readonly string[], except: boolean): [Access, string[]][] {
  if (except) {
    return [['do anything with', [...actions]]];
  }
  const groups = new Map<Access, string[]>();
  for (const action of actions) {
    const access = accessOf(action);
    groups.set(access, [...(groups.get(access) ?? []), action]);
  }
  return [...groups];
}

/** What an action comes to, by its name. */
export function accessOf(action: string): Access {
  const [service, name = '*'] = action.split(':');
  if (name === '*' || service === '*') {
    return 'do anything with';
  }
  if (service === 'kms' || USES.test(name)) {
    return 'use';
  }
  return READS.test(name) && !WRITES.test(name) ? 'read' : 'write';
}

const USES = /^(PassRole|Assume|Invoke|Connect)/;
const WRITES = /^ListMultipartUploadParts$/; // part of an upload
const READS =
  /^(Get|List|Describe|BatchGet|BatchCheck|Check|Filter|Search|Query|Scan|Select|Head|View|Lookup|Read|Test)/;
