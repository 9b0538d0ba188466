import * as fc from 'fast-check';
import { appPlan, newcomer } from './arbitraries';
import { exposesNothing, hardensNotebooks, namesItsPrincipals, trustsItsAccountAlone } from './exposure';
import { allowsNoWildcards, staysWithinLimits } from './limits';
import { describesGroupsAlike, locksNoStack, namesNothingTwice, writesNoPartition } from './names';
import type { AppPlan } from './plan';
import { refusesWrongly, SPOILED } from './refusals';
import { ignoresOrder, isTheSameAgain, leavesOthersAlone } from './relations';
import { keepsData, keepsNotebooks, keepsTagsOfIdentity } from './stateful';
import { type Synthesized, synthesizeOnce } from './synthesized';

type Faults = string[] | Promise<string[]>;

/** What holds for every synthesized app. Each says what is wrong, in sentences. */
export const INVARIANTS: { readonly [name: string]: (app: Synthesized) => Faults } = {
  'has no error that fails the synthesis': ({ errors }) => errors,
  'keeps data, unless two keys give it up': keepsData,
  'keeps notebooks that are replaced, and removes others as asked': keepsNotebooks,
  'keeps the tags that rights follow from': keepsTagsOfIdentity,
  'exposes nothing to the internet': exposesNothing,
  'hardens every notebook': hardensNotebooks,
  'lets nobody in without a name or a condition': namesItsPrincipals,
  'lets services assume roles for its own account alone': trustsItsAccountAlone,
  'allows no wildcard outside of the closed list': allowsNoWildcards,
  'stays within the limits of IAM and CloudFormation': staysWithinLimits,
  'names nothing twice': namesNothingTwice,
  'locks no stack to another': locksNoStack,
  'describes its security groups alike in every app': describesGroupsAlike,
  'writes no partition': writesNoPartition,
};

/** What holds between an app and another that differs from it in one way. */
const RELATIONS: { readonly [name: string]: fc.IAsyncProperty<unknown> } = {
  'is the same each time': fc.asyncProperty(appPlan, (plan) => expectNone(plan, () => isTheSameAgain(plan))),
  'ignores the order of notebooks': fc.asyncProperty(appPlan, (plan) => expectNone(plan, () => ignoresOrder(plan))),
  'leaves others alone when somebody joins or leaves': fc.asyncProperty(appPlan, newcomer, (plan, joining) =>
    expectNone(plan, () => leavesOthersAlone(plan, joining)),
  ),
};

/** Every property by its name. */
export const PROPERTIES: { readonly [name: string]: fc.IAsyncProperty<unknown> } = {
  'takes what is valid': fc.asyncProperty(appPlan, async (plan) => {
    synthesizeOnce(plan);
  }),
  ...Object.fromEntries(
    Object.entries(INVARIANTS).map(([name, faultsIn]) => [
      name,
      fc.asyncProperty(appPlan, (plan) => expectNone(plan, () => faultsIn(synthesizeOnce(plan)))),
    ]),
  ),
  ...RELATIONS,
  'is refused at once, and in one form of errors, for anything that is wrong with it': fc.asyncProperty(
    appPlan,
    fc.constantFrom(...Object.values(SPOILED)),
    async (plan, spoil) => {
      expect(refusesWrongly(spoil(plan))).toEqual([]);
    },
  ),
};

/** That nothing is wrong with an app. One that is refused breaks the first property, and is not told by all others. */
async function expectNone(plan: AppPlan, faultsOf: () => Faults): Promise<void> {
  fc.pre(isTaken(plan));
  expect(await faultsOf()).toEqual([]);
}

function isTaken(plan: AppPlan): boolean {
  try {
    synthesizeOnce(plan);
    return true;
  } catch {
    return false;
  }
}
