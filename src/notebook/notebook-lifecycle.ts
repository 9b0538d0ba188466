import { Duration, Fn, TagManager } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { groupBySize } from '../access';
import { Hook, IdleStopOptions, idleSettings, LifecycleFeature, LifecycleStep, StepBundle } from '../lifecycle';
import { acknowledgeWildcards } from '../private/acknowledgements';
import { fail, requireList } from '../private/checks';
import { identityOn, standsOn, tellFacts } from '../private/facts';
import { IDENTITY_TAG_PRIORITY } from '../private/identity';
import { BASE, having, Kinds, listOf, required, requireKinds } from '../private/kinds';
import { requireSamePlace } from '../private/places';
import { referWeakly } from '../private/references';
import { IMlSharedInfra } from '../shared';
import { bindFeatures, LifecycleFeatureOptions } from './lifecycle-features';

/** Properties of a `NotebookLifecycle`. */
export interface NotebookLifecycleProps extends LifecycleFeatureOptions {
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

const STEPS = listOf(having('a step such as LifecycleStep.script(...)', '_render'));
const KINDS: Partial<Kinds<NotebookLifecycleProps>> = {
  shared: required(BASE),
  onStart: STEPS,
  onCreate: STEPS,
  assetEncryptionKey: having('a key of KMS', 'keyArn'),
};

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
  public readonly _policies: iam.ManagedPolicy[] = [];

  /** @internal */
  public readonly _stopsIdle: boolean;

  /** @internal */
  public readonly _arn: string;

  /**
   * Variables that a notebook may have a value of its own for.
   *
   * @internal
   */
  public readonly _variables: string[];

  /** @internal */
  public readonly _shared: IMlSharedInfra;

  /** @internal */
  public readonly _features: ReadonlySet<LifecycleFeature>;

  constructor(scope: Construct, id: string, props: NotebookLifecycleProps) {
    super(scope, id);
    requireKinds(this, props, KINDS);
    props.shared._requireUsableBy(this);
    this._shared = props.shared;
    const steps = {
      start: this.renderSteps('onStart', props.onStart ?? []),
      create: this.renderSteps('onCreate', props.onCreate ?? []),
    };
    const idle = idleSettings(this, props.idleStop, props.idle);
    const features = bindFeatures(this, props.shared, props);
    const twice = steps.start.find(({ name }) => features.some((feature) => feature.name === name));
    if (twice) {
      fail(this, 'onStart', 'without names of features in use, which appear under them in logs', twice.name);
    }
    const hooks: { [hook in Hook]?: string } = {};
    const atStart = idle !== undefined || features.length + steps.start.length > 0;
    const bundle =
      atStart || steps.create.length > 0 ? new StepBundle(this, 'Bundle', { steps, features, idle }) : undefined;
    hooks.start = atStart ? bundle?.script('start') : undefined;
    hooks.create = steps.create.length > 0 ? bundle?.script('create') : undefined;
    const config = new sagemaker.CfnNotebookInstanceLifecycleConfig(this, 'Resource', {
      // A script that does nothing stands in for none: whether CloudFormation detaches a hook is not documented.
      onStart: [{ content: hooks.start ?? Fn.base64('#!/bin/bash\n') }],
      onCreate: hooks.create === undefined ? undefined : [{ content: hooks.create }],
    });
    for (const { key, value } of bundle?.valueTags ?? []) {
      TagManager.of(config)?.setTag(key, value, IDENTITY_TAG_PRIORITY);
    }
    this._arn = config.ref;
    // The property of the same name is undefined without a physical name, and CDK would drop it in silence.
    this.lifecycleConfigName = config.attrNotebookInstanceLifecycleConfigName;
    if (bundle) {
      this._statements.push(...this.rights(props, bundle), ...features.flatMap(({ statements }) => statements ?? []));
      groupBySize(this, this._statements).forEach((statements, index) => {
        const policy = new iam.ManagedPolicy(this, index === 0 ? 'Policy' : `Policy${index + 1}`, { statements });
        acknowledgeWildcards(policy, 'Names of objects are not known before; what knows no resource has a condition');
        this._policies.push(policy);
      });
    }
    this._stopsIdle = idle !== undefined;
    this._features = new Set(features.map(({ name }) => name));
    this._variables = Object.keys(props.environmentVariables ?? {});
    referWeakly(this);
    const ownSteps = steps.start.length + steps.create.length;
    tellFacts(this, () => ({
      kind: 'NotebookLifecycle',
      details: [
        ...(idle ? [`idle stop after ${Duration.seconds(idle.idleSeconds).toHumanString()}`] : []),
        ...features.map(({ name }) => name.replaceAll('_', ' ')),
        ...(ownSteps > 0 ? [ownSteps === 1 ? '1 step' : `${ownSteps} steps`] : []),
      ],
      identity: identityOn(props.shared),
      links: [standsOn(props.shared)],
    }));
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

  private rights({ assetEncryptionKey }: NotebookLifecycleProps, bundle: StepBundle): iam.PolicyStatement[] {
    const readAssets = assetEncryptionKey && [
      new iam.PolicyStatement({ actions: ['kms:Decrypt'], resources: [assetEncryptionKey.keyArn] }),
    ];
    // Deploy-time values are tags of the configuration: docs/decisions/011-deploy-time-values-are-tags.md.
    const readValues = new iam.PolicyStatement({
      actions: ['sagemaker:DescribeNotebookInstanceLifecycleConfig', 'sagemaker:ListTags'],
      resources: [this._arn],
    });
    return [bundle.readStatement(), ...(readAssets ?? []), ...(bundle.valueTags.length > 0 ? [readValues] : [])];
  }
}
