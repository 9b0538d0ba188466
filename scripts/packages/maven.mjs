import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newestDelivered } from '../languages/delivered-core.mjs';
import { root } from './staging.mjs';

const REPOSITORY = join(root, '.cache', 'm2');
const CORE = { groupId: 'software.amazon.awscdk', artifactId: 'aws-cdk-lib' };
const GET = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:get';
const JAVA = 17;
const OPTIONS = { encoding: 'utf8', shell: process.platform === 'win32' };

/** Lets Maven keep all that it downloads in this work tree, and start faster. */
export const MAVEN_ENV = {
  MAVEN_OPTS: `${process.env.MAVEN_OPTS ?? ''} -Dmaven.repo.local=${REPOSITORY} -XX:TieredStopAtLevel=1`.trim(),
};

/** Why nothing can be built with Maven here, as a sentence, or nothing. */
export function missingMaven() {
  if (/\s/.test(REPOSITORY)) {
    return `Maven takes no options with a space, and ${REPOSITORY} has one`;
  }
  const [, java] = /(\d+)/.exec(said('javac', '-version')) ?? [];
  if (!(Number(java) >= JAVA)) {
    return `a Java development kit of version ${JAVA} or later is not installed`;
  }
  return said('mvn', '-version').includes('Maven') ? undefined : 'Maven is not installed';
}

/**
 * The newest core that Maven gets. It is listed in the local repository as if it were built here, since a range in a
 * pom is resolved by lists alone.
 */
export function mavenCore() {
  const core = newestDelivered('java', delivers);
  const folder = folderOf(CORE);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'maven-metadata-local.xml'), listOf(CORE, core));
  return core;
}

/** Forgets a library in the local repository, where Maven keeps a released version for ever. */
export function forget(library) {
  rmSync(folderOf(library), { recursive: true, force: true });
}

function delivers(version) {
  const artifact = `${CORE.groupId}:${CORE.artifactId}:${version}`;
  const options = ['--quiet', '--batch-mode', GET, `-Dartifact=${artifact}`, '-Dtransitive=false'];
  return spawnSync('mvn', options, { ...OPTIONS, env: { ...process.env, ...MAVEN_ENV } }).status === 0;
}

function listOf({ groupId, artifactId }, version) {
  return `<?xml version="1.0" encoding="UTF-8"?>
<metadata>
  <groupId>${groupId}</groupId>
  <artifactId>${artifactId}</artifactId>
  <versioning>
    <release>${version}</release>
    <versions>
      <version>${version}</version>
    </versions>
    <lastUpdated>20000101000000</lastUpdated>
  </versioning>
</metadata>
`;
}

function folderOf({ groupId, artifactId }) {
  return join(REPOSITORY, ...groupId.split('.'), artifactId);
}

function said(command, option) {
  const { stdout, stderr } = spawnSync(command, [option], OPTIONS);
  return `${stdout}${stderr}`;
}
