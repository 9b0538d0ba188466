import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { costCommand } from './cost/cost-command';
import { diagramCommand } from './diagram/diagram-command';
import { doctorCommand } from './doctor/doctor-command';
import { newCommand } from './new/new-command';
import { EXIT, Refusal } from './refusal';
import { reportCommand } from './report/report-command';
import { shown, Terminal } from './terminal';

const COMMANDS: { readonly [name: string]: (command: Command, terminal: Terminal) => void } = {
  new: newCommand,
  cost: costCommand,
  diagram: diagramCommand,
  report: reportCommand,
  doctor: doctorCommand,
};

const EXIT_CODES = `
Exit codes:
  0    done
  1    not possible here, for example because a folder is in use
  2    the command line is wrong or incomplete
  3    done, and the result is not as it must be, such as above --limit or incomplete with --strict
  130  interrupted`;

/** Runs the command with these words: the code with which the process should end. */
export async function run(words: string[], terminal: Terminal = new Terminal()): Promise<number> {
  try {
    await program(terminal).parseAsync(words, { from: 'user' });
    return EXIT.DONE;
  } catch (error) {
    return codeOf(error, words, terminal);
  } finally {
    terminal.close();
  }
}

function program(terminal: Terminal): Command {
  const command = new Command('ml-infra')
    .description('Works with apps that stand on cdk-ml-infra.')
    .version(version(), '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print this')
    .addHelpText('after', EXIT_CODES)
    .configureOutput({
      writeOut: (text) => terminal.write(text),
      writeErr: (text) => terminal.say(text),
      outputError: () => {}, // said below, as JSON if that is wanted
    })
    .exitOverride();
  // Subcommands take the settings above only if they are made through their parent.
  for (const [name, define] of Object.entries(COMMANDS)) {
    define(command.command(name), terminal);
  }
  return command;
}

function codeOf(error: unknown, words: string[], terminal: Terminal): number {
  if (error instanceof CommanderError) {
    if (error.message.startsWith('error: ')) {
      say(`ml-infra: ${error.message.slice('error: '.length)}`, words, terminal);
    }
    return error.exitCode === 0 ? EXIT.DONE : EXIT.USAGE;
  }
  if (!(error instanceof Refusal)) {
    throw error;
  }
  if (error.afterResult) {
    terminal.say(`${error.message}\n`);
  } else {
    say(error.message, words, terminal);
  }
  return error.exitCode;
}

function say(message: string, words: string[], terminal: Terminal): void {
  const error = ofCommand(message, words);
  if (wantsJson(words)) {
    terminal.write(`${shown(JSON.stringify({ error }))}\n`);
  } else {
    terminal.say(`${error}\n`);
  }
}

/** Says of which command it is, also where what is wrong was found by what all of them use. */
function ofCommand(message: string, [command]: string[]): string {
  return Object.hasOwn(COMMANDS, command) ? message.replace(/^ml-infra: /, `ml-infra ${command}: `) : message;
}

function wantsJson(words: string[]): boolean {
  return words.some(
    (word, index) =>
      ['--json', '--format=json', '-fjson'].includes(word) ||
      (word === 'json' && ['--format', '-f'].includes(words[index - 1])),
  );
}

function version(): string {
  return JSON.parse(readFileSync(join(__dirname, '..', 'package.json'), 'utf8')).version;
}
