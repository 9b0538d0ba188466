import { join } from 'node:path';
import { App, Stack, Stage } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { readAssembly } from '../../src/assembly/read-assembly';
import { bootstrapNeeds, quotaNeeds } from '../../src/doctor/needs';
import { plantedAssembly, plantedNotebook } from '../assembly/planted';
import { temporaryFolder } from '../command';

const PARAMETER = '/cdk-bootstrap/hnb659fds/version';

test('each place of an app needs its bootstrap once, also those of its stages', () => {
  const outdir = join(temporaryFolder(), 'cdk.out');
  const app = new App({ outdir });
  const env = { account: '111111111111', region: 'eu-central-1' };
  new Stack(app, 'One', { env });
  new Stack(app, 'Two', { env });
  new Stack(new Stage(app, 'Prod', { env: { ...env, region: 'us-east-1' } }), 'Three');
  new Stack(app, 'Anywhere');
  app.synth();

  expect(bootstrapNeeds(readAssembly(outdir))).toEqual(
    expect.arrayContaining([
      { ...env, version: 6, parameter: PARAMETER },
      { ...env, region: 'us-east-1', version: 6, parameter: PARAMETER },
      { account: undefined, region: undefined, version: 6, parameter: PARAMETER },
    ]),
  );
  expect(bootstrapNeeds(readAssembly(outdir))).toHaveLength(3);
});

test('what an app has is counted by region, against the quotas by their names', () => {
  const notebooks = { A: plantedNotebook('ml.t3.medium'), B: plantedNotebook('ml.t3.medium') };
  const folder = plantedAssembly([
    { name: 'Here', region: 'eu-central-1', resources: notebooks },
    { name: 'AlsoHere', region: 'eu-central-1', resources: { C: plantedNotebook('ml.g5.xlarge') } },
    { name: 'There', region: 'us-east-1', resources: { D: plantedNotebook('ml.t3.medium') } },
  ]);

  const counts = quotaNeeds(readAssembly(folder)).map(({ quota, count, region }) => [region, quota, count]);
  expect(counts).toEqual([
    ['eu-central-1', 'Total number of notebook instances', 3],
    ['eu-central-1', 'ml.t3.medium for notebook instance usage', 2],
    ['eu-central-1', 'ml.g5.xlarge for notebook instance usage', 1],
    ['us-east-1', 'Total number of notebook instances', 1],
    ['us-east-1', 'ml.t3.medium for notebook instance usage', 1],
  ]);
});

test('networks, addresses and roles count too; a type that only the deployment knows does not', () => {
  const outdir = join(temporaryFolder(), 'cdk.out');
  const app = new App({ outdir });
  const stack = new Stack(app, 'Net');
  new ec2.CfnVPC(stack, 'Vpc', { cidrBlock: '10.0.0.0/16' });
  new ec2.CfnEIP(stack, 'Address');
  new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com') });
  app.synth();
  const resources = { A: plantedNotebook({ Ref: 'Type' } as never) };

  expect(quotaNeeds(readAssembly(outdir)).map(({ service, quota }) => [service, quota])).toEqual([
    ['vpc', 'VPCs per Region'],
    ['ec2', 'EC2-VPC Elastic IPs'],
    ['iam', 'Roles per account'],
  ]);
  expect(quotaNeeds(readAssembly(plantedAssembly([{ name: 'Lab', resources }]))).map(({ quota }) => quota)).toEqual([
    'Total number of notebook instances',
  ]);
});
