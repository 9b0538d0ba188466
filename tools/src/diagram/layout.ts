import { Curve, levelCurve, meets, Point, pointAt, Rectangle } from './curves';
import { cardWidth, MeasuredBox, measured, SIZE } from './measures';
import { Arrow, COLUMNS, Column, Frame, Picture, Scene } from './picture';
import { plainText } from './plain-text';
import { textWidth } from './text-width';

/** Places graphs in the language DOT: positions and lines as JSON, in the order of the graphs. */
export type Engine = (graphs: readonly string[]) => Promise<string[]>;

/** Graphviz, compiled to WebAssembly. Loaded when asked for, since it takes a tenth of a second. */
export const graphviz: Engine = async (graphs) => {
  const { Graphviz } = await import('@hpcc-js/wasm-graphviz');
  const engine = await Graphviz.load();
  return graphs.map((graph) => engine.layout(graph, 'json', 'dot'));
};

export interface PlacedBox extends Rectangle {
  readonly measured: MeasuredBox;
}

export interface PlacedFrame extends Rectangle {
  readonly frame: Frame;
}

/** A line that ends at the tip of the arrow, and the middle of its label. */
export interface PlacedArrow {
  readonly arrow: Arrow;
  readonly curve: Curve;
  readonly label: Point;
}

/** A scene with its own origin, downwards and to the right. */
export interface PlacedScene {
  readonly scene: Scene;
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PlacedBox[];
  readonly frames: readonly PlacedFrame[];
  readonly arrows: readonly PlacedArrow[];
}

const LABEL_HEIGHT = 20;
const FRAME_HEADER = 14;

/** From so many cards of workloads on, a box is rather wide than high. */
const CROWD = 14;

/** Where everything of a picture stands. */
export async function placed(picture: Picture, engine: Engine): Promise<PlacedScene[]> {
  const widths = columnWidths(picture);
  const boxes = picture.scenes.map((scene) => {
    const crowded = scene.boxes.flatMap(({ cards, column }) => (column === 'workloads' ? cards : [])).length > CROWD;
    return scene.boxes.map((box) => measured(box, widths[box.column], crowded && box.column === 'workloads' ? 3 : 7));
  });
  const gaps = gapWidths(picture);
  const graphs = picture.scenes.map((scene, index) => graphOf(scene, boxes[index], gaps));
  const answers = await engine(graphs);
  return picture.scenes.map((scene, index) => readAnswer(scene, boxes[index], JSON.parse(answers[index])));
}

/** One width of cards for each column, so that the scenes of a picture stand in line. */
function columnWidths({ scenes }: Picture): Record<Column, number> {
  const boxes = scenes.flatMap((scene) => scene.boxes);
  const widthOf = (column: Column): number =>
    Math.max(0, ...boxes.filter((box) => box.column === column).map(cardWidth));
  return Object.fromEntries(COLUMNS.map((column) => [column, widthOf(column)])) as Record<Column, number>;
}

/** Room for labels between two columns, for the same reason. */
function gapWidths({ scenes }: Picture): ReadonlyMap<string, number> {
  const gaps = new Map<string, number>();
  for (const scene of scenes) {
    for (const arrow of scene.arrows) {
      const gap = gapOf(scene, arrow);
      gaps.set(gap, Math.max(gaps.get(gap) ?? 0, labelWidth(arrow.label)));
    }
  }
  return gaps;
}

function gapOf({ boxes }: Scene, { from, to }: Arrow): string {
  return [from, to].map((id) => boxes.find((box) => box.id === id)?.column).join(' ');
}

/** Width of the label of an arrow with the space around it. */
export function labelWidth(label: string): number {
  return Math.ceil(textWidth(plainText(label), SIZE.label) + 16);
}

/** A graph of names and sizes. No text of the app stands in it, so none can act on Graphviz. */
function graphOf(scene: Scene, boxes: readonly MeasuredBox[], gaps: ReadonlyMap<string, number>): string {
  const nodes = boxes.map(({ box, width, height }, index) => ({
    frame: box.frame,
    text: `n${index} [width=${inches(width)} height=${inches(height)}]`,
  }));
  const clusters = scene.frames.map((frame, index) => {
    const within = nodes.filter(({ frame: id }) => id === frame.id).map(({ text }) => text);
    const width = Math.ceil(textWidth(plainText(`${frame.title}  ${frame.mark ?? ''}`), SIZE.boxTitle, true)) + 40;
    return `subgraph cluster_${index} { margin=14 labeljust=l label=${space(width, FRAME_HEADER)} ${within.join('; ')} }`;
  });
  const index = new Map(scene.boxes.map(({ id }, at) => [id, at]));
  const arrows = scene.arrows.map(
    (arrow, at) =>
      `n${index.get(arrow.from)}:e -> n${index.get(arrow.to)}:w [id=a${at} weight=8 label=${space((gaps.get(gapOf(scene, arrow)) ?? 0) + 12, LABEL_HEIGHT)}]`,
  );
  return `digraph {
    graph [rankdir=LR newrank=true nodesep=0.28 ranksep=0.16 pad=0 margin=0]
    node [shape=box fixedsize=true label=""]
    edge [arrowsize=0.8]
    ${[...nodes.filter(({ frame }) => frame === undefined).map(({ text }) => text), ...clusters, ...arrows, ...columnEdges(scene)].join('\n    ')}
  }`;
}

