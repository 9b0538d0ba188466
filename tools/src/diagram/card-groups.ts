import { grouped } from './ancestry';
import { Cost, costLine, together } from './card-costs';
import { Card } from './picture';
import { counted, listedShortly } from './plain-text';

/** As many cards stand in one box; more are put together. */
export const MOST_CARDS = 12;

/** A card before it is one of several. */
export interface SingleCard extends Omit<Card, 'count' | 'cost' | 'monthlyUsd'> {
  readonly spent: Cost;

  /** What it has in common with others, such as its machine. */
  readonly sort: string;

  /** Such as `notebook`. */
  readonly noun: string;
  readonly owner?: string;
}

/** Cards as they are, or one for each owner or sort where they are too many; the costliest first, then. */
export function cardsOf(singles: readonly SingleCard[], most = MOST_CARDS): Card[] {
  if (singles.length <= most) {
    return singles.map(({ spent, sort: _sort, noun: _noun, owner: _owner, ...card }) => ({
      ...card,
      cost: costLine(spent),
      count: 1,
      monthlyUsd: spent.monthlyUsd,
    }));
  }
  const owners = grouped(singles, ({ owner, sort }) => owner ?? sort);
  const fewOwners = owners.size > 1 && owners.size <= most && owners.size * 2 <= singles.length;
  const groups = fewOwners ? owners : grouped(singles, ({ sort }) => sort);
  const cards = [...groups.entries()]
    .map(([name, members]) => groupCard(name, members, fewOwners))
    .sort((a, b) => b.monthlyUsd - a.monthlyUsd || b.count - a.count || (a.id < b.id ? -1 : 1));
  if (cards.length <= most) {
    return cards;
  }
  const kept = cards.slice(0, most - 1);
  const ids = new Set(kept.map(({ id }) => id));
  const others = [...groups.entries()].filter(([name]) => !ids.has(groupId(name))).flatMap(([, members]) => members);
  return [
    ...kept,
    { ...groupCard('more', others, false), title: `and ${counted(others.length, `more ${others[0].noun}`)}` },
  ];
}

function groupCard(name: string, members: readonly SingleCard[], byOwner: boolean): Card {
  const [{ letters, hue, noun, path }] = members;
  const spent = together(members.map((member) => member.spent));
  const sorts = [...grouped(members, ({ sort }) => sort)].map(([sort, { length }]) => `${length} × ${sort}`);
  const titles = members.map(({ title }) => title);
  return {
    id: groupId(name),
    path: members.length === 1 ? path : `${path} and ${members.length - 1} more`,
    letters,
    hue,
    title: byOwner ? name : `${members.length.toLocaleString('en-US')} × ${name}`,
    lines: byOwner ? [counted(members.length, noun), listedShortly(sorts, 2)] : [listedShortly(titles, 1)],
    cost: costLine(spent),
    count: members.length,
    monthlyUsd: spent.monthlyUsd,
  };
}

function groupId(name: string): string {
  return `group ${name}`;
}
