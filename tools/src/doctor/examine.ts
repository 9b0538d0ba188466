import type { Assembly } from '../assembly/model';
import { Account, checkBootstrap, checkCredentials, checkQuota } from './account';
import { Diagnosis, ok, skipped } from './diagnosis';
import { bootstrapNeeds, quotaNeeds } from './needs';

/** Checks that take an account. Without credentials, nothing else of it is asked. */
export async function examineAccount(
  account: Account,
  assembly: Assembly | undefined,
  region: string | undefined,
): Promise<Diagnosis[]> {
  const stacks = assembly?.stacks ?? [];
  const meant = [...new Set(stacks.flatMap((stack) => stack.account ?? []))];
  const [credentials, caller] = await checkCredentials(account, meant);
  const place = regionDiagnosis(region, stacks);
  if (caller === undefined || assembly === undefined) {
    return [credentials, place];
  }
  const here = (need: { readonly account?: string }) => need.account === undefined || need.account === caller.account;
  const bootstraps = bootstrapNeeds(assembly).map((need) =>
    checkBootstrap(account, caller, need, need.region ?? region),
  );
  const quotas = quotaNeeds(assembly)
    .filter(here)
    .map((need) => checkQuota(account, need, need.region ?? region));
  return [credentials, place, ...(await Promise.all([...bootstraps, ...quotas]))];
}

function regionDiagnosis(region: string | undefined, stacks: Assembly['stacks']): Diagnosis {
  const named = [...new Set(stacks.flatMap((stack) => stack.region ?? []))];
  const agnostic = stacks.some((stack) => stack.region === undefined);
  if (named.length > 0 && !agnostic) {
    return ok('Region', named.join(', '));
  }
  return region === undefined
    ? skipped('Region', 'not known: set AWS_REGION, give --region, or `env` to the stacks')
    : ok('Region', [...new Set([...named, region])].join(', '));
}
