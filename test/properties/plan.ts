/**
 * What an app of this library may be, as plain data: what fast-check makes up, takes apart again when a property fails,
 * and prints. `define-app.ts` makes an app of it.
 */
export interface AppPlan {
  /** Region that the stacks say, with an account; undefined leaves both to the deployment. */
  readonly region?: string;
  /** All feature flags that the core recommends, or none. */
  readonly recommendedFlags: boolean;
  /** The app puts tags of its own over everything, with the keys that rights follow from. */
  readonly foreignTags: boolean;
  /** The context key without which nothing that holds data is removed. */
  readonly removeData: boolean;
  readonly environment: EnvironmentPlan;
  readonly layout: Layout;
  readonly base: BasePlan;
  readonly lifecycles: LifecyclePlan[];
  readonly notebooks: NotebookPlan[];
  readonly extras: ExtrasPlan;
}

/** How the base and the notebooks are spread over stacks, and whether a fleet defines them. */
export const LAYOUTS = ['one stack', 'two stacks', 'published base', 'fleet', 'nested stacks'] as const;
export type Layout = (typeof LAYOUTS)[number];

/** An environment that the library has, or one of the app's own. */
export interface EnvironmentPlan {
  readonly name: string;
  readonly custom?: {
    readonly removalPolicy?: 'retain' | 'destroy' | 'retain-on-update-or-delete';
    readonly allowDataRemoval?: boolean;
    readonly zones?: number;
    readonly endpointZones?: number;
    readonly logRetention?: number;
    readonly versionDays?: number;
    readonly tags?: { readonly [key: string]: string };
  };
}

export interface BasePlan {
  readonly baseName?: string;
  readonly key: 'default' | 'own' | 'imported';
  readonly storage: 'default' | 's3-managed' | 'own key' | 'existing';
  readonly permissionsBoundary: boolean;
  readonly network: NetworkPlan;
}

export interface NetworkPlan {
  readonly kind: 'default' | 'new' | 'existing';
  readonly prefix: number;
  readonly zones?: number;
  readonly internetAccess: 'none' | 'nat-gateway' | 'nat-instance';
  readonly publicSubnets: boolean;
  readonly restrictDefaultSecurityGroup: boolean;
  readonly flowLogs: 'ALL' | 'REJECT' | 'NONE';
  readonly trafficBetweenWorkloads: boolean;
  readonly s3PrefixList: boolean;
  readonly services: string[];
}

/** The features of a lifecycle. Those that are left out are not used. */
export interface LifecyclePlan {
  readonly idleMinutes?: number;
  readonly fineIdle: boolean;
  readonly onStart: StepPlan[];
  readonly onCreate: StepPlan[];
  readonly variables?: { readonly [name: string]: string };
  readonly features: Feature[];
  readonly pipPackages: string[];
  readonly condaPackages: string[];
}

export const FEATURES = [
  'backup',
  'certificates',
  'code-artifact',
  'code-server',
  'docker',
  'git',
  'glue',
  'jupyter',
  'metrics',
  'mount-efs',
  'mount-lustre',
  'mount-s3',
  'package-url',
  'persistent-home',
  'proxy',
  'secrets',
  'session-manager',
  'spark',
  'sync',
] as const;
export type Feature = (typeof FEATURES)[number];

export interface StepPlan {
  readonly name: string;
  readonly text: string;
  readonly blocking: boolean;
  readonly root: boolean;
  readonly seconds?: number;
}

/** Id of a notebook that joins others; no other one is called like it. */
export const NEWCOMER = 'newcomer';

export interface NotebookPlan {
  readonly id: string;
  /** Belongs to its id, to the same owner as the first notebook, or to nobody. */
  readonly owner: 'id' | 'first' | 'nobody';
  readonly instanceType?: string;
  readonly gibibytes?: number;
  /** Index of its lifecycle, if there is one of that index. */
  readonly lifecycle?: number;
  readonly idleMinutes?: number;
  readonly project?: string;
  readonly gitUserName?: string;
  readonly schedule?: SchedulePlan;
  readonly uptimeMinutes?: number;
  readonly code: ('git' | 'git with secret' | 'codecommit')[];
  readonly zone?: number;
  readonly named: boolean;
  readonly ownRole: boolean;
  readonly ownKey: boolean;
  readonly rootAccess?: boolean;
  readonly directInternetAccess?: boolean;
  readonly removalPolicy?: 'retain' | 'destroy';
}

export interface SchedulePlan {
  readonly days: string[];
  readonly start?: string;
  readonly stop?: string;
  readonly timeZone?: string;
}

/** What stands beside the notebooks. */
export interface ExtrasPlan {
  readonly alarmsAt?: number;
  readonly selfService: boolean;
  readonly logRetention?: number;
  readonly outputs: boolean;
  readonly grants: boolean;
  /** Whom the base lets read logs and shared data. */
  readonly baseGrantsTo: 'nobody' | 'role beside the base' | 'role beside the notebooks';
}

/** The smallest app: one notebook on a base with nothing asked for. */
export const SMALLEST: AppPlan = {
  recommendedFlags: false,
  foreignTags: false,
  removeData: false,
  environment: { name: 'prod' },
  layout: 'one stack',
  base: {
    key: 'default',
    storage: 'default',
    permissionsBoundary: false,
    network: {
      kind: 'default',
      prefix: 16,
      internetAccess: 'none',
      publicSubnets: false,
      restrictDefaultSecurityGroup: false,
      flowLogs: 'ALL',
      trafficBetweenWorkloads: false,
      s3PrefixList: false,
      services: [],
    },
  },
  lifecycles: [],
  notebooks: [{ id: 'alice', owner: 'id', code: [], named: false, ownRole: false, ownKey: false }],
  extras: { selfService: false, outputs: false, grants: false, baseGrantsTo: 'nobody' },
};
