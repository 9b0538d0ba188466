import { Account, checkBootstrap, checkCredentials, checkQuota } from '../../src/doctor/account';

const CALLER = { account: '111111111111', arn: 'arn:aws:sts::111111111111:assumed-role/Admin/alice' };
const PARAMETER = '/cdk-bootstrap/hnb659fds/version';
const NEED = { version: 6, parameter: PARAMETER };

/** An account in which some things are, and of which all else is refused. */
function accountWith(parts: Partial<Account>): Account {
  const refuse = () => Promise.reject(Object.assign(new Error('not allowed\nsecond line'), { name: 'AccessDenied' }));
  return { caller: refuse, parameter: refuse, quotas: refuse, ...parts };
}

describe('credentials', () => {
  const check = (caller: Account['caller'], meant: string[] = []) => checkCredentials(accountWith({ caller }), meant);

  test('are those of a role in the account of the stacks', async () => {
    expect(await check(async () => CALLER, ['111111111111'])).toEqual([
      { check: 'Credentials', state: 'ok', found: CALLER.arn },
      CALLER,
    ]);
  });

  test('are warned of where stacks are for another account', async () => {
    const [diagnosis] = await check(async () => CALLER, ['111111111111', '222222222222']);

    expect(diagnosis).toMatchObject({ state: 'warning', found: expect.stringContaining('for 222222222222') });
  });

  test('are warned of where they are those of the root user', async () => {
    const [diagnosis] = await check(async () => ({ ...CALLER, arn: 'arn:aws-cn:iam::111111111111:root' }));

    expect(diagnosis).toMatchObject({ state: 'warning', remedy: 'use a role instead of the root user' });
  });

  test('that are missing are a problem, in the words of AWS and on one line', async () => {
    const [diagnosis, caller] = await checkCredentials(accountWith({}), []);

    expect(caller).toBeUndefined();
    expect(diagnosis).toMatchObject({ state: 'problem', found: 'AccessDenied: not allowed' });
    expect(diagnosis.remedy).toContain('aws sso login');
  });
});

describe('a machine that does not reach AWS', () => {
  test.each([
    ['ECONNREFUSED', 'Error', 'connect ECONNREFUSED 127.0.0.1:1'],
    ['ENOTFOUND', 'Error', 'getaddrinfo ENOTFOUND sts'],
    [undefined, 'TimeoutError', 'Connection timed out'],
  ])('is told to look at its connection, not to sign in (%s)', async (code, name, message) => {
    const caller = () => Promise.reject(Object.assign(new Error(message), { name, code }));
    const [{ remedy, found }] = await checkCredentials(accountWith({ caller }), []);

    expect(remedy).toContain('proxy');
    expect(found).toContain(message);
  });

  test('is told in plain words of an answer that is not from AWS', async () => {
    const caller = () => Promise.reject(new SyntaxError("Unexpected token '<'"));

    expect((await checkCredentials(accountWith({ caller }), []))[0].found).toBe('the answer is not one of AWS');
  });
});

describe('the bootstrap of a region', () => {
  const check = (value: string | undefined, need: object = NEED, region: string | undefined = 'eu-central-1') =>
    checkBootstrap(accountWith({ parameter: async () => value }), CALLER, { ...NEED, ...need }, region);

  test.each(['6', '28'])('is there with version %s', async (value) => {
    expect(await check(value)).toEqual({ check: 'Bootstrap eu-central-1', state: 'ok', found: `version ${value}` });
  });

  test('that is older than stacks ask for is made again', async () => {
    expect(await check('5')).toMatchObject({
      state: 'problem',
      found: 'version 5, while stacks ask for 6',
      remedy: 'npx cdk bootstrap aws://111111111111/eu-central-1',
    });
  });

  test.each([undefined, 'text'])('that has no version (%s) is made', async (value) => {
    expect(await check(value)).toMatchObject({
      state: 'problem',
      remedy: 'npx cdk bootstrap aws://111111111111/eu-central-1',
    });
  });

  test('of another account is not looked at', async () => {
    expect(await check('6', { account: '222222222222' })).toMatchObject({ state: 'skipped' });
  });

  test('of an unknown region is not looked at, and the way to say it is', async () => {
    const account = accountWith({ parameter: async () => '6' });

    expect(await checkBootstrap(account, CALLER, NEED, undefined)).toMatchObject({
      state: 'skipped',
      found: expect.stringContaining('AWS_REGION'),
    });
  });

  test('that may not be read is skipped, with the words of AWS', async () => {
    expect(await checkBootstrap(accountWith({}), CALLER, NEED, 'eu-central-1')).toMatchObject({
      state: 'skipped',
      found: 'AccessDenied: not allowed',
    });
  });
});

describe('a quota', () => {
  const need = (count: number) => ({ service: 'vpc', quota: 'VPCs per Region', count });
  const values = new Map([['vpcs per region', 5]]);
  const account = accountWith({ quotas: async () => ({ values, areDefaults: false }) });

  test('leaves room up to its value', async () => {
    expect(await checkQuota(account, need(5), 'us-east-1')).toMatchObject({
      check: 'Quota VPCs per Region, us-east-1',
      state: 'ok',
      found: 'the app has 5 of 5, whatever else the account has',
    });
  });

  test('is a problem above it', async () => {
    expect(await checkQuota(account, need(6), 'us-east-1')).toMatchObject({
      state: 'problem',
      found: 'the app has 6, and 5 are allowed',
      remedy: expect.stringContaining('Service Quotas'),
    });
  });

  test('says where it is only what AWS allows at first', async () => {
    const unread = accountWith({ quotas: async () => ({ values, areDefaults: true }) });

    expect((await checkQuota(unread, need(6), 'us-east-1')).found).toContain('5 are allowed by default');
    expect((await checkQuota(unread, need(5), 'us-east-1')).found).toContain('5 of 5 by default');
  });

  test('that is not listed is skipped, and never taken for enough', async () => {
    const other = { ...need(6), quota: 'Something else' };

    expect(await checkQuota(account, other, 'us-east-1')).toMatchObject({ state: 'skipped' });
    expect(await checkQuota(accountWith({}), need(6), 'us-east-1')).toMatchObject({ state: 'skipped' });
    expect(await checkQuota(account, need(6))).toMatchObject({ state: 'skipped' });
  });
});
