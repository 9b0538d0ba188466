import { Duration, Fn, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { Hook, IdleSettings, LifecycleStep, StepBundle } from '../lifecycle';
import { fail, requireDuration, requireList, requireWholeNumber } from '../private/checks';
import { requireSamePlace } from '../private/places';
import { referWeakly } from '../private/references';
import { IMlSharedInfra } from '../shared';

/** When an idle notebook is stopped. */
export interface IdleStopOptions {
  /** How long nothing must have happened: whole minutes from 5 to 10080, a week. */
  readonly after: Duration;

  /**
   * How often activity is looked for: whole minutes from 1 to 60.
   *
   * @default Duration.minutes(5)
   */
  readonly checkEvery?: Duration;

  /**
   * How long after its start a notebook is never stopped: whole minutes from 0 to 1440.
   *
   * @default Duration.minutes(10)
   */
  readonly startupGrace?: Duration;

  /**
   * Failed checks in a row after which each further one is logged as an error, from 1 to 1000. A failed check never
   * stops a notebook.
   *
   * @default 12
   */
  readonly maxErrors?: number;
}

/** Properties of a `NotebookLifecycle`. */
export interface NotebookLifecycleProps {
  /** The base that the notebooks stand on. */
  readonly shared: IMlSharedInfra;

  /**
   * Stops a notebook after so long without activity: a busy kernel, a kernel or terminal used, the setup running. Whole
   * minutes from 5 to 10080, a week. `idle` has finer settings; giving both is refused.
   *
   * @default - Notebooks are not stopped, and cost until somebody stops them.
   */
  readonly idleStop?: Duration;

  /**
   * Stops idle notebooks, with all settings.
   *
   * @default - Notebooks are not stopped, unless `idleStop` is given.
   */
  readonly idle?: IdleStopOptions;

  /**
   * Steps that run at each start, also at the first, in this order. At most 50.
   *
   * @default - No step.
   */
  readonly onStart?: LifecycleStep[];

  /**
   * Steps that run once, before the first start, in this order. At most 50. A later change never reaches notebooks that
   * exist: prefer steps at start that can be repeated.
   *
   * @default - No step.
   */
  readonly onCreate?: LifecycleStep[];

  /**
   * Key of the bucket for assets, if you bootstrapped with a key of your own: notebooks have to read their scripts.
   *
   * @default - The bucket is encrypted with keys that S3 manages, as bootstrapping does by default.
   */
  readonly assetEncryptionKey?: kms.IKey;
}

/**
 * What runs on notebooks when they start. One serves any number of notebooks.
 *
 * The scripts are delivered from the bucket of CDK assets, which no notebook can write, and checked against a digest
 * before anything runs. Changes reach a notebook at its next start. With nothing configured it does nothing.
 *
 * @example
 * const lifecycle = new NotebookLifecycle(this, 'Lifecycle', { shared, idleStop: Duration.hours(1) });
 * new MlNotebook(this, 'alice', { shared, lifecycle });
 */
export class NotebookLifecycle extends Construct {
  /** Name of the lifecycle configuration. */
  public readonly lifecycleConfigName: string;

  /** @internal */
  public readonly _statements: iam.PolicyStatement[] = [];

  /** @internal */
  public readonly _policy?: iam.ManagedPolicy;

  /** @internal */
  public readonly _stopsIdle: boolean;

  /** @internal */
  public readonly _shared: IMlSharedInfra;

  constructor(scope: Construct, id: string, props: NotebookLifecycleProps) {
    super(scope, id);
    props.shared._requireUsableBy(this);
    this._shared = props.shared;
    const steps = {
      start: this.renderSteps('onStart', props.onStart ?? []),
      create: this.renderSteps('onCreate', props.onCreate ?? []),
    };
    const idle = this.idleSettings(props);
    const hooks: { [hook in Hook]?: string } = {};
    if (idle || steps.start.length + steps.create.length > 0) {
      const bundle = new StepBundle(this, 'Bundle', { steps, idle });
      hooks.start = idle || steps.start.length > 0 ? bundle.script('start') : undefined;
      hooks.create = steps.create.length > 0 ? bundle.script('create') : undefined;
      this._statements.push(...this.rights(props, bundle));
      this._policy = new iam.ManagedPolicy(this, 'Policy', {
        statements: this._statements,
      });
    }
    this._stopsIdle = idle !== undefined;
    const config = new sagemaker.CfnNotebookInstanceLifecycleConfig(this, 'Resource', {
      // A script that does nothing stands in for none: whether CloudFormation detaches a hook is not documented.
      onStart: [{ content: hooks.start ?? Fn.base64('#!/bin/bash\n') }],
      onCreate: hooks.create === undefined ? undefined : [{ content: hooks.create }],
    });
    // The property of the same name is undefined without a physical name, and CDK would drop it in silence.
    this.lifecycleConfigName = config.attrNotebookInstanceLifecycleConfigName;
    referWeakly(this);
  }

  /** @internal */
  public _requireUsableBy(scope: Construct): void {
    requireSamePlace(this, scope, 'lifecycle');
  }

  private renderSteps(prop: string, steps: LifecycleStep[]) {
    const rendered = steps.map((step, index) => step._render(this, `${prop}[${index}]`));
    requireList(
      this,
      prop,
      rendered.map((step) => step.name),
      0,
      50,
    );
    return rendered;
  }

  private idleSettings({ idleStop, idle }: NotebookLifecycleProps): IdleSettings | undefined {
    if (idleStop && idle) {
      fail(this, 'idleStop', "left out when 'idle' is given, which sets the same", idleStop);
    }
    const after = idle?.after ?? idleStop;
    if (after === undefined) {
      return undefined;
    }
    const maxErrors = idle?.maxErrors ?? 12;
    this.requireKnown('idle.maxErrors', Token.isUnresolved(maxErrors));
    requireWholeNumber(this, 'idle.maxErrors', maxErrors, 1, 1_000);
    return {
      idleSeconds: this.seconds(idle ? 'idle.after' : 'idleStop', after, 5, 10_080),
      checkSeconds: this.seconds('idle.checkEvery', idle?.checkEvery ?? Duration.minutes(5), 1, 60),
      graceSeconds: this.seconds('idle.startupGrace', idle?.startupGrace ?? Duration.minutes(10), 0, 1_440),
      maxErrors,
    };
  }

  private seconds(prop: string, value: Duration, minMinutes: number, maxMinutes: number): number {
    this.requireKnown(prop, value.isUnresolved());
    requireDuration(this, prop, value, 'minutes', minMinutes, maxMinutes);
    return value.toSeconds();
  }

  private requireKnown(prop: string, unresolved: boolean): void {
    if (unresolved) {
      fail(this, prop, 'known at synthesis, because notebooks get it in a file', 'a deploy-time value');
    }
  }

  private rights({ assetEncryptionKey }: NotebookLifecycleProps, bundle: StepBundle): iam.PolicyStatement[] {
    const readAssets = assetEncryptionKey && [
      new iam.PolicyStatement({ actions: ['kms:Decrypt'], resources: [assetEncryptionKey.keyArn] }),
    ];
    return [bundle.readStatement(), ...(readAssets ?? [])];
  }
}
