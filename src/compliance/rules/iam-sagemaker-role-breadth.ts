import { flattened, isMap, listed, Template, TemplateResource } from '../../private/template';
import { CodeRule } from '../compliance-rule';
import { IDENTITY_TYPES, identityStatements, Statement, statementsOf } from '../policy-statements';
import { Finding } from '../requirement';

const BROAD =
  /:policy\/(AmazonSageMakerFullAccess|AmazonS3FullAccess|AdministratorAccess|PowerUserAccess|IAMFullAccess)$/;

export const rule: CodeRule = {
  id: 'iam-sagemaker-role-breadth',
  controls: ['CKV2_AWS_68'],
  title: 'Roles of SageMaker have no full access',
  severity: 'HIGH',
  remedy: 'Attach a policy of your own that lists actions and resources',
  link: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege',
  resourceTypes: IDENTITY_TYPES.filter((type) => /Role|Policy$/.test(type)),
  inspect: (resource, template) => {
    const isRole = resource.type === 'AWS::IAM::Role';
    const roles = isRole ? [resource] : rolesOf(resource, template);
    if (!roles.some(isOfSageMaker)) {
      return undefined;
    }
    const broad = identityStatements(resource)
      .filter(isFullAccess)
      .map(({ place }) => ({
        location: place,
        text: `${place} must not allow all actions of a service on every resource`,
      }));
    return isRole ? [...attached(resource), ...broad] : broad;
  },
};

function attached({ properties }: TemplateResource): Finding[] {
  return listed(properties.ManagedPolicyArns)
    .map((arn, index) => ({ name: flattened(arn), location: `Properties.ManagedPolicyArns.${index}` }))
    .filter(({ name }) => BROAD.test(name))
    .map(({ name, location }) => ({
      location,
      text: `${location} must be a policy of least privilege, got: ${name.split('/').pop()}`,
    }));
}

/** The roles of this template to which a policy is attached, by either side. */
function rolesOf(policy: TemplateResource, { resources }: Template): TemplateResource[] {
  const names = [...listed(policy.properties.Roles), ...listed(policy.properties.RoleName)].map(flattened);
  return resources.filter(
    ({ type, logicalId, properties }) =>
      type === 'AWS::IAM::Role' &&
      (names.includes(`\${${logicalId}}`) ||
        (typeof properties.RoleName === 'string' && names.includes(properties.RoleName)) ||
        listed(properties.ManagedPolicyArns).some((arn) => isMap(arn) && arn.Ref === policy.logicalId)),
  );
}

function isOfSageMaker({ properties }: TemplateResource): boolean {
  return statementsOf(properties.AssumeRolePolicyDocument).some(({ principals }) =>
    principals.some(({ kind, name }) => kind === 'Service' && name.startsWith('sagemaker.')),
  );
}

function isFullAccess({ effect, actions, notActions, resources, conditions }: Statement): boolean {
  const isBroad = notActions.length > 0 || actions.some((action) => /^(\*|[a-z0-9-]+:\*)$/i.test(action));
  return effect === 'Allow' && isBroad && resources.includes('*') && conditions.length === 0;
}
