import { Stack, Stage, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { fail } from './checks';

const NOUNS = { shared: 'a base', lifecycle: 'a lifecycle' };

/** Requires that CloudFormation can refer from `scope` to what was given as `prop`: same stage, account and region. */
export function requireSamePlace(given: IConstruct, scope: IConstruct, prop: 'shared' | 'lifecycle'): void {
  const [here, there] = [Stack.of(scope), Stack.of(given)];
  if (here === there) {
    return;
  }
  if (Stage.of(scope) !== Stage.of(given)) {
    const remedy = prop === 'shared' ? 'publish it and use MlSharedInfra.fromPublished' : 'define one there';
    fail(scope, prop, `${NOUNS[prop]} of the same stage; across stages, ${remedy}`, given.node.path);
  }
  for (const place of ['account', 'region'] as const) {
    const [mine, other] = [here[place], there[place]];
    if (mine !== other && !Token.isUnresolved(mine) && !Token.isUnresolved(other)) {
      fail(scope, prop, `${NOUNS[prop]} in the same ${place}, ${mine}`, other);
    }
  }
}
