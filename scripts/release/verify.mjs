import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { filesBelow, packagesIn, sha256 } from './packages.mjs';

const SUMS = 'SHA256SUMS';
const LICENSE = 'Apache-2.0';
const MOST_BYTES_OF_TARBALL = 2_000_000;
/** Packages of a release; the ones of .NET exist only where an SDK is installed. */
const EXPECTED = {
  js: /^js\/cdk-ml-infra@.*\.tgz$/,
  python: /\.whl$/,
  java: /cdk-ml-infra-[\d.]+\.jar$/,
  go: /\/go\.mod$/,
};
const NAMES = ['cdk-ml-infra', 'cdk-ml-infra-tools', 'io.github.cdkmlinfra:cdk-ml-infra', 'CdkMlInfra'];
const GO_MODULE = /^github\.com\/cdk-ml-infra\/cdk-ml-infra-go\/cdkmlinfra$/;

/** Packages whose generator leaves the text of the licence to the tarball that they carry. */
const TEXT_IN_TARBALL = ['java', 'dotnet'];

const SECRETS = {
  'an access key of AWS': /\b(AKIA|ASIA)[0-9A-Z]{16}\b/,
  'a private key': /-----BEGIN [A-Z ]*PRIVATE KEY( BLOCK)?-----/,
  'a token of GitHub': /\b(gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{60,})\b/,
  'a token of npm': /\bnpm_[A-Za-z0-9]{36}\b/,
  'a token of PyPI': /\bpypi-AgE[\w-]{50,}/,
};
const FORBIDDEN_FILES =
  /(^|\/)(\.env|\.npmrc|\.pypirc|\.netrc|\.git|id_rsa|credentials|node_modules|\.cache|test)(\/|$)/;
/** Folders of the machine that built; a path of it in a package is useless elsewhere, and tells of the builder. */
const MACHINE = [homedir(), process.cwd()].filter((folder) => folder !== '/');

/** Writes the digests of all files of a folder in the form that `sha256sum --check` reads. */
export function writeChecksums(dist) {
  const files = filesBelow(dist).filter((file) => file !== SUMS);
  writeFileSync(join(dist, SUMS), files.map((file) => `${sha256(readFileSync(join(dist, file)))}  ${file}\n`).join(''));
}

/**
 * What is wrong with the packages of a release, as sentences, and how large they are.
 *
 * @param {string} dist what scripts/release/build.mjs wrote
 */
export function verifyRelease(dist) {
  const versionFile = join(dist, 'version.txt');
  if (!existsSync(versionFile)) {
    return { sizes: [], problems: [`${dist} holds no release: npm run release -- build makes one`] };
  }
  const version = readFileSync(versionFile, 'utf8').trim();
  const packages = packagesIn(dist);
  return {
    sizes: packages
      .filter(({ language }) => language !== 'go')
      .map(({ file }) => ({ file, bytes: statSync(join(dist, file)).size })),
    problems: [
      ...problemsOfChecksums(dist),
      ...missingPackages(packages),
      ...packages.flatMap((each) => problemsOfPackage(each, version)),
      ...problemsOfCore(dist, packages),
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

function missingPackages(packages) {
  return Object.keys(EXPECTED)
    .filter((language) => !packages.some((each) => each.language === language))
    .map((language) => `there is no package for ${language}`);
}

function problemsOfPackage({ language, file, name, version: own, license, contents, assembly }, version) {
  const paths = [...contents.keys()];
  const texts = [...contents].filter(([path]) => !/\.(tgz|jar|class|png)$/.test(path));
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
    ...paths.filter((path) => FORBIDDEN_FILES.test(path)).map((path) => `${file} holds ${path}`),
    ...texts.flatMap(([path, bytes]) =>
      problemsOfText(bytes.toString('utf8')).map((each) => `${file}: ${path} ${each}`),
    ),
  ];
}

function problemsOfText(text) {
  return [
    ...Object.entries(SECRETS)
      .filter(([, pattern]) => pattern.test(text))
      .map(([what]) => `holds ${what}`),
    ...MACHINE.filter((folder) =>
      text
        .split(`${folder}/`)
        .slice(0, -1)
        .some((before) => !/[\w.-]$/.test(before)),
    ).map((folder) => `names ${folder}, a folder of this machine`),
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
  return size < MOST_BYTES_OF_TARBALL
    ? carried
    : [...carried, `${core.file} must be under ${MOST_BYTES_OF_TARBALL} bytes, got: ${size}`];
}
