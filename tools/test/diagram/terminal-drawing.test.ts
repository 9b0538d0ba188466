import { stripVTControlCharacters } from 'node:util';
import { createColors } from 'picocolors';
import { pictureOf } from '../../src/diagram/picture-of';
import { terminalOf } from '../../src/diagram/terminal-drawing';
import { columnsOf } from '../../src/diagram/text-width';
import { box, card, HOSTILE, lab, pictureWith, scene, TEAM } from './sample';

const PLAIN = createColors(false);
const { assembly, estimate } = lab(TEAM);
const picture = pictureOf(assembly, estimate, { region: 'us-east-1' });
const hostile = pictureWith(
  scene(
    [
      box(
        'a',
        'workloads',
        HOSTILE.map((text) => card(text, { lines: [text] })),
        { title: HOSTILE[7] },
      ),
    ],
    {
      rest: HOSTILE[4],
    },
  ),
);

const linesOf = (text: string): string[] => text.trimEnd().split('\n');

test.each([40, 60, 100, 300])('fits %d columns, and its borders are straight', (width) => {
  for (const drawing of [picture, hostile]) {
    const lines = linesOf(terminalOf(drawing, width, PLAIN));
    const bordered = lines.filter((line) => /^[╭│╰]/.test(line));

    expect(Math.max(...lines.map(columnsOf))).toBeLessThanOrEqual(Math.min(width, 110));
    expect(new Set(bordered.map(columnsOf)).size).toBe(1);
    expect(bordered.filter((line) => !/[╮│╯]$/.test(line))).toEqual([]);
  }
});

test('shows boxes in boxes, what each notebook costs, and where arrows lead', () => {
  const text = terminalOf(picture, 100, PLAIN);

  expect(text).toMatch(/^Lab +\$1,070\.53\n/);
  expect(text).toMatch(/╭─ VPC · 2 zones ─+ no internet ─╮\n│ ╭─ Isolated subnet 1 ─+╮ │\n/);
  expect(text).toMatch(/NB {2}alice +ml\.t3\.medium · 50 GiB +\$43\.50 \/ month/);
  expect(text).toContain('▼ sets up: Isolated subnet 1, Isolated subnet 2');
  expect(text).toContain('▼ reads and writes: Data');
});

test('without UTF-8 it is ASCII', () => {
  const text = terminalOf(hostile, 80, PLAIN, false) + terminalOf(picture, 80, PLAIN, false);

  expect(text).toMatch(/^[\n -~]*$/);
  expect(text).toContain('+- VPC - 2 zones ---');
});

test('nothing of the app steers the terminal', () => {
  expect(terminalOf(hostile, 80, PLAIN)).not.toMatch(/(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
});

test('colours change nothing but colours', () => {
  const coloured = terminalOf(picture, 80, createColors(true));

  expect(coloured).toContain('\u001b[');
  expect(stripVTControlCharacters(coloured)).toBe(terminalOf(picture, 80, PLAIN));
});

test('several scenes are framed, with what each costs', () => {
  const scenes = ['Dev', 'Prod'].map((title) => scene([box('w', 'workloads', [card('alice')])], { id: title, title }));

  expect(terminalOf(pictureWith(...scenes), 60, PLAIN)).toMatch(/╭─ Prod ─+ \$36\.50 \/ month ─╮/);
});
