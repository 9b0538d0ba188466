import { runSimulation } from '@cloud-copilot/iam-simulate';
import type { Caller, NamedPolicy, PolicyDocument, Scene, Target } from './scene';

/** Condition keys of a request. */
export type Context = { readonly [key: string]: string | string[] };

/** What else there is to a request. */
export interface Circumstances {
  readonly context?: Context;

  /** The VPC endpoint that the request takes, such as `dev/s3`. */
  readonly through?: string;

  /** Puts a policy in place of the one with that name, to see whether anybody notices. */
  readonly replaced?: NamedPolicy;
}

/** Whether AWS would do what somebody asks for, by the policies of the templates. */
export async function isAllowed(
  scene: Scene,
  caller: string,
  action: string,
  on: string,
  { context = {}, through, replaced }: Circumstances = {},
): Promise<boolean> {
  const who = scene.caller(caller);
  const target = scene.target(on);
  const inPlace = ({ name, kind, policy }: NamedPolicy) =>
    name === replaced?.name && kind === replaced.kind ? { name, policy: replaced.policy } : { name, policy };
  const result = await runSimulation(
    {
      request: {
        principal: who.arn,
        action,
        resource: { resource: target.arn, accountId: target.account },
        contextVariables: {
          ...tagKeys('aws:PrincipalTag', who.tags),
          ...tagKeys('aws:ResourceTag', target.tags),
          'aws:PrincipalAccount': who.account,
          'aws:PrincipalArn': who.arn,
          'aws:ResourceAccount': target.account,
          'aws:SecureTransport': 'true',
          's3:TlsVersion': '1.3',
          ...context,
        },
      },
      identityPolicies: who.policies.map(inPlace),
      permissionBoundaryPolicies: who.boundary && [
        inPlace(who.boundary),
        ...(who.isLoose ? [{ name: 'loose', policy: ALL }] : []),
      ],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: resourcePolicy(target, who, inPlace),
      vpcEndpointPolicies: through === undefined ? undefined : [inPlace(scene.endpoint(through))],
    },
    {},
  );
  if (result.resultType === 'error') {
    throw new Error(`${caller} ${action} ${on}: ${JSON.stringify(result.errors)}`);
  }
  return result.overallResult === 'Allowed';
}

/** Without a policy that leaves the decision to the account nobody may use a key. */
function resourcePolicy(target: Target, who: Caller, inPlace: (policy: NamedPolicy) => { policy: PolicyDocument }) {
  if (target.policy !== undefined) {
    return inPlace(target.policy).policy;
  }
  if (target.account !== who.account) {
    return OPEN_TO_ALL;
  }
  const root = { AWS: `arn:aws:iam::${target.account}:root` };
  return target.arn.startsWith('arn:aws:kms:')
    ? { Version: '2012-10-17', Statement: [{ ...ALL.Statement[0], Principal: root }] }
    : undefined;
}

const ALL = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

/** What a bucket of somebody else may say, so that only the endpoint stands in between. */
const OPEN_TO_ALL = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
};

function tagKeys(key: string, tags: { readonly [name: string]: string }): Context {
  return Object.fromEntries(Object.entries(tags).map(([name, value]) => [`${key}/${name}`, value]));
}
