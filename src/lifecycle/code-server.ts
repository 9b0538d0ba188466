import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { IConstruct } from 'constructs';
import { requireKnown, requirePattern } from '../private/checks';
import { BoundFeature, LifecycleFeature } from './lifecycle-feature';
import { LifecyclePhase, LifecycleUser } from './lifecycle-step';

/**
 * Where notebooks get code-server from, which is VS Code in the browser.
 *
 * Jupyter offers and guards it through `jupyter-server-proxy`, which has to stand in `jupyter.extensions`.
 */
export interface CodeServerOptions {
  /** Bucket that you keep releases in. Notebooks read this one object of it. */
  readonly bucket: s3.IBucket;

  /**
   * Key of a release for Linux as its authors publish it, such as `tools/code-server-4.99.3-linux-amd64.tar.gz`: 1 to
   * 1024 characters.
   *
   * @see https://github.com/coder/code-server/releases
   */
  readonly key: string;

  /** SHA-256 of the release, 64 hexadecimal digits in lower case. A file with another one is not unpacked. */
  readonly sha256: string;
}

/** A launcher of code-server in JupyterLab, with one release of it on the volume. */
export function bindCodeServer(scope: IConstruct, { bucket, key, sha256 }: CodeServerOptions): BoundFeature {
  const fixed = 'notebooks get it in a file';
  requireKnown(scope, 'codeServer.key', key, fixed);
  const archive = 'the key of a .tar.gz in the bucket, of 1 to 1024 characters without * and ?';
  requirePattern(scope, 'codeServer.key', key, /^(?!\/)[^*?\p{Cc}]{1,1017}\.(tar\.gz|tgz)$/u, archive);
  requireKnown(scope, 'codeServer.sha256', sha256, fixed);
  requirePattern(scope, 'codeServer.sha256', sha256, /^[0-9a-f]{64}$/, '64 hexadecimal digits in lower case');
  const read = new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects(key)] });
  const decrypt =
    bucket.encryptionKey &&
    new iam.PolicyStatement({ actions: ['kms:Decrypt'], resources: [bucket.encryptionKey.keyArn] });
  return {
    name: LifecycleFeature.CODE_SERVER,
    user: LifecycleUser.ROOT,
    phase: LifecyclePhase.BLOCKING,
    timeoutSeconds: 30,
    settings: { bucket: bucket.bucketName, key, sha256 },
    statements: decrypt ? [read, decrypt] : [read],
  };
}
