import { flattened } from '../../private/template';
import { CodeRule } from '../compliance-rule';
import { Statement, statementsOf } from '../policy-statements';

export const rule: CodeRule = {
  id: 'ec2-endpoint-policy',
  controls: [],
  title: 'Endpoints have a policy that says who may reach what',
  severity: 'MEDIUM',
  remedy: 'Set PolicyDocument with principals, actions or resources of the own account, or a condition that binds them',
  link: 'https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html',
  resourceTypes: ['AWS::EC2::VPCEndpoint'],
  inspect: ({ properties }) => {
    const type = flattened(properties.VpcEndpointType ?? 'Gateway');
    // Services of other accounts take no policy.
    if (/vpce-svc/.test(flattened(properties.ServiceName)) || !/^(Interface|Gateway)$/.test(type)) {
      return undefined;
    }
    if (properties.PolicyDocument === undefined) {
      const location = 'Properties.PolicyDocument';
      return [{ location, text: `${location} must be given, got: nothing, which allows everything to everybody` }];
    }
    return statementsOf(properties.PolicyDocument)
      .filter(isBoundless)
      .map(({ place }) => ({ location: place, text: `${place} must not allow everything to everybody` }));
  },
};

function isBoundless(statement: Statement): boolean {
  const { effect, actions, resources, principals, conditions } = statement;
  return (
    effect === 'Allow' &&
    conditions.length === 0 &&
    actions.includes('*') &&
    resources.includes('*') &&
    principals.some(({ name }) => name === '*')
  );
}
