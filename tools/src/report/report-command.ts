import { resolve } from 'node:path';
import { Command } from 'commander';
import { regionOption } from '../region';
import { Terminal } from '../terminal';

interface Options {
  readonly output: string;
  readonly region: string;
  readonly title?: string;
  readonly json?: boolean;

  /** Whether the region was given. */
  readonly asked: boolean;
}

/** Defines `ml-infra report`. */
export function reportCommand(command: Command, terminal: Terminal): void {
  command
    .description('Writes one HTML page with picture, cost, findings and rights of an app. It needs no network.')
    .argument('[folder]', 'what `cdk synth` wrote', 'cdk.out')
    .option('-o, --output <file>', 'where to write the page', 'report.html')
    .addOption(regionOption('report'))
    .option('--title <title>', 'name of the app (default: what its stacks have in common)')
    .option('--json', 'print where it was written, and its figures, as JSON')
    .action((folder: string, options: Options) =>
      report(terminal, folder, { ...options, asked: command.getOptionValueSource('region') === 'cli' }),
    );
}

async function report(terminal: Terminal, folder: string, options: Options): Promise<void> {
  const { output, region, asked, title, json } = options;
  const written = await terminal.progress('Writing the report', async () => {
    const { writeReport } = await import('./write-report.js');
    return writeReport(folder, { file: resolve(output), region, asked, title });
  });
  if (json) {
    terminal.write(`${JSON.stringify(written, undefined, 2)}\n`);
    return;
  }
  const { file, bytes, total, missing, findings, open } = written;
  const { green, dim } = terminal.colors;
  terminal.write(`${green('Written')} ${file} (${Math.ceil(bytes / 1024).toLocaleString('en-US')} KiB)\n`);
  terminal.write(`${dim(`${[`${total} per month`, ...missing].join(', ')}; ${open} of ${findings} findings open`)}\n`);
}
