import { Stack, Stage, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { fail } from '../private/checks';

const BASES = new WeakMap<IConstruct, Map<string, string>>();

/** Requires that a construct can refer to a base: from the same stage of the app, account and region. */
export function requireUsable(shared: IConstruct, scope: IConstruct): void {
  if (Stack.of(scope) === Stack.of(shared)) {
    return;
  }
  if (Stage.of(scope) !== Stage.of(shared)) {
    const rule = 'a base of the same stage; across stages, publish it and use MlSharedInfra.fromPublished';
    fail(scope, 'shared', rule, shared.node.path);
  }
  for (const place of ['account', 'region'] as const) {
    const [here, there] = [Stack.of(scope)[place], Stack.of(shared)[place]];
    if (here !== there && !Token.isUnresolved(here) && !Token.isUnresolved(there)) {
      fail(scope, 'shared', `a base in the same ${place}, ${here}`, there);
    }
  }
}

/** Requires that no other base of the stage, account and region has a name: they would share their owners' roles. */
export function requireOwnName(base: IConstruct, baseName: string): void {
  const { account, region } = Stack.of(base);
  const app = Stage.of(base) ?? base.node.root;
  const bases = BASES.get(app) ?? new Map<string, string>();
  BASES.set(app, bases);
  const place = `${account} ${region} ${baseName}`;
  const other = bases.get(place);
  if (other !== undefined) {
    fail(base, 'baseName', `given and unlike that of another base, ${other}`, baseName);
  }
  bases.set(place, base.node.path);
}
