import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { unzipSync } from 'fflate';
import { Parser } from 'tar';

/** The files of a package by path: of a tarball, or of a wheel, jar or NuGet package, which are all zip files. */
export function filesOf(path) {
  return filesOfArchive(path, readFileSync(path));
}

export function isArchive(path) {
  return /\.(tgz|tar\.gz|whl|jar|s?nupkg)$/.test(path);
}

/** The files of an archive by path; its name says of which form it is. Throws where the archive is not whole. */
export function filesOfArchive(name, bytes) {
  return /\.(tgz|tar\.gz)$/.test(name) ? filesOfTar(gunzipSync(bytes)) : filesOfZip(bytes);
}

function filesOfTar(bytes) {
  const files = new Map();
  const parser = new Parser({ strict: true });
  parser.on('entry', (entry) => {
    const parts = [];
    entry.on('data', (part) => parts.push(part));
    entry.on('end', () => entry.type.endsWith('File') && files.set(entry.path, Buffer.concat(parts)));
  });
  parser.end(bytes);
  return files;
}

function filesOfZip(bytes) {
  const entries = Object.entries(unzipSync(bytes)).filter(([path]) => !path.endsWith('/'));
  return new Map(entries.map(([path, content]) => [path, Buffer.from(content)]));
}
