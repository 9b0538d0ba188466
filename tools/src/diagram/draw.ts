import { extname } from 'node:path';
import type { createColors } from 'picocolors';
import { estimateOf } from '../assembly/estimate-of';
import { readAssembly } from '../assembly/read-assembly';
import { requireWritable, Writes, writeWhole } from '../output-file';
import { anyOf, refuse } from '../refusal';
import type { Format } from './diagram-command';
import { mermaidOf } from './mermaid';
import { Picture } from './picture';
import { pictureOf } from './picture-of';
import { svgOf } from './svg';
import { terminalOf } from './terminal-drawing';

/** By it a drawing in a file is known as one. */
const FIRST_LINE = 'Drawn by ml-infra diagram';

const WRITES: Writes = {
  command: 'diagram',
  what: 'a picture',
  beginnings: [
    /^<svg [^>]*class="mlp"[\s\S]*<\/svg>\n$/,
    /^flowchart LR\n {2}subgraph app\[.*\n( {2}.*\n)*$/,
    // What follows the block, or stands between two, is not of this command.
    /^```mermaid\nflowchart LR\n {2}subgraph app\[.*\n( {2}[^`\n]*\n)*```\n?$/,
    new RegExp(`^${FIRST_LINE}\n\n.*\n.*\n\n((([╭│╰]| {3}▼ |and ).*)?\n)*$`),
  ],
};

const EXTENSIONS: Readonly<Record<string, Format>> = {
  '.svg': 'svg',
  '.mmd': 'mermaid',
  '.mermaid': 'mermaid',
  '.md': 'mermaid',
  '.txt': 'terminal',
};

/** Whoever shows what is written. */
export interface Viewer {
  readonly isTerminal: boolean;
  readonly width: number;
  readonly utf8: boolean;
  readonly colors: ReturnType<typeof createColors>;
}

/** The format that is asked for, that of the file, or what the viewer shows: a drawing, or Mermaid for other programs. */
export function formatFor(format: Format | undefined, file: string | undefined, isTerminal: boolean): Format {
  if (format !== undefined) {
    return format;
  }
  if (file === undefined) {
    return isTerminal ? 'terminal' : 'mermaid';
  }
  const extension = extname(file).toLowerCase();
  return Object.hasOwn(EXTENSIONS, extension)
    ? EXTENSIONS[extension]
    : refuse(
        'diagram',
        'output',
        `a file that ends with ${anyOf(Object.keys(EXTENSIONS))}, or come with --format`,
        file,
      );
}

/** A picture in a format. In a file of Markdown, Mermaid stands in a block; in a file, a drawing says whose it is. */
export async function drawn(
  picture: Picture,
  format: Format,
  file: string | undefined,
  viewer: Viewer,
): Promise<string> {
  if (format === 'svg') {
    return svgOf(picture);
  }
  if (format === 'mermaid') {
    const text = mermaidOf(picture);
    return file !== undefined && extname(file).toLowerCase() === '.md' ? `\`\`\`mermaid\n${text}\`\`\`\n` : text;
  }
  const text = terminalOf(picture, viewer.width, viewer.colors, viewer.utf8);
  return file === undefined ? text : `${FIRST_LINE}\n\n${text}`;
}

/** What is asked of a drawing. */
export interface Drawing {
  readonly output?: string;
  readonly format?: Format;
  readonly region: string;
  readonly viewer: Viewer;
}

/** A picture, its text, and what a reader must know of it. */
export interface Drawn {
  readonly picture: Picture;
  readonly text: string;
  readonly notes: readonly string[];
}

/** Draws what stands in a cloud assembly, and writes it if there is a file to write. */
export async function draw(folder: string, asked: Drawing): Promise<Drawn> {
  const { output, region, viewer } = asked;
  const format = formatFor(asked.format, output, viewer.isTerminal);
  if (output !== undefined) {
    requireWritable(output, WRITES);
  }
  const assembly = readAssembly(folder);
  const picture = pictureOf(assembly, estimateOf(assembly, { region }), { region });
  const text = await drawn(picture, format, output, viewer);
  if (output !== undefined) {
    writeWhole(WRITES.command, output, text);
  }
  return { picture, text, notes: assembly.notes ?? [] };
}
