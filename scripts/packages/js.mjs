import { copyFileSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';

export function missing() {
  return undefined;
}

/** The tarball for npm. */
export function build(staging, outdir) {
  mkdirSync(join(outdir, 'js'), { recursive: true });
  copyFileSync(staging.tarball, join(outdir, 'js', basename(staging.tarball)));
}
