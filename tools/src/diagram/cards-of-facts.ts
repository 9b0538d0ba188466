import type { WrittenFacts } from 'cdk-ml-infra/lib/private/facts';
import { lastOf, nearest } from './ancestry';
import { SingleCard } from './card-groups';
import { BUCKET, CONSTRUCTS, CONTAINERS, ENDPOINTS, KEY, Kind, OTHER_CONSTRUCT } from './kinds-table';
import { Box, Frame } from './picture';

/** A card with the box it goes into, before its cost is known. */
export interface Placed {
  readonly card: Omit<SingleCard, 'spent'>;
  readonly box: Omit<Box, 'cards'>;

  /** Paths whose costs are on the card. */
  readonly covers: readonly string[];

  /** What it uses, or works on, by path. */
  readonly uses: readonly string[];

  /** Whether it works on the data of a base. */
  readonly onBase?: boolean;

  /** What it does to the workloads; of the column `control`. */
  readonly verb?: string;
}

/** What a source of cards found in a scene. */
export interface Found {
  readonly frames: readonly Frame[];
  readonly cards: readonly Placed[];

  /** Paths of constructs of the library: of what is below them only gateways have cards of their own. */
  readonly told: readonly string[];

  /** Paths of what is drawn as something else than a card. */
  readonly drawn: readonly string[];
}

/** As many services are listed on the card of the endpoints. */
const MOST_SERVICES = 8;

/** Characters on a line of details, and lines. */
const LINE = 26;
const MOST_LINES = 3;

const ORDER = new Intl.Collator('en', { numeric: true });

const INTERNET = /internet|NAT/i;

/** Cards of the constructs of the library in one scene. */
export function cardsOfFacts(facts: readonly WrittenFacts[], borrowed: (told: WrittenFacts) => boolean): Found {
  const own = facts.filter((told) => !borrowed(told));
  const networks = own.filter(({ kind }) => kind === 'MlNetwork');
  const frames = new Map(networks.map((network) => [network.path, frameOf(network)]));
  const boxes = workloadBoxes(facts, networks, frames);
  return {
    frames: [...frames.values()],
    cards: [
      ...networks.flatMap((network) => endpointsOf(network, frames.get(network.path)?.id)),
      ...keysLast(own.filter(({ kind }) => CONTAINERS.has(kind)).flatMap(dataOf)),
      ...inOrder(facts.filter(({ kind }) => !CONTAINERS.has(kind)).map((told) => cardOf(told, boxes))),
    ],
    told: facts.filter(({ kind }) => kind !== 'MlUsage').map(({ path }) => path),
    drawn: networks.flatMap(({ path, parts = [] }) => [
      `${path}/Vpc`,
      ...parts.filter(({ kind }) => kind === 'subnet').map((part) => part.path),
    ]),
  };
}

function frameOf({ path, details = [] }: WrittenFacts): Frame {
  const mark = details.find((detail) => INTERNET.test(detail));
  const others = details.filter((detail) => detail !== mark);
  return { id: `vpc ${path}`, title: ['VPC', ...others].join(' · '), ...(mark !== undefined && { mark }) };
}

/** Boxes by the path of the notebook: its subnet, or its stack where notebooks of several stacks share a network. */
function workloadBoxes(
  facts: readonly WrittenFacts[],
  networks: readonly WrittenFacts[],
  frames: ReadonlyMap<string, Frame>,
): ReadonlyMap<string, Omit<Box, 'cards'>> {
  const notebooks = facts.filter(({ kind }) => CONSTRUCTS[kind]?.column === 'workloads');
  const byStack = new Set(notebooks.map(({ stack }) => stack)).size > 1;
  const labels = new Map(
    networks.flatMap(({ parts = [] }) =>
      parts.filter(({ kind }) => kind === 'subnet').map(({ path, label }) => [path, label]),
    ),
  );
  return new Map(
    notebooks.map(({ path, stack, within = '' }) => {
      const network = nearest(within, (at) => frames.get(at)) ?? frames.values().next().value;
      const label = labels.get(within);
      const box =
        byStack || label === undefined
          ? { id: `stack ${stack}`, title: stack }
          : { id: `subnet ${within}`, title: capitalized(label) };
      return [path, { ...box, column: 'workloads', tint: 'teal', ...(network && { frame: network.id }) }];
    }),
  );
}

