import { Finding } from '../../../src/assembly/model';
import { posture } from '../../../src/report/sections/posture';
import { assemblyOf, contentsWith, textOf } from '../apps';

const finding: Finding = {
  rule: 'no-root',
  severity: 'error',
  pack: 'MlCompliance',
  path: 'Team/alice',
  text: 'Root access',
  fix: 'Turn it off',
};
const checks = [{ name: 'MlCompliance', version: '1', passed: false }];

test('shows open findings before those that are acknowledged, with reason and remedy', () => {
  const text = textOf(
    pageOf({
      checks,
      findings: [
        { ...finding, acknowledged: 'needed for drivers' },
        { ...finding, path: 'Team/bob' },
      ],
    }),
  );

  expect(text).toContain('MlCompliance 1 (failed). 1 finding open , 1 acknowledged.');
  expect(text).toContain('Team/bob no-root open MlCompliance error Root access Turn it off –');
  expect(text).toContain(
    'Team/alice no-root acknowledged MlCompliance error Root access Turn it off needed for drivers',
  );
  expect(text.indexOf('Team/bob')).toBeLessThan(text.indexOf('Team/alice'));
});

test('links to the page of a rule, over https only', () => {
  const linked = (link: string) => pageOf({ checks, findings: [{ ...finding, link } as Finding] });

  expect(linked('https://docs.aws.amazon.com/x')).toContain(
    '<a href="https://docs.aws.amazon.com/x" rel="noopener noreferrer">no-root</a>',
  );
  expect(linked('javascript:alert(1)')).not.toContain('href');
});

test.each([
  [undefined, 'the cloud assembly has no validation report'],
  [[], 'names no checks'],
])('with checks %j it says so, and how to add some', (given, expected) => {
  const text = textOf(pageOf({ checks: given }));

  expect(text).toContain(expected);
  expect(text).toContain('Validations.of(app).addPlugins(new MlComplianceChecks());');
});

test('says that nothing is open', () => {
  expect(textOf(pageOf({ checks, findings: [{ ...finding, acknowledged: 'why' }] }))).toContain('No finding is open');
});

test('checks that ran and found nothing are named, with their rules', () => {
  const ran = [{ name: 'MlCompliance', rules: 2 }, { name: 'Own' }];
  const nothing = textOf(pageOf({ checks: [], ran }));

  expect(nothing).toContain('MlCompliance : 2 rules, nothing found. Own : nothing found.');
  expect(nothing).not.toContain('addPlugins');
  expect(textOf(pageOf({ ran }))).toContain('2 rules, nothing found');
});

test('checks that found something are not said to have found nothing', () => {
  const text = textOf(
    pageOf({ checks, findings: [finding], ran: [{ name: 'MlCompliance', rules: 2 }, { name: 'Own' }] }),
  );

  expect(text).toContain('1 finding open');
  expect(text.match(/nothing found/g)).toHaveLength(1);
  expect(text).toContain('Own : nothing found');
});

function pageOf(options: object): string {
  return String(posture(contentsWith(assemblyOf([], options))));
}
