import { createColors } from 'picocolors';
import { Box, Card, COLUMNS, Hue, Picture, Scene } from './picture';
import { plainText, usd } from './plain-text';
import { columnsOf, fitted } from './text-width';

type Colors = ReturnType<typeof createColors>;

/** What lines are made of. */
export interface Strokes {
  readonly corners: readonly [topLeft: string, topRight: string, bottomLeft: string, bottomRight: string];
  readonly level: string;
  readonly upright: string;
  readonly arrow: string;
}

const UNICODE: Strokes = { corners: ['╭', '╮', '╰', '╯'], level: '─', upright: '│', arrow: '▼' };
const ASCII: Strokes = { corners: ['+', '+', '+', '+'], level: '-', upright: '|', arrow: 'v' };

const LEAST_WIDTH = 40;
const MOST_WIDTH = 110;

/** Widest and narrowest column for titles. */
const TITLE = { most: 32, least: 10 };

const PAINT: Record<Hue, (colors: Colors, text: string) => string> = {
  teal: (colors, text) => colors.cyan(text),
  violet: (colors, text) => colors.magenta(text),
  green: (colors, text) => colors.green(text),
  amber: (colors, text) => colors.yellow(text),
  blue: (colors, text) => colors.blue(text),
  rose: (colors, text) => colors.red(text),
  slate: (colors, text) => colors.dim(text),
};

/** A piece of a line: what it takes on the screen is known without its colours. */
interface Line {
  readonly text: string;
  readonly columns: number;
}

/** A picture for a terminal of so many columns, from top to bottom. Without UTF-8, lines and texts are in ASCII. */
export function terminalOf(picture: Picture, width: number, colors: Colors, utf8 = true): string {
  const drawing = new Drawing(colors, utf8 ? UNICODE : ASCII, utf8);
  return `${drawing
    .picture(picture, Math.min(Math.max(width, LEAST_WIDTH), MOST_WIDTH))
    .map(({ text }) => text.trimEnd())
    .join('\n')}\n`;
}

class Drawing {
  constructor(
    private readonly colors: Colors,
    private readonly strokes: Strokes,
    private readonly utf8: boolean,
  ) {}

  public picture(picture: Picture, width: number): Line[] {
    const { bold, dim } = this.colors;
    const below = `${picture.region} · prices of ${picture.pricesOf}`;
    const framed = picture.scenes.length > 1;
    return [
      this.row(width, picture.title, usd(picture.monthlyUsd), bold),
      this.row(width, below, picture.note, dim),
      BLANK,
      ...picture.scenes.flatMap((scene) => {
        const lines = (inner: number): Line[] => this.scene(scene, inner);
        return framed
          ? [...this.framed(width, scene.title, `${usd(scene.monthlyUsd)} / month`, lines), BLANK]
          : lines(width);
      }),
    ];
  }

  private scene({ boxes, frames, arrows, rest }: Scene, width: number): Line[] {
    const titleWidth = Math.min(
      TITLE.most,
      Math.max(TITLE.least, ...boxes.flatMap(({ cards }) => cards.map(({ title }) => columnsOf(this.plain(title))))),
      Math.floor(width / 3),
    );
    const drawn = new Set<string>();
    const boxLines = (box: Box, inner: number, below: Scene['arrows']): Line[] => {
      const leading = below.filter(({ from }) => from === box.id);
      return [...this.box(box, inner, titleWidth), ...this.arrows(leading, boxes, inner)];
    };
    const lines = COLUMNS.flatMap((column) =>
      boxes
        .filter((box) => box.column === column)
        .flatMap((box) => {
          const frame = frames.find(({ id }) => id === box.frame);
          if (frame === undefined) {
            return boxLines(box, width, arrows);
          }
          if (drawn.has(frame.id)) {
            return [];
          }
          drawn.add(frame.id);
          const within = boxes.filter((other) => other.frame === frame.id);
          const ordered = COLUMNS.flatMap((each) => within.filter((other) => other.column === each));
          const leaving = arrows.filter(
            ({ from, to }) => within.some(({ id }) => id === from) && !within.some(({ id }) => id === to),
          );
          const staying = arrows.filter((arrow) => !leaving.includes(arrow));
          return [
            ...this.framed(width, frame.title, frame.mark ?? '', (inner) =>
              ordered.flatMap((other) => boxLines(other, inner, staying)),
            ),
            ...this.arrows(leaving, boxes, width),
          ];
        }),
    );
    return rest === undefined ? lines : [...lines, this.row(width, rest, '', this.colors.dim)];
  }

