import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App, Duration, Lazy, Stack, Token } from 'aws-cdk-lib';
import { bindJupyter, JupyterOptions } from '../../src/lifecycle/jupyter';

describe('jupyter', () => {
  const stack = new Stack(new App(), 'Team');
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'jupyter-'));
  const bind = (options: JupyterOptions) => bindJupyter(stack, options);

  afterAll(() => fs.rmSync(folder, { recursive: true }));

  test('changes nothing that is not asked for', () => {
    expect(bind({})).toEqual({
      name: 'jupyter',
      user: 'root',
      phase: 'blocking',
      timeoutSeconds: 30,
      settings: { extensions: [] },
      files: { 'settings.json': '{}', 'server.json': '{}' },
    });
  });

  test('sets a theme and how often is saved, over what a file says and beside the rest of it', () => {
    const settingsFile = file({
      '@jupyterlab/apputils-extension:themes': { theme: 'JupyterLab Light', 'adaptive-theme': true },
      'a:plugin': { $value: 'stays data' },
    });

    expect(settings({ settingsFile, theme: 'JupyterLab Dark', autosaveInterval: Duration.minutes(1) })).toEqual({
      '@jupyterlab/apputils-extension:themes': { theme: 'JupyterLab Dark', 'adaptive-theme': true },
      '@jupyterlab/docmanager-extension:plugin': { autosaveInterval: 60 },
      'a:plugin': { $value: 'stays data' },
    });
  });

  test.each([true, false])('offers terminals or not: %s', (terminals) => {
    const serverConfigFile = file({ ServerApp: { max_body_size: 1 }, LabApp: { news_url: null } });

    expect(server({ serverConfigFile, terminals })).toEqual({
      ServerApp: { max_body_size: 1, terminals_enabled: terminals },
      LabApp: { news_url: null },
    });
  });

  test('takes a file with the mark that some editors put at its beginning', () => {
    expect(settings({ settingsFile: text('\uFEFF{"a:b": {"c": 1}}') })).toEqual({ 'a:b': { c: 1 } });
  });

  test('has time for extensions', () => {
    const bound = bind({ extensions: ['jupyter-server-proxy==4.6.0', 'Lab.X==1.0rc1'] });

    expect(bound.settings).toEqual({ extensions: ['jupyter-server-proxy==4.6.0', 'Lab.X==1.0rc1'] });
    expect(bound.timeoutSeconds).toBe(180);
  });

  test.each(['{', '[]', '1', 'null', '{"a": 1}', '{"a": []}', `{"a": {"b": "${'c'.repeat(65_536)}"}}`])(
    'refuses a file with %.20s',
    (content) => {
      const bad = text(content);
      const rule = 'must be the path of a file of at most 64 KiB with a JSON object of objects';

      expect(() => bind({ settingsFile: bad })).toThrow(`Team: 'jupyter.settingsFile' ${rule}, got: ${bad}`);
      expect(() => bind({ serverConfigFile: bad })).toThrow(`Team: 'jupyter.serverConfigFile' ${rule}, got: ${bad}`);
    },
  );

  test('refuses a file that is not there', () => {
    expect(() => bind({ settingsFile: '/gone.json' })).toThrow(
      "Team: 'jupyter.settingsFile' must be the path of a file of at most 64 KiB with a JSON object of objects, got: /gone.json",
    );
  });

  test.each([
    ['ServerApp', 'ip'],
    ['ServerApp', 'port'],
    ['ServerApp', 'token'],
    ['ServerApp', 'password'],
    ['ServerApp', 'allow_origin'],
    ['ServerApp', 'allow_origin_pat'],
    ['ServerApp', 'allow_credentials'],
    ['ServerApp', 'allow_remote_access'],
    ['ServerApp', 'allow_root'],
    ['ServerApp', 'allow_unauthenticated_access'],
    ['ServerApp', 'disable_check_xsrf'],
    ['ServerApp', 'certfile'],
    ['ServerApp', 'keyfile'],
    ['ServerApp', 'ssl_options'],
    ['ServerApp', 'tornado_settings'],
    ['ServerApp', 'base_url'],
    ['ServerApp', 'identity_provider_class'],
    ['ServerApp', 'authorizer_class'],
    ['ServerApp', 'sock'],
    ['ServerApp', 'trait_of_tomorrow'],
    ['JupyterApp', 'ip'],
    ['JupyterApp', 'answer_yes'],
    ['SingletonConfigurable', 'log_level'],
    ['IdentityProvider', 'cookie_name'],
    ['PasswordIdentityProvider', 'allow_password_change'],
    ['AllowAllAuthorizer', 'x'],
    ['GatewayClient', 'url'],
    ['KernelManager', 'ip'],
    ['KernelManager', 'transport'],
    ['ServerProxy', 'host_allowlist'],
  ])('never opens the server by %s.%s', (name, trait) => {
    expect(() => bind({ serverConfigFile: file({ [name]: { [trait]: 'x' } }) })).toThrow(
      `Team: 'jupyter.serverConfigFile' must be free of what decides who reaches the server and how; leave it out, got: ${name}.${trait}`,
    );
  });

  test('names the class that took the place of NotebookApp', () => {
    expect(() => bind({ serverConfigFile: file({ NotebookApp: { terminals_enabled: false } }) })).toThrow(
      "Team: 'jupyter.serverConfigFile' must be free of NotebookApp, which JupyterLab 4 does not read; use ServerApp, got: NotebookApp.terminals_enabled",
    );
  });

  test.each([
    { ServerApp: { jpserver_extensions: { jupyterlab_git: false } } },
    { ServerApp: { iopub_data_rate_limit: 1e7, rate_limit_window: 3, shutdown_no_activity_timeout: 60 } },
    { MappingKernelManager: { cull_idle_timeout: 600 } },
    { FileContentsManager: { delete_to_trash: false } },
  ])('takes the harmless %j', (config) => {
    expect(server({ serverConfigFile: file(config) })).toEqual(config);
  });

  test.each([
    'a',
    'a>=1',
    'a==1.*',
    'a==1 --index-url=x',
    '-r==1',
    'a==1\n',
    'git+https://x==1',
    '',
    'a[b]==1',
    'a==$(id)',
  ])('refuses the extension %j', (extension) => {
    expect(() => bind({ extensions: [extension] })).toThrow(
      "Team: 'jupyter.extensions[0]' must be a package with its exact version, such as jupyterlab-lsp==5.2.0, got: ",
    );
  });

  test('refuses an extension twice, however it is spelt, and more than twenty', () => {
    expect(() => bind({ extensions: ['Lab_X==1', 'lab.x==2'] })).toThrow(
      "Team: 'jupyter.extensions' must be a list without repetition, got: lab-x",
    );
    expect(() => bind({ extensions: Array.from({ length: 21 }, (_, index) => `p${index}==1`) })).toThrow(
      "Team: 'jupyter.extensions' must be a list of 0 to 20, got: ",
    );
  });

  test.each([Duration.seconds(9), Duration.seconds(3601), Duration.millis(10_500)])(
    'refuses to save every %s',
    (autosaveInterval) => {
      expect(() => bind({ autosaveInterval })).toThrow(
        "Team: 'jupyter.autosaveInterval' must be a whole number of seconds from 10 to 3600, got: ",
      );
    },
  );

  test('refuses a theme without a name, and what is known only at deployment', () => {
    const token = Token.asString({ Ref: 'X' });
    const later = Duration.seconds(Lazy.number({ produce: () => 60 }));

    expect(() => bind({ theme: '' })).toThrow("'jupyter.theme' must be the name of a theme, of 1 to 100 characters");
    expect(() => bind({ theme: token })).toThrow("'jupyter.theme' must be known at synthesis");
    expect(() => bind({ extensions: [token] })).toThrow("'jupyter.extensions[0]' must be known at synthesis");
    expect(() => bind({ autosaveInterval: later })).toThrow(
      "Team: 'jupyter.autosaveInterval' must be known at synthesis, because notebooks get it in a file, got: ",
    );
  });

  function text(content: string): string {
    const name = path.join(folder, `${fs.readdirSync(folder).length}.json`);
    fs.writeFileSync(name, content);
    return name;
  }

  function file(content: object): string {
    return text(JSON.stringify(content));
  }

  function settings(options: JupyterOptions) {
    return JSON.parse(String(bind(options).files?.['settings.json']));
  }

  function server(options: JupyterOptions) {
    return JSON.parse(String(bind(options).files?.['server.json']));
  }
});
