import { Box, Card } from './picture';
import { plainText } from './plain-text';
import { shortened, textWidth } from './text-width';

/** Sizes in pixels. */
export const SIZE = {
  title: 15.5,
  line: 13,
  boxTitle: 13,
  label: 12,
  padding: 12,
  tile: 36,
  textLeft: 58,
  titleHeight: 20,
  lineHeight: 17.5,
  gap: 10,
  boxPadding: 12,
  boxHeader: 30,
  mostText: 210,
  leastText: 88,
} as const;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A card as it is drawn, relative to its box. */
export interface MeasuredCard extends Size {
  readonly card: Card;
  readonly x: number;
  readonly y: number;
  readonly title: string;
  readonly lines: readonly string[];
}

/** A box as it is drawn. */
export interface MeasuredBox extends Size {
  readonly box: Box;
  readonly title?: string;
  readonly cards: readonly MeasuredCard[];
}

/** Lays the cards of a box out in as many columns as keep it from being a tower. All cards are of one width. */
export function measured(box: Box, width = cardWidth(box), mostInColumn = 7): MeasuredBox {
  const titled = box.title !== undefined;
  const [inset, header] = titled ? [SIZE.boxPadding, SIZE.boxHeader] : [0, 0];
  const columns = Math.max(1, Math.ceil(box.cards.length / mostInColumn));
  const perColumn = Math.ceil(box.cards.length / columns);
  const cards: MeasuredCard[] = [];
  let lowest = header;
  for (let column = 0; column < columns; column++) {
    let y: number = header;
    for (const card of box.cards.slice(column * perColumn, (column + 1) * perColumn)) {
      const height = cardHeight(card);
      cards.push({ card, x: inset + column * (width + SIZE.gap), y, width, height, ...fittingTexts(card) });
      y += height + SIZE.gap;
    }
    lowest = Math.max(lowest, y - SIZE.gap);
  }
  return {
    box,
    cards,
    ...(titled && { title: shortened(plainText(box.title), columns * width, SIZE.boxTitle, true) }),
    width: 2 * inset + columns * (width + SIZE.gap) - SIZE.gap,
    height: Math.max(lowest + inset, header),
  };
}

function fittingTexts(card: Card): { title: string; lines: string[] } {
  return {
    title: shortened(plainText(card.title), SIZE.mostText, SIZE.title, true),
    lines: card.lines.map((line) => shortened(plainText(line), SIZE.mostText, SIZE.line)),
  };
}

/** Width that the cards of a box take. */
export function cardWidth({ cards, title }: Box): number {
  const widths = cards.flatMap((card) => {
    const texts = fittingTexts(card);
    return [
      textWidth(texts.title, SIZE.title, true),
      textWidth(card.cost, SIZE.line, true),
      ...texts.lines.map((line) => textWidth(line, SIZE.line)),
    ];
  });
  const heading = title === undefined ? 0 : textWidth(plainText(title), SIZE.boxTitle, true) - SIZE.textLeft;
  const text = Math.max(SIZE.leastText, ...widths, Math.min(heading, SIZE.mostText));
  return Math.ceil(SIZE.textLeft + text + SIZE.padding);
}

function cardHeight({ lines, cost }: Card): number {
  const texts = SIZE.titleHeight + (lines.length + (cost === '' ? 0 : 1)) * SIZE.lineHeight;
  return Math.max(texts, SIZE.tile) + 2 * SIZE.padding;
}
