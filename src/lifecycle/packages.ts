import { IConstruct } from 'constructs';
import { fail, requireKnown, requireList, requirePattern } from '../private/checks';
import { readText } from './certificates';
import { BoundFeature, LifecycleFeature } from './lifecycle-feature';
import { LifecyclePhase, LifecycleUser } from './lifecycle-step';
import { withoutCredentials } from './proxy';

/** What goes into the environment of packages. */
export interface PackageOptions {
  /**
   * Packages that pip installs into an environment of their own on the volume, at most 200. Each is a requirement on one
   * line of at most 499 characters, such as `polars==1.30.0`; pin versions, since the environment is built anew only when
   * the list changes. The index must be reachable: a base has no internet access, so give a `packageIndex`.
   *
   * @default - No package of pip, unless `requirementsFile` names some.
   */
  readonly pipPackages?: string[];

  /**
   * Packages that conda installs into that environment, at most 200, each on one line of at most 199 characters. With any,
   * conda makes the environment, also its Python. The channels must be reachable.
   *
   * @default - The environment is made by `venv`, with the Python of the platform.
   */
  readonly condaPackages?: string[];

  /**
   * File of the app with requirements of pip, in UTF-8; with hashes if you like. Its options may be about indexes, binaries
   * and hashes alone, because other files are not delivered. It must not hold credentials.
   *
   * @default - `pipPackages` are all that pip installs.
   */
  readonly requirementsFile?: string;

  /**
   * Name under which JupyterLab offers the kernel with these packages: 1 to 64 characters.
   *
   * @default 'Python (packages)'
   */
  readonly kernelName?: string;
}

const MOST_PACKAGES = 200;
const CREDENTIALS = /\/\/[^/\s]*@/;
const PIP = /^[A-Za-z0-9][^\p{Cc}]{0,498}$/u;
const CONDA = /^[A-Za-z0-9_][^\p{Cc}#'"]{0,198}$/u;
const OPTION =
  /^(-i|--(index-url|extra-index-url|no-index|no-binary|only-binary|prefer-binary|require-hashes|pre|use-feature))([ =]|$)/;

/** An environment on the volume with packages of the team, and the kernel that runs in it; nothing if none are named. */
export function bindPackages(scope: IConstruct, options: PackageOptions): BoundFeature | undefined {
  const { pipPackages = [], condaPackages = [], requirementsFile, kernelName = 'Python (packages)' } = options;
  const pipRule = 'a requirement on one line of at most 499 characters that begins with a letter or digit';
  requirePackages(scope, 'pipPackages', pipPackages, PIP, pipRule);
  const condaRule = 'a package on one line of at most 199 characters, without quotes and #';
  requirePackages(scope, 'condaPackages', condaPackages, CONDA, condaRule);
  requireKnown(scope, 'kernelName', kernelName, 'notebooks get it in a file');
  requirePattern(scope, 'kernelName', kernelName, /^(?=.*\S)\P{Cc}{1,64}$/u, '1 to 64 characters on one line');
  const requirements = requirementsFile === undefined ? undefined : readRequirements(scope, requirementsFile);
  if (pipPackages.length + condaPackages.length === 0 && requirements === undefined) {
    if (options.kernelName !== undefined) {
      const rule = "left out unless 'pipPackages', 'condaPackages' or 'requirementsFile' says what is in it";
      fail(scope, 'kernelName', rule, kernelName);
    }
    return undefined;
  }
  return {
    name: LifecycleFeature.PACKAGES,
    user: LifecycleUser.EC2_USER,
    phase: LifecyclePhase.BACKGROUND,
    timeoutSeconds: 3_600,
    settings: { pipPackages, condaPackages, requirementsFile: requirements !== undefined, kernelName },
    files: requirements === undefined ? {} : { 'requirements.txt': requirements },
  };
}

function requirePackages(scope: IConstruct, prop: string, packages: string[], pattern: RegExp, rule: string): void {
  requireList(scope, prop, packages, 0, MOST_PACKAGES);
  packages.forEach((line, index) => {
    requireKnown(scope, `${prop}[${index}]`, line, 'notebooks get it in a file');
    requirePattern(scope, `${prop}[${index}]`, line, pattern, rule);
    if (line !== line.trim() || line.endsWith('\\')) {
      fail(scope, `${prop}[${index}]`, 'without space around it and without a backslash at its end', line);
    }
    requireNoCredentials(scope, `${prop}[${index}]`, line);
  });
}

function readRequirements(scope: IConstruct, path: string): string {
  const text = readText(scope, 'requirementsFile', path);
  for (const line of text.replace(/\\\n/g, ' ').split('\n')) {
    const entry = line.replace(/(^|\s)#.*$/, '').trim();
    if (entry.startsWith('-') && !OPTION.test(entry)) {
      const rule = 'a file whose only options are about indexes, binaries and hashes; it is delivered alone';
      fail(scope, 'requirementsFile', rule, withoutCredentials(entry));
    }
    requireNoCredentials(scope, 'requirementsFile', entry);
  }
  return text;
}

function requireNoCredentials(scope: IConstruct, prop: string, line: string): void {
  if (CREDENTIALS.test(line)) {
    fail(scope, prop, "free of credentials, which 'packageIndex' takes as a secret", withoutCredentials(line));
  }
}
