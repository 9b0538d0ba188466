import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Aws, BootstraplessSynthesizer, CfnTag, Fn, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as assets from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { fail, requirePattern } from '../private/checks';
import { DeployTimeValues } from './deploy-time-values';
import { IdleSettings } from './idle-stop';
import { RenderedFeature } from './lifecycle-feature';
import { RenderedStep } from './lifecycle-step';

const SOURCES = path.join(__dirname, '..', '..', 'assets', 'notebook', 'lifecycle');
const RUNNER_FILES = [
  'run.py',
  'journal.py',
  'instance.py',
  'environments.py',
  'idle_stop.py',
  'activity.py',
  'usage.py',
  'notice.py',
  'feature.py',
  'features/__init__.py',
];

/** S3 delivers this well within the 14 seconds that an attempt has. */
const MOST_BYTES = 200 * 2 ** 20;

/** Seconds that all blocking steps share, out of the five minutes that SageMaker gives. */
const BLOCKING_BUDGET = 240;

type Content = string | Buffer;

/** When the scripts of a lifecycle configuration run. */
export type Hook = 'start' | 'create';

/** Properties of a `StepBundle`. */
export interface StepBundleProps {
  readonly steps: { readonly [hook in Hook]: RenderedStep[] };
  /** What runs at each start, before the steps. */
  readonly features: RenderedFeature[];
  readonly idle?: IdleSettings;
}

/**
 * The scripts of a lifecycle configuration as one file in the bucket of assets, which no notebook can write.
 *
 * What SageMaker runs is a short literal script (`assets/notebook/lifecycle/bootstrap.sh`) that fetches this file by
 * its hash, refuses it if a digest over its contents differs, and runs it. So scripts have any length, and a template
 * runs the same code for ever.
 */
export class StepBundle extends Construct {
  private readonly asset: assets.Asset;
  private readonly digest: string;
  private readonly values: DeployTimeValues;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: StepBundleProps,
  ) {
    super(scope, id);
    if (Stack.of(this).synthesizer instanceof BootstraplessSynthesizer) {
      fail(
        scope,
        'shared',
        'used in a stack whose synthesizer has a bucket for assets, to deliver scripts from',
        'BootstraplessSynthesizer',
      );
    }
    this.values = new DeployTimeValues(scope);
    const files = this.render();
    this.digest = digestOf(files);
    const size = [...files.values()].reduce((sum, content) => sum + Buffer.byteLength(content), 0);
    if (size > MOST_BYTES) {
      const rule = `with files of at most ${MOST_BYTES / 2 ** 20} MiB together, since notebooks fetch them within seconds`;
      fail(scope, 'mounts', rule, `${Math.ceil(size / 2 ** 20)} MiB`);
    }
    this.asset = this.upload(files);
    // These two stand in a script of root.
    const place = /^[A-Za-z0-9!_.()@=+-]{1,1024}$/;
    requirePattern(scope, 'synthesizer', this.asset.s3BucketName, place, 'one whose bucket has a plain name');
    const path = /^[A-Za-z0-9!_.()@=+/-]{1,200}$/;
    requirePattern(
      scope,
      'synthesizer',
      this.asset.s3ObjectKey,
      path,
      'one whose prefix has plain characters, at most 100',
    );
  }

  /** The right to read this bundle and nothing else of the bucket. */
  public readStatement(): iam.PolicyStatement {
    return new iam.PolicyStatement({
      actions: ['s3:GetObject'],
      resources: [this.asset.bucket.arnForObjects(this.asset.s3ObjectKey)],
    });
  }

  /** Tags that the lifecycle configuration must carry: deploy-time values, which the scripts read from there. */
  public get valueTags(): CfnTag[] {
    return this.values.tags;
  }

  /** What SageMaker runs, encoded as it wants it. */
  public script(hook: Hook): string {
    const values: { [placeholder: string]: string } = {
      BUCKET: this.asset.s3BucketName,
      KEY: this.asset.s3ObjectKey,
      REGION: Aws.REGION,
      ACCOUNT: Aws.ACCOUNT_ID,
      DIGEST: this.digest,
      HOOK: hook,
      ON_ERROR: this.stepsOf(hook).some((step) => step.onFailure === 'fail') ? 'fail' : 'continue',
    };
    const template = read('bootstrap.sh');
    return Fn.base64(template.replace(/@@([A-Z_]+)@@/g, (_, placeholder) => values[placeholder]));
  }

  private stepsOf(hook: Hook): (RenderedFeature | RenderedStep)[] {
    return hook === 'start' ? [...this.props.features, ...this.props.steps.start] : this.props.steps[hook];
  }

  private render(): Map<string, Content> {
    const files = new Map<string, Content>(RUNNER_FILES.map((name) => [name, read(name)]));
    const features = this.props.features.map((feature) => {
      const { name, phase, user, timeoutSeconds, onFailure } = feature;
      files.set(`features/${name}.py`, read(`features/${name}.py`));
      for (const [path, content] of Object.entries(feature.files ?? {})) {
        files.set(`files/${name}/${path}`, content);
      }
      const settings = this.values.extract(name, feature.settings);
      return { name, phase, user, timeoutSeconds, onFailure, hook: 'start', file: 'feature.py', settings };
    });
    const hooks: Hook[] = ['create', 'start'];
    const steps = hooks.flatMap((hook) =>
      this.props.steps[hook].map(({ text, ...step }, index) => {
        const file = `steps/${hook}-${String(index).padStart(2, '0')}-${step.name}.sh`;
        files.set(file, text);
        return { ...step, hook, file };
      }),
    );
    const manifest = {
      version: 2,
      budgetSeconds: BLOCKING_BUDGET,
      steps: [...features, ...steps],
      values: this.values.tags.map(({ key }) => key),
      idle: this.props.idle ?? null,
    };
    files.set('manifest.json', `${JSON.stringify(manifest, undefined, 2)}\n`);
    return files;
  }

  private upload(files: Map<string, Content>): assets.Asset {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ml-infra-bundle-'));
    try {
      for (const [name, content] of files) {
        const file = path.join(folder, name);
        fs.mkdirSync(path.dirname(file), { recursive: true });
        fs.writeFileSync(file, content);
      }
      return new assets.Asset(this, 'Asset', { path: folder });
    } finally {
      // Without staging, the assembly refers to the folder itself.
      if (!this.node.tryGetContext('aws:cdk:disable-asset-staging')) {
        fs.rmSync(folder, { recursive: true });
      }
    }
  }
}

/** Digest over names and contents. The digest of the zip itself is unknown, because the CDK CLI makes it later. */
function digestOf(files: Map<string, Content>): string {
  const sha256 = (content: Content) => createHash('sha256').update(content).digest('hex');
  const names = [...files.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return sha256(names.map((name) => `${sha256(files.get(name) ?? '')}  ${name}\n`).join(''));
}

function read(name: string): string {
  return fs.readFileSync(path.join(SOURCES, name), 'utf8');
}
