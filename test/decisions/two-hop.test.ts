import { keepFigures } from './figures';
import { OWNERS } from './landscape';
import { CREATED, tags } from './requests';
import { Scene } from './scene';
import { type Context, isAllowed } from './simulator';

// The simulator reads the data of a service when it is first asked for, which takes seconds on a busy machine.
jest.setTimeout(120_000);

const SERVICES = ['sagemaker.amazonaws.com', 'states.amazonaws.com', 'lambda.amazonaws.com'];
const OBJECT = ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject', 's3:DeleteObject'];
const scene = Scene.define();
const roles = scene.callersLike(/./).filter((name) => scene.hasTarget(`role/${name}`));
const REACHABLE = new Map<string, Promise<string[]>>();
let asked = 0;

/** All roles that somebody can have work for them: those that they pass, those that these pass, and so on. */
function reachable(start: string): Promise<string[]> {
  const known = REACHABLE.get(start) ?? search(start);
  REACHABLE.set(start, known);
  return known;
}

async function search(start: string): Promise<string[]> {
  const found = new Set<string>();
  const open = [start];
  for (let caller = open.pop(); caller !== undefined; caller = open.pop()) {
    for (const role of roles.filter((name) => !found.has(name))) {
      if (await mayUse(caller, role)) {
        found.add(role);
        open.push(role);
      }
    }
  }
  return [...found].sort();
}

async function mayUse(caller: string, role: string): Promise<boolean> {
  for (const service of SERVICES) {
    if (
      await isAllowed(scene, caller, 'iam:PassRole', `role/${role}`, { context: { 'iam:PassedToService': service } })
    ) {
      return true;
    }
  }
  return isAllowed(scene, caller, 'sts:AssumeRole', `role/${role}`);
}

/** What belongs to an owner on a base, and what could be done to it. */
function belongings(owner: string, base: string): [action: string, on: string, context: Context][] {
  const mine = tags('aws:ResourceTag', owner, scene.baseName(base));
  const buckets = ['datasets', 'models', 'artifacts'];
  const sagemaker = { 'iam:PassedToService': 'sagemaker.amazonaws.com' };
  return [
    ...buckets.flatMap((bucket) => [
      ...OBJECT.map((action): [string, string, Context] => [action, `${base}/${bucket}/users/${owner}/a`, {}]),
      ...OBJECT.slice(2).map((action): [string, string, Context] => [
        action,
        `${base}/${bucket}/shared/${owner}/a`,
        {},
      ]),
      ['s3:ListBucket', `${base}/${bucket}`, { 's3:prefix': `users/${owner}/` }] as [string, string, Context],
    ]),
    ...Object.entries(CREATED).flatMap(([action, type]) =>
      ['Describe', 'Stop'].map((verb): [string, string, Context] => [
        action.replace('Create', verb),
        `${base}/${type}/a`,
        mine,
      ]),
    ),
    ['sagemaker:StartPipelineExecution', `${base}/pipeline/a`, mine],
    ['sagemaker:StopNotebookInstance', `${base}/notebook/${owner}`, {}],
    ['sagemaker:CreatePresignedNotebookInstanceUrl', `${base}/notebook/${owner}`, {}],
    ['iam:PassRole', `role/${owner}@${base}`, sagemaker],
    ['sts:AssumeRole', `role/${owner}@${base}`, {}],
  ];
}

describe.each([
  ['alice@dev', ['alice-job@dev', 'alice-model@dev', 'alice-pipeline@dev', 'alice@dev']],
  ['alice-b@dev', ['alice-b-job@dev', 'alice-b-model@dev', 'alice-b-pipeline@dev', 'alice-b@dev']],
  ['guest@dev', ['guest-job@dev', 'guest-model@dev', 'guest-pipeline@dev', 'guest@dev']],
  ['alice@prod', ['alice-job@prod', 'alice-model@prod', 'alice-pipeline@prod', 'alice@prod']],
  ['alice-pipeline@dev', ['alice-job@dev', 'alice-model@dev', 'alice-pipeline@dev', 'alice@dev']],
  ['alice-job@dev', []],
  ['alice-model@dev', []],
])('%s', (caller, own) => {
  test('can have no roles work but the own ones, over however many hops', async () => {
    expect(await reachable(caller)).toEqual(own);
  });
});

describe.each([
  ['alice@dev', [...OWNERS.slice(1), 'team', 'guest'].map((owner) => `${owner}@dev`)],
  ['alice@dev', ['alice@prod', 'bob@prod', 'team@prod', 'bob@strict']],
  ['alice@prod', ['alice@dev', 'bob@prod']],
  ['guest@dev', ['alice@dev']],
])('%s', (caller, others) => {
  test.each(others)('has no role, over however many hops, that reaches what is of %s', async (other) => {
    const [owner, base] = other.split('@');
    const breaches: string[] = [];
    for (const role of await reachable(caller)) {
      for (const [action, on, context] of belongings(owner, base)) {
        asked += 1;
        if (await isAllowed(scene, role, action, on, { context })) {
          breaches.push(`${role} ${action} ${on}`);
        }
      }
    }
    expect(breaches).toEqual([]);
  });
});

test('the search does find a way, where there is one', async () => {
  expect(await reachable('admin')).toContain('bob@dev');
  expect(await isAllowed(scene, 'bob@dev', 's3:GetObject', 'dev/datasets/users/bob/a')).toBe(true);
});

afterAll(() => keepFigures('two-hop', { hops: asked, hoppedRoles: roles.length }));
