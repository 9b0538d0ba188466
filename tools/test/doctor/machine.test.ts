import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkApp, checkAssembly, checkCli, checkNode } from '../../src/doctor/machine';
import { temporaryFolder } from '../command';

const INSTALL = 'npm install --save-dev aws-cdk@~2.1148.1';

describe('Node.js', () => {
  test.each([['20.16.0'], ['20.17.0'], ['21.9.0']])('%s runs, and is no longer maintained', (version) => {
    expect(checkNode(version)).toMatchObject({ state: 'warning', remedy: expect.stringContaining('22') });
  });

  test.each([['22.0.0'], ['22.1.0'], ['100.0.0']])('%s is new enough', (version) => {
    expect(checkNode(version)).toEqual({ check: 'Node.js', state: 'ok', found: version });
  });

  test.each([['20.15.1'], ['18.20.4'], ['9.99.99']])('%s is too old', (version) => {
    expect(checkNode(version)).toMatchObject({ state: 'problem', remedy: expect.stringContaining('install Node.js') });
  });
});

describe('the CLI of the CDK', () => {
  test.each([
    ['2.1148.1 (build fcf5e34)', 'ok', '2.1148.1'],
    ['2.1149.0 (build 1)', 'ok', '2.1149.0'],
    ['2.1147.9 (build 1)', 'problem', '2.1147.9, older than 2.1148.1'],
    ['3.0.0 (build 1)', 'problem', '3.0.0, an old build that cannot read assemblies of today'],
    ['no version', 'problem', "says 'no version' instead of a version"],
  ])('says %s: %s', (says, state, found) => {
    const folder = temporaryFolder();
    program(join(folder, 'node_modules', '.bin'), 'cdk', `echo '${says}'`);

    expect(checkCli(folder)).toEqual({
      check: 'CDK CLI',
      state,
      found,
      ...(state === 'problem' && { remedy: INSTALL }),
    });
  });

  test('is found in a folder above, and before that of the system', () => {
    const folder = temporaryFolder();
    const app = join(folder, 'packages', 'app');
    mkdirSync(app, { recursive: true });
    program(join(folder, 'node_modules', '.bin'), 'cdk', 'echo 2.1150.0');
    program(join(folder, 'system'), 'cdk', 'echo 2.1.0');

    expect(checkCli(app, join(folder, 'system')).found).toBe('2.1150.0');
    expect(checkCli(temporaryFolder(), join(folder, 'system')).found).toContain('2.1.0');
  });

  test('is missed where it is not installed', () => {
    expect(checkCli(temporaryFolder(), '')).toEqual({
      check: 'CDK CLI',
      state: 'problem',
      found: 'not installed',
      remedy: INSTALL,
    });
  });

  test('is a problem where it fails', () => {
    const folder = temporaryFolder();
    program(join(folder, 'node_modules', '.bin'), 'cdk', 'exit 1');

    expect(checkCli(folder)).toMatchObject({ state: 'problem', remedy: INSTALL });
  });
});

describe('the app', () => {
  const appWith = (text: string) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'cdk.json'), text);
    program(join(folder, 'system'), 'python3', 'exit');
    return checkApp(folder, join(folder, 'system'));
  };

  test('runs with a program that is there', () => {
    expect(appWith('{ "app": "python3 app.py" }')).toMatchObject({ state: 'ok', found: 'python3 app.py' });
  });

  test.each(['FOO=1 BAR=2 python3 app.py', '"python3" app.py', "'python3' app.py"])('runs by %s', (app) => {
    expect(appWith(JSON.stringify({ app }))).toMatchObject({ state: 'ok', found: app });
  });

  test('runs with a program of its own, or of a path', () => {
    const folder = temporaryFolder();
    program(join(folder, '.venv', 'bin'), 'python', 'exit');
    const check = (app: string) => {
      writeFileSync(join(folder, 'cdk.json'), JSON.stringify({ app }));
      return checkApp(folder, '').state;
    };

    expect(check('.venv/bin/python app.py')).toBe('ok');
    expect(check(`${join(folder, '.venv', 'bin', 'python')} app.py`)).toBe('ok');
    expect(check('./run.sh')).toBe('problem');
  });

  test('names the program that is missing', () => {
    expect(appWith('{ "app": "mvn -q compile exec:java" }')).toMatchObject({
      state: 'problem',
      found: "mvn of 'mvn -q compile exec:java' is not installed",
      remedy: "install mvn, or change 'app' in cdk.json",
    });
  });

  test.each([['{}'], ['{ "app": 3 }'], ['{ "app": " " }'], ['not JSON']])('is not said in %s', (text) => {
    expect(appWith(text)).toMatchObject({ state: 'problem', remedy: expect.stringContaining('"app"') });
  });

  test('is skipped outside the folder of one', () => {
    expect(checkApp(temporaryFolder())).toMatchObject({ state: 'skipped' });
  });
});

test('an assembly that is not there comes from cdk synth', () => {
  const folder = temporaryFolder();

  expect(checkAssembly(folder)).toMatchObject({ state: 'warning', remedy: 'npx cdk synth' });
  writeFileSync(join(folder, 'manifest.json'), '{}');
  expect(checkAssembly(folder)).toMatchObject({ state: 'ok' });
});

function program(folder: string, name: string, script: string): void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
}
