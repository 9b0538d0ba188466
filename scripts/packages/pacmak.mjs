import { join } from 'node:path';
import { run } from './commands.mjs';
import { root } from './staging.mjs';

/**
 * Generates the package of a language below `<outdir>/<target>`, and builds it unless only its code is asked for. A warning
 * fails, such as one of a word that the language keeps for itself.
 *
 * @param {{ folder: string, tablet: string }} staging
 */
export function pacmak(staging, target, outdir, { codeOnly = false, env } = {}) {
  const options = ['--target', target, '--outdir', outdir, '--force', '--no-npmignore', '--force-subdirectory'];
  const examples = ['--rosetta-tablet', staging.tablet, '--rosetta-unknown-snippets', 'fail'];
  const command = join(root, 'node_modules', 'jsii-pacmak', 'bin', 'jsii-pacmak');
  run(staging.folder, process.execPath, [command, ...options, ...examples, ...(codeOnly ? ['--code-only'] : [])], {
    env,
    without: /\[WARN\]/,
  });
}
