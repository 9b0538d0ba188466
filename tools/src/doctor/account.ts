import { Diagnosis, ok, problem, skipped, warning } from './diagnosis';
import { BootstrapNeed, QuotaNeed } from './needs';

/** Who the credentials belong to. */
export interface Caller {
  readonly account: string;
  readonly arn: string;
}

/** The quotas of a service by name in lower case. */
export interface Quotas {
  readonly values: ReadonlyMap<string, number>;

  /** Whether they are those of any account, since the account's own could not be read. */
  readonly areDefaults: boolean;
}

/** What is asked of AWS. Each call ends within seconds, and throws what AWS says. */
export interface Account {
  caller(): Promise<Caller>;

  /** Value of an SSM parameter; undefined if there is none. */
  parameter(region: string, name: string): Promise<string | undefined>;

  quotas(region: string, service: string): Promise<Quotas>;
}

const SIGN_IN =
  'sign in: `aws sso login`, or `aws configure sso` for the first time, and AWS_PROFILE for another profile';
const CONNECT = 'see that this machine reaches AWS: network, VPN; the doctor itself goes through no proxy';
const ASK_FOR_MORE = 'ask for more in Service Quotas before the deployment: docs/limits.md';

/** Whose the credentials are, and whether stacks are meant for that account. */
export async function checkCredentials(account: Account, meant: readonly string[]): Promise<[Diagnosis, Caller?]> {
  let caller: Caller;
  try {
    caller = await account.caller();
  } catch (error) {
    return [problem('Credentials', said(error), isUnreachable(error) ? CONNECT : SIGN_IN)];
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
    const { values, areDefaults } = await account.quotas(region, need.service);
    const quota = values.get(need.quota.toLowerCase());
    if (quota === undefined) {
      return skipped(check, `the app has ${need.count}; Service Quotas does not list it`);
    }
    const whose = areDefaults ? ' by default (what this account has could not be read)' : '';
    return need.count > quota
      ? problem(check, `the app has ${need.count}, and ${quota} are allowed${whose}`, ASK_FOR_MORE)
      : ok(check, `the app has ${need.count} of ${quota}${whose}, whatever else the account has`);
  } catch (error) {
    return skipped(check, said(error));
  }
}

/** What the SDK says of a connection and not of whoever asks. */
function isUnreachable(error: unknown): boolean {
  const { code, name } = error as NodeJS.ErrnoException;
  return /^(E[A-Z]+|CERT_.*|UNABLE_.*)$/.test(code ?? '') || name === 'TimeoutError';
}

/** In one line, without the name of a class of the SDK; what is no answer of AWS is said to be none. */
function said(error: unknown): string {
  const { name, message, code } = error as NodeJS.ErrnoException;
  if (error instanceof SyntaxError) {
    return 'the answer is not one of AWS';
  }
  const kind = /Provider|^Error$/.test(name) ? code : name;
  return [kind, message].filter(Boolean).join(': ').split('\n')[0];
}
