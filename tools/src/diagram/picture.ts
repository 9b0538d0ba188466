import { counted } from './plain-text';

/** What a drawing shows, whatever draws it. Its texts are raw: each drawing escapes them in its own way. */
export interface Picture {
  readonly title: string;

  /** Regions of the stacks, the assumed one where only the deployment knows it. */
  readonly region: string;
  readonly monthlyUsd: number;

  /** What the sum is of, such as `per month, plus use`. */
  readonly note: string;

  /** Date of the oldest prices. */
  readonly pricesOf: string;
  readonly scenes: readonly Scene[];
}

/** What stands on one base, or in a stack without one. Arrows stay within. */
export interface Scene {
  readonly id: string;
  readonly title: string;
  readonly monthlyUsd: number;
  readonly frames: readonly Frame[];
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];

  /** What has no card, such as `and 12 more resources: roles, policies`. */
  readonly rest?: string;
}

/** A VPC around boxes. */
export interface Frame {
  readonly id: string;
  readonly title: string;

  /** What must be seen first, such as `no internet`. */
  readonly mark?: string;
}

/** From left to right: what runs workloads, the workloads, their way out, what they use. */
export const COLUMNS = ['control', 'workloads', 'gateways', 'services'] as const;

export type Column = (typeof COLUMNS)[number];

/** Cards that stand together, such as those in a subnet. */
export interface Box {
  readonly id: string;
  readonly column: Column;

  /** Without a title it has no border. */
  readonly title?: string;
  readonly tint: Hue;
  readonly frame?: string;
  readonly cards: readonly Card[];
}

/** Colours that tell kinds apart. */
export const HUES = ['teal', 'violet', 'green', 'amber', 'blue', 'rose', 'slate'] as const;

export type Hue = (typeof HUES)[number];

/** A construct, or several of one kind. */
export interface Card {
  readonly id: string;

  /** Path of the construct, or what several have in common. */
  readonly path: string;

  /** Letters of the tile. */
  readonly letters: string;
  readonly hue: Hue;
  readonly title: string;

  /** Lines below the title. */
  readonly lines: readonly string[];
  readonly cost: string;

  /** How many constructs it stands for. */
  readonly count: number;
  readonly monthlyUsd: number;
}

/** One box uses another. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly label: string;
}

/** The picture in words, for who does not see it. */
export function described({ scenes, region, pricesOf }: Picture): string {
  return scenes
    .map(({ title, boxes, arrows }) => {
      const named = boxes.map(({ title: of, cards }) => {
        const shown = cards.slice(0, 12).map((card) => `${card.title}${card.cost === '' ? '' : ` (${card.cost})`}`);
        return `${of ?? 'Beside'}: ${shown.join(', ')}${cards.length > 12 ? ' and more' : ''}`;
      });
      return `${title}. ${named.join('. ')}. ${counted(arrows.length, 'arrow')}.`;
    })
    .concat(`Region ${region}, prices of ${pricesOf}.`)
    .join(' ');
}
