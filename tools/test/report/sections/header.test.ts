import { header } from '../../../src/report/sections/header';
import { assemblyOf, contentsWith, estimateWith, itemOf, stackOf, textOf } from '../apps';

const finding = { rule: 'r', severity: 'error', pack: 'p', path: 'Team/A', text: 't' };
const saving = { workloads: 2, sharedUsd: 60, separateUsd: 100, savedUsd: 40, savedPercent: 40, assumptions: [] };

test('says name, regions, date of prices and the figures', () => {
  const assembly = assemblyOf([stackOf('Team', { region: 'eu-central-1' }), stackOf('Other')], {
    library: '1.2.3',
    checks: [{ name: 'p', passed: false }],
    findings: [finding, { ...finding, acknowledged: '' }],
  });
  const text = textOf(
    header(
      contentsWith(assembly, {
        title: 'Lab',
        age: undefined,
        sharing: saving,
        estimate: estimateWith({ items: [itemOf()] }),
      }),
    ),
  );

  expect(text).toContain('Lab 2 stacks in eu-central-1, others where they are deployed · prices of 2025-08-08');
  expect(text).toContain('cdk-ml-infra 1.2.3');
  expect(text).toContain('Cost per month $36.50 in USD');
  expect(text).toContain('Saved by sharing $40.00 40 % of $100.00');
  expect(text).toContain('Notebooks 0 0 owners');
  expect(text).toContain('Open findings 1 of the checks that ran');
});

test('says nothing of savings where there are none, and no zero findings where no checks ran', () => {
  const text = textOf(header(contentsWith(assemblyOf([stackOf('Team')]))));

  expect(text).toContain('1 stack, in the region of the deployment');
  expect(text).not.toContain('Saved');
  expect(text).toContain('Open findings – no checks reported');
});

test('says that a total is without what depends on use', () => {
  const estimate = estimateWith({ byUse: [{ ...itemOf(), measure: 's3StorageGb' }] });

  expect(textOf(header(contentsWith(assemblyOf([]), { estimate })))).toContain('Cost per month $0.00 plus use');
});

test('says that prices are missing, or old', () => {
  const unpriced = [{ ...itemOf(), reason: 'no price' }];
  const text = textOf(
    header(
      contentsWith(assemblyOf([]), {
        estimate: estimateWith({ items: [itemOf()], unpriced }),
        age: 'older than 12 months',
      }),
    ),
  );

  expect(text).toContain('prices of 2025-08-08 (older than 12 months)');
  expect(text).toContain('Cost per month at least $36.50 1 cost without a price');
});

test('names the region that was asked for', () => {
  const text = (...stacks: Parameters<typeof assemblyOf>[0]) =>
    textOf(header(contentsWith(assemblyOf(stacks), { askedRegion: 'eu-central-1' })));

  expect(text(stackOf('Team'))).toContain('1 stack, in eu-central-1, as asked for');
  expect(text(stackOf('Team'), stackOf('Other', { region: 'us-east-1' }))).toContain(
    'in us-east-1, others in eu-central-1, as asked for',
  );
});

test.each([
  [[], '0 of 2 rules'],
  [[{ ...finding, acknowledged: 'why' }], '0 of 2 rules'],
  [[finding], '1 of the checks that ran'],
])('counts findings %j of the checks that ran: %s', (findings, expected) => {
  const checked = { ...assemblyOf([], { findings }), ran: [{ name: 'MlCompliance', rules: 2 }] };

  expect(textOf(header(contentsWith(checked)))).toContain(`Open findings ${expected}`);
});
