import type { WrittenFacts } from 'cdk-ml-infra/lib/private/facts';
import type { Assembly } from '../assembly/model';
import { nearest } from './ancestry';

/** Which scene the constructs of an app stand in. */
export interface ScenePlaces {
  /** Keys in the order of the app. */
  readonly keys: readonly string[];

  /** The base of a scene, if it has one. */
  baseOf(key: string): WrittenFacts | undefined;
  ofFacts(facts: WrittenFacts): string;

  /** Undefined for what is above all stacks. */
  ofPath(path: string): string | undefined;

  /** Whether it is only seen here: the base is defined in another stack, and so are its parts. */
  isBorrowed(facts: WrittenFacts): boolean;
}

const PUBLISHED = /^published as (.*)$/;
const PUBLISHES = /^publishes (.*)$/;

/** A base and all that stands on it, in whichever stack, are one scene; so is a stack without a base. */
export function scenePlaces({ facts, stacks }: Assembly): ScenePlaces {
  const bases = facts.filter(({ kind }) => kind === 'MlSharedInfra');
  const publishers = new Map(bases.flatMap((base) => namesIn(base, PUBLISHES).map((name) => [name, base.path])));
  const homes = new Map(
    bases.map((base) => {
      const [name] = namesIn(base, PUBLISHED);
      return [base.path, name === undefined ? base.path : (publishers.get(name) ?? `published ${name}`)];
    }),
  );
  const firsts = new Map<string, WrittenFacts>();
  for (const base of bases) {
    const home = homes.get(base.path) ?? base.path;
    if (!firsts.has(home) || home === base.path) {
      firsts.set(home, base);
    }
  }

  const ofFacts = (told: WrittenFacts): string => {
    const around = nearest(told.path, (path) => homes.get(path));
    const linked = told.links?.map(({ to }) => homes.get(to)).find((home) => home !== undefined);
    return around ?? linked ?? borrowedParts.get(told.path) ?? ofStack(told.stack);
  };
  // A network or a storage that was made before its base.
  const borrowedParts = new Map(bases.flatMap(({ path, links = [] }) => links.map(({ to }) => [to, homes.get(path)])));

  const parents = new Map(stacks.map(({ path, nestedIn }) => [path, nestedIn]));
  const sceneOfStack = new Map<string, string>();
  for (const base of bases) {
    if (!sceneOfStack.has(base.stack)) {
      sceneOfStack.set(base.stack, homes.get(base.path) ?? base.path);
    }
  }
  for (const told of facts.filter(({ stack }) => stack !== '')) {
    const linked = told.links?.map(({ to }) => homes.get(to)).find((home) => home !== undefined);
    if (linked !== undefined && !sceneOfStack.has(told.stack)) {
      sceneOfStack.set(told.stack, linked);
    }
  }
  function ofStack(path: string): string {
    const own = sceneOfStack.get(path);
    const parent = parents.get(path);
    return own ?? (parent === undefined ? `stack ${path}` : ofStack(parent));
  }

  const factsByPath = new Map(facts.map((told) => [told.path, told]));
  const keys = new Set([
    ...stacks
      .filter(({ path }) => sceneOfStack.has(path) || parents.get(path) === undefined)
      .map(({ path }) => ofStack(path)),
    ...facts.filter(({ stack }) => stack !== '').map(ofFacts),
  ]);
  return {
    keys: [...keys],
    baseOf: (key) => firsts.get(key),
    ofFacts,
    ofPath: (path) =>
      nearest(path, (at) => {
        const told = factsByPath.get(at);
        return told && told.stack !== '' ? ofFacts(told) : parents.has(at) ? ofStack(at) : undefined;
      }),
    isBorrowed: (told) => {
      const around = nearest(told.path, (path) => (homes.has(path) ? path : undefined));
      return around !== undefined && firsts.get(homes.get(around) ?? '')?.path !== around;
    },
  };
}

function namesIn({ details = [] }: WrittenFacts, pattern: RegExp): string[] {
  return details.flatMap((detail) => pattern.exec(detail)?.[1] ?? []);
}