  private box({ title, cards, tint }: Box, width: number, titleWidth: number): Line[] {
    const lines = (inner: number): Line[] => cards.flatMap((card) => this.card(card, inner, titleWidth));
    return this.framed(width, title ?? '', '', lines, (text) => PAINT[tint](this.colors, text));
  }

  private card({ letters, hue, title, lines, cost }: Card, width: number, titleWidth: number): Line[] {
    const tile = PAINT[hue](this.colors, letters.padEnd(2));
    const price = this.cut(cost, width);
    const name = this.cell(title, Math.min(titleWidth, Math.max(1, width - price.columns - 8)));
    const room = Math.max(0, width - name.columns - price.columns - 8);
    const details = this.cell(this.plain(lines.join(this.utf8 ? ' · ' : ', ')), room);
    const text = ` ${tile}  ${this.colors.bold(name.text)}  ${this.colors.dim(details.text)} ${price.text}`;
    const columns = 1 + 2 + 2 + name.columns + 2 + details.columns + 1 + price.columns;
    return [{ text, columns }];
  }

  /** What leads from a box, each target once by its title. */
  private arrows(arrows: Scene['arrows'], boxes: readonly Box[], width: number): Line[] {
    const labels = new Map<string, string[]>();
    for (const { to, label } of arrows) {
      const box = boxes.find(({ id }) => id === to);
      const title = box?.title ?? box?.cards[0]?.title ?? '';
      labels.set(label, [...new Set([...(labels.get(label) ?? []), title])]);
    }
    return [...labels].map(([label, titles]) => {
      const text = this.cut(`   ${this.strokes.arrow} ${label}: ${titles.join(', ')}`, width);
      return { text: this.colors.dim(text.text), columns: text.columns };
    });
  }

  private framed(
    width: number,
    title: string,
    mark: string,
    within: (inner: number) => Line[],
    paint: (text: string) => string = this.colors.dim,
  ): Line[] {
    const { corners, level, upright } = this.strokes;
    const right = mark === '' ? NOTHING : this.cut(` ${mark} `, width - 8);
    const left = title === '' ? NOTHING : this.cut(` ${title} `, width - 6 - right.columns);
    const between = level.repeat(Math.max(0, width - 4 - left.columns - right.columns));
    const inner = width - 4;
    return [
      line(
        `${paint(corners[0] + level)}${this.colors.bold(left.text)}${paint(between)}${right.text}${paint(level + corners[1])}`,
        width,
      ),
      ...within(inner).map(({ text, columns }) =>
        line(`${paint(upright)} ${text}${' '.repeat(Math.max(0, inner - columns))} ${paint(upright)}`, width),
      ),
      line(paint(`${corners[2]}${level.repeat(width - 2)}${corners[3]}`), width),
    ];
  }

  /** A text at the left and one at the right. */
  private row(width: number, left: string, right: string, paint: (text: string) => string): Line {
    if (right === '') {
      const whole = this.cut(left, width);
      return line(paint(whole.text), whole.columns);
    }
    const end = this.cut(right, width);
    const begin = this.cell(left, Math.max(0, width - end.columns - 1));
    return line(paint(`${begin.text} ${end.text}`), width);
  }

  /** A text of exactly so many columns. */
  private cell(raw: string, width: number): Line {
    const { text, columns } = this.cut(raw, width);
    return line(text + ' '.repeat(Math.max(0, width - columns)), Math.max(width, columns));
  }

  private cut(raw: string, width: number): Line {
    const plain = this.plain(raw);
    const text = width < 1 ? '' : this.plain(fitted(plain, (candidate) => columnsOf(candidate) <= width));
    return line(text, columnsOf(text));
  }

  private plain(raw: string): string {
    const text = plainText(raw);
    return this.utf8 ? text : text.replace(/[·×…]/g, (sign) => SIGNS[sign]).replace(/[^ -~]/gu, '?');
  }
}

const SIGNS: Record<string, string> = { '·': '-', '×': 'x', '…': '~' };
const NOTHING: Line = { text: '', columns: 0 };
const BLANK: Line = { text: '', columns: 0 };

function line(text: string, columns: number): Line {
  return { text, columns };
}
