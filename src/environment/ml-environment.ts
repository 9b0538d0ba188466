import { Annotations, Duration, RemovalPolicy, Token } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import { IConstruct } from 'constructs';
import {
  fail,
  requireDuration,
  requireKnown,
  requireOneOf,
  requirePattern,
  requireRemovalPolicy,
  requireText,
  requireWholeNumber,
} from '../private/checks';
import { DURATION, FLAG, having, Kinds, mapOf, NUMBER, oneOf, required, requireKinds, TEXT } from '../private/kinds';
import { LIMITS } from '../private/limits-table';

const CHOSEN = Symbol.for('cdk-ml-infra.environment');
const REMOVE_DATA_KEY = 'cdk-ml-infra:removeData';
/** Days that controls such as CT.CLOUDWATCH.PR.2 ask logs to be kept for. */
const A_YEAR = 365;

/** What `logs.RetentionDays` has for events that are kept for good. */
const FOR_GOOD = 9999;

const ALREADY_READ = Symbol.for('cdk-ml-infra.environmentAlreadyRead');

/** How careful an environment of your own is. What you leave out is as careful as production. */
export interface MlEnvironmentProps {
  /** Value of the tag `ml-environment`: 1 to 63 characters of `a-z`, `0-9` and `-`, beginning with a letter. */
  readonly name: string;

  /**
   * What happens to a notebook, and to the volume that dies with it, when it is removed from the app.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Whether buckets, their objects and keys may be deleted with the stack. This alone deletes nothing: the app must
   * also state the context key `cdk-ml-infra:removeData`.
   *
   * @default false
   */
  readonly allowDataRemoval?: boolean;

  /**
   * Availability Zones of the network, from 2 to 3.
   *
   * @default 2
   */
  readonly zones?: number;

  /**
   * Availability Zones that hold interface endpoints and NAT gateways, from 1 to `zones`. Each costs by the hour.
   *
   * @default 2
   */
  readonly endpointZones?: number;

  /**
   * How long log groups and access logs are kept. Less than a year is warned of where `allowDataRemoval` is false.
   *
   * @default logs.RetentionDays.ONE_YEAR
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * How long S3 keeps the old versions of an object, from 1 to 3650 whole days. Old versions of the team's models are
   * archived instead and kept for a year, those in `production/` for good.
   *
   * @default Duration.days(90)
   */
  readonly versionRetention?: Duration;

  /**
   * Tags for compliance and cost that everything in the environment carries, at most 40. Keys differ in more than the case
   * of letters.
   *
   * @default - `ml-environment` alone.
   */
  readonly tags?: { [key: string]: string };
}

const ENVIRONMENT = having("an environment such as MlEnvironment.DEV, or one of 'MlEnvironment.custom()'", '_require');

const KINDS: Kinds<MlEnvironmentProps> = {
  name: required(TEXT),
  removalPolicy: oneOf('RemovalPolicy', RemovalPolicy),
  allowDataRemoval: FLAG,
  zones: NUMBER,
  endpointZones: NUMBER,
  logRetention: NUMBER,
  versionRetention: DURATION,
  tags: mapOf(TEXT),
};

/**
 * How careful an environment is: what survives removal, how long logs and versions live, over how many zones things
 * stand. Carelessness must be asked for: where nothing is set, everything is as careful as production.
 *
 * @example
 * MlEnvironment.set(this, MlEnvironment.DEV);
 * new MlSharedInfra(this, 'Shared'); // is a development base
 */
export class MlEnvironment {
  /** Small and cheap: notebooks are deleted on removal, endpoints stand in one zone, logs live a month. */
  public static readonly DEV = MlEnvironment.custom({
    name: 'dev',
    removalPolicy: RemovalPolicy.DESTROY,
    allowDataRemoval: true,
    endpointZones: 1,
    logRetention: 30,
    versionRetention: Duration.days(30),
  });

  /** Built like production, but notebooks are deleted on removal. */
  public static readonly STAGING = MlEnvironment.custom({ name: 'staging', removalPolicy: RemovalPolicy.DESTROY });

  /** Keeps everything. The default wherever no environment is set. */
  public static readonly PROD = MlEnvironment.custom({ name: 'prod' });

  /** An environment of your own. Values are checked by the construct that it is given to. */
  public static custom(props: MlEnvironmentProps): MlEnvironment {
    return new MlEnvironment(props);
  }

  /**
   * Makes `environment` hold for a construct and all below it.
   *
   * Throws when something below has already read its environment, since it would not see the change: call this before
   * defining other constructs.
   */
  public static set(scope: IConstruct, environment: MlEnvironment): void {
    if (!ENVIRONMENT.holds(environment)) {
      fail(scope, 'environment', ENVIRONMENT.words, environment);
    }
    environment._require(scope, 'environment');
    if (ALREADY_READ in scope) {
      fail(scope, 'environment', 'set before constructs below have read it: move the call up', environment.name);
    }
    Object.defineProperty(scope, CHOSEN, { value: environment, configurable: true });
  }

  /** The environment of a construct: that of its nearest ancestor (or itself) with one, else `PROD`. */
  public static of(scope: IConstruct): MlEnvironment {
    return MlEnvironment._chosenFor(scope) ?? MlEnvironment.PROD;
  }

