import { Stack, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { fail } from '../private/checks';
import { requireSamePlace } from '../private/places';
import { IMlStorage } from '../storage';
import { IMlSharedInfra } from './shared-infra';

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

/** The bases on a storage, and which of them lets nobody in but through its own network. */
const USERS = new WeakMap<IMlStorage, { readonly base: IMlSharedInfra; readonly isPerimeter: boolean }[]>();

/** Requires that no perimeter around a storage locks out another base on it, whose network has an endpoint of its own. */
export function requireReachable(
  base: IMlSharedInfra,
  perimeter: { readonly endpointIds?: string[] } | undefined,
): void {
  const users = USERS.get(base.storage) ?? [];
  USERS.set(base.storage, users);
  const own = { base, isPerimeter: perimeter !== undefined && perimeter.endpointIds === undefined };
  const lockedOut = users.find(
    (other) => (own.isPerimeter || other.isPerimeter) && other.base.network !== base.network,
  );
  if (lockedOut) {
    const rule = `of one base where that has a dataPerimeter, which lets in its own network alone; use the network of ${lockedOut.base.node.path}, or name the endpoints of both in dataPerimeter.endpointIds`;
    fail(base, 'storage', rule, base.storage);
  }
  users.push(own);
}
