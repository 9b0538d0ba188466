import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, Aws, BootstraplessSynthesizer, DefaultStackSynthesizer, Duration, Stack } from 'aws-cdk-lib';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { Construct } from 'constructs';
import {
  bindEnvironment,
  Hook,
  IdleSettings,
  idleSettings,
  LifecycleFeature,
  LifecyclePhase,
  LifecycleStep,
  RenderedFeature,
  RenderedStep,
  renderFeature,
  StepBundle,
  StepFailure,
} from '../../src/lifecycle';

const IDLE = idleSettings(new Stack(), Duration.hours(1)) as IdleSettings;

interface Content {
  readonly start?: LifecycleStep[];
  readonly create?: LifecycleStep[];
  readonly features?: RenderedFeature[];
  readonly idle?: IdleSettings;
}

describe('StepBundle', () => {
  const hello = LifecycleStep.script('hello', 'echo hello');
  const guard = LifecycleStep.script('guard', 'test -e /etc/guard', {
    phase: LifecyclePhase.BLOCKING,
    onFailure: StepFailure.STOP,
  });

  test('holds the runner, the idle check, the manifest and one numbered file per step', () => {
    const files = filesOf(bundled({ start: [guard, hello], create: [hello], idle: IDLE }).folder);

    expect([...files.keys()]).toEqual([
      'activity.py',
      'environments.py',
      'feature.py',
      'features/__init__.py',
      'idle_stop.py',
      'instance.py',
      'journal.py',
      'manifest.json',
      'notice.py',
      'run.py',
      'steps/create-00-hello.sh',
      'steps/start-00-guard.sh',
      'steps/start-01-hello.sh',
      'usage.py',
    ]);
    expect(files.get('steps/start-01-hello.sh')?.toString()).toBe('#!/bin/bash\necho hello\n');
  });

  test('tells the runner all about the steps, in the order they were given, without their text', () => {
    const files = filesOf(bundled({ start: [hello, guard], create: [hello], idle: IDLE }).folder);

    const background = { phase: 'background', user: 'ec2-user', timeoutSeconds: 3600, onFailure: 'continue' };
    const blocking = { phase: 'blocking', user: 'ec2-user', timeoutSeconds: 60, onFailure: 'fail' };
    expect(JSON.parse(String(files.get('manifest.json')))).toEqual({
      version: 2,
      budgetSeconds: 240,
      steps: [
        { name: 'hello', ...background, hook: 'create', file: 'steps/create-00-hello.sh' },
        { name: 'hello', ...background, hook: 'start', file: 'steps/start-00-hello.sh' },
        { name: 'guard', ...blocking, hook: 'start', file: 'steps/start-01-guard.sh' },
      ],
      values: [],
      idle: IDLE,
    });
  });

  test('holds every file that one of its own imports', () => {
    const files = filesOf(bundled({ start: [hello], idle: IDLE }).folder);
    const imported = [...files]
      .filter(([name]) => name.endsWith('.py'))
      .flatMap(([, content]) =>
        [...String(content).matchAll(/^\s*(?:from|import) (\w+)/gm)].map(([, name]) => `${name}.py`),
      );

    const ours = fs.readdirSync(path.join(__dirname, '..', '..', 'assets', 'notebook', 'lifecycle'));
    const needed = new Set(imported.filter((name) => ours.includes(name)));
    expect(needed.size).toBeGreaterThan(4);
    expect([...files.keys()]).toEqual(expect.arrayContaining([...needed]));
  });

  describe('with features', () => {
    const variables = { A: 'a' };
    const feature = (settings: { [key: string]: unknown }, required: LifecycleFeature[] = []) =>
      renderFeature({ ...bindEnvironment(new Stack(), variables, {}), settings }, required);

    test('has their scripts and files, and runs them at start, before the steps', () => {
      const files = { 'a/b.pem': Buffer.from([0, 255]), 'c.txt': 'ü' };
      const { folder } = bundled({ start: [hello], features: [{ ...feature({ variables }), files }] });

      const content = filesOf(folder);
      expect([...content.keys()]).toEqual(
        expect.arrayContaining(['features/environment.py', 'files/environment/a/b.pem', 'files/environment/c.txt']),
      );
      expect(content.get('files/environment/a/b.pem')).toEqual(Buffer.from([0, 255]));
      expect(JSON.parse(String(content.get('manifest.json'))).steps).toEqual([
        {
          name: 'environment',
          phase: 'blocking',
          user: 'root',
          timeoutSeconds: 30,
          onFailure: 'continue',
          hook: 'start',
          file: 'feature.py',
          settings: { variables },
        },
        expect.objectContaining({ name: 'hello' }),
      ]);
    });

    test('keeps deploy-time values out of the file and gives them as tags', () => {
      const bundle = bundled({ features: [feature({ buckets: [{ name: Aws.STACK_ID }, Aws.STACK_ID, 'plain'] })] });

      const manifest = JSON.parse(String(filesOf(bundle.folder).get('manifest.json')));
      const value = { $value: 'ml-setting-0' };
      expect(manifest.steps[0].settings).toEqual({ buckets: [{ name: value }, value, 'plain'] });
      expect(manifest.values).toEqual(['ml-setting-0']);
      expect(bundle.tags).toEqual([{ key: 'ml-setting-0', value: { Ref: 'AWS::StackId' } }]);
    });

    test('leaves no notebook that starts without one that is required', () => {
      const required = bundled({ features: [feature({}, [LifecycleFeature.ENVIRONMENT])] });
      const wanted = bundled({ features: [feature({}, [LifecycleFeature.PROXY])] });

      expect(required.script).toContain("on_error='fail'");
      expect(wanted.script).toContain("on_error='continue'");
    });
  });

  test('is checked by a digest over the names and contents of what is uploaded', () => {
    const { script, folder } = bundled({ start: [hello, guard], create: [hello], idle: IDLE });

    const sha256 = (content: Buffer | string) => createHash('sha256').update(content).digest('hex');
    const lines = [...filesOf(folder)].map(([name, content]) => `${sha256(content)}  ${name}\n`);
    expect(script).toContain(`digest='${sha256(lines.join(''))}'`);
  });

  test('runs a script that is literal but for bucket, key, region, account, digest and hook', () => {
    const one = bundled({ start: [LifecycleStep.script('secret-plan', 'echo "$(do evil)"')], idle: IDLE });
    const two = bundled({ start: [hello] });

    const literal = (script: string) => script.replace(/^(bucket|digest)=.*$/gm, '$1');
    expect(literal(one.script)).toBe(literal(two.script));
    expect(one.script).not.toMatch(/secret-plan|evil|@@/);
    expect(one.script).toMatch(/^#!\/bin\/bash\n/);
  });

  test('runs a script that SageMaker takes, with a bucket name as long as S3 allows', () => {
    const { script } = bundled({ start: [guard] }, { fileAssetsBucketName: 'b'.repeat(63) });

    expect(Buffer.from(script).toString('base64').length).toBeLessThan(16_384 / 4);
  });

  test('fetches exactly the object that its role may read', () => {
    const { script, resource, folder } = bundled({ start: [hello] });

    const key = `${path.basename(folder).replace('asset.', '')}.zip`;
    expect(script).toContain(`key='${key}'`);
    expect(resource).toMatch(new RegExp(`/${key}$`));
    expect(resource).not.toContain('*');
  });

  test.each<[string, LifecycleStep[], LifecycleStep[], Hook, string]>([
    ['starts, if no step insists', [hello], [guard], 'start', 'continue'],
    ['does not start, if one insists', [hello, guard], [], 'start', 'fail'],
    ['is created, if only one at start insists', [guard], [hello], 'create', 'continue'],
  ])('that cannot be fetched leaves a notebook that %s', (_, start, create, hook, expected) => {
    const { script } = bundled({ start, create }, {}, hook);

    expect(script).toContain(`hook='${hook}' on_error='${expected}'`);
  });

  test('has the same name wherever it is defined, and another one for other content', () => {
    const name = (content: Content, id?: string) => path.basename(bundled(content, {}, 'start', id).folder);

    expect(name({ start: [hello] }, 'Here')).toBe(name({ start: [hello] }, 'There'));
    expect(name({ start: [hello] })).not.toBe(name({ start: [LifecycleStep.script('hello', 'echo bye')] }));
  });

  test('leaves nothing behind in the folder for temporary files', () => {
    const made = jest.spyOn(jest.requireActual<typeof fs>('node:fs'), 'mkdtempSync');

    bundled({ start: [hello] });

    const folders = made.mock.results.map(({ value }) => String(value)).filter((name) => name.includes('ml-infra-'));
    made.mockRestore();
    expect(folders).toHaveLength(1);
    expect(fs.existsSync(folders[0])).toBe(false);
  });

  test('fails without a bucket for assets, in our words', () => {
    const stack = new Stack(undefined, 'Team', { synthesizer: new BootstraplessSynthesizer() });

    expect(() => bundle(stack, { start: [hello] })).toThrow(
      "Team/Lifecycle: 'shared' must be used in a stack whose synthesizer has a bucket for assets, to deliver scripts from, got: BootstraplessSynthesizer",
    );
  });
});

/** Synthesizes a bundle, and gives what came of it: the script that SageMaker runs, the object, the files. */
function bundled(content: Content, synthesizer = {}, hook: Hook = 'start', id = 'Team') {
  const app = new App({ defaultStackSynthesizer: new DefaultStackSynthesizer(synthesizer) });
  const stack = new Stack(app, id, { env: { account: '111111111111', region: 'eu-central-1' } });
  const { script, statement, tags } = bundle(stack, content, hook);
  const texts = [stack.resolve(script)['Fn::Base64'], stack.resolve(statement.resources[0])].map(joined);
  return { script: texts[0], resource: texts[1], folder: assetFolder(app.synth()), tags: stack.resolve(tags) };
}

function bundle(stack: Stack, content: Content, hook: Hook = 'start') {
  const scope = new Construct(stack, 'Lifecycle');
  const render = (steps: LifecycleStep[] = []): RenderedStep[] => steps.map((step) => step._render(scope, 'steps'));
  const steps = { start: render(content.start), create: render(content.create) };
  const made = new StepBundle(scope, 'Bundle', { steps, features: content.features ?? [], idle: content.idle });
  return { script: made.script(hook), statement: made.readStatement(), tags: made.valueTags };
}

function joined(value: string | { 'Fn::Join': [string, unknown[]] }): string {
  return typeof value === 'string'
    ? value
    : value['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join('');
}

function assetFolder(assembly: CloudAssembly): string {
  const [name] = fs.readdirSync(assembly.directory).filter((file) => file.startsWith('asset.'));
  return path.join(assembly.directory, name);
}

/** The files of a folder by name, sorted by bytes. */
function filesOf(folder: string): Map<string, Buffer> {
  const names = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return new Map(
    names
      .filter((name) => fs.statSync(path.join(folder, name)).isFile())
      .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
      .map((name) => [name, fs.readFileSync(path.join(folder, name))]),
  );
}