  /** @internal */
  public static _chosenFor(scope: IConstruct): MlEnvironment | undefined {
    for (const ancestor of [...scope.node.scopes].reverse()) {
      Object.defineProperty(ancestor, ALREADY_READ, { value: true, configurable: true });
      if (CHOSEN in ancestor) {
        return ancestor[CHOSEN] as MlEnvironment;
      }
    }
    return undefined;
  }

  /** Value of the tag `ml-environment`. */
  public readonly name: string;

  /** What happens to a notebook when it is removed from the app. */
  public readonly removalPolicy: RemovalPolicy;

  /** Whether data may be deleted, if the context key `cdk-ml-infra:removeData` agrees. */
  public readonly allowDataRemoval: boolean;

  /** Availability Zones of the network. */
  public readonly zones: number;

  /** Availability Zones that hold interface endpoints and NAT gateways. */
  public readonly endpointZones: number;

  /** How long log groups and access logs are kept. */
  public readonly logRetention: logs.RetentionDays;

  /** How long S3 keeps the old versions of an object. */
  public readonly versionRetention: Duration;

  /** Tags that everything in the environment carries, besides `ml-environment`. */
  public readonly tags: { [key: string]: string };

  private constructor(given: MlEnvironmentProps) {
    // What is no object is refused by the construct that gets the environment, like all other values.
    const props: MlEnvironmentProps = Object(given);
    this.name = props.name;
    this.removalPolicy = props.removalPolicy ?? RemovalPolicy.RETAIN;
    this.allowDataRemoval = props.allowDataRemoval ?? false;
    this.zones = props.zones ?? 2;
    this.endpointZones = props.endpointZones ?? 2;
    this.logRetention = props.logRetention ?? A_YEAR;
    this.versionRetention = props.versionRetention ?? Duration.days(90);
    this.tags = props.tags ?? {};
  }

  /** @internal */
  public _dataRemovalPolicy(scope: IConstruct): RemovalPolicy {
    const asked = scope.node.tryGetContext(REMOVE_DATA_KEY);
    if (asked !== true && asked !== 'true') {
      return RemovalPolicy.RETAIN;
    }
    if (!this.allowDataRemoval) {
      Annotations.of(scope).addWarningV2(
        'cdk-ml-infra:dataKept',
        `Context key '${REMOVE_DATA_KEY}' has no effect: environment '${this.name}' does not set 'allowDataRemoval'`,
      );
      return RemovalPolicy.RETAIN;
    }
    return RemovalPolicy.DESTROY;
  }

  /** @internal */
  public _require(scope: IConstruct, prop: string): void {
    requireKinds<MlEnvironmentProps>(scope, this, KINDS, prop);
    const rule = '1 to 63 characters of a-z 0-9 - that begin with a letter';
    requirePattern(scope, `${prop}.name`, this.name, /^[a-z][a-z0-9-]{0,62}$/, rule);
    requireKnown(scope, `${prop}.zones`, this.zones, 'subnets are defined by it');
    requireKnown(scope, `${prop}.endpointZones`, this.endpointZones, 'endpoints are placed by it');
    requireWholeNumber(scope, `${prop}.zones`, this.zones, 2, 3);
    requireWholeNumber(scope, `${prop}.endpointZones`, this.endpointZones, 1, this.zones);
    requireDuration(scope, `${prop}.versionRetention`, this.versionRetention, 'days', 1, 3650);
    requireWholeNumber(scope, `${prop}.logRetention`, this.logRetention, 1, FOR_GOOD);
    const days = [...LIMITS.logRetention.values, FOR_GOOD];
    requireOneOf(scope, `${prop}.logRetention`, this.logRetention, days, 'a number of days that CloudWatch Logs takes');
    requireRemovalPolicy(scope, `${prop}.removalPolicy`, this.removalPolicy);
    requireTags(scope, `${prop}.tags`, this.tags);
    this._warnOfShortLogs(scope, this.logRetention);
  }

  /**
   * Who may lose data may lose logs: `DEV` is asked for as it is.
   *
   * @internal
   */
  public _warnOfShortLogs(scope: IConstruct, days: number): void {
    if (!Token.isUnresolved(days) && days < A_YEAR && !this.allowDataRemoval) {
      Annotations.of(scope).addWarningV2(
        'cdk-ml-infra:shortLogRetention',
        `${scope.node.path}: environment '${this.name}' keeps data for good and logs for ${days} days; auditors ask for a year. Keep them longer, or acknowledge this`,
      );
    }
  }
}

function requireTags(scope: IConstruct, prop: string, tags: { [key: string]: string }): void {
  requireWholeNumber(scope, `${prop} (count)`, Object.keys(tags).length, 0, 40);
  const keys = new Set<string>();
  for (const [key, value] of Object.entries(tags)) {
    const rule = 'tag keys of 1 to 128 characters that begin neither with aws: nor with ml-';
    requireText(scope, prop, key, LIMITS.tagKey, rule);
    requirePattern(scope, prop, key, /^(?!aws:|ml-)/i, rule);
    if (keys.has(key.toLowerCase())) {
      fail(scope, prop, 'tag keys that differ in more than the case of letters, which IAM does not tell apart', key);
    }
    keys.add(key.toLowerCase());
    const valueRule = 'a tag value of at most 256 characters';
    requireText(scope, `${prop}.${key}`, value, LIMITS.tagValue, valueRule);
  }
}
