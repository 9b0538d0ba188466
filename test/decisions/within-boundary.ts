import { runSimulation } from '@cloud-copilot/iam-simulate';
import type { PolicyDocument, Statement } from './scene';
import { ACCOUNT } from './templates';

/** A request that a policy allows. */
export interface AllowedRequest {
  readonly policy: PolicyDocument;
  readonly action: string;
  readonly resource: string;
  readonly context: { readonly [key: string]: string | string[] };
}

/** Base of whoever asks. */
export const BASE_NAME = 'base';
const OWNER = { 'ml-owner': 'alice', 'ml-base': BASE_NAME };

/**
 * One request for each action of some policies, on each kind of resource, in each shape that their conditions ask for:
 * a boundary knows no names but those of roles.
 */
export function allowedRequests(policies: PolicyDocument[]): AllowedRequest[] {
  const kind = ({ action, resource, context }: AllowedRequest) =>
    [action, action.startsWith('iam:') ? resource : resource.split(/[:/]/).slice(0, 6), Object.entries(context)].join();
  return [...new Map(policies.flatMap(requestsOf).map((request) => [kind(request), request])).values()];
}

function requestsOf(policy: PolicyDocument): AllowedRequest[] {
  return policy.Statement.filter(({ Effect }) => Effect === 'Allow').flatMap((statement) =>
    [statement.Action].flat().flatMap((action) =>
      [statement.Resource ?? []].flat().map((resource) => ({
        policy,
        action,
        resource: resource === '*' ? '*' : filled(resource),
        context: contextFor(statement),
      })),
    ),
  );
}

/** Whether a boundary leaves what a policy allows. An action that does not act on a kind of resource is no request. */
export async function isWithin(
  boundary: PolicyDocument | undefined,
  { policy, action, resource, context }: AllowedRequest,
): Promise<'within' | 'outside'> {
  const tags = (key: string) => Object.entries(OWNER).map(([name, value]) => [`aws:${key}/${name}`, value]);
  const ask = async (document: PolicyDocument | undefined) => {
    const result = await runSimulation(
      {
        request: {
          principal: `arn:aws:iam::${ACCOUNT}:role/ml-infra/base/alice/role`,
          action,
          resource: { resource, accountId: resource.split(':')[4] || ACCOUNT },
          contextVariables: {
            ...Object.fromEntries(tags('PrincipalTag')),
            'aws:ResourceAccount': resource.split(':')[4] || ACCOUNT,
            'aws:PrincipalAccount': ACCOUNT,
            ...context,
          },
        },
        identityPolicies: [{ name: 'policy', policy }],
        permissionBoundaryPolicies: document && [{ name: 'boundary', policy: document }],
        serviceControlPolicies: [],
        resourceControlPolicies: [],
        resourcePolicy: { Version: '2012-10-17', Statement: [OPEN_TO_ACCOUNT] },
      },
      {},
    );
    return result.resultType !== 'error' && result.overallResult === 'Allowed';
  };
  return (await ask(undefined)) && !(await ask(boundary)) ? 'outside' : 'within';
}

/** Leaves the decision to the policies of the caller. */
const OPEN_TO_ACCOUNT = {
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
  Action: '*',
  Resource: '*',
};

function contextFor({ Condition: condition = {} }: Statement): AllowedRequest['context'] {
  return Object.fromEntries(
    Object.entries(condition)
      .filter(([operator]) => operator !== 'Null')
      .flatMap(([operator, keys]) =>
        Object.entries(keys).map(([key, value]) => {
          const [first] = [value].flat().map((text) => filled(String(text)));
          return [key, operator.startsWith('ForAllValues:') ? [first] : first];
        }),
      ),
  );
}

/** A pattern as one of the texts that it stands for. */
function filled(pattern: string): string {
  return pattern
    .replace('${aws:PrincipalTag/ml-owner}', OWNER['ml-owner'])
    .replace('${aws:PrincipalTag/ml-base}', OWNER['ml-base'])
    .replace(/:\*:/g, `:${ACCOUNT}:`)
    .replace(/\*/g, 'x')
    .replace(/\?/g, 'x');
}
