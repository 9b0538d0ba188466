import {
  IPolicyValidationContext,
  IPolicyValidationPlugin,
  PolicyValidationPluginReport,
  PolicyViolatingResource,
  PolicyViolation,
  Stack,
  Stage,
} from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { Acknowledged, acknowledged, acknowledgedWithPrefix } from './acknowledgements';
import { ComplianceRule, described, MlComplianceRule } from './compliance-rule';
import { WrittenStack, writtenStacks } from './finished-tree';
import { guardText } from './guard-text';
import { RULES } from './rules';
import { Verdict, verdicts } from './verdicts';

const PACK = 'MlCompliance';

/** Properties of `MlComplianceChecks`. */
export interface MlComplianceChecksProps {
  /**
   * Check that models pull their images from a Docker registry inside the VPC (SageMaker.16 and .19). Images from
   * Amazon ECR do not comply.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-containers-inference-private.html
   * @default false
   */
  readonly privateRegistry?: boolean;

  /**
   * Report findings without failing synthesis, such as while an existing app is brought into shape.
   *
   * @default false
   */
  readonly reportOnly?: boolean;
}

/**
 * Checks an app against the SageMaker controls of Security Hub and the neighbours of them, whether or not it uses this
 * library. Every synthesized template is read, also those of nested stacks and stages. A finding fails synthesis until
 * it is fixed, or acknowledged on the resource or above it.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/sagemaker-controls.html
 * @example
 * declare const app: App;
 * declare const model: Construct;
 *
 * Validations.of(app).addPlugins(new MlComplianceChecks());
 * Validations.of(model).acknowledge({
 *   id: 'MlCompliance::sagemaker-model-isolation',
 *   reason: 'the model reads features from the feature store while it answers',
 * });
 */
export class MlComplianceChecks implements IPolicyValidationPlugin {
  /** All rules, whether or not they are on. */
  public static get rules(): MlComplianceRule[] {
    return RULES.map(described);
  }

  /**
   * The rules that can be said in CloudFormation Guard 3, as one file of it.
   *
   * @see https://docs.aws.amazon.com/cfn-guard/latest/ug/what-is-guard.html
   */
  public static get guardRules(): string {
    return guardText(RULES);
  }

  public readonly name = PACK;

  /** Version of the pack: none of its own, since it is released with the library. */
  public readonly version?: string;

  /** The ids of the rules that are on. */
  public readonly ruleIds?: string[];

  private readonly active: ComplianceRule[];
  private readonly severity: string;

  constructor(props: MlComplianceChecksProps = {}) {
    this.active = RULES.filter(({ askedBy }) => askedBy === undefined || props[askedBy]);
    this.ruleIds = this.active.map(({ id }) => id);
    this.severity = props.reportOnly ? 'warning' : 'error';
  }

  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const paths = new Set(context.stackTemplates.map(({ stackConstructPath }) => stackConstructPath));
    const findings = this.findingsIn(context.appConstruct, ({ node }) => paths.has(node.path));
    const open = findings.filter(({ state }) => state === Acknowledged.NOT);
    // The core leaves out what is acknowledged with the prefix, and lists it with the reason.
    const listed = findings.filter(({ state }) => state === Acknowledged.PREFIXED);
    const prefixed = acknowledgedWithPrefix(context.appConstruct, PACK);
    return this.report(
      [
        // The core of 2.269 lets one such acknowledgement hold for the whole app, except for what is fatal.
        ...open.map((each) =>
          violation(each, this.severity === 'error' && prefixed.has(each.rule.id) ? 'fatal' : this.severity),
        ),
        ...listed.map((each) => violation(each, this.severity)),
      ],
      open.length,
    );
  }

  /**
   * Checks the stacks at and below a construct, for tests. The app is synthesized, so it must not be changed afterwards.
   * What is acknowledged is left out. Where the pack is also added to the app, findings fail here as they do in synthesis.
   *
   * @param scope an app, a stage, a stack or a construct in one
   */
  public validateScope(scope: IConstruct): PolicyValidationPluginReport {
    const root = scope.node.root;
    if (Stage.isStage(root)) {
      root.synth();
    }
    const open = this.findingsIn(root, () => true).filter(
      ({ state, construct }) => state === Acknowledged.NOT && construct.node.scopes.includes(scope),
    );
    return this.report(
      open.map((each) => violation(each, this.severity)),
      open.length,
    );
  }

  private findingsIn(root: IConstruct, isWanted: (stack: Stack) => boolean): FoundIn[] {
    return writtenStacks(root, isWanted).flatMap((written) =>
      this.active.flatMap((rule) =>
        verdicts(rule, written.body, written.accountId)
          .filter(({ findings }) => findings.length > 0)
          .map((verdict) => foundIn(written, rule, verdict)),
      ),
    );
  }

  private report(violations: PolicyViolation[], open: number): PolicyValidationPluginReport {
    return { success: open === 0 || this.severity === 'warning', violations };
  }
}

/** What a rule finds in one resource. */
interface FoundIn {
  readonly rule: ComplianceRule;
  readonly construct: IConstruct;
  readonly state: Acknowledged;
  readonly resource: PolicyViolatingResource;
  readonly texts: string[];
}

function foundIn({ stack, resources, templatePath }: WrittenStack, rule: ComplianceRule, verdict: Verdict): FoundIn {
  const construct = resources.get(verdict.logicalId) ?? stack;
  return {
    rule,
    construct,
    state: acknowledged(construct, PACK, rule.id),
    resource: {
      constructPath: construct.node.path,
      resourceLogicalId: verdict.logicalId,
      templatePath,
      locations: verdict.findings.map(({ location }) => location),
    },
    texts: verdict.findings.map(({ text }) => text),
  };
}

/** One violation per resource, so that its description can say what was found in it. */
function violation({ rule, resource, texts }: FoundIn, severity: string): PolicyViolation {
  return {
    ruleName: rule.id,
    description: `${rule.title}: ${texts.join('; ')}`,
    fix: rule.remedy,
    // Any other word than these would let the core pass an app in which anything is acknowledged.
    severity,
    violatingResources: [resource],
    ruleMetadata: { controls: rule.controls.join(', '), link: rule.link, severity: rule.severity },
  };
}
