import { mermaidOf } from '../../src/diagram/mermaid';
import { pictureOf } from '../../src/diagram/picture-of';
import { box, card, HOSTILE, lab, pictureWith, scene, TEAM } from './sample';

const { assembly, estimate } = lab(TEAM);
const team = mermaidOf(pictureOf(assembly, estimate, { region: 'us-east-1' }));

/** All that stands in a text of Mermaid, by the grammar of https://mermaid.js.org/syntax/flowchart.html that is used. */
const LINES = [
  /^flowchart LR$/,
  /^ +subgraph (\w+)\["[^"<>`\\]*"\]$/,
  /^ +direction LR$/,
  /^ +end$/,
  /^ +\w+\["<b>[^"<>`\\]*<\/b>(<br\/>[^"<>`\\]*)*"\]:::(\w+)$/,
  /^ +rest\d+\["[^"<>`\\]*"\]$/,
  /^ +\w+ -->(\|"[^"<>`\\]*"\|)? \w+$/,
  /^ +style \w+ fill:none,stroke:(none|#\w+)$/,
  /^ +classDef \w+ fill:#\w+,stroke:#\w+,color:#ffffff$/,
];

function strangeLinesOf(text: string): string[] {
  return text
    .trimEnd()
    .split('\n')
    .filter((line) => !LINES.some((form) => form.test(line)));
}

test('a team is a flowchart of boxes in boxes, with words on arrows', () => {
  expect(strangeLinesOf(team)).toEqual([]);
  expect(team.match(/ subgraph /g)).toHaveLength(team.match(/^ +end$/gm)?.length ?? 0);
  expect(team).toContain('["<b>alice</b><br/>ml.t3.medium · 50 GiB<br/>$43.50 / month"]:::amber');
  expect(team.match(/-->\|"private traffic"\|/g)).toHaveLength(2);
  expect(team).toContain('["VPC · 2 zones, no internet"]');
});

test('arrows lead from and to boxes that exist, and names are given once', () => {
  const boxes = [...team.matchAll(/(?:subgraph (\w+)|^ +(box\d+))\[/gm)].map(([, name, card]) => name ?? card);
  const cards = [...team.matchAll(/^ +(card\w+)\["<b>/gm)].map(([, name]) => name);
  const ends = [...team.matchAll(/^ +(\w+) -->(?:\|.*\|)? (\w+)$/gm)].flatMap(([, from, to]) => [from, to]);

  expect(ends.filter((name) => !boxes.includes(name))).toEqual([]);
  expect(new Set([...boxes, ...cards]).size).toBe(boxes.length + cards.length);
});

test('hostile names are texts and nothing else', () => {
  const cards = HOSTILE.map((text, index) => card(text, { id: `${index}`, lines: [text] }));
  const boxes = [box('a', 'workloads', cards, { title: HOSTILE[1], frame: 'f' }), box('b', 'services', [card('x')])];
  const frames = [{ id: 'f', title: HOSTILE[2], mark: HOSTILE[3] }];
  const arrows = HOSTILE.map((label) => ({ from: 'a', to: 'b', label }));
  const text = mermaidOf(pictureWith(scene(boxes, { frames, arrows, rest: HOSTILE[0] })));

  expect(strangeLinesOf(text)).toEqual([]);
  expect(text).toContain('<b>#60;script#62;alert(1)#60;/script#62;</b>');
});

test('scenes are boxes of their own where there are several', () => {
  const scenes = ['Dev', 'Prod'].map((title) => scene([box('w', 'workloads', [card('alice')])], { id: title, title }));

  expect(mermaidOf(pictureWith(...scenes)).match(/<b>alice</g)).toHaveLength(2);
  expect(mermaidOf(pictureWith(...scenes))).toContain('["Prod, $36.50 / month"]');
});
