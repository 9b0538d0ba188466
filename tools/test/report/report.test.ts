import { createHash } from 'node:crypto';
import { reportOf } from '../../src/report/report';
import { assemblyOf, contentsWith, estimateWith, HOSTILE, itemOf, stackOf } from './apps';

const NOTEBOOK = 'AWS::SageMaker::NotebookInstance';

test('is one page with its sections, in the order of their headings', () => {
  const page = pageOf();

  expect([...page.matchAll(/<h([12])[^>]*>([^<]*)</g)].map(([, level, text]) => `${level} ${text}`)).toEqual([
    '1 Team',
    '2 Picture',
    '2 Cost',
    '2 Posture',
    '2 What stays when a stack is deleted',
    '2 What each owner can reach',
    '2 AWS console',
  ]);
  for (const [, id] of page.matchAll(/<a href="#([^"]*)"/g)) {
    expect(page).toContain(`id="${id}"`);
  }
});

test('loads nothing, and runs nothing but its own script', () => {
  const page = pageOf();
  const [, policy] = /Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];

  expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[^']*'; script-src 'sha256-[^']*'; img-src data:;/);
  for (const [, tag, text] of page.matchAll(/<(style|script)>(.*?)<\/\1>/gs)) {
    expect(policy).toContain(`${tag}-src 'sha256-${createHash('sha256').update(text).digest('base64')}'`);
  }
  expect(page).not.toMatch(/\s(style|on\w+)="/);
  expect(page).not.toMatch(/(src|href)="(?!data:|#|https:\/\/)/);
  expect(page).not.toMatch(/url\(|@import|fetch\(|innerHTML/);
});

test('is the same for the same app', () => {
  expect(pageOf()).toBe(pageOf());
});

test('text of the app does not become markup anywhere', () => {
  const Resources = {
    [HOSTILE]: { Type: NOTEBOOK, Properties: { Tags: [{ Key: 'ml-owner', Value: HOSTILE }] } },
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        Tags: [{ Key: 'ml-owner', Value: HOSTILE }],
        ManagedPolicyArns: [HOSTILE],
        Policies: [
          {
            PolicyDocument: {
              Statement: {
                Effect: HOSTILE,
                Action: HOSTILE,
                Resource: HOSTILE,
                Condition: { [HOSTILE]: { [HOSTILE]: HOSTILE } },
              },
            },
          },
        ],
      },
    },
    [`b${HOSTILE}`]: { Type: 'AWS::S3::Bucket', DeletionPolicy: HOSTILE },
  };
  const finding = { rule: HOSTILE, severity: HOSTILE, pack: HOSTILE, path: HOSTILE, text: HOSTILE, fix: HOSTILE };
  const item = itemOf({
    constructPath: HOSTILE,
    resourceType: HOSTILE,
    owner: HOSTILE,
    description: HOSTILE,
    unit: HOSTILE,
  });
  const page = reportOf({
    ...contentsWith(
      assemblyOf([stackOf(HOSTILE, { Resources, region: HOSTILE }), stackOf(`${HOSTILE}2`)], {
        library: HOSTILE,
        checks: [{ name: HOSTILE, version: HOSTILE, passed: true }],
        findings: [finding, { ...finding, acknowledged: HOSTILE }],
      }),
    ),
    svg: `<svg>${HOSTILE}</svg>`,
    estimate: estimateWith({
      items: [item, { ...item, owner: 'other' }],
      byUse: [{ ...item, measure: HOSTILE }],
      unpriced: [{ ...item, reason: HOSTILE }],
      assumptions: [HOSTILE],
      pricesOf: HOSTILE,
    }),
  });

  expect(page.match(/<script/g)).toHaveLength(1);
  expect(page).not.toContain('\u202e');
  expect(page).not.toContain(']]></td>');
  expect(page.split('&lt;script&gt;').length).toBeGreaterThan(30);
});

test('of 500 notebooks, with two costs, a role and a policy each, is below a megabyte', () => {
  const owners = Array.from({ length: 500 }, (_, index) => `a-rather-long-owner-${index}`);
  const tagged = (owner: string) => ({ Properties: { Tags: [{ Key: 'ml-owner', Value: owner }] } });
  const resources = owners.flatMap((owner) => [
    [owner, { Type: NOTEBOOK, DeletionPolicy: 'Retain', ...tagged(owner) }],
    [`${owner}-role`, { Type: 'AWS::IAM::Role', ...tagged(owner) }],
    [`${owner}-policy`, { Type: 'AWS::IAM::Policy', Properties: policyOf(owner) }],
  ]);
  const items = owners.flatMap((owner) => [
    itemOf({ owner, constructPath: `Team/Notebooks/${owner}` }),
    itemOf({ owner }),
  ]);
  const assembly = assemblyOf([stackOf('Team', { Resources: Object.fromEntries(resources) })]);
  const page = reportOf({ ...contentsWith(assembly), estimate: estimateWith({ items }) });

  expect(Buffer.byteLength(page)).toBeLessThan(1_000_000);
  expect(page).toContain('500 owners with the same rights');
});

function policyOf(owner: string) {
  const actions = ['s3:GetObject', 's3:PutObject', 'kms:Decrypt', 'logs:PutLogEvents', 'ecr:BatchGetImage'];
  const Resource = `arn:aws:s3:::team/users/${owner}/*`;
  const Statement = actions.map((Action) => ({ Effect: 'Allow', Action, Resource }));
  return { Roles: [{ Ref: `${owner}-role` }], PolicyDocument: { Statement } };
}

function pageOf(): string {
  return reportOf(contentsWith(assemblyOf([stackOf('Team', { Resources: { A: { Type: NOTEBOOK } } })])));
}
