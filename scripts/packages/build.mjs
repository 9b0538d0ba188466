// Builds the packages of all languages from the compiled work tree.
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { compileWhereStale } from './compiled.mjs';
import { problemsOfContents } from './contents.mjs';
import { claimOutdir } from './outdir.mjs';
import { exampleVersion, lowestPeers, packLibrary, root, stage, translateExamples } from './staging.mjs';
import { TARGETS } from './targets.mjs';

const STAMP = '.built-from';
const require = createRequire(import.meta.url);

/**
 * Builds packages below `<outdir>/<target>`, unless they were built from the same content. Compiles the library before,
 * where its sources are newer.
 *
 * @param {{ targets?: string[], outdir?: string, version?: string }} options the version is that of the examples, unless
 *   one is given
 * @returns {Promise<{ outdir: string, version: string, digest: string, packages: object[], problems: string[] }>}
 *   each of the packages has `target` and either `skipped`, a sentence, or `folder`, `files`
 *   (`name`, `bytes`), `reused` and `seconds`; `digest` is that of the library within
 */
export async function buildPackages({ targets = TARGETS, outdir = join('.cache', 'packages'), version } = {}) {
  const stamped = version ?? exampleVersion();
  const out = claimOutdir(root, outdir);
  compileWhereStale(root);
  const { version: generator } = require('jsii-pacmak/package.json');
  const work = fs.mkdtempSync(join(out, '.work-'));
  let staging;
  try {
    translateExamples();
    const packed = packLibrary(work);
    const problems = problemsOfContents(root, packed);
    const staged = () => {
      staging ??= stage(packed, stamped);
      return staging;
    };
    const from = digestOf(packed.digest, stamped, generator, JSON.stringify(lowestPeers()), ...ownSources());
    const packages = [];
    for (const target of targets) {
      const module = await import(`./${target}.mjs`);
      const because = await module.missing();
      packages.push(
        because ? { target, skipped: because } : await buildTarget(module, target, { out, work, from, staged }),
      );
    }
    return { outdir: out, version: stamped, digest: packed.digest, packages, problems };
  } finally {
    staging?.dispose();
    fs.rmSync(work, { recursive: true, force: true });
  }
}

async function buildTarget(module, target, { out, work, from, staged }) {
  const start = Date.now();
  const folder = join(out, target);
  const stampFile = join(folder, STAMP);
  const reused = fs.existsSync(stampFile) && fs.readFileSync(stampFile, 'utf8') === from;
  if (!reused) {
    await module.build(staged(), work);
    fs.writeFileSync(join(work, target, STAMP), from);
    fs.rmSync(folder, { recursive: true, force: true });
    fs.renameSync(join(work, target), folder);
  }
  return { target, folder, files: filesIn(folder), reused, seconds: (Date.now() - start) / 1000 };
}

function digestOf(...parts) {
  const hash = createHash('sha256');
  for (const part of parts) {
    hash.update(part).update('\0');
  }
  return hash.digest('hex');
}

/** What builds is part of what is built: another way of building gives other packages. */
function ownSources() {
  return fs.readdirSync(import.meta.dirname).map((name) => fs.readFileSync(join(import.meta.dirname, name)));
}

/** What lies in a folder of packages, the largest first. */
function filesIn(folder) {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== STAMP)
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .map((file) => ({ name: file.slice(folder.length + 1), bytes: fs.statSync(file).size }))
    .sort((one, other) => other.bytes - one.bytes);
}
