import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';

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
    'package/package.json': this.manifest({ name: 'cdk-ml-infra-tools', peerDependencies: {} }),
    'package/LICENSE': LICENSE,
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
    const npm = gzipSync(tarOf(this.npm));
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
      'js/cdk-ml-infra-tools-0.1.0.tgz': gzipSync(tarOf(this.tools)),
      'python/cdk_ml_infra-0.1.0.tar.gz': gzipSync(tarOf(this.sources)),
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

/** A tar archive; names that its header does not hold stand in a record before it, as npm writes them. */
function tarOf(files: Files): Buffer {
  const records = Object.entries(files).flatMap(([path, content]) => {
    const bytes = Buffer.from(content);
    const record = ` path=${path}\n`;
    const long = Buffer.from(`${record.length + 3}${record}`);
    return path.length < 100
      ? [header(path, bytes.length, '0'), padded(bytes)]
      : [header('x', long.length, 'x'), padded(long), header('cut', bytes.length, '0'), padded(bytes)];
  });
  return Buffer.concat([...records, Buffer.alloc(1024)]);
}

function header(path: string, size: number, type: string): Buffer {
  const block = Buffer.alloc(512);
  block.write(path, 0);
  block.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  block.write(type, 156);
  return block;
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
}

/** A zip archive. Readers of packages do not look at its sums. */
function zipOf(files: Files): Buffer {
  const locals: Buffer[] = [];
  const entries = Object.entries(files).map(([path, content]) => {
    const bytes = deflateRawSync(Buffer.from(content));
    const local = Buffer.concat([Buffer.alloc(30), Buffer.from(path), bytes]);
    local.writeUInt16LE(path.length, 26);
    const entry = Buffer.concat([Buffer.alloc(46), Buffer.from(path)]);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(bytes.length, 20);
    entry.writeUInt16LE(path.length, 28);
    entry.writeUInt32LE(Buffer.concat(locals).length, 42);
    locals.push(local);
    return entry;
  });
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(Buffer.concat(locals).length, 16);
  return Buffer.concat([...locals, ...entries, end]);
}
