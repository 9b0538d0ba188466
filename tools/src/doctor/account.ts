import { Diagnosis, ok, problem, skipped, warning } from './diagnosis';
import { BootstrapNeed, QuotaNeed } from './needs';

/** Who the credentials belong to. */
export interface Caller {
  readonly account: string;
  readonly arn: string;
}

/** What is asked of AWS. Each call ends within seconds, and throws what AWS says. */
export interface Account {
  caller(): Promise<Caller>;

  /** Value of an SSM parameter; undefined if there is none. */
  parameter(region: string, name: string): Promise<string | undefined>;

  /** The quotas of a service by name in lower case, as far as the account knows them. */
  quotas(region: string, service: string): Promise<ReadonlyMap<string, number>>;
}

const SIGN_IN =
  'sign in: `aws sso login`, or `aws configure sso` for the first time, and AWS_PROFILE for another profile';
const ASK_FOR_MORE = 'ask for more in Service Quotas before the deployment: docs/limits.md';

/** Whose the credentials are, and whether stacks are meant for that account. */
export async function checkCredentials(account: Account, meant: readonly string[]): Promise<[Diagnosis, Caller?]> {
  let caller: Caller;
  try {
    caller = await account.caller();
  } catch (error) {
    return [problem('Credentials', said(error), SIGN_IN)];
  }
  if (/^arn:[^:]+:iam::\d+:root$/.test(caller.arn)) {
    return [
      warning('Credentials', `${caller.arn}, who can do everything`, 'use a role instead of the root user'),
      caller,
    ];
  }
  const others = meant.filter((each) => each !== caller.account);
  return others.length > 0
    ? [warning('Credentials', `${caller.arn}, while stacks are for ${others.join(', ')}`, SIGN_IN), caller]
    : [ok('Credentials', caller.arn), caller];
}

/** Whether the region of a stack is bootstrapped, with a version that is new enough. */
export async function checkBootstrap(account: Account, caller: Caller, need: BootstrapNeed, region?: string) {
  const check = `Bootstrap${region ? ` ${region}` : ''}`;
  if (region === undefined) {
    return skipped(check, 'the region is not known: set AWS_REGION, or give --region');
  }
  if (need.account !== undefined && need.account !== caller.account) {
    return skipped(check, `it is in account ${need.account}, and the credentials are of ${caller.account}`);
  }
  const remedy = `npx cdk bootstrap aws://${caller.account}/${region}`;
  try {
    const value = await account.parameter(region, need.parameter);
    if (value === undefined) {
      return problem(check, `${need.parameter} is not there`, remedy);
    }
    return Number(value) >= need.version
      ? ok(check, `version ${value}`)
      : problem(check, `version ${value}, while stacks ask for ${need.version}`, remedy);
  } catch (error) {
    return skipped(check, said(error));
  }
}

/** Whether a quota leaves room for what the app has, if the account had nothing else. */
export async function checkQuota(account: Account, need: QuotaNeed, region?: string): Promise<Diagnosis> {
  const check = `Quota ${need.quota}${region ? `, ${region}` : ''}`;
  if (region === undefined) {
    return skipped(check, 'the region is not known: set AWS_REGION, or give --region');
  }
  try {
    const quota = (await account.quotas(region, need.service)).get(need.quota.toLowerCase());
    if (quota === undefined) {
      return skipped(check, `the app has ${need.count}; Service Quotas does not list it`);
    }
    return need.count > quota
      ? problem(check, `the app has ${need.count}, and the account allows ${quota}`, ASK_FOR_MORE)
      : ok(check, `the app has ${need.count} of ${quota}, whatever else the account has`);
  } catch (error) {
    return skipped(check, said(error));
  }
}

function said(error: unknown): string {
  const { name, message } = error as Error;
  return [name, message].filter(Boolean).join(': ').split('\n')[0];
}
