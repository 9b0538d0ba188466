import { grouped } from './ancestry';
import { Point, sampled } from './curves';
import { Engine, graphviz, labelWidth, PlacedArrow, PlacedBox, PlacedFrame, PlacedScene, placed } from './layout';
import { MeasuredCard, SIZE } from './measures';
import { described, Picture } from './picture';
import { plainText, usd } from './plain-text';
import { styleSheet } from './svg-style';
import { shortened, textWidth } from './text-width';

const MARGIN = 22;
const HEADER = 62;
const SCENE_HEADER = 40;
const SCENE_MARGIN = 20;
const REST = 26;
const LEAST_WIDTH = 640;
const HEAD = 10;

/** A picture as SVG: no script, nothing from elsewhere, light and dark by what its reader prefers. */
export async function svgOf(picture: Picture, engine: Engine = graphviz): Promise<string> {
  const scenes = await placed(picture, engine);
  const framed = scenes.length > 1;
  const inset = framed ? SCENE_MARGIN : 0;
  const inner = Math.max(LEAST_WIDTH, ...scenes.map(({ width }) => width + 2 * inset));
  const width = Math.ceil(inner + 2 * MARGIN);
  const drawn: string[] = [];
  let y = MARGIN + HEADER;
  for (const each of scenes) {
    const rest = each.scene.rest === undefined ? 0 : REST;
    const header = framed ? SCENE_HEADER : 0;
    const height = header + each.height + rest + inset;
    drawn.push(
      group(MARGIN, y, [
        ...(framed ? [sceneFrame(each, inner, height)] : []),
        group(framed ? inset : (inner - each.width) / 2, header, sceneParts(each)),
        ...(rest > 0 ? [restLine(each, inset, header + each.height + 18, inner - 2 * inset)] : []),
      ]),
    );
    y += height + 14;
  }
  const height = Math.ceil(y - 14 + MARGIN);
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" class="mlp" role="img" aria-labelledby="mlp-title mlp-desc" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title id="mlp-title">${escaped(`${picture.title}: ${usd(picture.monthlyUsd)} per month`)}</title>`,
    `<desc id="mlp-desc">${escaped(described(picture))}</desc>`,
    `<style>${styleSheet()}</style>`,
    `<rect class="page" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="14"/>`,
    ...heading(picture, width),
    ...drawn,
    '</svg>',
  ].join('\n')}\n`;
}

function heading(picture: Picture, width: number): string[] {
  const total = usd(picture.monthlyUsd);
  const room = width - 2 * MARGIN - Math.max(textWidth(total, 23, true), 160);
  const below = `${plainText(picture.region)} · prices of ${plainText(picture.pricesOf)}`;
  return [
    text('t0', MARGIN, MARGIN + 18, shortened(plainText(picture.title), room, 23, true)),
    text('t4 s', MARGIN, MARGIN + 40, shortened(below, room, 13.5)),
    text('t0 e', width - MARGIN, MARGIN + 18, total),
    text('t4 s e', width - MARGIN, MARGIN + 40, picture.note),
  ];
}

function sceneFrame({ scene }: PlacedScene, width: number, height: number): string {
  const cost = `${usd(scene.monthlyUsd)} / month`;
  const room = width - 3 * SCENE_MARGIN - textWidth(cost, 15, true);
  return [
    rectangle('scene', 0, 0, width, height, 12),
    text('t1', SCENE_MARGIN, 27, shortened(plainText(scene.title), room, 16, true)),
    text('t2 e', width - SCENE_MARGIN, 27, cost),
  ].join('');
}

function restLine({ scene }: PlacedScene, x: number, y: number, width: number): string {
  return text('s', x, y, shortened(plainText(scene.rest ?? ''), width, SIZE.line));
}

function sceneParts({ frames, boxes, arrows }: PlacedScene): string[] {
  return [...frames.map(frameParts), ...boxes.map(boxParts), ...arrows.map(line), ...labelled(arrows).map(pill)];
}

function frameParts({ frame, x, y, width, height }: PlacedFrame): string {
  const title = plainText(frame.title);
  const mark = plainText(frame.mark ?? '');
  const parts = [
    rectangle('violet-box', 0, 0, width, height, 14),
    text('t3 violet-ink', 14, 24, shortened(title, width - 36, SIZE.boxTitle, true)),
  ];
  if (mark !== '') {
    const wide = textWidth(mark, SIZE.label, true) + 18;
    parts.push(
      rectangle('violet-tile', width - 16 - wide, 9, wide, 20, 10),
      text('l m k', width - 16 - wide / 2, 23, mark, ' style="font-size:12px"'),
    );
  }
  return group(x, y, parts);
}

function boxParts({ measured: { box, title, cards }, x, y, width, height }: PlacedBox): string {
  return group(x, y, [
    ...(title === undefined
      ? []
      : [
          rectangle(`${box.tint}-box`, 0, 0, width, height, 11),
          text(`t3 ${box.tint}-ink`, SIZE.boxPadding, 21, title),
        ]),
    ...cards.map(cardParts),
  ]);
}

function cardParts({ card, x, y, width, height, title, lines }: MeasuredCard): string {
  const { padding, tile, textLeft, titleHeight, lineHeight } = SIZE;
  const texts = titleHeight + (lines.length + (card.cost === '' ? 0 : 1)) * lineHeight;
  const top = Math.max(0, (height - texts) / 2);
  return group(x, y, [
    `<title>${escaped(`${card.path}: ${[...card.lines, card.cost].filter((each) => each !== '').join(', ')}`)}</title>`,
    rectangle('card', 0, 0, width, height, 9),
    rectangle(`${card.hue}-tile`, padding, padding, tile, tile, 8),
    text('k', padding + tile / 2, padding + tile / 2 + 4.5, card.letters),
    text('t2', textLeft, top + 14, title),
    ...lines.map((each, index) => text('s', textLeft, top + titleHeight + 12 + index * lineHeight, each)),
    ...(card.cost === '' ? [] : [text('m', textLeft, top + titleHeight + 12 + lines.length * lineHeight, card.cost)]),
  ]);
}

/** Of three or more arrows with one label that end or begin together, one says it for all. */
function labelled(arrows: readonly PlacedArrow[]): PlacedArrow[] {
  const once = (keyOf: (arrow: PlacedArrow) => string, all: readonly PlacedArrow[]): PlacedArrow[] =>
    [...grouped(all, keyOf).values()].flatMap((bundle) =>
      bundle.length < 3 ? bundle : [[...bundle].sort((a, b) => steepness(a) - steepness(b))[0]],
    );
  const ending = once(({ arrow }) => `${arrow.to}\n${arrow.label}`, arrows);
  return once(({ arrow }) => `${arrow.from}\n${arrow.label}`, ending);
}

function steepness({ curve }: PlacedArrow): number {
  return Math.abs(curve[curve.length - 1].y - curve[0].y);
}

function line({ curve }: PlacedArrow): string {
  const [start, ...rest] = curve.map(coordinates);
  const tip = curve[curve.length - 1];
  const before =
    sampled(curve)
      .reverse()
      .find(({ x, y }) => Math.hypot(tip.x - x, tip.y - y) > HEAD) ?? curve[0];
  const turn = Math.atan2(tip.y - before.y, tip.x - before.x);
  const corner = (side: number): string =>
    coordinates({ x: tip.x + HEAD * Math.cos(turn + side), y: tip.y + HEAD * Math.sin(turn + side) });
  return [
    `<path class="line" d="M${start}C${rest.join(' ')}"/>`,
    `<polygon class="head" points="${[coordinates(tip), corner(Math.PI - 0.42), corner(Math.PI + 0.42)].join(' ')}"/>`,
  ].join('');
}

function pill({ arrow, label: { x, y } }: PlacedArrow): string {
  if (arrow.label === '') {
    return '';
  }
  const wide = labelWidth(arrow.label);
  return group(x - wide / 2, y - 10, [
    rectangle('pill', 0, 0, wide, 20, 10),
    text('l s', wide / 2, 14, plainText(arrow.label)),
  ]);
}

function group(x: number, y: number, parts: readonly string[]): string {
  return `<g transform="translate(${rounded(x)} ${rounded(y)})">${parts.join('')}</g>`;
}

function rectangle(classes: string, x: number, y: number, width: number, height: number, radius: number): string {
  return `<rect class="${classes}" x="${rounded(x)}" y="${rounded(y)}" width="${rounded(width)}" height="${rounded(height)}" rx="${radius}"/>`;
}

function text(classes: string, x: number, y: number, content: string, more = ''): string {
  return `<text class="${classes}" x="${rounded(x)}" y="${rounded(y)}"${more}>${escaped(content)}</text>`;
}

function coordinates({ x, y }: Point): string {
  return `${rounded(x)},${rounded(y)}`;
}

/** Processors differ in the last digits. */
function rounded(value: number): string {
  return String(Math.round(value * 10) / 10);
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(raw: string): string {
  return plainText(raw).replace(/[&<>"']/g, (character) => ENTITIES[character]);
}
