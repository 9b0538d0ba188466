import { CodeRule } from '../compliance-rule';
import { iamGuide } from '../control-pages';
import { Condition, IDENTITY_TYPES, identityStatements, Statement } from '../policy-statements';
import { Finding } from '../requirement';

/** A request without tags is one without foreign tags, which is what a condition on this key is for. */
const HARMLESS = 'aws:tagkeys';

export const rule: CodeRule = {
  id: 'iam-for-all-values',
  controls: [],
  title: 'What is allowed with ForAllValues is not allowed without the key',
  severity: 'HIGH',
  remedy: 'Add "Null": { "<key>": "false" } to the conditions of the statement',
  link: iamGuide('reference_policies_condition-single-vs-multi-valued-context-keys'),
  resourceTypes: IDENTITY_TYPES,
  inspect: (resource) => {
    const statements = identityStatements(resource).filter(
      ({ effect, conditions }) => effect === 'Allow' && conditions.some(isForAllValues),
    );
    return statements.length === 0 ? undefined : statements.flatMap(findingsIn);
  },
};

function findingsIn({ place, conditions }: Statement): Finding[] {
  return conditions
    .filter((condition) => isForAllValues(condition) && !conditions.some((other) => isRequired(condition, other)))
    .map(({ key }) => ({
      location: `${place}.Condition`,
      text: `${place}.Condition must require ${key} with Null, since ForAllValues holds where it is missing`,
    }));
}

function isForAllValues({ operator, key }: Condition): boolean {
  return operator.startsWith('ForAllValues:') && key !== HARMLESS;
}

/** Whether another condition fails where the key is missing. */
function isRequired({ key }: Condition, other: Condition): boolean {
  const isNull = other.operator === 'Null' && other.values.every((value) => value.toLowerCase() === 'false');
  const isAny = other.operator.startsWith('ForAnyValue:') && !/Not|IfExists/.test(other.operator);
  return other.key === key && (isNull || isAny);
}
