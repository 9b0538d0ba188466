import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MOST_BYTES } from '../packages/contents.mjs';
import { problemsOfFiles } from './contents.mjs';
import { filesBelow, packagesIn, sha256 } from './packages.mjs';
import { problemsOfFile } from './secrets.mjs';
import { problemsOfTexts } from './texts.mjs';

const SUMS = 'SHA256SUMS';
const LICENSE = 'Apache-2.0';
const NAMES = ['cdk-ml-infra', 'cdk-ml-infra-tools', 'io.github.cdkmlinfra:cdk-ml-infra', 'CdkMlInfra'];
const BUNDLED = 'package/node_modules/cdk-ml-infra/';
const GO_MODULE = /^github\.com\/cdk-ml-infra\/cdk-ml-infra-go\/cdkmlinfra$/;

/** Packages whose generator leaves the text of the licence to the tarball that they carry. */
const TEXT_IN_TARBALL = ['java', 'dotnet'];

/** Writes the digests of all files of a folder in the form that `sha256sum --check` reads. */
export function writeChecksums(dist) {
  const files = filesBelow(dist).filter((file) => file !== SUMS);
  writeFileSync(join(dist, SUMS), files.map((file) => `${sha256(readFileSync(join(dist, file)))}  ${file}\n`).join(''));
}

/**
 * What is wrong with the packages of a release, as sentences, and how large they are.
 *
 * @param {string} dist what scripts/release/build.mjs wrote
 * @param {string | undefined} root the repository, which may have the commit that the release is of
 */
export function verifyRelease(dist, root) {
  const versionFile = join(dist, 'version.txt');
  if (!existsSync(versionFile)) {
    return { sizes: [], problems: [`${dist} holds no release: npm run release -- build makes one`] };
  }
  const version = readFileSync(versionFile, 'utf8').trim();
  const files = filesBelow(dist);
  const unreadable = [];
  const packages = packagesIn(dist, (file, error) => unreadable.push(`${file} cannot be read: ${error.message}`));
  return {
    sizes: packages
      .filter(({ language, file }) => language !== 'go' && files.includes(file))
      .map(({ file }) => ({ file, bytes: statSync(join(dist, file)).size })),
    problems: [
      ...problemsOfChecksums(dist),
      ...problemsOfFiles(files, version),
      ...problemsOfTexts(dist, { version, root }),
      ...unreadable,
      ...packages.flatMap((each) => problemsOfPackage(each, version)),
      ...problemsOfCore(dist, packages),
      ...problemsOfBundle(packages, version),
      ...files.flatMap((file) => problemsOfFile(file, readFileSync(join(dist, file)))),
    ],
  };
}

function problemsOfChecksums(dist) {
  const file = join(dist, SUMS);
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  const listed = new Map(
    lines.map((line) =>
      line
        .split(/ {2}(.*)/)
        .reverse()
        .slice(1),
    ),
  );
  const present = filesBelow(dist).filter((each) => each !== SUMS);
  return [
    ...present.filter((each) => !listed.has(each)).map((each) => `${each} is not in ${SUMS}`),
    ...[...listed.keys()].filter((each) => !present.includes(each)).map((each) => `${each} is in ${SUMS} only`),
    ...present
      .filter((each) => listed.has(each) && listed.get(each) !== sha256(readFileSync(join(dist, each))))
      .map((each) => `${each} is not what ${SUMS} says`),
  ];
}

function problemsOfPackage({ language, file, name, version: own, license, contents, assembly }, version) {
  const paths = [...contents.keys()];
  const says = (what, said, expected) =>
    said === expected ? [] : [`${file} has the ${what} ${said}, not ${expected}`];
  const named = language === 'go' ? GO_MODULE.test(name) : NAMES.includes(name);
  return [
    ...(named ? [] : [`${file} has the name ${name}`]),
    ...says('version', own, version),
    ...says('licence', license, LICENSE),
    ...(assembly ? says('assembly of version', assembly.version, version) : []),
    ...(paths.some((path) => /(^|\/)LICENSE$/.test(path)) || TEXT_IN_TARBALL.includes(language)
      ? []
      : [`${file} has no LICENSE`]),
  ];
}

/** Users of all languages get the same code: what the other packages carry is the tarball for npm. */
function problemsOfCore(dist, packages) {
  const core = packages.find(({ name, language }) => language === 'js' && name === 'cdk-ml-infra');
  if (!core) {
    return ['there is no tarball for npm'];
  }
  const tarball = readFileSync(join(dist, core.file));
  const carried = packages
    .filter(({ language, file }) => language !== 'js' && !file.endsWith('.tar.gz'))
    .flatMap(({ file, contents }) => {
      const inside = [...contents].filter(([path]) => path.endsWith('.tgz'));
      const same = inside.length === 1 && inside[0][1].equals(tarball);
      return same ? [] : [`${file} must carry ${core.file}, byte for byte, and no other`];
    });
  const size = tarball.length;
  return size < MOST_BYTES ? carried : [...carried, `${core.file} must be under ${MOST_BYTES} bytes, got: ${size}`];
}

/** The command counts with the prices of the library that it is released with: a part of it, file by file. */
function problemsOfBundle(packages, version) {
  const npm = (name) => packages.find((each) => each.language === 'js' && each.name === name);
  const [core, command] = [npm('cdk-ml-infra'), npm('cdk-ml-infra-tools')];
  if (!core || !command) {
    return [];
  }
  const bundled = [...command.contents].filter(([path]) => path.startsWith(BUNDLED));
  const needed = new Map(command.needs).get('cdk-ml-infra');
  const differs = ([path, content]) => !core.contents.get(path.replace(BUNDLED, 'package/'))?.equals(content);
  return [
    ...(needed === version ? [] : [`${command.file} must need cdk-ml-infra ${version}, got: ${needed ?? 'nothing'}`]),
    ...(bundled.length > 1 ? [] : [`${command.file} must bundle the part of cdk-ml-infra that it runs`]),
    ...bundled
      .filter(([path]) => path !== `${BUNDLED}package.json`)
      .filter(differs)
      .map(([path]) => `${command.file} has ${path}, which ${core.file} has not`),
  ];
}
