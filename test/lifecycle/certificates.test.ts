import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App, Lazy, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import { bindCertificates } from '../../src/lifecycle/certificates';

describe('bindCertificates', () => {
  let folder: string;
  let authority: string;
  let key: string;
  let stack: Stack;
  let lifecycle: Construct;
  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'certificates-'));
    [authority, key] = issue('authority');
  });
  afterAll(() => fs.rmSync(folder, { recursive: true }));
  beforeEach(() => {
    stack = new Stack(new App(), 'Stack');
    lifecycle = new Construct(stack, 'Lifecycle');
  });

  test('delivers the certificates, and runs before the notebook opens', () => {
    const { files, statements, services, ...feature } = bindCertificates(lifecycle, saved(authority));

    expect(feature).toEqual({
      name: 'certificates',
      user: 'root',
      phase: 'blocking',
      timeoutSeconds: 60,
      settings: {},
    });
    expect([files, statements ?? [], services ?? []]).toEqual([{ 'bundle.pem': authority }, [], []]);
  });

  test('delivers nothing of a file but its certificates, with the line endings of Unix', () => {
    const [other] = issue('other');
    const text = `\uFEFFsubject: $(touch x)\r\n${authority.replace(/\n/g, '\r\n')}\r\n${other}note`;

    expect(bindCertificates(lifecycle, saved(text)).files).toEqual({ 'bundle.pem': authority + other });
  });

  test('accepts an authority that is valid without a warning', () => {
    bindCertificates(lifecycle, saved(authority));

    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });

  test('warns of an authority that has expired, and since when', () => {
    const [expired] = issue('old', '-days', '1');
    jest.useFakeTimers({ now: Date.now() + 2 * 86_400_000 });
    try {
      bindCertificates(lifecycle, saved(expired));
    } finally {
      jest.useRealTimers();
    }

    const since = new X509Certificate(expired).validTo.replace(/[()]/g, '.');
    Annotations.fromStack(stack).hasWarning(
      '/Stack/Lifecycle',
      Match.stringLikeRegexp(`in 'certificateBundle', certificate 1 of CN=old has expired on ${since}`),
    );
  });

  test('fails for a certificate that is not of an authority, which the system would leave out', () => {
    const [server] = issue('server', '-addext', 'basicConstraints=critical,CA:FALSE');

    expect(() => bindCertificates(lifecycle, saved(authority + server))).toThrow(
      "Stack/Lifecycle: 'certificateBundle' must be a file of authorities, whose certificates have the basic constraint CA:TRUE, got: certificate 2 of CN=server",
    );
  });

  test('fails for a private key without showing it', () => {
    const bind = () => bindCertificates(lifecycle, saved(authority + key));

    expect(bind).toThrow(
      new Error(
        "Stack/Lifecycle: 'certificateBundle' must be a file of certificates alone, because notebooks get all of it, got: a private key",
      ),
    );
  });

  test.each([
    ['is missing', () => path.join(folder, 'missing.pem'), 'the path of an existing file'],
    ['is a folder', () => folder, 'the path of an existing file'],
    ['has NUL in its name', () => 'a\0b', 'the path of an existing file'],
    ['is not in UTF-8', () => saved(Buffer.from([0x2d, 0xff])), 'the path of a text in UTF-8'],
    ['is empty', () => saved(''), "a PEM file with whole blocks of 'BEGIN CERTIFICATE'"],
    ['is cut off', () => saved(authority.slice(0, -30)), "a PEM file with whole blocks of 'BEGIN CERTIFICATE'"],
    [
      'has one block that is cut off',
      () => saved(`${authority.slice(0, -30)}\n${authority}`),
      "a PEM file with whole blocks of 'BEGIN CERTIFICATE'",
    ],
    [
      'is broken inside',
      () => saved('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'),
      'a file of certificates that can be read',
    ],
  ])('fails for a file that %s', (_what, file, rule) => {
    expect(() => bindCertificates(lifecycle, file())).toThrow(
      `Stack/Lifecycle: 'certificateBundle' must be ${rule}, got: `,
    );
  });

  test('fails for a path that is known only at deployment', () => {
    expect(() => bindCertificates(lifecycle, Lazy.string({ produce: () => 'a' }))).toThrow(
      "'certificateBundle' must be known at synthesis, because the file is read then, got: a deploy-time value",
    );
  });

  function saved(content: string | Buffer): string {
    const file = path.join(fs.mkdtempSync(path.join(folder, 'file-')), 'bundle.pem');
    fs.writeFileSync(file, content);
    return file;
  }

  function issue(name: string, ...options: string[]): [string, string] {
    const [certificate, privateKey] = [path.join(folder, `${name}.pem`), path.join(folder, `${name}.key`)];
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    const files = ['-keyout', privateKey, '-out', certificate];
    execFileSync('openssl', ['req', '-x509', ...curve, '-subj', `/CN=${name}`, ...files, ...options], {
      stdio: 'ignore',
    });
    return [fs.readFileSync(certificate, 'utf8'), fs.readFileSync(privateKey, 'utf8')];
  }
});
