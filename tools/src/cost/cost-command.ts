import { Command, Option } from 'commander';
import { readAssembly } from '../assembly/read-assembly';
import { anyOf, EXIT, Refusal, refuse } from '../refusal';
import { regionOption } from '../region';
import { Terminal } from '../terminal';
import { ASPECTS, Aspect } from './breakdown';
import type { CostResult, Extent } from './result';

const FORMATS = ['table', 'json', 'markdown'] as const;

interface Options {
  readonly format: (typeof FORMATS)[number];
  readonly json?: boolean;
  readonly by?: Aspect;
  readonly compare?: string;
  readonly region: string;
  readonly limit?: number;
  readonly strict?: boolean;
  readonly all?: boolean;
}

/** Defines `ml-infra cost`. */
export function costCommand(command: Command, terminal: Terminal): void {
  command
    .description('Estimates what an app costs per month, from what `cdk synth` wrote.')
    .argument('[folder]', 'what `cdk synth` wrote, or the folder that holds its cdk.out', 'cdk.out')
    .addOption(oneOf('-f, --format <format>', 'how to write it', FORMATS).default('table'))
    .option('--json', 'short for --format json')
    .addOption(oneOf('--by <aspect>', 'sum up, or with --compare the differences', ASPECTS))
    .option('--compare <folder>', 'say the difference from another, such as that of the main branch')
    .addOption(regionOption('cost'))
    .option('--limit <usd>', 'end with 3 if the total is above it', requireLimit)
    .option('--strict', 'end with 3 if anything has no price, mere costs by use aside')
    .option('--all', 'shorten no list, and write each cost on a line of its own')
    .action((folder: string, options: Options) => cost(folder, options, terminal));
}

async function cost(folder: string, options: Options, terminal: Terminal): Promise<void> {
  const { json, format, region, limit, compare, by, strict = false, all = false } = options;
  const { resultOf, warningOf, problemsOf } = await import('./result.js');
  const result = await terminal.progress('Estimating', () => {
    const before = compare === undefined ? undefined : readAssembly(compare);
    return resultOf(readAssembly(folder), { region, before, limit });
  });
  terminal.write(await written(result, json ? 'json' : format, { by, all }, terminal));
  const warning = warningOf(result);
  if (warning !== undefined) {
    terminal.say(`${warning}\n`);
  }
  const problems = problemsOf(result, { strict });
  if (problems.length > 0) {
    throw new Refusal(EXIT.EXCEEDED, problems.join('\n'), true);
  }
}

async function written(
  result: CostResult,
  format: Options['format'],
  extent: Extent,
  terminal: Terminal,
): Promise<string> {
  switch (format) {
    case 'json':
      return (await import('./as-json.js')).asJson(result);
    case 'markdown':
      return (await import('./as-markdown.js')).asMarkdown(result, extent);
    default:
      return (await import('./as-table.js')).asTable(result, extent, terminal);
  }
}

function oneOf(flags: string, description: string, choices: readonly string[]): Option {
  const name = flags.replace(/.*--(\w+).*/, '$1');
  return new Option(flags, `${description}: ${anyOf(choices)}`).argParser((answer: string) =>
    choices.includes(answer) ? answer : refuse('cost', name, anyOf(choices), answer),
  );
}

function requireLimit(answer: string): number {
  return /^\d+(\.\d+)?$/.test(answer)
    ? Number(answer)
    : refuse('cost', 'limit', 'a number of USD, such as 500', answer);
}
