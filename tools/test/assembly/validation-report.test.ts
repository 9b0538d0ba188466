import { readReport } from '../../src/assembly/validation-report';
import { plantedFiles } from './planted';

const VIOLATION = {
  ruleName: 'S3-1',
  description: 'is open',
  severity: 'error',
  violatingConstructs: [
    {
      constructPath: 'Lab/One/Resource',
      cloudFormationResource: { templatePath: 'Lab.template.json', logicalId: 'One' },
    },
    { constructPath: 'Lab/Two' },
  ],
};

function findings(pack: object) {
  return readReport(plantedFiles({ 'validation-report.json': { pluginReports: [pack] } })).findings;
}

test('an app without checks has no report and no findings', () => {
  expect(readReport(plantedFiles({}))).toEqual({ findings: [] });
});

test('a violation is a finding at each of its constructs', () => {
  expect(findings({ pluginName: 'Posture', conclusion: 'failure', violations: [VIOLATION] })).toMatchObject([
    { rule: 'S3-1', severity: 'error', pack: 'Posture', path: 'Lab/One', logicalId: 'One', text: 'is open' },
    { rule: 'S3-1', severity: 'error', pack: 'Posture', path: 'Lab/Two', logicalId: undefined },
  ]);
});

test('what somebody accepts has the reason, or says that there is none', () => {
  const accepted = [{ ...VIOLATION, reason: 'a public data set' }, VIOLATION];

  const reasons = findings({ suppressedViolations: accepted }).map(({ acknowledged }) => acknowledged);
  expect(reasons).toEqual(['a public data set', 'a public data set', '', '']);
  expect(findings({ violations: [VIOLATION] })[0].acknowledged).toBeUndefined();
});

test('a severity of its own is said in its own word, and a finding without a construct is kept', () => {
  const violation = { ruleName: 'X', severity: 'custom', customSeverity: 'spicy', violatingConstructs: [] };

  expect(findings({ violations: [violation] })).toMatchObject([{ rule: 'X', severity: 'spicy', path: '' }]);
});

test('of each pack is known whether it passed', () => {
  const pluginReports = [
    { pluginName: 'One', pluginVersion: '1.0', conclusion: 'success' },
    { pluginName: 'Two', conclusion: 'failure' },
  ];

  expect(readReport(plantedFiles({ 'validation-report.json': { pluginReports } })).checks).toEqual([
    { name: 'One', version: '1.0', passed: true },
    { name: 'Two', version: undefined, passed: false },
  ]);
});
