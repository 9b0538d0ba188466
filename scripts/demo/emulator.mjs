import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { pythonEnv } from '../python-env.mjs';
import { expect } from './console.mjs';

const SERVER = fileURLToPath(new URL('server.py', import.meta.url));

export const REGION = 'us-east-1';
export const ACCOUNT = '123456789012';

/** What the CDK CLI and boto3 need to know to talk to nothing but the emulator. */
export function emulatorVariables(endpoint) {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'testing',
    AWS_SECRET_ACCESS_KEY: 'testing',
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
  };
}

/** Returns a Python that has moto; undefined, and a printed sentence why, where there is none. */
export async function prepareEmulator() {
  const bin = await pythonEnv('demo', fileURLToPath(new URL('requirements.txt', import.meta.url)));
  return bin && join(bin, 'python');
}

/** Starts moto, an emulator of the AWS API, on a free port. */
export async function startEmulator(python, env) {
  const port = await freePort();
  const server = spawn(python, [SERVER, '-H', '127.0.0.1', '-p', String(port)], {
    env,
    stdio: 'ignore',
    // Ctrl-C must not end it before the tools that talk to it.
    detached: true,
  });
  const stop = () => server.kill('SIGKILL');
  process.on('exit', stop);
  server.unref();
  const exited = new Promise((resolve) => server.once('exit', resolve).once('error', resolve));
  // moto reads templates from S3 only through an address that says 'localhost'.
  const endpoint = `http://localhost:${port}`;
  expect(await answers(endpoint, exited), 'The emulator does not start');
  return {
    endpoint,
    pid: server.pid,
    /** Lets it run on when this process ends. */
    release() {
      process.off('exit', stop);
    },
  };
}

async function answers(endpoint, exited) {
  let running = true;
  exited.then(() => {
    running = false;
  });
  for (let attempt = 0; running && attempt < 150; attempt++) {
    try {
      await fetch(`${endpoint}/moto-api/data.json`);
      return true;
    } catch {
      await sleep(200);
    }
  }
  return false;
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
