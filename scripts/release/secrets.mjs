import { homedir } from 'node:os';
import { filesOfArchive, isArchive } from './archives.mjs';

const SECRETS = {
  'an access key of AWS': /\b(AKIA|ASIA)[0-9A-Z]{16}\b/,
  'a private key': /-----BEGIN [A-Z ]*PRIVATE KEY( BLOCK)?-----/,
  'a token of GitHub': /\b(gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{60,})\b/,
  'a token of npm': /\bnpm_[A-Za-z0-9]{36}\b/,
  'a token of PyPI': /\bpypi-AgE[\w-]{50,}/,
};
const FORBIDDEN_FILES =
  /(^|\/)(\.env|\.npmrc|\.pypirc|\.netrc|\.git|id_rsa|credentials|node_modules|\.cache|test)(\/|$)/;
/** The command has the part of the library that it runs in its package, where npm looks for what a package bundles. */
const BUNDLED = /^package\/node_modules\/cdk-ml-infra\//;
const COMMAND = /(^|\/)cdk-ml-infra-tools-[^/]*\.tgz$/;
/** Folders of the machine that built; a path of it in a package is useless elsewhere, and tells of the builder. */
const MACHINE = [homedir(), process.cwd()].filter((folder) => folder !== '/');

/** What a file of a release holds and nobody must see, as sentences; archives are looked into, also those within. */
export function problemsOfFile(name, bytes) {
  if (!isArchive(name)) {
    return problemsOfText(bytes.toString('utf8')).map((each) => `${name} ${each}`);
  }
  const files = filesIn(name, bytes);
  if (files === undefined) {
    return [`${name} is no whole archive`];
  }
  return files.flatMap(([path, content]) => [
    ...(FORBIDDEN_FILES.test(COMMAND.test(name) ? path.replace(BUNDLED, 'package/') : path)
      ? [`${name} holds ${path}`]
      : []),
    ...problemsOfFile(path, content).map((each) => `${name}: ${each}`),
  ]);
}

function filesIn(name, bytes) {
  try {
    return [...filesOfArchive(name, bytes)];
  } catch {
    return undefined;
  }
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
