import { CodeRule } from '../compliance-rule';
import { iamGuide } from '../control-pages';
import { allows, IDENTITY_TYPES, identityStatements, Statement } from '../policy-statements';
import { Finding } from '../requirement';

/** How an ARN ends that leaves the role open: `*`, `:*`, `:role/*`, `:role**`. */
const ANY_ROLE = /^[*?]+$|:(role\/?)?[*?]+$/;

export const rule: CodeRule = {
  id: 'iam-pass-role',
  controls: [],
  title: 'Roles are passed one by one, to one service',
  severity: 'HIGH',
  remedy: 'Name the ARNs of the roles, and the service in a condition on iam:PassedToService',
  link: iamGuide('id_roles_use_passrole'),
  resourceTypes: IDENTITY_TYPES,
  inspect: (resource) => {
    const passing = identityStatements(resource).filter((statement) => allows(statement, 'iam:PassRole'));
    return passing.length === 0 ? undefined : passing.flatMap(findingsIn);
  },
};

function findingsIn({ place, resources, conditions }: Statement): Finding[] {
  const isBound = conditions.some(
    ({ key, operator, values }) =>
      key === 'iam:passedtoservice' &&
      /^(ForAnyValue:)?String(Equals|Like)/.test(operator) &&
      !/IfExists$/.test(operator) &&
      !values.some((value) => /^[*?]+$/.test(value)),
  );
  const unbounded = resources.filter((resource) => ANY_ROLE.test(resource));
  return [
    ...unbounded.map((resource) => ({
      location: `${place}.Resource`,
      text: `${place}.Resource must name the roles that may be passed, got: ${resource}`,
    })),
    ...(isBound
      ? []
      : [{ location: `${place}.Condition`, text: `${place}.Condition must name the service in iam:PassedToService` }]),
  ];
}
