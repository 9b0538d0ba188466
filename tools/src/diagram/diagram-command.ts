import { Command, Option } from 'commander';
import { createColors } from 'picocolors';
import { anyOf, refuse } from '../refusal';
import { regionOption } from '../region';
import { Terminal } from '../terminal';
import type { Viewer } from './draw';

export const FORMATS = ['svg', 'mermaid', 'terminal'] as const;

export type Format = (typeof FORMATS)[number];

interface Options {
  readonly output?: string;
  readonly format?: Format;
  readonly region: string;
  readonly json?: boolean;
}

/** Stands for the standard output, as in other commands. */
const STDOUT = '-';

/** Columns of a drawing that is not shown on a terminal. */
const WIDTH_OF_FILE = 100;

/** Defines `ml-infra diagram`. */
export function diagramCommand(command: Command, terminal: Terminal): void {
  command
    .description('Draws an app, from what `cdk synth` wrote. A terminal shows a drawing; other programs get Mermaid.')
    .argument('[folder]', 'what `cdk synth` wrote', 'cdk.out')
    .option('-o, --output <file>', 'write to this file: .svg, .mmd or .md (Mermaid), .txt; - writes to none')
    .addOption(
      new Option('-f, --format <format>', `how to draw: ${anyOf(FORMATS)} (default: as the file is called)`).argParser(
        requireFormat,
      ),
    )
    .addOption(regionOption('diagram'))
    .option('--json', 'print what is in the picture as JSON')
    .action((folder: string, options: Options) => diagram(folder, options, terminal));
}

async function diagram(folder: string, options: Options, terminal: Terminal): Promise<void> {
  const { format, region, json } = options;
  const output = options.output === STDOUT ? undefined : options.output;
  const { draw } = await import('./draw.js');
  const { picture, text, notes } = await terminal.progress('Drawing', () =>
    draw(folder, { output, format, region, viewer: viewerOf(terminal, output) }),
  );
  for (const note of notes) {
    terminal.say(`Note: ${note}\n`);
  }
  if (json) {
    terminal.write(`${JSON.stringify({ ...(output !== undefined && { file: output }), ...picture }, undefined, 2)}\n`);
  } else {
    terminal.write(output === undefined ? text : `${terminal.colors.green('Written')} ${output}\n`);
  }
}

function viewerOf(terminal: Terminal, output: string | undefined): Viewer {
  const isTerminal = Boolean(process.stdout.isTTY) && output === undefined;
  return {
    isTerminal,
    width: isTerminal ? terminal.width : WIDTH_OF_FILE,
    utf8: !isTerminal || knowsUtf8(process.env),
    colors: isTerminal ? terminal.colors : createColors(false),
  };
}

/** Whether a terminal draws more than ASCII, by the variables of its locale. Windows has none, and draws it. */
function knowsUtf8({ LC_ALL, LC_CTYPE, LANG }: NodeJS.ProcessEnv): boolean {
  const locale = LC_ALL || LC_CTYPE || LANG || '';
  return process.platform === 'win32' || /utf-?8/i.test(locale);
}

function requireFormat(answer: string): Format {
  return FORMATS.find((format) => format === answer) ?? refuse('diagram', 'format', anyOf(FORMATS), answer);
}
