// Runs `ml-infra doctor` against a local AWS emulator: an account with and without a bootstrap stack.
import '../../scripts/install.mjs';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pythonEnv } from '../../scripts/python-env.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const bin = await pythonEnv('assets', join(root, 'test', 'assets', 'requirements.txt'));
if (bin === undefined) {
  process.exit(process.env.CI ? 1 : 0);
}

const port = await freePort();
const endpoint = `http://127.0.0.1:${port}`;
const emulator = spawn(join(bin, 'moto_server'), ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
const work = mkdtempSync(join(tmpdir(), 'ml-infra-doctor-'));
process.on('exit', () => {
  emulator.kill();
  rmSync(work, { recursive: true, force: true });
});
await answer();

const REGION = 'eu-central-1';
const PARAMETER = '/cdk-bootstrap/hnb659fds/version';
writeAssembly();

const before = doctor();
require(before.status === 3, `without a bootstrap stack the code must be 3, got ${before.status}: ${before.stderr}`);
require(stateOf(before, 'Credentials') === 'ok', 'the credentials of the emulator must be found');
require(stateOf(before, `Bootstrap ${REGION}`) === 'problem', 'the missing bootstrap stack must be a problem');

await putParameter('30');
const after = doctor();
require(after.status === 0, `with a bootstrap stack the code must be 0, got ${after.status}: ${after.stdout}`);
require(stateOf(after, `Bootstrap ${REGION}`) === 'ok', 'the bootstrap stack must be found');
require(stateOf(after, `Quota VPCs per Region, ${REGION}`) === 'ok', 'one VPC must be within the quota');

const alone = doctor({ AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', AWS_EC2_METADATA_DISABLED: 'true' });
require(alone.status === 3, `without credentials the code must be 3, got ${alone.status}`);
require(stateOf(alone, 'Credentials') === 'problem', 'missing credentials must be a problem');
console.log('ml-infra doctor: right with, without and before a bootstrap stack');
process.exit(0); // the emulator would keep the process alive

function doctor(variables = {}) {
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: REGION,
    HOME: work,
    ...variables,
  };
  const command = join(root, 'tools', 'lib', 'bin.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, 'doctor', join(work, 'cdk.out'), '--json'], {
    cwd: root,
    env,
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { status, stdout, stderr };
}

function stateOf({ stdout }, check) {
  return JSON.parse(stdout).find((each) => each.check === check)?.state;
}

function require(condition, message) {
  if (!condition) {
    console.error(message);
    process.exit(1);
  }
}

function writeAssembly() {
  const synthesize = `
    const { App, Stack } = require('aws-cdk-lib');
    const ec2 = require('aws-cdk-lib/aws-ec2');
    const app = new App({ outdir: process.argv[2] });
    new ec2.CfnVPC(new Stack(app, 'Net'), 'Vpc', { cidrBlock: '10.0.0.0/16' });
    app.synth();`;
  const script = join(work, 'app.cjs');
  writeFileSync(script, synthesize);
  const { status, stderr } = spawnSync(process.execPath, [script, join(work, 'cdk.out')], {
    encoding: 'utf8',
    env: { ...process.env, NODE_PATH: join(root, 'node_modules') },
  });
  require(status === 0, stderr);
}

async function putParameter(value) {
  const { PutParameterCommand, SSMClient } = await import('@aws-sdk/client-ssm');
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new SSMClient({ region: REGION, endpoint, credentials });
  await client.send(new PutParameterCommand({ Name: PARAMETER, Value: value, Type: 'String' }));
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = server.address();
      server.close(() => resolve(free));
    });
  });
}

/** Asks until the emulator answers, for half a minute at most. */
async function answer() {
  const end = Date.now() + 30_000;
  while (Date.now() < end) {
    try {
      await fetch(endpoint);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  require(false, 'the AWS emulator did not start');
}
