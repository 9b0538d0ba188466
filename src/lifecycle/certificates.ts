import { X509Certificate } from 'node:crypto';
import * as fs from 'node:fs';
import { Annotations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { fail, requireKnown } from '../private/checks';
import { BoundFeature, LifecycleFeature } from './lifecycle-feature';
import { LifecyclePhase, LifecycleUser } from './lifecycle-step';

const BLOCK = /-----BEGIN CERTIFICATE-----[\sA-Za-z0-9+/=]+-----END CERTIFICATE-----/g;
const BEGIN = /-----BEGIN CERTIFICATE-----/g;

/** Authorities that a notebook trusts besides the usual ones: the path of a PEM file of the app. */
export function bindCertificates(scope: IConstruct, path: string): BoundFeature {
  const text = readText(scope, 'certificateBundle', path);
  if (text.includes('PRIVATE KEY')) {
    fail(scope, 'certificateBundle', 'a file of certificates alone, because notebooks get all of it', 'a private key');
  }
  const blocks = text.match(BLOCK) ?? [];
  if (blocks.length === 0 || blocks.length !== text.match(BEGIN)?.length) {
    fail(scope, 'certificateBundle', "a PEM file with whole blocks of 'BEGIN CERTIFICATE'", path);
  }
  const certificates = blocks.map((block, index) => readCertificate(scope, block, index));
  return {
    name: LifecycleFeature.CERTIFICATES,
    user: LifecycleUser.ROOT,
    phase: LifecyclePhase.BLOCKING,
    timeoutSeconds: 60,
    settings: {},
    files: { 'bundle.pem': certificates.map((certificate) => certificate.toString()).join('') },
  };
}

/** What a file of the app says, with line endings of Unix and without a byte order mark. */
export function readText(scope: IConstruct, prop: string, path: string): string {
  requireKnown(scope, prop, path, 'the file is read then');
  const readable = typeof path === 'string' && !path.includes('\0');
  if (!readable || !fs.statSync(path, { throwIfNoEntry: false })?.isFile()) {
    fail(scope, prop, 'the path of an existing file', path);
  }
  const content = fs.readFileSync(path);
  const text = content.toString('utf8');
  if (!content.equals(Buffer.from(text, 'utf8')) || text.includes('\0')) {
    fail(scope, prop, 'the path of a text in UTF-8', path);
  }
  return text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
}

function readCertificate(scope: IConstruct, block: string, index: number): X509Certificate {
  const what = `certificate ${index + 1}`;
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(block);
  } catch {
    fail(scope, 'certificateBundle', 'a file of certificates that can be read', what);
  }
  const subject = certificate.subject.replace(/\n/g, ', ');
  if (!certificate.ca) {
    // update-ca-trust leaves all others out, and a notebook that asks for them would not start.
    const rule = 'a file of authorities, whose certificates have the basic constraint CA:TRUE';
    fail(scope, 'certificateBundle', rule, `${what} of ${subject}`);
  }
  if (Date.parse(certificate.validTo) < Date.now()) {
    Annotations.of(scope).addWarningV2(
      'cdk-ml-infra:certificateExpired',
      `${scope.node.path}: in 'certificateBundle', ${what} of ${subject} has expired on ${certificate.validTo}; connections that rely on it fail`,
    );
  }
  return certificate;
}
