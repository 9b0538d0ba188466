import { runSimulation } from '@cloud-copilot/iam-simulate';
import type { NamedPolicy, Scene } from './scene';

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
  const inPlace = ({ name, policy }: NamedPolicy) =>
    name === replaced?.name ? { name, policy: replaced.policy } : { name, policy };
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
      permissionBoundaryPolicies: who.boundary && [inPlace(who.boundary)],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: target.policy ?? (target.account === who.account ? undefined : OPEN_TO_ALL),
      vpcEndpointPolicies: through === undefined ? undefined : [{ name: through, policy: scene.endpoint(through) }],
    },
    {},
  );
  if (result.resultType === 'error') {
    throw new Error(`${caller} ${action} ${on}: ${JSON.stringify(result.errors)}`);
  }
  return result.overallResult === 'Allowed';
}

/** What a bucket of somebody else may say, so that only the endpoint stands in between. */
const OPEN_TO_ALL = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
};

function tagKeys(key: string, tags: { readonly [name: string]: string }): Context {
  return Object.fromEntries(Object.entries(tags).map(([name, value]) => [`${key}/${name}`, value]));
}
