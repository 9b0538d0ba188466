import { readFileSync } from 'node:fs';
import { gunzipSync, inflateRawSync } from 'node:zlib';

const BLOCK = 512;

/** The files of a package by path: of a tarball, or of a wheel, jar or NuGet package, which are all zip files. */
export function filesOf(path) {
  return filesOfArchive(path, readFileSync(path));
}

export function isArchive(path) {
  return /\.(tgz|tar\.gz|whl|jar|s?nupkg)$/.test(path);
}

/** The files of an archive by path; its name says of which form it is. */
export function filesOfArchive(name, bytes) {
  return /\.(tgz|tar\.gz)$/.test(name) ? filesOfTar(gunzipSync(bytes)) : filesOfZip(bytes);
}

export function filesOfTar(bytes) {
  const files = new Map();
  let longName;
  for (let at = 0; at + BLOCK <= bytes.length && bytes[at] !== 0; ) {
    const header = bytes.subarray(at, at + BLOCK);
    const size = Number.parseInt(text(header, 124, 12), 8);
    const content = bytes.subarray(at + BLOCK, at + BLOCK + size);
    const type = String.fromCharCode(header[156]);
    if (type === 'x') {
      longName = /\d+ path=(.*)\n/.exec(content.toString('utf8'))?.[1];
    } else if (type === 'L') {
      longName = text(content, 0, size);
    } else {
      if (type === '0' || type === '\0') {
        const prefix = text(header, 345, 155);
        files.set(longName ?? [prefix, text(header, 0, 100)].filter(Boolean).join('/'), content);
      }
      longName = undefined;
    }
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}

export function filesOfZip(bytes) {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0 || bytes.readUInt32LE(end + 12) + bytes.readUInt32LE(end + 16) > end) {
    throw new Error('the end of the zip file is missing');
  }
  const files = new Map();
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [method, size] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)];
    const [name, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    const local = bytes.readUInt32LE(at + 42);
    const path = bytes.toString('utf8', at + 46, at + 46 + name);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const content = bytes.subarray(start, start + size);
    if (!path.endsWith('/')) {
      files.set(path, method === 0 ? content : inflateRawSync(content));
    }
    at += 46 + name + extra + comment;
  }
  return files;
}

function text(bytes, start, length) {
  return bytes
    .toString('utf8', start, start + length)
    .split('\0')[0]
    .trim();
}
