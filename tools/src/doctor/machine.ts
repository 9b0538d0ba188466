import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { Diagnosis, ok, problem, skipped, warning } from './diagnosis';

/** The lowest CLI that the library is tested with: COMPATIBILITY.md. */
const LOWEST_CLI = [2, 1148, 1] as const;
const INSTALL_CLI = 'npm install --save-dev aws-cdk@~2.1148.1';

/** The oldest version of Node.js that its makers mend: https://github.com/nodejs/release#release-schedule */
const MAINTAINED = 22;

/** A build of 2025 that npm has as `latest` in some places, and that reads no assembly of today. */
const STRAY_CLI = /^3\.0\.0\b/;

const WINDOWS = process.platform === 'win32';

/** Whether this Node.js is one that the command and the CDK run on. */
export function checkNode(version = process.versions.node): Diagnosis {
  const { engines } = JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8'));
  const lowest: string = engines.node.replace(/[^\d.]/g, '');
  if (!isAtLeast(version, lowest.split('.').map(Number))) {
    return problem('Node.js', version, `install Node.js ${MAINTAINED}: https://nodejs.org`);
  }
  return isAtLeast(version, [MAINTAINED, 0, 0])
    ? ok('Node.js', version)
    : warning(
        'Node.js',
        `${version}, which is no longer maintained`,
        `install Node.js ${MAINTAINED}: https://nodejs.org`,
      );
}

/** Whether the CLI of the CDK that `npx cdk` runs in a folder can read the assemblies of the library. */
export function checkCli(folder: string, path = process.env.PATH): Diagnosis {
  const said = versionSaid(folder, path);
  if (said === undefined) {
    return problem('CDK CLI', 'not installed', INSTALL_CLI);
  }
  const version = /^\d+\.\d+\.\d+/.exec(said)?.[0];
  if (version === undefined) {
    return problem('CDK CLI', `says '${said}' instead of a version`, INSTALL_CLI);
  }
  if (STRAY_CLI.test(version)) {
    return problem('CDK CLI', `${version}, an old build that cannot read assemblies of today`, INSTALL_CLI);
  }
  return isAtLeast(version, LOWEST_CLI)
    ? ok('CDK CLI', version)
    : problem('CDK CLI', `${version}, older than ${LOWEST_CLI.join('.')}`, INSTALL_CLI);
}

/** Whether the program that runs the app, such as `python3` or `mvn`, is there. */
export function checkApp(folder: string, path = process.env.PATH): Diagnosis {
  const file = join(folder, 'cdk.json');
  if (!existsSync(file)) {
    return skipped('App', `no cdk.json in ${folder}: this is not the folder of an app`);
  }
  const app = commandIn(file);
  if (app === undefined) {
    return problem(
      'App',
      `${file} names no app`,
      'write into it how the app runs, such as { "app": "python3 app.py" }',
    );
  }
  const program = programOf(app);
  return find(program, folder, path) === undefined
    ? problem('App', `${program} of '${app}' is not installed`, `install ${program}, or change 'app' in cdk.json`)
    : ok('App', app);
}

/** Whether the app was synthesized, so that more can be checked. */
export function checkAssembly(folder: string): Diagnosis {
  return existsSync(join(folder, 'manifest.json'))
    ? ok('Assembly', folder)
    : warning('Assembly', `there is none in ${folder}`, 'npx cdk synth');
}

function versionSaid(folder: string, path: string | undefined): string | undefined {
  const cli = find('cdk', folder, path);
  if (cli === undefined) {
    return undefined;
  }
  const { stdout, status } = spawnSync(WINDOWS ? `"${cli}"` : cli, ['--version'], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 30_000,
    shell: WINDOWS,
    env: { ...process.env, CI: 'true' },
  });
  return status === 0 ? stdout.trim() : '';
}

/** The first word of a command that is no assignment of a variable, such as `node` in `DEBUG=1 "node" app.js`. */
function programOf(command: string): string {
  const words = command.match(/"[^"]*"|'[^']*'|\S+/g) ?? [];
  const first = words.find((word) => !/^[A-Za-z_]\w*=/.test(word)) ?? '';
  return first.replace(/^(["'])(.*)\1$/, '$2');
}

/** A program of the packages around a folder, else of the system; what has a path stands there. */
function find(program: string, folder: string, path = ''): string | undefined {
  if (/[/\\]/.test(program)) {
    const file = resolve(folder, program);
    return existsSync(file) ? file : undefined;
  }
  const names = WINDOWS ? [`${program}.cmd`, `${program}.exe`, program] : [program];
  return [...binFolders(resolve(folder)), ...path.split(delimiter).filter(Boolean)]
    .flatMap((place) => names.map((name) => join(place, name)))
    .find((file) => existsSync(file));
}

function binFolders(folder: string): string[] {
  const above = dirname(folder);
  return [join(folder, 'node_modules', '.bin'), ...(above === folder ? [] : binFolders(above))];
}

function commandIn(file: string): string | undefined {
  try {
    const { app } = JSON.parse(readFileSync(file, 'utf8'));
    return typeof app === 'string' && app.trim() !== '' ? app.trim() : undefined;
  } catch {
    return undefined;
  }
}

function isAtLeast(version: string, lowest: readonly number[]): boolean {
  const parts = version.split('.').map(Number);
  const different = lowest.findIndex((part, index) => part !== parts[index]);
  return different === -1 || parts[different] > lowest[different];
}
