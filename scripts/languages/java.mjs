import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { forget, MAVEN_ENV, mavenCore, missingMaven } from '../packages/maven.mjs';
import { root } from '../packages/staging.mjs';
import { runApp } from './run-app.mjs';

export const name = 'java';
export const missing = missingMaven;
export const core = mavenCore;

/** Adds the repository that holds the built package to the app, whose own command then installs it. */
export function prepare(folder, packages, version) {
  const pom = join(folder, 'pom.xml');
  const repository = `<repository><id>built</id><url>${pathToFileURL(join(packages.outdir, 'java'))}</url></repository>`;
  const text = readFileSync(pom, 'utf8')
    .replace(/<cdk\.version>.*<\/cdk\.version>/, `<cdk.version>${version}</cdk.version>`)
    .replace('<dependencies>', `<repositories>${repository}</repositories>\n  <dependencies>`);
  writeFileSync(pom, text);
  forget(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).jsii.targets.java.maven);
}

export function synth(folder, outdir) {
  runApp(folder, outdir, MAVEN_ENV);
}
