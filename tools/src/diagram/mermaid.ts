import { Box, Card, HUES, Hue, Picture, Scene } from './picture';
import { plainText, usd } from './plain-text';

const FILLS: Record<Hue, string> = {
  teal: '#0f766e',
  violet: '#6d28d9',
  green: '#15803d',
  amber: '#b45309',
  blue: '#1d4ed8',
  rose: '#be123c',
  slate: '#475569',
};

const BARE = 'fill:none,stroke:none';
const BORDER = 'fill:none,stroke:#94a3b8';

/** Longer texts are cut: GitHub draws nothing at all from 50,000 characters on. */
const MOST_CHARACTERS = 60;

/** A picture as a flowchart of Mermaid, which GitHub and GitLab draw in Markdown. */
export function mermaidOf(picture: Picture): string {
  const names = new Map<string, string>();
  const nameOf = (kind: string, id: string): string => {
    const key = `${kind} ${id}`;
    names.set(key, names.get(key) ?? `${kind}${names.size + 1}`);
    return names.get(key) ?? '';
  };
  const framed = picture.scenes.length > 1;
  const heading = `${picture.title}: ${usd(picture.monthlyUsd)} ${picture.note} (${picture.region}, prices of ${picture.pricesOf})`;
  const used = new Set(
    picture.scenes.flatMap(({ boxes }) => boxes.flatMap(({ cards }) => cards.map(({ hue }) => hue))),
  );
  const scenes = picture.scenes.flatMap((scene) => {
    const within = sceneLines(scene, (kind, id) => nameOf(kind, `${scene.id}\n${id}`));
    const title = `${scene.title}, ${usd(scene.monthlyUsd)} / month`;
    const name = nameOf('scene', scene.id);
    return framed ? [...subgraph(name, title, within), `style ${name} ${BORDER}`] : within;
  });
  return `${[
    'flowchart LR',
    ...subgraph('app', heading, scenes).map((line) => `  ${line}`),
    `  style app ${BARE}`,
    ...HUES.filter((hue) => used.has(hue)).map(
      (hue) => `  classDef ${hue} fill:${FILLS[hue]},stroke:${FILLS[hue]},color:#ffffff`,
    ),
  ].join('\n')}\n`;
}

type NameOf = (kind: string, id: string) => string;

function sceneLines({ boxes, frames, arrows, rest }: Scene, nameOf: NameOf): string[] {
  const boxLines = (box: Box): string[] => {
    if (box.title === undefined && box.cards.length === 1) {
      return [cardLine(box.cards[0], nameOf('box', box.id))];
    }
    const cards = box.cards.map((card) => cardLine(card, nameOf('card', `${box.id}\n${card.id}`)));
    const name = nameOf('box', box.id);
    return [...subgraph(name, box.title ?? ' ', cards), `style ${name} ${BORDER}`];
  };
  return [
    ...boxes.filter(({ frame }) => frame === undefined).flatMap(boxLines),
    ...frames.flatMap(({ id, title, mark }) => {
      const name = nameOf('frame', id);
      const within = boxes.filter(({ frame }) => frame === id).flatMap(boxLines);
      return [...subgraph(name, mark === undefined ? title : `${title}, ${mark}`, within), `style ${name} ${BORDER}`];
    }),
    ...arrows.map(({ from, to, label }) => {
      const text = label === '' ? '' : `|"${escaped(label)}"|`;
      return `${nameOf('box', from)} -->${text} ${nameOf('box', to)}`;
    }),
    ...(rest === undefined ? [] : [`${nameOf('rest', '')}["${escaped(rest, 200)}"]`]),
  ];
}

function cardLine({ title, lines, cost, hue }: Card, name: string): string {
  const below = [...lines, ...(cost === '' ? [] : [cost])].map((line) => `<br/>${escaped(line)}`);
  return `${name}["<b>${escaped(title)}</b>${below.join('')}"]:::${hue}`;
}

function subgraph(name: string, title: string, within: readonly string[]): string[] {
  return [
    `subgraph ${name}["${escaped(title, 160)}"]`,
    ...['direction LR', ...within].map((line) => `  ${line}`),
    'end',
  ];
}

/** Mermaid knows neither quotes nor Markdown nor HTML in a text whose signs are written by their numbers. */
function escaped(raw: string, most = MOST_CHARACTERS): string {
  const characters = [...plainText(raw)];
  const text = characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : characters.join('');
  return text.replace(/[^\p{L}\p{M}\p{N} .,:/·×…$+()%-]/gu, (character) => `#${character.codePointAt(0)};`) || ' ';
}
