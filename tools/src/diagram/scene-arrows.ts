import { grouped, nearest } from './ancestry';
import { DATA_BOX, Placed } from './cards-of-facts';
import { Arrow, Box, COLUMNS } from './picture';

type Plan = Omit<Box, 'cards'>;

/** The boxes of some cards, and the arrows between them: few, since each stands for all that goes its way. */
export function connected(cards: readonly Placed[]): { readonly cards: readonly Placed[]; readonly arrows: Arrow[] } {
  const targets = targetsOf(cards);
  const merged = mergedControl(cards, targets);
  const boxes = new Map(merged.map(({ box }) => [box.id, box]));
  const arrows = [...controlArrows(merged, targets), ...trafficArrows(merged, [...boxes.values()])];
  return { cards: merged, arrows: distinct(arrows) };
}

/** Boxes of workloads that each card of the first column works on; all, where the workloads do not say that they use it. */
function targetsOf(cards: readonly Placed[]): ReadonlyMap<string, ReadonlySet<string>> {
  const workloads = cards.filter(({ box }) => box.column === 'workloads');
  const all = new Set(workloads.filter(({ card }) => card.noun === 'notebook').map(({ box }) => box.id));
  const users = new Map<string, Set<string>>();
  for (const { uses, box } of workloads) {
    for (const path of uses) {
      users.set(path, (users.get(path) ?? new Set()).add(box.id));
    }
  }
  return new Map(
    cards
      .filter(({ box }) => box.column === 'control')
      .map(({ card }) => [card.id, users.get(card.path) ?? (card.noun === 'lifecycle' ? new Set() : all)]),
  );
}

/** Cards that work on the same boxes share one: arrows from two of them would cross. */
function mergedControl(cards: readonly Placed[], targets: ReadonlyMap<string, ReadonlySet<string>>): Placed[] {
  const roots = new Map<string, string>();
  const root = (box: string): string => {
    const above = roots.get(box) ?? box;
    return above === box ? box : root(above);
  };
  for (const boxes of targets.values()) {
    const [first, ...others] = boxes;
    for (const other of others) {
      roots.set(root(other), root(first));
    }
  }
  return cards.map((placed) => {
    const [first] = targets.get(placed.card.id) ?? [];
    return placed.box.column === 'control'
      ? {
          ...placed,
          box: { ...placed.box, id: `control ${first === undefined ? '' : root(first)}`, tint: 'slate' as const },
        }
      : placed;
  });
}

function controlArrows(cards: readonly Placed[], targets: ReadonlyMap<string, ReadonlySet<string>>): Arrow[] {
  const control = grouped(
    cards.filter(({ box }) => box.column === 'control'),
    ({ box }) => box.id,
  );
  return [...control.values()].flatMap((members) =>
    [...new Set(members.flatMap(({ card }) => [...(targets.get(card.id) ?? [])]))].map((to) => {
      const verbs = members.filter(({ card }) => targets.get(card.id)?.has(to)).flatMap(({ verb }) => verb ?? []);
      return { from: members[0].box.id, to, label: labelOf([...new Set(verbs)]) };
    }),
  );
}

function labelOf(verbs: readonly string[]): string {
  return verbs.length > 2 ? 'governs' : verbs.join(' and ');
}

function trafficArrows(cards: readonly Placed[], boxes: readonly Plan[]): Arrow[] {
  const gateways = boxes.filter(({ column }) => column === 'gateways');
  const gatewayOf = ({ frame }: Plan): Plan | undefined => gateways.find((box) => box.frame === frame);
  const notebooks = new Set(cards.filter(({ onBase }) => onBase).map(({ box }) => box.id));
  const data = boxes.find(({ id }) => id === DATA_BOX.id);
  const out = boxes
    .filter(({ column }) => column === 'workloads')
    .flatMap((box) => {
      const gateway = gatewayOf(box);
      return gateway === undefined ? [] : [{ from: box.id, to: gateway.id, label: trafficThrough(cards, gateway) }];
    });
  const toData = boxes
    .filter(({ id }) => data !== undefined && notebooks.has(id))
    .map((box) => ({ from: gatewayOf(box)?.id ?? box.id, to: DATA_BOX.id, label: 'reads and writes' }));
  return [...out, ...toData, ...foreignArrows(cards, (box) => gatewayOf(box) ?? box)];
}

function trafficThrough(cards: readonly Placed[], gateway: Plan): string {
  const through = cards.filter(({ box }) => box.id === gateway.id);
  return through.every(({ card }) => card.noun === 'private endpoint') ? 'private traffic' : 'traffic';
}

/** What the references between resources say, to the right only. */
function foreignArrows(cards: readonly Placed[], wayOut: (box: Plan) => Plan): Arrow[] {
  const boxes = new Map(cards.flatMap(({ covers, box }) => covers.map((path) => [path, box])));
  return cards
    .filter(({ box }) => box.column === 'workloads')
    .flatMap(({ uses, box }) =>
      uses.flatMap((path) => {
        const target = nearest(path, (at) => boxes.get(at));
        const from = wayOut(box);
        return target && COLUMNS.indexOf(target.column) > COLUMNS.indexOf(from.column)
          ? [{ from: from.id, to: target.id, label: 'uses' }]
          : [];
      }),
    );
}

/** One arrow for each way, with the label that came first. */
function distinct(arrows: readonly Arrow[]): Arrow[] {
  return [...grouped(arrows, ({ from, to }) => `${from}\n${to}`).values()].map(([first]) => first);
}
