import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createColors } from 'picocolors';
import { draw, drawn, formatFor } from '../../src/diagram/draw';
import { plantedAssembly, plantedNotebook } from '../assembly/planted';
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

describe.each(['mmd', 'md', 'txt'])('a file that ends with .%s', (extension) => {
  const APP = ['Lab', 'Team'].map((name) => ({ name, resources: { Ada: plantedNotebook('ml.t3.medium') } }));

  /** Draws an app, changes the file, and draws again. */
  async function drawnAgain(stacks: typeof APP, changed: (text: string) => string): Promise<string> {
    const folder = plantedAssembly(stacks);
    const output = join(folder, `team.${extension}`);
    await draw(folder, { output, region: 'us-east-1', viewer: VIEWER });
    writeFileSync(output, changed(readFileSync(output, 'utf8')));
    await draw(folder, { output, region: 'us-east-1', viewer: VIEWER });
    return readFileSync(output, 'utf8');
  }

  test.each([0, 1, 2])('is drawn again, of an app of %d stacks, also with the lines of Windows', async (count) => {
    const text = await drawnAgain(APP.slice(0, count), (first) => first.replaceAll('\n', '\r\n'));

    expect(text).toMatch(/^[^\r]{50,}$/);
  });

  test.each([
    (text: string) => `${text}# Mine\n`,
    (text: string) => `${text}\nMine\n`,
    (text: string) => `${text}\n${text}`,
    (text: string) => `Mine\n${text}`,
  ])('is left alone where more than a drawing stands in it', async (changed) => {
    await expect(drawnAgain(APP, changed)).rejects.toThrow('new or a picture of this command, but it holds something');
  });
});
