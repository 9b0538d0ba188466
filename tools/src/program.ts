import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { costCommand } from './cost/cost-command';
import { diagramCommand } from './diagram/diagram-command';
import { doctorCommand } from './doctor/doctor-command';
import { newCommand } from './new/new-command';
import { EXIT, Refusal } from './refusal';
import { reportCommand } from './report/report-command';
import { Terminal } from './terminal';

const EXIT_CODES = `
Exit codes:
  0    done
  1    not possible here, for example because a folder is in use
  2    the command line is wrong or incomplete
  3    done, and the result is not as it must be, for example above --limit
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
  newCommand(command.command('new'), terminal);
  costCommand(command.command('cost'), terminal);
  diagramCommand(command.command('diagram'), terminal);
  reportCommand(command.command('report'), terminal);
  doctorCommand(command.command('doctor'), terminal);
  return command;
}

function codeOf(error: unknown, words: string[], terminal: Terminal): number {
  if (error instanceof CommanderError) {
    if (error.message.startsWith('error: ')) {
      say(error.message.replace('error', 'ml-infra'), words, terminal);
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
  if (wantsJson(words)) {
    terminal.write(`${JSON.stringify({ error: message })}\n`);
  } else {
    terminal.say(`${message}\n`);
  }
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
