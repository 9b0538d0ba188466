import type { Estimate } from 'cdk-ml-infra/lib/cost/pricing';
import type { Assembly, AssemblyResource } from '../assembly/model';
import { grouped, nearest } from './ancestry';
import { Cost, costsBy, together } from './card-costs';
import { cardsOf, SingleCard } from './card-groups';
import { cardsOfFacts, Placed } from './cards-of-facts';
import { cardsOfResources } from './cards-of-resources';
import { Box, Picture, Scene } from './picture';
import { counted, usd } from './plain-text';
import { connected } from './scene-arrows';
import { ScenePlaces, scenePlaces } from './scene-places';

/** What a picture can be told. */
export interface PictureOptions {
  /** Region of the stacks whose region only the deployment knows. */
  readonly region: string;
}

const ORDER = new Intl.Collator('en', { numeric: true });

/** As many boxes of workloads stand in one scene; what more stacks have is put together. */
const MOST_BOXES = 6;

/** As many scenes are drawn on their own. */
const MOST_SCENES = 12;

/** As many kinds of resources without a card are named. */
const MOST_SORTS = 4;

/** What a picture of an app shows. */
export function pictureOf(assembly: Assembly, estimate: Estimate, { region }: PictureOptions): Picture {
  const places = scenePlaces(assembly);
  const resources = grouped(
    assembly.stacks.flatMap((stack) => stack.resources),
    ({ path, stack }) => places.ofPath(path) ?? places.ofPath(stack) ?? '',
  );
  const facts = grouped(
    assembly.facts.filter(({ stack }) => stack !== ''),
    places.ofFacts,
  );
  const spent = costsBy(estimate, places.ofPath);
  const scenes = places.keys.map((key) => {
    const told = cardsOfFacts(facts.get(key) ?? [], places.isBorrowed);
    const own = resources.get(key) ?? [];
    const others = cardsOfResources(own, told);
    const { cards, arrows } = connected(mergedStacks([...told.cards, ...others.cards]));
    const drawn = new Set([...told.drawn, ...others.drawn]);
    const frames = [...told.frames, ...others.frames];
    return { key, cards, arrows, drawn, frames, resources: own, title: titleOf(key, places, assembly) };
  });
  const cardPaths = new Map(
    scenes.flatMap(({ cards }) => cards.flatMap(({ covers, card }) => covers.map((path) => [path, card.id]))),
  );
  const cardOf = (path: string): string | undefined => nearest(path, (at) => cardPaths.get(at));
  const costs = costsBy(estimate, cardOf);
  const finished = scenes
    .map(({ key, title, frames, arrows, cards, drawn, resources: own }): Scene => {
      const monthlyUsd = spent.get(key)?.monthlyUsd ?? 0;
      const boxes = boxesOf(cards, costs);
      const onCards = boxes.flatMap((box) => box.cards).reduce((sum, card) => sum + card.monthlyUsd, 0);
      const rest = restOf(
        own.filter(({ path }) => cardOf(path) === undefined && !drawn.has(path)),
        monthlyUsd - onCards,
      );
      const used = new Set(boxes.map(({ frame }) => frame));
      return {
        id: key,
        title,
        monthlyUsd,
        frames: frames.filter(({ id }) => used.has(id)),
        boxes,
        arrows,
        ...(rest !== undefined && { rest }),
      };
    })
    .filter(({ boxes, rest }) => boxes.length > 0 || rest !== undefined);
  return {
    title: commonTitle(assembly.stacks.filter(({ nestedIn }) => nestedIn === undefined).map(({ path }) => path)),
    region: [...new Set(assembly.stacks.map((stack) => stack.region ?? region))].join(', ') || region,
    monthlyUsd: estimate.monthlyTotal,
    note: noteOf(estimate),
    pricesOf: estimate.pricesOf,
    scenes: mergedScenes(finished, spent),
  };
}

/** More stacks of notebooks than can be told apart become one box. */
function mergedStacks(cards: readonly Placed[]): Placed[] {
  const boxes = grouped(
    cards.filter(({ box }) => box.column === 'workloads'),
    ({ box }) => box.id,
  );
  if (boxes.size <= MOST_BOXES) {
    return [...cards];
  }
  const sorted = [...boxes.values()].sort((a, b) => b.length - a.length || ORDER.compare(a[0].box.id, b[0].box.id));
  const merged = new Set(sorted.slice(MOST_BOXES - 1).map(([{ box }]) => box.id));
  const title = `and ${merged.size} more stacks`;
  const isMerged = ({ box }: Placed): boolean => merged.has(box.id);
  return [
    ...cards.filter((placed) => !isMerged(placed)),
    ...cards.filter(isMerged).map((placed) => ({ ...placed, box: { ...placed.box, id: 'more stacks', title } })),
  ];
}

