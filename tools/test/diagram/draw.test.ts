import { createColors } from 'picocolors';
import { drawn, formatFor } from '../../src/diagram/draw';
import { box, card, pictureWith, scene } from './sample';

const PICTURE = pictureWith(scene([box('Subnet', 'workloads', [card('alice')])]));
const VIEWER = { isTerminal: false, width: 80, utf8: true, colors: createColors(false) };

test.each([
  ['svg', 'team.txt', false, 'svg'],
  [undefined, 'a/Team.SVG', true, 'svg'],
  [undefined, 'team.mmd', true, 'mermaid'],
  [undefined, 'team.md', true, 'mermaid'],
  [undefined, 'team.txt', false, 'terminal'],
  [undefined, undefined, true, 'terminal'],
  [undefined, undefined, false, 'mermaid'],
] as const)('--format %s, file %s, on a terminal: %s: is drawn as %s', (format, file, isTerminal, expected) => {
  expect(formatFor(format, file, isTerminal)).toBe(expected);
});

test.each(['team.png', 'team', '.svg', 'team.constructor'])('refuses to guess the format of %s', (file) => {
  expect(() => formatFor(undefined, file, false)).toThrow(
    "ml-infra diagram: 'output' must be a file that ends with .svg, .mmd, .mermaid, .md or .txt, or come with --format",
  );
});

test('in Markdown, Mermaid stands in a block', async () => {
  expect(await drawn(PICTURE, 'mermaid', 'team.md', VIEWER)).toMatch(/^```mermaid\nflowchart LR\n[^`]*```\n$/);
  expect(await drawn(PICTURE, 'mermaid', undefined, VIEWER)).toMatch(/^flowchart LR\n[^`]*$/);
});

test('a drawing takes the width of its viewer', async () => {
  const [first] = (await drawn(PICTURE, 'terminal', undefined, { ...VIEWER, width: 50 })).split('\n');

  expect(first).toHaveLength(50);
});
