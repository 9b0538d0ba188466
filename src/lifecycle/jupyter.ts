import * as fs from 'node:fs';
import { Duration } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { fail, requireDuration, requireKnown, requireList, requirePattern } from '../private/checks';
import { BoundFeature, LifecycleFeature } from './lifecycle-feature';
import { LifecyclePhase, LifecycleUser } from './lifecycle-step';

/** JupyterLab on notebooks. */
export interface JupyterOptions {
  /**
   * Theme, by the name in the menu, such as `JupyterLab Dark`, at most 100 characters.
   *
   * @default - The theme that JupyterLab comes with.
   */
  readonly theme?: string;

  /**
   * How often a changed notebook is saved: whole seconds from 10 to 3600.
   *
   * @default - JupyterLab saves every two minutes.
   */
  readonly autosaveInterval?: Duration;

  /**
   * Whether JupyterLab offers terminals. This is a convenience and no control: kernels run commands all the same.
   *
   * @default - As the platform has it: terminals are offered.
   */
  readonly terminals?: boolean;

  /**
   * File of the app with further settings of JupyterLab, at most 64 KiB, in the form of its `overrides.json`: a JSON object
   * of plugins, each with an object of settings. Users may set them otherwise. The props here win over it.
   *
   * @default - JupyterLab has the settings it comes with.
   * @see https://jupyterlab.readthedocs.io/en/stable/user/directories.html#overrides-json
   */
  readonly settingsFile?: string;

  /**
   * File of the app with further configuration of the Jupyter server, at most 64 KiB: a JSON object of classes, each with an
   * object of traits. What would open the server to others is refused.
   *
   * @default - The server has the configuration that the platform gives it.
   * @see https://jupyter-server.readthedocs.io/en/latest/other/full-config.html
   */
  readonly serverConfigFile?: string;

  /**
   * Extensions to install beside JupyterLab at each start, as `name==version`, at most 20. They must be prebuilt wheels and
   * reachable through the package index; one that would change a package of the platform is refused. The notebook
   * waits for them, usually less than a minute and never more than three, and starts without those that fail.
   *
   * @default - The extensions of the platform.
   */
  readonly extensions?: string[];
}

interface JsonObject {
  readonly [key: string]: unknown;
}

const EXTENSION = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,98}[A-Za-z0-9])?==[0-9][A-Za-z0-9.!+_-]{0,63}$/;

/** What may be said of the server itself. All else could open it to others, or cut it off from SageMaker. */
const SERVER_TRAITS =
  /^(terminals_enabled|jpserver_extensions|max_body_size|max_buffer_size|limit_rate|(iopub|rate_limit)_\w+|rate_limit_window|shutdown_no_activity_timeout|reraise_server_extension_failures|contents_manager_class|kernel_spec_manager_class|session_manager_class)$/;

/** Classes by which somebody gets in, and those whose traits the server inherits. */
const GUARDED_CLASSES =
  /(IdentityProvider|Authorizer|Authenticator|LoginHandler)|^(JupyterApp|Application|SingletonConfigurable|LoggingConfigurable|Configurable|Gateway\w*)$/;

/** Traits by which other classes listen, or are told whom to trust. */
const GUARDED_TRAITS = /^(ip|transport|token|password|hashed_password|allow_origin\w*|host_allowlist)$/;

/** Settings of JupyterLab and its server, and extensions beside it. */
export function bindJupyter(scope: IConstruct, options: JupyterOptions): BoundFeature {
  const extensions = options.extensions ?? [];
  requireExtensions(scope, extensions);
  return {
    name: LifecycleFeature.JUPYTER,
    user: LifecycleUser.ROOT,
    phase: LifecyclePhase.BLOCKING,
    timeoutSeconds: extensions.length > 0 ? 180 : 30,
    settings: { extensions },
    files: {
      'settings.json': JSON.stringify(labSettings(scope, options)),
      'server.json': JSON.stringify(serverConfig(scope, options)),
    },
  };
}

function labSettings(scope: IConstruct, { settingsFile, theme, autosaveInterval }: JupyterOptions): JsonObject {
  const settings = new Map(Object.entries(readJson(scope, 'jupyter.settingsFile', settingsFile)));
  const set = (plugin: string, values: JsonObject) => {
    settings.set(plugin, { ...settings.get(plugin), ...values });
  };
  if (theme !== undefined) {
    requireKnown(scope, 'jupyter.theme', theme, 'notebooks get it in a file');
    requirePattern(scope, 'jupyter.theme', theme, /^\P{Cc}{1,100}$/u, 'the name of a theme, of 1 to 100 characters');
    set('@jupyterlab/apputils-extension:themes', { theme });
  }
  if (autosaveInterval !== undefined) {
    if (autosaveInterval.isUnresolved()) {
      const rule = 'known at synthesis, because notebooks get it in a file';
      fail(scope, 'jupyter.autosaveInterval', rule, autosaveInterval);
    }
    requireDuration(scope, 'jupyter.autosaveInterval', autosaveInterval, 'seconds', 10, 3_600);
    set('@jupyterlab/docmanager-extension:plugin', { autosaveInterval: autosaveInterval.toSeconds() });
  }
  return Object.fromEntries(settings);
}

function serverConfig(scope: IConstruct, { serverConfigFile, terminals }: JupyterOptions): JsonObject {
  const prop = 'jupyter.serverConfigFile';
  const config = readJson(scope, prop, serverConfigFile);
  for (const [name, traits] of Object.entries(config)) {
    for (const trait of Object.keys(traits)) {
      requireHarmless(scope, prop, name, trait);
    }
  }
  return terminals === undefined
    ? config
    : { ...config, ServerApp: { ...config.ServerApp, terminals_enabled: terminals } };
}

function requireHarmless(scope: IConstruct, prop: string, name: string, trait: string): void {
  if (name === 'NotebookApp') {
    fail(scope, prop, 'free of NotebookApp, which JupyterLab 4 does not read; use ServerApp', `${name}.${trait}`);
  }
  const isHarmless = name === 'ServerApp' ? SERVER_TRAITS.test(trait) : !GUARDED_TRAITS.test(trait);
  if (!isHarmless || GUARDED_CLASSES.test(name)) {
    fail(scope, prop, 'free of what decides who reaches the server and how; leave it out', `${name}.${trait}`);
  }
}

function requireExtensions(scope: IConstruct, extensions: string[]): void {
  extensions.forEach((extension, index) => {
    const prop = `jupyter.extensions[${index}]`;
    requireKnown(scope, prop, extension, 'it is pinned in the bundle');
    requirePattern(
      scope,
      prop,
      extension,
      EXTENSION,
      'a package with its exact version, such as jupyterlab-lsp==5.2.0',
    );
  });
  const names = extensions.map((extension) =>
    extension
      .split('==')[0]
      .toLowerCase()
      .replace(/[-_.]+/g, '-'),
  );
  requireList(scope, 'jupyter.extensions', names, 0, 20);
}

/** A JSON object of objects, or an empty one where no file is given. */
function readJson(scope: IConstruct, prop: string, file: string | undefined): { [key: string]: JsonObject } {
  if (file === undefined) {
    return {};
  }
  const rule = 'the path of a file of at most 64 KiB with a JSON object of objects';
  const content = parse(file);
  if (!isObject(content) || !Object.values(content).every(isObject)) {
    fail(scope, prop, rule, file);
  }
  return content as { [key: string]: JsonObject };
}

function parse(file: string): unknown {
  try {
    const text = fs.readFileSync(file, 'utf8');
    return Buffer.byteLength(text) > 65_536 ? undefined : JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
