import { readAssembly } from '../../src/assembly/read-assembly';
import { Account } from '../../src/doctor/account';
import { examineAccount } from '../../src/doctor/examine';
import { plantedAssembly, plantedNotebook } from '../assembly/planted';

const CALLER = { account: '111111111111', arn: 'arn:aws:iam::111111111111:user/alice' };

function accountThatSays(said: string[]): Account {
  return {
    caller: async () => CALLER,
    parameter: async (region, name) => {
      said.push(`${region} ${name}`);
      return '30';
    },
    quotas: async (region, service) => {
      said.push(`${region} ${service}`);
      return { values: new Map([['total number of notebook instances', 4]]), areDefaults: false };
    },
  };
}

function assembly(region: string) {
  return readAssembly(plantedAssembly([{ name: 'Lab', region, resources: { A: plantedNotebook('ml.t3.medium') } }]));
}

test('an app is looked at in its own regions, whatever region is preset', async () => {
  const asked: string[] = [];
  const found = await examineAccount(accountThatSays(asked), assembly('eu-west-1'), 'us-east-1');

  expect(found.map(({ check, state }) => [check, state])).toEqual([
    ['Credentials', 'ok'],
    ['Region', 'ok'],
    ['Quota Total number of notebook instances, eu-west-1', 'ok'],
    ['Quota ml.t3.medium for notebook instance usage, eu-west-1', 'skipped'],
  ]);
  expect(new Set(asked)).toEqual(new Set(['eu-west-1 sagemaker']));
});

test('an app without a region is looked at in the preset one', async () => {
  const asked: string[] = [];
  const found = await examineAccount(accountThatSays(asked), assembly('unknown-region'), 'ap-south-1');

  expect(found[1]).toEqual({ check: 'Region', state: 'ok', found: 'ap-south-1' });
  expect(asked).toContain('ap-south-1 sagemaker');
});

test('without any region nothing is asked of one', async () => {
  const asked: string[] = [];
  const found = await examineAccount(accountThatSays(asked), assembly('unknown-region'), undefined);

  expect(found.slice(1).every(({ state }) => state === 'skipped')).toBe(true);
  expect(asked).toEqual([]);
});

test('without credentials nothing else is asked', async () => {
  const asked: string[] = [];
  const nobody = { ...accountThatSays(asked), caller: () => Promise.reject(new Error('no credentials')) };

  const found = await examineAccount(nobody, assembly('eu-west-1'), 'eu-west-1');
  expect(found.map(({ state }) => state)).toEqual(['problem', 'ok']);
  expect(asked).toEqual([]);
});

test('without an assembly there are credentials and a region', async () => {
  const found = await examineAccount(accountThatSays([]), undefined, 'eu-west-1');

  expect(found.map(({ check }) => check)).toEqual(['Credentials', 'Region']);
});