function boxesOf(cards: readonly Placed[], costs: ReadonlyMap<string, Cost>): Box[] {
  return [...grouped(cards, ({ box }) => box.id).values()].map((members) => ({
    ...members[0].box,
    cards: cardsOf(members.map(({ card }): SingleCard => ({ ...card, spent: costs.get(card.id) ?? together([]) }))),
  }));
}

function restOf(resources: readonly AssemblyResource[], monthlyUsd: number): string | undefined {
  if (resources.length === 0) {
    return undefined;
  }
  const sorts = [...grouped(resources, ({ type }) => type.replace(/^AWS::/, '').replaceAll('::', ' '))]
    .sort(([a, { length: many }], [b, { length: few }]) => few - many || (a < b ? -1 : 1))
    .map(([name, { length }]) => (length === 1 ? name : `${length} × ${name}`));
  const cost = monthlyUsd >= 0.005 ? `, ${usd(monthlyUsd)} / month` : '';
  const more = sorts.length > MOST_SORTS ? ', …' : '';
  return `and ${counted(resources.length, 'more resource')}${cost}: ${sorts.slice(0, MOST_SORTS).join(', ')}${more}`;
}

function noteOf({ byUse, unpriced }: Estimate): string {
  const missing = unpriced.filter((each) => !each.byUse).length;
  return [
    unpriced.some(({ machine }) => machine) ? 'per month at least' : 'per month',
    ...(byUse.length > 0 ? ['plus use'] : []),
    ...(missing > 0 ? [`${counted(missing, 'resource')} without a price`] : []),
  ].join(', ');
}

function titleOf(key: string, { baseOf, keys }: ScenePlaces, { stacks }: Assembly): string {
  const base = baseOf(key);
  const stack = base?.stack ?? key.replace(/^stack /, '');
  const alone = keys.filter((other) => (baseOf(other)?.stack ?? other.replace(/^stack /, '')) === stack).length < 2;
  const name = stacks.find(({ path }) => path === stack)?.path ?? stack;
  return alone || base === undefined ? name : base.path;
}

/** What all titles begin with, in whole words. */
function commonTitle(titles: readonly string[]): string {
  if (titles.length < 2) {
    return titles[0] ?? 'Empty app';
  }
  const words = titles.map((title) => title.split(/(?<=[a-z0-9])(?=[A-Z])|(?<=[^A-Za-z0-9])/));
  const until = words[0].findIndex((word, index) => words.some((other) => other[index] !== word));
  const common = words[0].slice(0, until < 0 ? undefined : until).join('');
  return common.replace(/[^A-Za-z0-9]+$/, '') || counted(titles.length, 'stack');
}

/** More scenes than people look at: the costliest are drawn, the others become cards. */
function mergedScenes(scenes: readonly Scene[], spent: ReadonlyMap<string, Cost>): Scene[] {
  if (scenes.length <= MOST_SCENES) {
    return [...scenes];
  }
  const kept = new Set([...scenes].sort((a, b) => b.monthlyUsd - a.monthlyUsd).slice(0, MOST_SCENES - 1));
  const others = scenes.filter((scene) => !kept.has(scene));
  const singles = others.map(({ id, title }): SingleCard => {
    const look = { letters: 'ST', hue: 'slate', noun: 'stack', sort: 'stacks' } as const;
    return { ...look, id: `scene ${id}`, path: title, title, lines: [], spent: spent.get(id) ?? together([]) };
  });
  return [
    ...scenes.filter((scene) => kept.has(scene)),
    {
      id: 'more scenes',
      title: `and ${others.length} more`,
      monthlyUsd: others.reduce((sum, { monthlyUsd }) => sum + monthlyUsd, 0),
      frames: [],
      boxes: [{ id: 'scenes', column: 'workloads', tint: 'slate', title: 'Stacks', cards: cardsOf(singles, 24) }],
      arrows: [],
    },
  ];
}
