// Puts into the package what stands elsewhere in the repository, and with --clean takes it out again.
import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import templates from '../lib/new/templates.js';
import { bundleLibrary, removeLibrary } from './library.mjs';

const folder = new URL('../', import.meta.url);
const shipped = new URL('templates.json', folder);
const license = new URL('LICENSE', folder);

rmSync(shipped, { force: true });
rmSync(license, { force: true });
if (process.argv.includes('--clean')) {
  removeLibrary();
} else {
  const packed = templates.readTemplates(fileURLToPath(new URL('../examples', folder)));
  writeFileSync(shipped, JSON.stringify(packed));
  copyFileSync(new URL('../LICENSE', folder), license);
  bundleLibrary();
}