function endpointsOf({ path, parts = [] }: WrittenFacts, frame?: string): Placed[] {
  const endpoints = parts.filter(({ kind }) => kind === 'endpoint');
  if (endpoints.length === 0) {
    return [];
  }
  const names = endpoints.map(({ label }) => label);
  const shown = names.length <= MOST_SERVICES + 1 ? names : names.slice(0, MOST_SERVICES);
  return [
    {
      card: {
        ...lookOf(ENDPOINTS),
        id: `endpoints ${path}`,
        path,
        title: 'Private endpoints',
        lines: [...shown, ...(shown.length < names.length ? [`and ${names.length - shown.length} more`] : [])],
        sort: 'private endpoints',
      },
      box: gatewayBox(frame),
      covers: endpoints.map((endpoint) => endpoint.path),
      uses: [],
    },
  ];
}

/** Where traffic leaves a network. */
export function gatewayBox(frame?: string): Omit<Box, 'cards'> {
  return { id: `gateways ${frame ?? ''}`, column: 'gateways', tint: 'violet', ...(frame !== undefined && { frame }) };
}

/** Where data stands. */
export const DATA_BOX: Omit<Box, 'cards'> = { id: 'data', title: 'Data', column: 'services', tint: 'green' };

function dataOf({ parts = [] }: WrittenFacts): Placed[] {
  return parts.flatMap(({ kind, path, label }) => {
    if (kind !== 'bucket' && kind !== 'key') {
      return [];
    }
    const look = kind === 'bucket' ? BUCKET : KEY;
    const title = kind === 'key' && label === 'key' ? 'Encryption key' : label;
    const card = { ...lookOf(look), id: `${kind} ${path}`, path, title, lines: [look.noun], sort: look.noun };
    return [{ card, box: DATA_BOX, covers: [path], uses: [] }];
  });
}

/** Boxes come in the order of their titles, `subnet 2` before `subnet 10`. */
function inOrder(cards: readonly Placed[]): Placed[] {
  return [...cards].sort((a, b) => ORDER.compare(a.box.title ?? '', b.box.title ?? ''));
}

function keysLast(cards: readonly Placed[]): Placed[] {
  const isKey = ({ card }: Placed): boolean => card.noun === KEY.noun;
  return [...cards.filter((each) => !isKey(each)), ...cards.filter(isKey)];
}

function cardOf(told: WrittenFacts, boxes: ReadonlyMap<string, Omit<Box, 'cards'>>): Placed {
  const { path, details = [], identity, hours, links = [] } = told;
  const kind = Object.hasOwn(CONSTRUCTS, told.kind) ? CONSTRUCTS[told.kind] : OTHER_CONSTRUCT;
  const [sort = kind.noun] = details;
  const main = kind.column === 'workloads' ? details.join(' · ') : '';
  return {
    card: {
      ...lookOf(kind),
      id: `construct ${path}`,
      path,
      title: lastOf(path),
      lines: [
        ...(main === '' ? linesOf(kind === OTHER_CONSTRUCT ? [told.kind, ...details] : details) : [main]),
        ...(hours ? [`${Math.round(hours.perMonth)} of 730 hours`] : []),
      ],
      sort: kind.column === 'workloads' ? sort : kind.noun,
      ...(identity?.owner !== undefined && { owner: identity.owner }),
    },
    box: boxes.get(path) ?? boxOf(kind),
    covers: [path],
    uses: links.map(({ to }) => to),
    onBase: kind.column === 'workloads',
    ...(kind.verb !== undefined && { verb: kind.verb }),
  };
}

function boxOf({ column, box, hue }: Kind): Omit<Box, 'cards'> {
  return { id: `${column} ${box ?? ''}`, column, tint: hue, ...(box !== undefined && { title: box }) };
}

/** As many on a line as are read at a glance, and how many more there are. */
function linesOf(details: readonly string[]): string[] {
  const lines: string[] = [];
  for (const [index, detail] of details.entries()) {
    const last = lines.at(-1);
    if (last !== undefined && `${last}, ${detail}`.length <= LINE) {
      lines[lines.length - 1] = `${last}, ${detail}`;
    } else if (lines.length < MOST_LINES) {
      lines.push(detail);
    } else {
      return [...lines, `and ${details.length - index} more`];
    }
  }
  return lines;
}

function lookOf({ letters, hue, noun }: Kind): Pick<Kind, 'letters' | 'hue' | 'noun'> {
  return { letters, hue, noun };
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
