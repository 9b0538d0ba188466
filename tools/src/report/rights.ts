import { isIntrinsic, isMap, Properties } from 'cdk-ml-infra/lib/private/template';
import { AssemblyStack } from '../assembly/model';
import { Access, accessOf, isUnread } from './access';
import { Choice, choicesOf, entriesOf, onlyWhen } from './choices';
import { conditionsOf } from './conditions';
import { allBut, merged, Place, placeOf, wholly } from './places';
import { References } from './references';

/** What somebody may do with some places, or may not. */
export interface Right {
  readonly denied: boolean;
  readonly access: Access;
  readonly places: readonly Place[];
  readonly actions: readonly string[];
  readonly conditions: readonly string[];
}

/** A document of a policy, and the stack in whose template it stands. */
export interface Document {
  readonly stack: AssemblyStack;
  readonly content: unknown;
}

/** What cannot be read may allow anything, and is never no right. */
export const UNREAD = 'could not be read: may allow anything';

/** The rights in a document: one for each access of a statement to a place, in the order of the template. */
export function rightsIn({ stack, content }: Document, references: References): Right[] {
  if (content === undefined || content === null) {
    return [unread('no document')];
  }
  return choicesOf(content).flatMap(({ value, when }) => {
    if (value === undefined) {
      return [];
    }
    const document = typeof value === 'string' ? parsed(value) : value;
    return holdsOnly(document, ['Version', 'Id', 'Statement'])
      ? entriesOf(document.Statement, when).flatMap((statement) => rightsOf(stack, statement, references))
      : [
          unread(
            shown(value, (of) => references.text(stack, of)),
            when,
          ),
        ];
  });
}

function rightsOf(stack: AssemblyStack, { value: statement, when }: Choice, references: References): Right[] {
  const text = (value: unknown) => references.text(stack, value);
  if (!isReadable(statement)) {
    return [unread(shown(statement, text), when)];
  }
  const except = statement.NotAction !== undefined;
  const actions = entriesOf(statement.NotAction ?? statement.Action).map((entry) => ({
    name: text(entry.value),
    when: entry.when,
  }));
  return choicesOf(statement.Effect, when).flatMap((effect) => {
    const denied = effect.value === 'Deny';
    const places = placesOf(stack, statement, denied, references);
    if ((!denied && effect.value !== 'Allow') || actions.length === 0 || !places) {
      return [unread(shown(statement, text), effect.when)];
    }
    const conditions = [...effect.when, ...conditionsOf(statement.Condition, text)];
    return byAccess(actions, except, denied).map(([access, some]) => ({
      denied,
      access,
      places: places(except ? ['*'] : some.map(({ name }) => name)),
      actions: written(some, except, denied),
      conditions,
    }));
  });
}

/** Stands for what cannot be read, as it stands in the template. */
function unread(literal: string, when: readonly string[] = []): Right {
  const places = [{ kind: 'unknown', name: literal, within: [] }];
  return { denied: false, access: 'do anything with', places, actions: [UNREAD], conditions: when };
}

/** What cannot be read, as the template has it. */
function shown(value: unknown, text: (value: unknown) => string): string {
  return isMap(value) && !isIntrinsic(value) ? JSON.stringify(value) : text(value);
}

/** Whether all of a statement is known to mean what is read of it. */
function isReadable(statement: unknown): statement is Properties {
  if (!holdsOnly(statement, ['Sid', 'Effect', 'Condition', 'Action', 'NotAction', 'Resource', 'NotResource'])) {
    return false;
  }
  const { Action, NotAction, Resource, NotResource } = statement;
  return (
    (Action === undefined) !== (NotAction === undefined) && (Resource === undefined) !== (NotResource === undefined)
  );
}

function holdsOnly(value: unknown, keys: readonly string[]): value is Properties {
  return isMap(value) && !isIntrinsic(value) && Object.keys(value).every((key) => keys.includes(key));
}

function parsed(document: string): unknown {
  try {
    return JSON.parse(document);
  } catch {
    return document;
  }
}

/** The places of a statement for some of its actions; nothing if it names none. */
function placesOf(stack: AssemblyStack, statement: Properties, denied: boolean, references: References) {
  const except = statement.NotResource !== undefined;
  const resources = entriesOf(statement.NotResource ?? statement.Resource);
  if (resources.length === 0) {
    return undefined;
  }
  return (actions: readonly string[]): Place[] => {
    const places = resources.map(({ value, when }) => {
      const place = placeOf(references.pieces(stack, value), except ? [] : actions, stack);
      const exact = denied || except ? wholly(place) : place;
      return { ...exact, name: onlyWhen(exact.name, when) };
    });
    return except ? [allBut(merged(places))] : merged(places);
  };
}

interface Action {
  readonly name: string;
  readonly when: readonly string[];
}

function byAccess(actions: readonly Action[], except: boolean, denied: boolean): [Access, Action[]][] {
  if (except) {
    return [['do anything with', [...actions]]];
  }
  const groups = new Map<Access, Action[]>();
  for (const action of actions) {
    const access = !denied && isUnread(action.name) ? 'do anything with' : accessOf(action.name);
    const group = groups.get(access) ?? [];
    groups.set(access, group);
    group.push(action);
  }
  return [...groups];
}

function written(actions: readonly Action[], except: boolean, denied: boolean): string[] {
  if (except) {
    return [`everything except ${actions.map(({ name, when }) => onlyWhen(name, when)).join(', ')}`];
  }
  const remark = denied ? 'could not be read' : UNREAD;
  return actions.map(({ name, when }) => onlyWhen(isUnread(name) ? `${name} (${remark})` : name, when));
}
