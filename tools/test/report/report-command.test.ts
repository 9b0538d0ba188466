import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mlInfra, temporaryFolder } from '../command';

let folder: string;

beforeEach(() => {
  folder = temporaryFolder();
  const Resources = { A: { Type: 'AWS::SageMaker::NotebookInstance', Properties: { InstanceType: 'ml.t3.medium' } } };
  const stack = { type: 'aws:cloudformation:stack', properties: { templateFile: 'Team.json' } };
  mkdirSync(join(folder, 'cdk.out'));
  writeFileSync(join(folder, 'cdk.out', 'manifest.json'), JSON.stringify({ version: '1', artifacts: { Team: stack } }));
  writeFileSync(join(folder, 'cdk.out', 'Team.json'), JSON.stringify({ Resources }));
});

test('writes the page, and says where and how large it is', () => {
  const { code, stdout, stderr } = mlInfra(folder, ['report']);

  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^Written .*report\.html \(\d+ KiB\)\n\$\d+\.\d\d per month; 0 of 0 findings open\n$/);
  const page = readFileSync(join(folder, 'report.html'), 'utf8');
  expect(page).toContain('<h1>Team</h1>');
  expect(page).toContain('data:image/svg+xml,');
});

test('prices stacks without a region where it is told to, and prints figures for machines', () => {
  const file = join(folder, 'page.html');
  const [here, there] = ['us-east-1', 'eu-central-1'].map((region) =>
    JSON.parse(
      mlInfra(folder, ['report', 'cdk.out', '-o', file, '--region', region, '--title', 'Lab', '--json']).stdout,
    ),
  );

  expect(here).toMatchObject({ file, stacks: 1, findings: 0, open: 0, savedUsd: 0 });
  expect(there.bytes).toBe(statSync(file).size);
  expect(there.monthlyUsd).not.toBe(here.monthlyUsd);
  expect(readFileSync(file, 'utf8')).toContain('<h1>Lab</h1>');
  expect(readFileSync(file, 'utf8')).toContain('in eu-central-1, as asked for');
});

test('says which prices are missing, and asks for no region that nobody asked for', () => {
  const Properties = { InstanceType: 'ml.unheard.of' };
  const Resources = { A: { Type: 'AWS::SageMaker::NotebookInstance', Properties }, B: { Type: 'AWS::S3::Bucket' } };
  writeFileSync(join(folder, 'cdk.out', 'Team.json'), JSON.stringify({ Resources }));
  const { stdout } = mlInfra(folder, ['report']);

  expect(stdout).toMatch(/\nat least \$\d+\.\d\d per month, 1 cost without a price, plus use; 0 of 0 findings open\n$/);
  const page = readFileSync(join(folder, 'report.html'), 'utf8');
  expect(page).toContain('1 machine</strong>');
  expect(page).not.toContain('as asked for');
});

test('writes over a report, and over nothing else', () => {
  writeFileSync(join(folder, 'app.ts'), 'mine');

  expect(mlInfra(folder, ['report', '-o', 'app.ts']).stderr).toContain(
    `'output' must be new or a report of this command, but it holds something else: remove it first, got: `,
  );
  expect(readFileSync(join(folder, 'app.ts'), 'utf8')).toBe('mine');
});

test.each([
  ['.', /^ml-infra report: 'output' must be a file, but it is a folder: name a file in it, got: /],
  ['missing/page.html', /^ml-infra report: 'output' must be in a folder that exists, and .*missing does not, got: /],
])('refuses to write to %s', (output, message) => {
  const { code, stderr } = mlInfra(folder, ['report', '-o', output]);

  expect(code).toBe(1);
  expect(stderr).toMatch(message);
});
