import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { MARKER } from '../packages/outdir.mjs';
import { filesOf } from './archives.mjs';

/** A pom names a licence in words; everything else does it by the list of SPDX. */
const LICENSES_OF_POMS = { 'Apache License 2.0': 'Apache-2.0' };

/**
 * What a folder of packages says about each of them: `language`, `file`, `name`, `version`, `license`, `needs` (packages
 * that users get along, with the range as their language writes it), `purl` and `contents` by path.
 *
 * @param {(file: string, error: Error) => void} unreadable what to do with a package that cannot be read; throws unless given
 */
export function packagesIn(dist, unreadable = rethrow) {
  const files = filesBelow(dist);
  const read = (pattern, reader) =>
    files
      .filter((file) => pattern.test(file))
      .flatMap((file) => {
        try {
          return [reader(dist, file, files)];
        } catch (error) {
          unreadable(file, error);
          return [];
        }
      });
  return [
    ...read(/^js\/.*\.tgz$/, npmPackage),
    ...read(/^python\/.*\.(whl|tar\.gz)$/, pythonPackage),
    ...read(/^java\/.*\.pom$/, javaPackage),
    ...read(/^go\/.*\/go\.mod$/, goModule),
    ...read(/^dotnet\/.*\.nupkg$/, nugetPackage),
  ];
}

function rethrow(file, error) {
  throw new Error(`${file}: ${error.message}`, { cause: error });
}

/** Files below a folder, with slashes, sorted. */
export function filesBelow(folder) {
  if (!existsSync(folder)) {
    return [];
  }
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== MARKER)
    .map((entry) =>
      relative(folder, join(entry.parentPath ?? entry.path, entry.name))
        .split(sep)
        .join('/'),
    )
    .sort();
}

export function sha256(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The text of the file in which a package says what it is. */
function textIn(contents, pattern, name) {
  const path = [...contents.keys()].find((each) => pattern.test(each));
  if (path === undefined) {
    throw new Error(`there is no ${name} in it`);
  }
  return contents.get(path).toString('utf8');
}

function npmPackage(dist, file) {
  const contents = filesOf(join(dist, file));
  const manifest = JSON.parse(textIn(contents, /^package\/package\.json$/, 'package.json'));
  const { name, version, license, dependencies, peerDependencies } = manifest;
  const needs = Object.entries({ ...peerDependencies, ...dependencies });
  const assembly = contents.has('package/.jsii') ? JSON.parse(contents.get('package/.jsii')) : undefined;
  return {
    language: 'js',
    file,
    name,
    version,
    license,
    needs,
    purl: `pkg:npm/${name}@${version}`,
    contents,
    assembly,
  };
}

function pythonPackage(dist, file) {
  const contents = filesOf(join(dist, file));
  const text = textIn(contents, /(\.dist-info\/METADATA|^[^/]+\/PKG-INFO)$/, 'METADATA or PKG-INFO');
  const [metadata] = text.split('\n\n');
  const field = (name) => new RegExp(`^${name}: (.*)$`, 'm').exec(metadata)?.[1];
  const needs = [...metadata.matchAll(/^Requires-Dist: ([\w.-]+) ?\(?([^;)\n]*)\)?$/gm)].map(([, ...need]) => need);
  const [name, version] = [field('Name'), field('Version')];
  const license = field('License') ?? field('License-Expression');
  return { language: 'python', file, name, version, license, needs, purl: `pkg:pypi/${name}@${version}`, contents };
}

function javaPackage(dist, file) {
  const pom = readFileSync(join(dist, file), 'utf8');
  const field = (text, name) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1];
  const own = pom.replace(/<(dependencies|licenses|build|developers)>[\s\S]*?<\/\1>/g, '');
  const [group, name, version] = ['groupId', 'artifactId', 'version'].map((each) => field(own, each));
  const named = field(/<licenses>[\s\S]*?<\/licenses>/.exec(pom)?.[0] ?? '', 'name');
  const license = LICENSES_OF_POMS[named] ?? named;
  const needs = [
    ...(/<dependencies>[\s\S]*?<\/dependencies>/.exec(pom)?.[0] ?? '').matchAll(/<dependency>[\s\S]*?<\/dependency>/g),
  ].map(([text]) => [`${field(text, 'groupId')}:${field(text, 'artifactId')}`, field(text, 'version')]);
  const jar = file.replace(/\.pom$/, '.jar');
  const contents = existsSync(join(dist, jar)) ? filesOf(join(dist, jar)) : new Map();
  const purl = `pkg:maven/${group}/${name}@${version}`;
  return { language: 'java', file: jar, name: `${group}:${name}`, version, license, needs, purl, contents };
}

function goModule(dist, file, files) {
  const folder = file.slice(0, -'/go.mod'.length);
  const contents = new Map(
    files.filter((each) => each.startsWith(`${folder}/`)).map((each) => [each, readFileSync(join(dist, each))]),
  );
  const text = contents.get(file).toString('utf8');
  const [, name] = /^module (\S+)$/m.exec(text);
  const needs = [...text.matchAll(/^(?:require)?\s+(\S+\.\S+\/\S+) (v\S+)(?! \/\/ indirect)$/gm)].map(
    ([, ...need]) => need,
  );
  const version = contents.get(`${folder}/version`)?.toString('utf8').trim();
  const license = /Apache License\s+Version 2\.0/.test(contents.get(`${folder}/LICENSE`)) ? 'Apache-2.0' : undefined;
  return { language: 'go', file, name, version, license, needs, purl: `pkg:golang/${name}@v${version}`, contents };
}

function nugetPackage(dist, file) {
  const contents = filesOf(join(dist, file));
  const text = textIn(contents, /\.nuspec$/, '.nuspec');
  const field = (name) => new RegExp(`<${name}[^>]*>([^<]*)</${name}>`).exec(text)?.[1];
  const needs = [...text.matchAll(/<dependency id="([^"]*)" version="([^"]*)"/g)].map(([, ...need]) => need);
  const [name, version] = [field('id'), field('version')];
  return {
    language: 'dotnet',
    file,
    name,
    version,
    license: field('license'),
    needs,
    purl: `pkg:nuget/${name}@${version}`,
    contents,
  };
}
