import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { admittedCores } from '../languages/delivered-core.mjs';
import { forget, MAVEN_ENV, mavenCore, missingMaven } from './maven.mjs';
import { pacmak } from './pacmak.mjs';
import { root } from './staging.mjs';

export const missing = missingMaven;

/** A Maven repository with the jar, its sources and its documentation. */
export function build(staging, outdir) {
  const { jsii } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const versions = admittedCores();
  const refused = versions.slice(0, versions.indexOf(mavenCore()));
  const ignore = refused.length > 0 ? ` -Dmaven.version.ignore=${refused.join(',')}` : '';
  pacmak(staging, 'java', outdir, { env: { MAVEN_OPTS: `${MAVEN_ENV.MAVEN_OPTS}${ignore}` } });
  // The build leaves a copy in the local repository, which would hide what is in the package.
  forget(jsii.targets.java.maven);
}
