import { resolve } from 'node:path';
import { Command } from 'commander';
import { usd } from '../diagram/plain-text';
import { regionOption } from '../region';
import { Terminal } from '../terminal';

interface Options {
  readonly output: string;
  readonly region: string;
  readonly title?: string;
  readonly json?: boolean;
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
    .action((folder: string, options: Options) => report(terminal, folder, options));
}

async function report(terminal: Terminal, folder: string, { output, region, title, json }: Options): Promise<void> {
  const written = await terminal.progress('Writing the report', async () => {
    const { writeReport } = await import('./write-report.js');
    return writeReport(folder, { file: resolve(output), region, title });
  });
  if (json) {
    terminal.write(`${JSON.stringify(written, undefined, 2)}\n`);
    return;
  }
  const { file, bytes, monthlyUsd, findings, open } = written;
  const { green, dim } = terminal.colors;
  terminal.write(`${green('Written')} ${file} (${Math.ceil(bytes / 1024).toLocaleString('en-US')} KiB)\n`);
  terminal.write(`${dim(`${usd(monthlyUsd)} per month, ${open} of ${findings} findings open`)}\n`);
}
