import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { answers, run } from './commands.mjs';
import { pacmak } from './pacmak.mjs';

const PYTHON = process.platform === 'win32' ? 'python' : 'python3'; // what jsii-pacmak starts

export function missing() {
  return answers(PYTHON, '-c', 'import sys, venv, ensurepip; assert sys.version_info >= (3, 9)')
    ? undefined
    : 'Python 3.9 or later with venv is not installed';
}

/** The wheel and the source distribution; jsii-pacmak has twine check both. */
export function build(staging, outdir) {
  pacmak(staging, 'python', outdir);
  const folder = join(outdir, 'python');
  const wheels = readdirSync(folder).filter((name) => name.endsWith('.whl'));
  const problems = wheels.length === 1 ? problemsOfWheel(listOf(join(folder, wheels[0]))) : ['there must be one wheel'];
  if (problems.length > 0) {
    throw new Error(`${wheels.join(', ')}: ${problems.join('; ')}`);
  }
}

/** What is wrong with the files of a wheel, as sentences. */
export function problemsOfWheel(names) {
  const tarballs = names.filter((name) => name.endsWith('.tgz'));
  return [
    ...(names.includes('cdk_ml_infra/py.typed') ? [] : ['its types must be marked with py.typed']),
    ...(tarballs.length === 1 ? [] : [`the library must be in it once, got: ${tarballs.join(', ') || 'nothing'}`]),
    ...(names.some((name) => /\.dist-info\/(licenses\/)?LICENSE$/.test(name)) ? [] : ['the licence must be in it']),
    ...names.filter((name) => name.includes('__pycache__')).map((name) => `${name} must not be in it`),
  ];
}

function listOf(wheel) {
  const script = 'import json, sys, zipfile; print(json.dumps(zipfile.ZipFile(sys.argv[1]).namelist()))';
  return JSON.parse(run('.', PYTHON, ['-c', script, wheel]));
}
