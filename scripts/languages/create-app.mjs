import { existsSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../packages/staging.mjs';

export const LAYOUTS = ['team', 'environment', 'project'];

const require = createRequire(import.meta.url);

/** Not the name of a layout, so that what `ml-infra new` renames is synthesized too. */
const NAME = 'sea-otter';

/** The folder of an example, or nothing where the language has none for the layout. */
export function exampleOf(layout, language) {
  const folder = join(root, 'examples', layout, language);
  return existsSync(join(folder, 'cdk.json')) ? folder : undefined;
}

/** Makes a fresh app in a folder, as `ml-infra new` does; nothing stays of what was there before. */
export function createApp(layout, language, folder) {
  const { newApp } = require('../../tools/lib/index.js'); // there once it is compiled
  rmSync(folder, { recursive: true, force: true });
  newApp({ layout, language, name: NAME, folder, templates: join(root, 'examples') });
}
