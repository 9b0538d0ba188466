import { sampled } from '../../src/diagram/curves';
import { labelWidth, PlacedScene, placed } from '../../src/diagram/layout';
import { pictureOf } from '../../src/diagram/picture-of';
import { box, card, graphvizApart, HOSTILE, lab, pictureWith, scene, TEAM } from './sample';

const REGION = { region: 'us-east-1' };

/** Every second segment is enough to see a crossing, and arrows may meet where they begin or end together. */
function crossings({ arrows }: PlacedScene): number {
  const segments = arrows.map(({ curve }) => sampled(curve));
  let count = 0;
  for (const [index, a] of segments.entries()) {
    for (const b of segments.slice(index + 1)) {
      for (let i = 1; i + 1 < a.length - 1; i++) {
        for (let j = 1; j + 1 < b.length - 1; j++) {
          count += cross(a[i], a[i + 1], b[j], b[j + 1]) ? 1 : 0;
        }
      }
    }
  }
  return count;
}

type Point = { x: number; y: number };

function cross(a: Point, b: Point, c: Point, d: Point): boolean {
  const side = (p: Point, q: Point, r: Point): number => (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x);
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

type Area = Point & { width: number; height: number };

const inside = (a: Area, b: Area): boolean =>
  a.x >= b.x && a.y >= b.y && a.x + a.width <= b.x + b.width && a.y + a.height <= b.y + b.height;
const apart = (a: Area, b: Area): boolean =>
  a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;

let team: PlacedScene;

beforeAll(async () => {
  const { assembly, estimate } = lab(TEAM);
  [team] = await placed(pictureOf(assembly, estimate, REGION), graphvizApart);
});

test('a team reads from left to right, with a straight way to its data', () => {
  const lefts = ['control', 'workloads', 'gateways', 'services'].map(
    (column) => team.boxes.find(({ measured }) => measured.box.column === column)?.x ?? 0,
  );

  expect(lefts).toEqual([...lefts].sort((a, b) => a - b));
  expect(new Set(lefts).size).toBe(4);
});

test('no arrows of a team cross, and none leads through a box', () => {
  expect(team.arrows).toHaveLength(5);
  expect(crossings(team)).toBe(0);
  for (const { curve } of team.arrows) {
    for (const { x, y } of sampled(curve)) {
      expect(team.boxes.filter((each) => !apart({ x, y, width: 0, height: 0 }, grown(each, -1)))).toEqual([]);
    }
  }
});

test('no box stands on another, and frames hold theirs and no others', () => {
  for (const [index, a] of team.boxes.entries()) {
    expect(inside(a, { x: -1, y: -1, width: team.width + 2, height: team.height + 2 })).toBe(true);
    expect(team.boxes.slice(index + 1).every((b) => apart(a, b))).toBe(true);
    for (const frame of team.frames) {
      expect([inside(a, frame), apart(a, frame)]).toContain(true);
      expect(inside(a, frame)).toBe(a.measured.box.frame === frame.frame.id);
    }
  }
});

test('labels stand clear of boxes and of borders', () => {
  for (const { label, arrow } of team.arrows) {
    const width = labelWidth(arrow.label);
    const pill = { x: label.x - width / 2, y: label.y - 10, width, height: 20 };

    expect(team.boxes.every((each) => apart(pill, each))).toBe(true);
    expect(team.frames.every((frame) => inside(pill, frame) || apart(grown(pill, 10), frame))).toBe(true);
  }
});

test('Graphviz gets no text of the app', async () => {
  const seen: string[] = [];
  const boxes = HOSTILE.map((text) => box(text, 'workloads', [card(text)], { frame: 'f' }));
  const hostile = scene([...boxes, box('to', 'services', [])], {
    frames: [{ id: 'f', title: HOSTILE[0], mark: HOSTILE[1] }],
    arrows: HOSTILE.map((text) => ({ from: text, to: 'to', label: text })),
  });
  const [{ arrows }] = await placed(pictureWith(hostile), (graphs) => {
    seen.push(...graphs);
    return graphvizApart(graphs);
  });

  expect(arrows).toHaveLength(HOSTILE.length);
  for (const text of HOSTILE) {
    expect(seen.join()).not.toContain(text);
  }
});

test('the columns of all scenes are in line', async () => {
  const scenes = [card('a'), card('a-very-long-name-of-one')].map((each, index) =>
    scene([box('w', 'workloads', [each]), box('s', 'services', [card('data')])], {
      id: `${index}`,
      arrows: [{ from: 'w', to: 's', label: index === 0 ? 'x' : 'reads and writes' }],
    }),
  );
  const [first, second] = await placed(pictureWith(...scenes), graphvizApart);

  expect(first.boxes.map(({ x, width }) => [x, width])).toEqual(second.boxes.map(({ x, width }) => [x, width]));
});

function grown({ x, y, width, height }: Area, by: number): Area {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
}
