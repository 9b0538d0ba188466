import { basename, relative, resolve } from 'node:path';
import { Command } from 'commander';
import { refuse } from '../refusal';
import { Terminal } from '../terminal';
import { requireAppName } from './app-name';
import { requireFree } from './destination';
import { initializeGit } from './git';
import { newApp, requireLanguage, requireLayout } from './new-app';
import { nextCommands } from './next-commands';
import { descriptionOf, languagesOf, layoutsOf, readTemplates, Template } from './templates';

interface Options {
  readonly language?: string;
  readonly name?: string;
  readonly git: boolean;
  readonly list?: boolean;
  readonly json?: boolean;
}

/** Defines `ml-infra new`. */
export function newCommand(command: Command, terminal: Terminal): void {
  command
    .description('Writes a new app. What is not given is asked for, if a terminal is there.')
    .argument('[layout]', 'what kind of app, see --list')
    .argument('[folder]', 'where to write it: a new or empty folder (default: the name)')
    .option('-l, --language <language>', 'language of the app, see --list')
    .option('-n, --name <name>', "name of the app's stacks and package (default: that of the folder)")
    .option('--no-git', 'make no git repository')
    .option('--list', 'print the layouts and their languages')
    .option('--json', 'print the result as JSON, and ask for nothing')
    .action(async (layout: string | undefined, folder: string | undefined, options: Options) => {
      const templates = readTemplates();
      const print = options.list
        ? () => list(templates, terminal, options)
        : () => make(templates, terminal, layout, folder, options);
      await print();
    });
}

function list(templates: readonly Template[], terminal: Terminal, { json }: Options): void {
  const rows = layoutsOf(templates).map((layout) => ({
    layout,
    description: descriptionOf(templates, layout),
    languages: languagesOf(templates, layout),
  }));
  terminal.write(
    json
      ? `${JSON.stringify(rows, undefined, 2)}\n`
      : rows
          .map(({ layout, description, languages }) =>
            [terminal.colors.bold(layout), description, `in ${languages.join(', ')}`].join('\n  '),
          )
          .join('\n')
          .concat('\n'),
  );
}

async function make(
  templates: readonly Template[],
  terminal: Terminal,
  givenLayout: string | undefined,
  givenFolder: string | undefined,
  options: Options,
): Promise<void> {
  const asks = terminal.canAsk && !options.json;
  if (givenFolder !== undefined) {
    requireFree(resolve(givenFolder));
  }

  const layout =
    givenLayout === undefined && asks
      ? await choose(terminal, 'layout', layoutsOf(templates), (each) => descriptionOf(templates, each))
      : requireLayout(templates, givenLayout);
  const language =
    options.language === undefined && asks
      ? await choose(terminal, 'language', languagesOf(templates, layout))
      : requireLanguage(templates, layout, options.language);
  const suggested = givenFolder === undefined ? undefined : basename(resolve(givenFolder));
  const name =
    options.name === undefined && asks ? await askName(terminal, suggested, layout) : requireName(options, suggested);
  const folder = resolve(givenFolder ?? name);

  const app = newApp({ layout, language, name, folder });
  const git = options.git && initializeGit(folder);
  const next = nextCommands(language, relative(process.cwd(), folder) || '.', app.stacks);
  if (options.json) {
    terminal.write(`${JSON.stringify({ layout, language, name, ...app, git, next }, undefined, 2)}\n`);
  } else {
    report(terminal, app.folder, app.stacks, next);
  }
}

/** Asks for one of several, by its number or its name. */
function choose(
  terminal: Terminal,
  what: string,
  choices: readonly string[],
  describe: (choice: string) => string = () => '',
): Promise<string> {
  const width = Math.max(...choices.map(({ length }) => length));
  for (const [index, choice] of choices.entries()) {
    terminal.say(`  ${index + 1}  ${choice.padEnd(width)}  ${describe(choice)}`.trimEnd().concat('\n'));
  }
  return terminal.ask(`Which ${what}? `, (answer) => {
    const choice = /^\d+$/.test(answer) ? choices[Number(answer) - 1] : answer;
    return choices.includes(choice) ? choice : refuse('new', what, `a number or a name of the list`, answer);
  });
}

function askName(terminal: Terminal, suggested: string | undefined, layout: string): Promise<string> {
  const preset = suggested ?? `my-${layout}`;
  return terminal.ask(`Which name, for its stacks and its package? (${preset}) `, (answer) =>
    requireName({ name: answer || preset }),
  );
}

function requireName({ name }: Pick<Options, 'name'>, suggested?: string): string {
  const chosen =
    name ?? suggested ?? refuse('new', 'name', `given with '--name' or as a folder where no terminal is`, undefined);
  requireAppName(chosen);
  return chosen;
}

function report(terminal: Terminal, folder: string, stacks: readonly string[], next: readonly string[]): void {
  const { bold, dim, green } = terminal.colors;
  terminal.write(`${green('Written')} ${folder}\n`);
  terminal.write(`${dim(`Stacks: ${stacks.join(', ')}`)}\n\nNext:\n`);
  terminal.write(`${next.map((command) => `  ${bold(command)}\n`).join('')}`);
}
