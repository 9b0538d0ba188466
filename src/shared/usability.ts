import { Stack, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { fail } from '../private/checks';
import { requireSamePlace } from '../private/places';

const BASES = new WeakMap<
  IConstruct,
  { readonly baseName: string; readonly account: string; readonly path: string }[]
>();

/** Requires that a construct can refer to a base: from the same stage of the app, account and region. */
export function requireUsable(shared: IConstruct, scope: IConstruct): void {
  requireSamePlace(shared, scope, 'shared');
}

/**
 * Requires that no other base of the account has a name, in whatever stage and region, since IAM has neither: the two
 * would share their owners' roles.
 */
export function requireOwnName(base: IConstruct, baseName: string): void {
  const { account } = Stack.of(base);
  const named = BASES.get(base.node.root) ?? [];
  BASES.set(base.node.root, named);
  const mayBeSame = (other: string) => other === account || Token.isUnresolved(other) || Token.isUnresolved(account);
  const other = named.find((known) => known.baseName === baseName && mayBeSame(known.account));
  if (other) {
    const rule = `unlike that of ${other.path}, unless both stand in stacks whose 'env' names different accounts`;
    fail(base, 'baseName', rule, baseName);
  }
  named.push({ baseName, account, path: base.node.path });
}
