import { Annotations, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { fail, requirePattern } from '../private/checks';
import { LIMITS } from '../private/limits-table';

const KNOWN: readonly string[] = LIMITS.instanceType.values;
const GONE_FROM_NOTEBOOKS = ['ml.p2', 'ml.p3', 'ml.p3dn', 'ml.inf1', 'ml.g3'];

/**
 * Size of a machine that SageMaker runs.
 *
 * @example
 * MlInstanceType.T3_MEDIUM;
 * MlInstanceType.of('ml.g6.xlarge'); // any size that has no constant here
 */
export class MlInstanceType {
  /** 2 vCPU, 4 GiB. The cheapest; enough to write code and to start jobs. */
  public static readonly T3_MEDIUM = MlInstanceType.of('ml.t3.medium');

  /** 2 vCPU, 8 GiB. */
  public static readonly T3_LARGE = MlInstanceType.of('ml.t3.large');

  /** 4 vCPU, 16 GiB. */
  public static readonly T3_XLARGE = MlInstanceType.of('ml.t3.xlarge');

  /** 8 vCPU, 32 GiB. */
  public static readonly T3_2XLARGE = MlInstanceType.of('ml.t3.2xlarge');

  /** 4 vCPU, 16 GiB. */
  public static readonly M5_XLARGE = MlInstanceType.of('ml.m5.xlarge');

  /** 8 vCPU, 32 GiB. */
  public static readonly M5_2XLARGE = MlInstanceType.of('ml.m5.2xlarge');

  /** 16 vCPU, 64 GiB. */
  public static readonly M5_4XLARGE = MlInstanceType.of('ml.m5.4xlarge');

  /** 4 vCPU, 8 GiB. For work that needs more CPU than memory. */
  public static readonly C5_XLARGE = MlInstanceType.of('ml.c5.xlarge');

  /** 8 vCPU, 16 GiB. */
  public static readonly C5_2XLARGE = MlInstanceType.of('ml.c5.2xlarge');

  /** 4 vCPU, 32 GiB. For data that has to fit into memory. */
  public static readonly R5_XLARGE = MlInstanceType.of('ml.r5.xlarge');

  /** 8 vCPU, 64 GiB. */
  public static readonly R5_2XLARGE = MlInstanceType.of('ml.r5.2xlarge');

  /** 4 vCPU, 16 GiB, one NVIDIA T4. The cheapest with a GPU. */
  public static readonly G4DN_XLARGE = MlInstanceType.of('ml.g4dn.xlarge');

  /** 4 vCPU, 16 GiB, one NVIDIA A10G. */
  public static readonly G5_XLARGE = MlInstanceType.of('ml.g5.xlarge');

  /** 8 vCPU, 32 GiB, one NVIDIA A10G. */
  public static readonly G5_2XLARGE = MlInstanceType.of('ml.g5.2xlarge');

  /**
   * A size by the name that AWS gives it, such as `ml.g6.xlarge`. Checked by the construct that it is given to, which warns
   * of a name that AWS did not have when this version was released.
   */
  public static of(name: string): MlInstanceType {
    return new MlInstanceType(name);
  }

  private constructor(
    /** Name as AWS spells it. */
    public readonly name: string,
  ) {}

  /** @internal */
  public _requireNotebook(scope: IConstruct, prop: string): void {
    const rule = "a SageMaker instance type such as 'ml.t3.medium', with the prefix ml.";
    requirePattern(scope, prop, this.name, /^ml\.[a-z0-9-]+\.[a-z0-9]+$/, rule);
    const family = this.name.slice(0, this.name.lastIndexOf('.'));
    if (!Token.isUnresolved(this.name) && GONE_FROM_NOTEBOOKS.includes(family)) {
      const list = GONE_FROM_NOTEBOOKS.join(', ');
      fail(scope, prop, `a type that notebooks on Amazon Linux 2023 can run on, so none of ${list}`, this.name);
    }
    if (!Token.isUnresolved(this.name) && !KNOWN.includes(this.name)) {
      Annotations.of(scope).addWarningV2(
        'cdk-ml-infra:unknownInstanceType',
        `${scope.node.path}: '${prop}' is ${this.name}, which AWS did not have when this version was released; if it is not newer, it is misspelt`,
      );
    }
  }
}
