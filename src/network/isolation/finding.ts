import { NetworkRisk } from '../network-risk';

/** Something that undoes what a network is for. */
export interface Finding {
  /** Path of the construct that does it. */
  readonly path: string;
  readonly prop: string;

  /** What the prop must be, and the remedy. */
  readonly rule: string;
  readonly got: string;

  /** As what an app can accept it, if it can. */
  readonly risk?: NetworkRisk;
}

/** The finding as an error says it. */
export function sentenceOf({ path, prop, rule, got, risk }: Finding): string {
  const [name] = Object.entries(NetworkRisk).find(([, value]) => value === risk) ?? [];
  const way = name === undefined ? '' : `; if it is wanted, say why with acceptRisk(NetworkRisk.${name}, '...')`;
  return `${path}: '${prop}' must be ${rule}${way}, got: ${got}`;
}

/** A value as a finding shows it. */
export function shown(value: unknown): string {
  return typeof value === 'string' ? value : 'a deploy-time value';
}
