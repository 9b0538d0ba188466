// Lets Node run the TypeScript of the tests: no types are checked, and `cdk-ml-infra` is src, as in jest.
const Module = require('node:module');
const { join } = require('node:path');

const root = join(__dirname, '..', '..');
process.env.TS_NODE_PROJECT = join(root, 'test', 'tsconfig.json');
process.env.TS_NODE_TRANSPILE_ONLY = 'true';
process.env.CDK_VALIDATION = 'false'; // cfn-lint checks the templates in its place
require('ts-node/register');

const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, ...others) {
  return resolve.call(this, request === 'cdk-ml-infra' ? join(root, 'src') : request, ...others);
};