/** Keeps the columns in their order where no arrow does. */
function columnEdges({ boxes, arrows }: Scene): string[] {
  const columns = COLUMNS.map((column) =>
    boxes.flatMap((box, index) => (box.column === column ? [{ id: box.id, index }] : [])),
  ).filter(({ length }) => length > 0);
  const pairs = columns.slice(1).flatMap((column, before) => {
    const [previous, ids] = [columns[before], new Set(column.map(({ id }) => id))];
    return [
      ...column.filter(({ id }) => !arrows.some(({ to }) => to === id)).map(({ index }) => [previous[0].index, index]),
      ...previous
        .filter(({ id }) => !arrows.some(({ from, to }) => from === id && ids.has(to)))
        .map(({ index }) => [index, column[0].index]),
    ];
  });
  return pairs.map(([from, to]) => `n${from} -> n${to} [style=invis weight=0]`);
}

function space(width: number, height: number): string {
  return `<<TABLE BORDER="0" CELLBORDER="0" CELLPADDING="0" CELLSPACING="0" FIXEDSIZE="TRUE" WIDTH="${width}" HEIGHT="${height}"><TR><TD></TD></TR></TABLE>>`;
}

function inches(pixels: number): string {
  return (pixels / 72).toFixed(4);
}

/** What Graphviz says: https://graphviz.org/docs/outputs/json, with y upwards. */
interface Answer {
  readonly bb: string;
  readonly objects?: readonly { readonly name: string; readonly pos?: string; readonly bb?: string }[];
  readonly edges?: readonly { readonly id?: string; readonly pos?: string }[];
}

function readAnswer(
  scene: Scene,
  boxes: readonly MeasuredBox[],
  { bb, objects = [], edges = [] }: Answer,
): PlacedScene {
  const [left, bottom, right, top] = numbers(bb);
  const point = (text: string): Point => {
    const [x, y] = numbers(text);
    return { x: x - left, y: top - y };
  };
  const named = new Map(objects.map((object) => [object.name, object]));
  const lines = new Map(edges.map((edge) => [edge.id, edge]));
  const placedBoxes = boxes.map((box, index) => {
    const { x, y } = point(named.get(`n${index}`)?.pos ?? '0,0');
    const { width, height } = box;
    return { measured: box, x: x - width / 2, y: y - height / 2, width, height };
  });
  const placedFrames = scene.frames.flatMap((frame, index) => {
    const corners = named.get(`cluster_${index}`)?.bb;
    if (corners === undefined) {
      return [];
    }
    const [x1, y1, x2, y2] = numbers(corners);
    return [{ frame, x: x1 - left, y: top - y2, width: x2 - x1, height: y2 - y1 }];
  });
  const frameOf = (id: string): PlacedFrame | undefined =>
    placedFrames.find(({ frame }) => frame.id === scene.boxes.find((box) => box.id === id)?.frame);
  return {
    scene,
    width: right - left,
    height: top - bottom,
    boxes: placedBoxes,
    frames: placedFrames,
    arrows: scene.arrows.flatMap((arrow, index) => {
      const { pos = '' } = lines.get(`a${index}`) ?? {};
      const [tip, ...points] = pos.replace(/^e,/, '').split(' ').map(point);
      return points.length < 4
        ? []
        : [{ arrow, ...drawnLine(points, tip, placedBoxes, frameOf(arrow.from), frameOf(arrow.to)) }];
    }),
  };
}

/** The plainest line, and that of Graphviz where the plain one leads through a box. Its label keeps off borders. */
function drawnLine(
  points: Curve,
  tip: Point,
  boxes: readonly Rectangle[],
  leaves?: PlacedFrame,
  enters?: PlacedFrame,
): { curve: Curve; label: Point } {
  const plain = levelCurve(points[0], tip);
  const curve = meets(plain, boxes) ? [...points.slice(0, -1), tip] : plain;
  const begin = leaves === enters || !leaves ? points[0].x : leaves.x + leaves.width;
  const end = leaves === enters || !enters ? tip.x : enters.x;
  return { curve, label: pointAt(curve, (begin + end) / 2) };
}

function numbers(text: string): number[] {
  return text.split(',').map(Number);
}
