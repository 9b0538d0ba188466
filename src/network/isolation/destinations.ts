import { Stack } from 'aws-cdk-lib';
import { NetworkTree } from './network-tree';
import { isMap, listed, Properties } from './written-resource';

/** What a route leads to, or a rule lets in: ranges of addresses, as far as the app tells. */
export interface Destination {
  readonly ranges: string[];

  /** Whether there is more than `ranges`, known at deployment only. */
  readonly isOpenEnded: boolean;

  /** As an error shows it. */
  readonly shown: string;
}

/** The destination that some properties name, each a range or a prefix list. */
export function destinationOf(tree: NetworkTree, stack: Stack, properties: Properties, names: string[]): Destination {
  const values = names.flatMap((name) => listed(properties[name]));
  const parts = values.map((value) => rangesOf(tree, stack, value));
  const ranges = parts.flatMap((part) => part ?? []);
  const isOpenEnded = parts.includes(undefined);
  return { ranges, isOpenEnded, shown: shownOf(values, ranges) };
}

/** The ranges of a value: its own, those of a list of this app, or none for the range of a VPC. */
function rangesOf(tree: NetworkTree, stack: Stack, value: unknown): string[] | undefined {
  const list = tree.at(tree.namesOf(value, stack)[0]);
  if (list?.type === 'AWS::EC2::PrefixList') {
    const entries = listed(list.properties.Entries).filter(isMap);
    const parts = entries.flatMap(({ Cidr }) => listed(Cidr)).map((range) => rangesOf(tree, list.stack, range));
    return parts.includes(undefined) ? undefined : parts.flatMap((part) => part ?? []);
  }
  if (typeof value === 'string') {
    return value.includes('/') ? [value] : undefined;
  }
  const target = tree.targetOf(value, stack);
  return target?.attribute === 'CidrBlock' ? [] : undefined;
}

function shownOf(values: unknown[], ranges: string[]): string {
  const texts = values.filter((value) => typeof value === 'string');
  const known = texts.length > 0 ? texts : ranges;
  return known.length > 0 ? known.join(', ') : 'a deploy-time value';
}
