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
    header(contentsWith(assembly, { title: 'Lab', sharing: saving, estimate: estimateWith({ items: [itemOf()] }) })),
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

  expect(textOf(header(contentsWith(assemblyOf([]), { estimate })))).toContain('without what depends on use');
});
