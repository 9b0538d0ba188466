import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { MlUsage, MlUsageProps } from '../../../src';
import type { Item } from '../../../src/cost/pricing';
import { plantedAssembly, plantedFiles, plantedNotebook } from '../assembly/planted';
import { mlInfra, onTerminal, temporaryFolder } from '../command';

const LAB = () => plantedAssembly([{ name: 'Lab', resources: { Ada: plantedNotebook('ml.m5.xlarge', 'ada') } }]);
const ESCAPE = '\u001b';

test('has the figures of the designs that this library stands on', () => {
  const outdir = join(temporaryFolder(), 'cdk.out');
  const app = new App({ outdir });
  const stack = (id: string, region: string, usage: MlUsageProps = {}) => {
    const made = new Stack(app, id, { env: { region } });
    MlUsage.set(made, usage);
    return made;
  };
  notebook(stack('Frankfurt', 'eu-central-1'));
  notebook(stack('Virginia', 'us-east-1'));
  notebook(stack('Hours', 'eu-central-1', { notebookHours: 500 }));
  endpoints(stack('Endpoints', 'eu-central-1', { vpcEndpointGb: 400 }));
  new ec2.CfnNatGateway(stack('Nat', 'us-east-1'), 'Nat', { subnetId: 'subnet-1' });
  app.synth();

  const items: Item[] = JSON.parse(mlInfra(outdir, ['cost', '.', '--json']).stdout).items;
  const usd = (name: string) =>
    items
      .filter(({ constructPath, unit }) => constructPath.startsWith(name) && unit !== 'GB-month')
      .reduce((total, { monthlyUsd }) => total + monthlyUsd, 0);
  expect(['Frankfurt', 'Virginia', 'Hours', 'Endpoints', 'Nat'].map((name) => usd(name).toFixed(2))).toEqual([
    '42.34',
    '36.50',
    '29.00',
    '47.80',
    '32.85',
  ]);
});

test('reads cdk.out where it is called, and ends with 0', () => {
  const { code, stdout, stderr } = mlInfra(temporaryFolder(), ['cost', LAB()]);

  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^Monthly cost: \d+\.\d\d USD\nus-east-1, prices of /);
  expect(mlInfra(LAB(), ['cost'])).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^ml-infra cost: '.*cdk\.out' must be the folder that `cdk synth` writes/),
  });
});

test('ends with 3 above a limit, after the whole result, which stays one JSON document', () => {
  const above = mlInfra(LAB(), ['cost', '.', '--json', '--limit', '100']);

  expect(JSON.parse(above.stdout).limit).toEqual({ monthlyUsd: 100, exceeded: true });
  expect(above).toMatchObject({
    code: 3,
    stderr: expect.stringMatching(
      /^ml-infra cost: the total must be at most 100\.00 USD a month \(--limit\), got: \d+\.\d\d\n$/,
    ),
  });
  expect(mlInfra(LAB(), ['cost', '.', '--limit', '1000.50']).code).toBe(0);
});

test('ends with 3 for a machine without a price only where that is asked for, and warns beside a limit', () => {
  const lab = plantedAssembly([{ name: 'Lab', resources: { Eve: plantedNotebook('ml.p6.48xlarge') } }]);
  const [alone, limited, strict] = [[], ['--limit', '100'], ['--strict', '--json']].map((words) =>
    mlInfra(lab, ['cost', '.', ...words]),
  );

  expect([alone.code, alone.stderr]).toEqual([0, '']);
  expect([limited.code, limited.stderr]).toEqual([
    0,
    expect.stringMatching(/^ml-infra cost: warning: .*Lab\/Eve .*\n$/),
  ]);
  expect([strict.code, strict.stderr]).toEqual([
    3,
    expect.stringMatching(/^ml-infra cost: every cost .*Lab\/Eve .*\n$/),
  ]);
  expect(JSON.parse(strict.stdout)).toMatchObject({ complete: false, unpricedCount: 1 });
  expect(mlInfra(LAB(), ['cost', '.', '--strict']).code).toBe(0);
});

test('reads the cdk.out of an app that is named', () => {
  const parent = plantedFiles({ 'my-team/cdk.json': {} });
  cpSync(LAB(), join(parent, 'my-team', 'cdk.out'), { recursive: true });

  expect(mlInfra(parent, ['cost', 'my-team', '--compare', 'my-team'])).toMatchObject({ code: 0, stderr: '' });
});

test('compares two folders in each format', () => {
  const after = LAB();
  const before = plantedAssembly([{ name: 'Lab', resources: { Ada: plantedNotebook('ml.t3.medium', 'ada') } }]);
  const [table, markdown, json] = ['table', 'markdown', 'json'].map(
    (format) => mlInfra(after, ['cost', '.', '--compare', before, '--format', format]).stdout,
  );

  expect(table).toContain('after: +131.40 USD');
  expect(markdown).toContain('(+131.40)');
  expect(JSON.parse(json).comparison.difference).toBeCloseTo(131.4, 2);
});

test('prices stacks without a region where it is told to', () => {
  const resources = { Ada: plantedNotebook('ml.t3.medium') };
  const agnostic = plantedAssembly([{ name: 'Lab', region: 'unknown-region', resources }]);

  expect(mlInfra(agnostic, ['cost', '.', '--region', 'eu-central-1']).stdout).toMatch(/42\.34 .*ml\.t3\.medium/);
  expect(mlInfra(agnostic, ['cost', '.'], { AWS_REGION: 'eu-central-1' }).stdout).toMatch(/36\.50 .*ml\.t3\.medium/);
});

test.each([
  [['--format', 'xml'], '\'format\' must be table, json or markdown, got: "xml"'],
  [['--by', 'colour'], '\'by\' must be construct, owner, environment, project, base or type, got: "colour"'],
  [['--region', 'mars'], '\'region\' must be the name of a region, such as eu-central-1, got: "mars"'],
  [['--limit', '-5'], '\'limit\' must be a number of USD, such as 500, got: "-5"'],
])('refuses %j', (words, said) => {
  const { code, stdout, stderr } = mlInfra(LAB(), ['cost', '.', ...words]);

  expect(stderr).toBe(`ml-infra cost: ${said}\n`);
  expect([code, stdout]).toEqual([2, '']);
});

test('has colours on a terminal, unless NO_COLOR is set', () => {
  const [colored, plain] = [{}, { NO_COLOR: '1' }].map(
    (variables) => onTerminal(LAB(), ['cost', '.'], [], { TERM: 'xterm', ...variables }).stdout,
  );

  expect(colored).toContain(`${ESCAPE}[36m`);
  expect(plain.replaceAll(`${ESCAPE}[K`, '')).not.toContain(ESCAPE);
  expect(mlInfra(LAB(), ['cost', '.']).stdout).not.toContain(ESCAPE);
});

function notebook(stack: Stack): void {
  new sagemaker.CfnNotebookInstance(stack, 'Notebook', {
    instanceType: 'ml.t3.medium',
    roleArn: 'arn:aws:iam::1:role/a',
  });
}

function endpoints(stack: Stack): void {
  for (const name of ['sagemaker.api', 'sagemaker.runtime', 'notebook', 'sts', 'logs']) {
    const serviceName = `com.amazonaws.${stack.region}.${name}`;
    new ec2.CfnVPCEndpoint(stack, name, {
      vpcId: 'vpc-1',
      vpcEndpointType: 'Interface',
      subnetIds: ['subnet-1'],
      serviceName,
    });
  }
}
