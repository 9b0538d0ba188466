import { Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** How a finding was acknowledged. */
export enum Acknowledged {
  /** Not at all. */
  NOT = 'not',

  /** By the bare id of the rule, which only the pack reads. */
  BARE = 'bare',

  /** By the id with the prefix of the pack, which the core reads too: it lists the finding with the reason. */
  PREFIXED = 'prefixed',
}

/** How a rule was acknowledged on a construct or above it. */
export function acknowledged(construct: IConstruct, pack: string, rule: string): Acknowledged {
  const ids = construct.node.scopes.flatMap(acknowledgedIds);
  if (ids.includes(`${pack}::${rule}`)) {
    return Acknowledged.PREFIXED;
  }
  return ids.some((id) => bare(id) === rule) ? Acknowledged.BARE : Acknowledged.NOT;
}

/** The rules that were acknowledged with the prefix of a pack somewhere below a construct. */
export function acknowledgedWithPrefix(root: IConstruct, pack: string): Set<string> {
  const ids = root.node.findAll().flatMap(acknowledgedIds);
  return new Set(ids.filter((id) => id.startsWith(`${pack}::`)).map((id) => id.slice(pack.length + 2)));
}

function acknowledgedIds(construct: IConstruct): string[] {
  return construct.node.metadata
    .filter(({ type, data }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY && data)
    .flatMap(({ data }) => Object.keys(data));
}

/** The core writes a bare id with a prefix for annotations, in small letters before 2.262.1. */
function bare(id: string): string {
  return id.replace(/^annotation::/i, '');
}
