import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App, Lazy, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { BoundFeature } from '../../src/lifecycle';
import { bindPackages, PackageOptions } from '../../src/lifecycle/packages';

const DIGEST = 'a'.repeat(64);

describe('bindPackages', () => {
  let folder: string;
  let lifecycle: Construct;
  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'packages-'));
  });
  afterAll(() => fs.rmSync(folder, { recursive: true }));
  beforeEach(() => {
    lifecycle = new Construct(new Stack(new App(), 'Stack'), 'Lifecycle');
  });

  test('installs in the background as the user, for an hour at most, and needs no rights', () => {
    expect(bind({ pipPackages: ['numpy==2.1.0', 'pandas[excel]>=2,<3; python_version >= "3.9"'] })).toEqual({
      name: 'packages',
      user: 'ec2-user',
      phase: 'background',
      timeoutSeconds: 3600,
      settings: {
        pipPackages: ['numpy==2.1.0', 'pandas[excel]>=2,<3; python_version >= "3.9"'],
        condaPackages: [],
        requirementsFile: false,
        kernelName: 'Python (packages)',
      },
      files: {},
    });
  });

  test('passes on packages of conda and the name of the kernel', () => {
    const condaPackages = ['python=3.12', 'conda-forge::gdal>=3,<4', '_openmp_mutex'];

    expect(bind({ condaPackages, kernelName: 'Team ü' }).settings).toMatchObject({
      condaPackages,
      kernelName: 'Team ü',
    });
  });

  test('delivers a file of requirements, with the line endings of Unix and without a byte order mark', () => {
    const text = `\uFEFF# see -r other\r\n--require-hashes\r\nnumpy==2.1.0 \\\r\n    --hash=sha256:${DIGEST}\r\n`;

    const { settings, files } = bind({ requirementsFile: saved(text) });

    expect(settings.requirementsFile).toBe(true);
    expect(files).toEqual({
      'requirements.txt': `# see -r other\n--require-hashes\nnumpy==2.1.0 \\\n    --hash=sha256:${DIGEST}\n`,
    });
  });

  test.each([
    '-r other.txt',
    '-rother.txt',
    '--requirement other.txt',
    '--req other.txt',
    '-c limits.txt',
    '-e .',
    '  --editable .',
    '--trusted-host pypi.corp',
    '--trusted-h=pypi.corp',
    '--no-deps',
    '--trusted\\\n-host pypi.corp',
  ])('fails for a file with %p', (line) => {
    const rule = 'a file whose only options are about indexes, binaries and hashes; it is delivered alone';

    expect(() => bind({ requirementsFile: saved(`numpy\n${line}\n`) })).toThrow(
      `Stack/Lifecycle: 'requirementsFile' must be ${rule}, got: `,
    );
  });

  test.each([
    '--index-url https://pypi.corp/simple',
    '--extra-index-url=https://x',
    '--pre',
    '-i https://x',
    '--no-index',
  ])('accepts a file with %p', (line) => {
    expect(bind({ requirementsFile: saved(line) }).files).toEqual({ 'requirements.txt': line });
  });

  test.each([
    ['is missing', () => path.join(folder, 'missing.txt'), 'the path of an existing file'],
    ['is not in UTF-8', () => saved(Buffer.from([0xff])), 'the path of a text in UTF-8'],
    ['has NUL in it', () => saved('numpy\0'), 'the path of a text in UTF-8'],
  ])('fails for a file that %s', (_what, file, rule) => {
    expect(() => bind({ requirementsFile: file() })).toThrow(`Stack/Lifecycle: 'requirementsFile' must be ${rule}`);
  });

  test.each([
    ['an option', '--index-url=https://x'],
    ['nothing', ''],
    ['a line break', 'numpy\n--pre'],
    ['a carriage return', 'numpy\r--pre'],
    ['NUL', 'numpy\0'],
    ['a comment', '# numpy'],
    ['a path', './numpy'],
    ['500 characters', 'a'.repeat(500)],
  ])('fails for %s as a package of pip', (_what, line) => {
    expect(() => bind({ pipPackages: ['numpy', line] })).toThrow(
      "Stack/Lifecycle: 'pipPackages[1]' must be a requirement on one line of at most 499 characters that begins with a letter or digit, got: ",
    );
  });

  test.each([
    ['an option', '--copy'],
    ['a list of addresses', '@EXPLICIT'],
    ['a line break', 'gdal\nx'],
    ['a quote', 'gdal"'],
    ['200 characters', 'a'.repeat(200)],
  ])('fails for %s as a package of conda', (_what, line) => {
    expect(() => bind({ condaPackages: [line] })).toThrow(
      "Stack/Lifecycle: 'condaPackages[0]' must be a package on one line of at most 199 characters, without quotes and #, got: ",
    );
  });

  test.each(['numpy\\', 'numpy '])('fails for %p, which would reach into the next line', (line) => {
    expect(() => bind({ pipPackages: [line] })).toThrow(
      "'pipPackages[0]' must be without space around it and without a backslash at its end",
    );
  });

  test('fails for credentials wherever they stand, and shows none', () => {
    const line = 'tool @ git+https://alice:pw@git.corp/tool.git';
    const rule = "free of credentials, which 'packageIndex' takes as a secret";
    const shown = 'tool @ git+https://***@git.corp/tool.git';

    expect(() => bind({ pipPackages: [line] })).toThrow(
      new Error(`Stack/Lifecycle: 'pipPackages[0]' must be ${rule}, got: ${shown}`),
    );
    expect(() => bind({ requirementsFile: saved(`numpy\n${line}\n`) })).toThrow(
      new Error(`Stack/Lifecycle: 'requirementsFile' must be ${rule}, got: ${shown}`),
    );
    expect(() => bind({ requirementsFile: saved(`# ${line}\n`) })).not.toThrow();
  });

  test.each(['pipPackages', 'condaPackages'])('fails for %s that repeat, are too many, or known too late', (prop) => {
    const many = Array.from({ length: 201 }, (_, index) => `package-${index}`);

    expect(() => bind({ [prop]: ['numpy', 'numpy'] })).toThrow(
      `'${prop}' must be a list without repetition, got: numpy`,
    );
    expect(() => bind({ [prop]: many })).toThrow(`'${prop}' must be a list of 0 to 200`);
    expect(() => bind({ [prop]: many.slice(1) })).not.toThrow();
    expect(() => bind({ [prop]: [Lazy.string({ produce: () => 'numpy' })] })).toThrow(
      `'${prop}[0]' must be known at synthesis, because notebooks get it in a file, got: a deploy-time value`,
    );
  });

  test.each(['', ' ', 'a\nb', 'a'.repeat(65)])('fails for a kernel named %p', (kernelName) => {
    expect(() => bind({ pipPackages: ['numpy'], kernelName })).toThrow(
      "'kernelName' must be 1 to 64 characters on one line, got: ",
    );
  });

  test('is nothing at all without packages', () => {
    expect(bindPackages(lifecycle, { pipPackages: [], condaPackages: [] })).toBeUndefined();
  });

  test('fails for a kernel without packages', () => {
    expect(() => bind({ kernelName: 'Team', pipPackages: [] })).toThrow(
      "Stack/Lifecycle: 'kernelName' must be left out unless 'pipPackages', 'condaPackages' or 'requirementsFile' says what is in it, got: Team",
    );
  });

  function saved(content: string | Buffer): string {
    const file = path.join(fs.mkdtempSync(path.join(folder, 'file-')), 'requirements.txt');
    fs.writeFileSync(file, content);
    return file;
  }

  function bind(options: PackageOptions): BoundFeature {
    return bindPackages(lifecycle, options) as BoundFeature;
  }
});
