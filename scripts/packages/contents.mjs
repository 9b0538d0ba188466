import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What npm, Maven Central and PyPI carry for years and every `npm install` downloads. */
export const MOST_BYTES = 2_000_000;

const OF_PACKAGE = ['package.json', '.jsii', '.jsii.tabl.json', 'LICENSE', 'NOTICE', 'CITATION.cff'];

/**
 * What is wrong with the contents of a tarball, as sentences.
 *
 * @param {string} root the folder of the library
 * @param {{ files: { path: string }[], size: number }} packed what `npm pack --json` says
 */
export function problemsOfContents(root, { files, size }) {
  const packed = new Set(files.map(({ path }) => path));
  const expected = expectedIn(root);
  return [
    ...[...expected]
      .filter((path) => !packed.has(path))
      .map((path) => `the tarball lacks ${path}: run \`npx projen compile\`, or correct .npmignore`),
    ...inFolders([...packed].filter((path) => !expected.has(path))).map(
      (place) => `the tarball must not hold ${place}: delete it, or name it in .npmignore`,
    ),
    ...(size < MOST_BYTES ? [] : [`the tarball must stay under ${MOST_BYTES} bytes, got: ${size}`]),
  ];
}

/** Compiled code with its types, the scripts, and the texts of the root: what a file of src left behind is none of it. */
function expectedIn(root) {
  const compiled = below(join(root, 'src'))
    .filter((path) => path.endsWith('.ts'))
    .flatMap((path) => ['.js', '.d.ts'].map((ending) => `lib/${path.replace(/\.ts$/, ending)}`));
  const assets = below(join(root, 'assets'))
    .filter((path) => !path.includes('__pycache__'))
    .map((path) => `assets/${path}`);
  const texts = readdirSync(root).filter((name) => name.endsWith('.md'));
  const others = OF_PACKAGE.filter((name) => existsSync(join(root, name)));
  return new Set([...compiled, ...assets, ...texts, ...others]);
}

/** Files of a folder that does not belong are one finding, unless the folder is one of the package's own. */
function inFolders(paths) {
  const places = paths.map((path) => (/^(lib|assets)\//.test(path) ? path : path.replace(/\/.*/, '/')));
  return [...new Set(places)];
}

function below(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath ?? entry.path, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    );
}
