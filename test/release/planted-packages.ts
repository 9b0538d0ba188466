import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { zipSync } from 'fflate';
import { Header, Pack, ReadEntry } from 'tar';

type Files = Record<string, string | Buffer>;

const LICENSE = 'Apache License\n  Version 2.0, January 2004\n';
const MODULE = 'go/cdkmlinfra';
const TEXTS: Files = {
  'releasetag.txt': 'v0.1.0',
  'changelog.md': '- A change.\n',
  'release.json': JSON.stringify({ version: '0.1.0', commit: 'a1'.repeat(20) }),
  'sbom.cdx.json': JSON.stringify({ metadata: { component: { version: '0.1.0' } } }),
};

/** Packages of all languages as a release has them, small; each test breaks one thing. */
export class PlantedPackages {
  readonly dist = mkdtempSync(join(tmpdir(), 'packages-'));
  version = '0.1.0';
  npm: Files = {
    'package/package.json': this.manifest({}),
    'package/.jsii': JSON.stringify({ version: '0.1.0' }),
    'package/LICENSE': LICENSE,
    [`package/${'a'.repeat(110)}.js`]: 'a path that a header of tar does not hold\n',
  };
  python: Files = {
    'cdk_ml_infra-0.1.0.dist-info/METADATA':
      'Metadata-Version: 2.1\nName: cdk-ml-infra\nVersion: 0.1.0\nLicense: Apache-2.0\n' +
      'Requires-Dist: aws-cdk-lib<3.0.0,>=2.269.0\nRequires-Dist: publication>=0.0.3\n\nText\n',
    'cdk_ml_infra-0.1.0.dist-info/LICENSE': LICENSE,
  };
  java: Files = { 'META-INF/MANIFEST.MF': '' };
  pom =
    '<project><groupId>io.github.cdkmlinfra</groupId><artifactId>cdk-ml-infra</artifactId><version>0.1.0</version>' +
    '<licenses><license><name>Apache License 2.0</name></license></licenses><dependencies><dependency>' +
    '<groupId>software.constructs</groupId><artifactId>constructs</artifactId><version>[10.5.1,11.0.0)</version>' +
    '</dependency></dependencies></project>';
  go: Files = {
    [`${MODULE}/go.mod`]:
      'module github.com/cdk-ml-infra/cdk-ml-infra-go/cdkmlinfra\ngo 1.23\nrequire (\n' +
      '\tgithub.com/aws/jsii-runtime-go v1.140.0\n\tgolang.org/x/lint v0.0.1 // indirect\n)\n',
    [`${MODULE}/LICENSE`]: LICENSE,
    [`${MODULE}/version`]: '0.1.0\n',
    [`${MODULE}/go.sum`]: '',
    [`${MODULE}/main.go`]: '',
  };
  tools: Files = {
    'package/package.json': this.manifest({
      name: 'cdk-ml-infra-tools',
      peerDependencies: {},
      dependencies: { 'cdk-ml-infra': '0.1.0' },
    }),
    'package/LICENSE': LICENSE,
    'package/node_modules/cdk-ml-infra/package.json': '{}',
    'package/node_modules/cdk-ml-infra/LICENSE': LICENSE,
  };
  sources: Files = {
    'cdk_ml_infra-0.1.0/PKG-INFO': this.python['cdk_ml_infra-0.1.0.dist-info/METADATA'],
    'cdk_ml_infra-0.1.0/LICENSE': LICENSE,
  };

  manifest(changes: object): string {
    const peerDependencies = { constructs: '^10.5.1' };
    return JSON.stringify({
      name: 'cdk-ml-infra',
      version: '0.1.0',
      license: 'Apache-2.0',
      peerDependencies,
      ...changes,
    });
  }

  /** Writes the packages; those of the other languages carry the tarball for npm, unless another one is given. */
  write(carried?: Buffer): void {
    const npm = tarballOf(this.npm);
    const core = { 'jsii/cdk-ml-infra@0.1.0.jsii.tgz': carried ?? npm };
    const jar = 'java/io/github/cdkmlinfra/cdk-ml-infra/0.1.0/cdk-ml-infra-0.1.0';
    this.add({
      'version.txt': this.version,
      'js/cdk-ml-infra-0.1.0.tgz': npm,
      'python/cdk_ml_infra-0.1.0-py3-none-any.whl': zipOf({ ...this.python, ...core }),
      [`${jar}.jar`]: zipOf({ ...this.java, ...core }),
      [`${jar}.pom`]: this.pom,
      ...this.go,
      [`${MODULE}/jsii/cdk-ml-infra-0.1.0.tgz`]: core['jsii/cdk-ml-infra@0.1.0.jsii.tgz'],
      'js/cdk-ml-infra-tools-0.1.0.tgz': tarballOf(this.tools),
      'python/cdk_ml_infra-0.1.0.tar.gz': tarballOf(this.sources),
      [`${jar}-sources.jar`]: zipOf({ 'A.java': '' }),
      [`${jar}-javadoc.jar`]: zipOf({ 'A.html': '' }),
      [`${jar}.jar.sha1`]: 'digest',
      'java/io/github/cdkmlinfra/cdk-ml-infra/maven-metadata.xml': '',
      'dotnet/CdkMlInfra/CdkMlInfra.csproj': '',
      'dotnet/CdkMlInfra/CdkMlInfra/MlNotebook.cs': '',
      ...TEXTS,
    });
  }

  add(files: Files): void {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(this.dist, path)), { recursive: true });
      writeFileSync(join(this.dist, path), content);
    }
  }
}

export function digestOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

/** A tarball as npm writes it. */
function tarballOf(files: Files): Buffer {
  const pack = new Pack({ gzip: true, portable: true });
  for (const [path, content] of Object.entries(files)) {
    const bytes = Buffer.from(content);
    const entry = new ReadEntry(new Header({ path, size: bytes.length, type: 'File' }));
    pack.add(entry);
    entry.end(bytes);
  }
  pack.end();
  return pack.read()!;
}

function zipOf(files: Files): Buffer {
  const entries = Object.entries(files).map(([path, content]) => [path, Buffer.from(content)]);
  return Buffer.from(zipSync(Object.fromEntries(entries)));
}
