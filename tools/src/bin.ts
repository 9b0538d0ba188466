#!/usr/bin/env node
import { run } from './program';
import { EXIT } from './refusal';

// A full disk, or a reader that is gone: Node would show a stack.
process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
  if (code !== 'EPIPE') {
    process.stderr.write(`ml-infra: the output cannot be written (${message})\n`);
  }
  process.exit(EXIT.FAILED);
});
process.stderr.on('error', () => process.exit(EXIT.FAILED));

run(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
