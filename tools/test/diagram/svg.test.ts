import { pictureOf } from '../../src/diagram/picture-of';
import { svgOf } from '../../src/diagram/svg';
import { box, card, graphvizApart, HOSTILE, lab, pictureWith, scene, TEAM } from './sample';

const drawn = ({ assembly, estimate }: ReturnType<typeof lab>) =>
  svgOf(pictureOf(assembly, estimate, { region: 'us-east-1' }), graphvizApart);

let team: string;

beforeAll(async () => {
  team = await drawn(lab(TEAM));
});

/** Tags in their order; throws where they do not close as they open, or where a sign is not escaped. */
function tagsOf(svg: string): string[] {
  const open: string[] = [];
  const tags: string[] = [];
  for (const [, text, close, name, attributes, empty] of svg.matchAll(
    /([^<]*)(?:<(\/?)(\w+)((?: [\w-]+="[^"<>]*")*)(\/?)>)?/g,
  )) {
    expect(`${text}${attributes ?? ''}`).not.toMatch(/&(?!amp;|lt;|gt;|quot;|#39;)|>/);
    if (name === undefined) {
      continue;
    }
    if (close === '/') {
      expect(open.pop()).toBe(name);
    } else {
      tags.push(name);
      open.push(...(empty === '/' ? [] : [name]));
    }
  }
  expect(open).toEqual([]);
  return tags;
}

test('shows title, region, sum and date, each notebook, and each arrow with its word', () => {
  for (const text of [
    'Lab',
    'us-east-1 · prices of 2025-12-05',
    '$1,070.53',
    'alice',
    '$43.50 / month',
    'no internet',
    'sets up',
  ]) {
    expect(team).toContain(`>${text}</text>`);
  }
  expect(team.match(/class="line"/g)).toHaveLength(5);
  expect(team.match(/class="head"/g)).toHaveLength(5);
});

test('is well-formed, and tells those who do not see it what it shows', () => {
  expect(tagsOf(team).slice(0, 3)).toEqual(['svg', 'title', 'desc']);
  expect(team).toMatch(/^<svg [^>]*role="img" aria-labelledby="mlp-title mlp-desc"/);
  expect(team).toContain('<title id="mlp-title">Lab: $1,070.53 per month</title>');
});

test('holds no script, nothing from elsewhere, and no path of this machine', () => {
  expect(team).not.toMatch(/<script|<image|<a |href|url\(|@import|foreignObject|\son\w+=/);
  expect(team.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toContain('http');
  expect(team).not.toContain(process.cwd());
});

test('is the same each time', async () => {
  expect(await drawn(lab(TEAM))).toBe(team);
});

test('shows hostile names as they are written', async () => {
  const cards = HOSTILE.map((text, index) => card(text, { id: `${index}`, path: text, lines: [text] }));
  const boxes = [box('a', 'workloads', cards, { title: HOSTILE[0], frame: 'f' }), box('b', 'services', [card('x')])];
  const svg = await svgOf(
    pictureWith(
      scene(boxes, {
        frames: [{ id: 'f', title: HOSTILE[1], mark: HOSTILE[2] }],
        arrows: [{ from: 'a', to: 'b', label: HOSTILE[3] }],
        rest: HOSTILE[0],
      }),
    ),
    graphvizApart,
  );

  expect(new Set(tagsOf(svg))).toEqual(
    new Set(['svg', 'title', 'desc', 'style', 'rect', 'text', 'g', 'path', 'polygon']),
  );
  expect(svg).toContain('>&lt;script&gt;alert(1)&lt;/script&gt;</text>');
  expect(svg).not.toMatch(/(?!\n)[\p{Cc}\u202a-\u202e]/u);
});

test('draws several scenes each in its frame, with what it costs', async () => {
  const scenes = ['Dev', 'Prod'].map((title) => scene([box('w', 'workloads', [card('alice')])], { id: title, title }));
  const svg = await svgOf(pictureWith(...scenes), graphvizApart);

  expect(svg.match(/class="scene"/g)).toHaveLength(2);
  expect(svg).toContain('>Prod</text>');
  expect(svg.match(/>\$36\.50 \/ month<\/text>/g)).toHaveLength(4); // each scene and its card
});

test('three or more arrows to one box with one label say it once', async () => {
  const boxes = ['a', 'b', 'c'].map((id) => box(id, 'workloads', [card(id)]));
  const arrows = ['a', 'b', 'c'].map((from) => ({ from, to: 'to', label: 'private traffic' }));
  const svg = await svgOf(
    pictureWith(scene([...boxes, box('to', 'gateways', [card('x')])], { arrows })),
    graphvizApart,
  );

  expect(svg.match(/class="line"/g)).toHaveLength(3);
  expect(svg.match(/>private traffic</g)).toHaveLength(1);
});

test('an empty app is drawn as its title', async () => {
  expect(tagsOf(await svgOf(pictureWith(), graphvizApart))).toContain('text');
});
