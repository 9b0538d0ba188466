// Shows the library at work: compiles it, synthesizes the team example, and deploys, changes and destroys that on an
// emulator of AWS that runs on this machine. Needs no account. Says what it costs, and writes a report and a picture.
//
//   --keep      leaves the team deployed and the emulator running
//   --verbose   prints what the tools print
import path from 'node:path';
import { Account, requireCreated } from './demo/account.mjs';
import { bold, dim, expect, explain, Failure, green, print, red, step, table } from './demo/console.mjs';
import { ACCOUNT, emulatorVariables, prepareEmulator, REGION, startEmulator } from './demo/emulator.mjs';
import * as team from './demo/team-app.mjs';
import { isolatedVariables, runPackage } from './demo/tools.mjs';

const NEW_LINE = "new MlNotebook(this, 'frank', { shared, lifecycle, owner: 'frank' });";
const NOTEBOOK = 'AWS::SageMaker::NotebookInstance';

const keep = process.argv.includes('--keep');
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
]) {
  process.once(signal, () => process.exit(code));
}

try {
  await demo();
} catch (error) {
  if (!(error instanceof Failure)) {
    throw error;
  }
  explain(error);
  process.exitCode = 1;
}

async function demo() {
  console.log(`\n${bold('Five notebooks on one base: examples/team')}\n`);
  await step('compile the library', () => runPackage('projen/bin/projen', ['compile']));
  team.copyExample();
  const app = await step('cdk synth, with cdk-nag and the validation of the core', () => team.synthesize());
  describeTemplate(app);
  describeLook(await step('ml-infra cost, report and diagram', () => team.look()));

  const python = await prepareEmulator();
  if (python) {
    await deployed(app, python);
  } else {
    await synthesizedOnly(app);
  }
}

/** One line of a known form was edited, so its types need not be checked again. */
function synthesizeChange() {
  return team.synthesize({ checkTypes: false });
}

async function deployed(app, python) {
  const env = isolatedVariables();
  const emulator = await step('start an emulator of AWS (moto)', () => startEmulator(python, env));
  const variables = { ...env, ...emulatorVariables(emulator.endpoint) };
  const account = new Account(python, variables);
  const cdk = (...options) => runPackage('aws-cdk/bin/cdk', [...options, '--no-notices'], { env: variables });
  const deploy = async ({ resources }) => {
    const folder = team.adaptToEmulator();
    await cdk('deploy', team.STACK, '--app', folder, '--method=direct', '--require-approval=never');
    const seen = await account.show(team.STACK);
    requireCreated(resources, seen);
    return seen;
  };

  await step('cdk bootstrap, once per account and region', () => cdk('bootstrap', `aws://${ACCOUNT}/${REGION}`));
  const first = await step('cdk deploy', () => deploy(app));
  describeAccount(app, first);

  const { second, grown } = await addNotebook(app, first, deploy);
  if (keep) {
    emulator.release();
    explainKeeping(emulator);
    return;
  }
  const third = await removeNotebook(grown, second, deploy);
  await destroy(third, account, () => cdk('destroy', team.STACK, '--app', team.adaptToEmulator(), '--force'));
  describeEmulator();
}

async function addNotebook(app, first, deploy) {
  heading('One more line, one more notebook');
  print(green(`+ ${NEW_LINE}`));
  team.addLine(NEW_LINE);
  const grown = await step('cdk synth', synthesizeChange);
  describeChange(app, grown);
  const second = await step('cdk deploy', () => deploy(grown));
  const same = first.notebooks.every((before) =>
    second.notebooks.some(
      (after) => after.NotebookInstanceArn === before.NotebookInstanceArn && after.CreationTime === before.CreationTime,
    ),
  );
  expect(same && second.notebooks.length === first.notebooks.length + 1, 'adding a notebook touched another');
  print(`  ${second.notebooks.length} notebooks run; the first ${first.notebooks.length} were not touched.`);
  return { second, grown };
}

async function removeNotebook(grown, second, deploy) {
  heading('One line less');
  print(red(`- ${NEW_LINE}`));
  team.removeLine(NEW_LINE);
  const shrunk = await step('cdk synth', synthesizeChange);
  describeChange(grown, shrunk);
  const third = await step('cdk deploy', () => deploy(shrunk));
  const left = third.notebooks.find(({ NotebookInstanceArn }) =>
    third.stackNotebooks.every(({ name }) => name !== NotebookInstanceArn),
  );
  expect(
    left !== undefined && third.notebooks.length === second.notebooks.length,
    'a notebook of production was deleted with its line',
  );
  expect(!third.roleOwners.includes(left.owner), 'the role of a removed notebook was left behind');
  const name = left.NotebookInstanceName;
  print(
    [
      '  The notebook left the stack, and still stands with its volume: in production, which is the default, work is',
      '  never deleted by a change of code (MlEnvironment.DEV and removalPolicy say otherwise). To delete it:',
      dim(`    aws sagemaker stop-notebook-instance --notebook-instance-name ${name}`),
      dim(`    aws sagemaker delete-notebook-instance --notebook-instance-name ${name}`),
    ].join('\n'),
  );
  return third;
}

async function destroy(before, account, destroyStack) {
  heading('The end of the project');
  // On AWS, the subnets of a notebook cannot be deleted while it stands.
  await step(`stop and delete the ${before.notebooks.length} notebooks, by the AWS API`, () =>
    account.deleteNotebooks(before.notebooks),
  );
  await step('cdk destroy', destroyStack);
  const after = await account.show(team.STACK);
  expect(after.resources.length === 0, 'the stack is still there');
  expect(after.notebooks.length + after.roles.length + after.endpoints.length === 0, 'something was left behind');
  expect(
    before.buckets.every((bucket) => after.buckets.includes(bucket)),
    'a bucket with data was deleted',
  );
  expect(
    before.keys.every((key) => after.keys.includes(key)),
    'the key of the data was deleted',
  );
  print(`  Gone: the stack, and with it roles and endpoints. Kept: the key, and ${after.buckets.length} buckets:`);
  print(after.buckets.map((bucket) => `    ${bucket}`).join('\n'));
}

/** What remains to be shown without an emulator. */
async function synthesizedOnly(app) {
  print();
  table(
    ['notebook', 'instance type', 'volume'],
    Object.values(app.resources)
      .filter(({ Type }) => Type === NOTEBOOK)
      .map(({ Properties }) => [
        Properties.Tags.find(({ Key }) => Key === 'ml-owner').Value,
        Properties.InstanceType,
        `${Properties.VolumeSizeInGB} GiB`,
      ]),
  );
  heading('One more line, one more notebook');
  print(green(`+ ${NEW_LINE}`));
  team.addLine(NEW_LINE);
  describeChange(app, await step('cdk synth', synthesizeChange));
  print('\nDeploying, removing and destroying were left out, as they take the emulator.');
}

function describeTemplate({ resources, bytes, warnings }) {
  expect(warnings === 0, `${warnings} warnings of the checkers: see .cache/demo/team/cdk.out/validation-report.json`);
  print(`  ${Object.keys(resources).length} resources, ${Math.round(bytes / 1024)} KiB of template, no findings`);
}

function describeLook({ cost, report, picture }) {
  const { monthlyTotal, sharing, items, pricesOf } = cost;
  const [most] = [...items].sort((one, other) => other.monthlyUsd - one.monthlyUsd);
  expect(monthlyTotal > 0 && sharing.savedUsd > 0, 'the estimate is empty');
  print(
    [
      `  ${usd(monthlyTotal)} USD a month in ${REGION} if all run day and night (prices of ${pricesOf})`,
      `  ${usd(most.monthlyUsd)} of it: ${most.constructPath}, ${most.description}`,
      `  Sharing the base saves ${usd(sharing.savedUsd)}, ${Math.round(sharing.savedPercent)} % of five separate set-ups`,
      dim(
        `  ${path.relative(process.cwd(), report)}: a page to open in a browser; ${path.basename(picture)} beside it`,
      ),
    ].join('\n'),
  );
}

function usd(amount) {
  return amount.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

function describeAccount({ resources }, account) {
  const { notebooks } = account;
  const planned = Object.values(resources).filter(({ Type }) => Type === NOTEBOOK);
  expect(notebooks.length === planned.length, `${planned.length} notebooks planned, ${notebooks.length} found`);
  print();
  table(
    ['owner', 'notebook', 'instance type', 'volume', 'status'],
    notebooks.map((notebook) => [
      notebook.owner,
      notebook.NotebookInstanceName,
      notebook.InstanceType,
      `${notebook.VolumeSizeInGB} GiB`,
      notebook.NotebookInstanceStatus,
    ]),
  );
  for (const { owner, ...notebook } of notebooks) {
    expect(notebook.NotebookInstanceStatus === 'InService', `the notebook of ${owner} does not run`);
    expect(notebook.DirectInternetAccess === 'Disabled', `the notebook of ${owner} reaches the internet`);
    expect(notebook.RootAccess === 'Disabled', `${owner} can become root`);
    expect(isKeyOf(account, notebook.KmsKeyId), `the volume of ${owner} is not encrypted with the key of the team`);
    expect(notebook.NotebookInstanceLifecycleConfigName, `the notebook of ${owner} does not stop when idle`);
  }
  const services = account.endpoints.map(({ service }) => service.split('.').slice(3).join('.'));
  print(
    '  Each: no internet, no root, volume encrypted with the key of the team, has the lifecycle that stops it when idle',
  );
  print();
  table(
    ['shared by all', ''],
    [
      ...account.buckets.map((bucket, index) => [index === 0 ? 'buckets' : '', bucket]),
      ['roles', account.roleOwners.join(', ')],
      ['endpoints', services.join(', ')],
    ],
  );
}

function isKeyOf({ keys }, keyArn) {
  return keys.some((key) => keyArn?.endsWith(`/${key}`));
}

function describeChange(before, after) {
  const { added, removed, changed } = team.compare(before.resources, after.resources);
  const list = (types) => types.map((type) => type.replace('AWS::', '')).join(', ');
  const changes = [
    ...(added.length > 0 ? [`added ${list(added)}`] : []),
    ...(removed.length > 0 ? [`removed ${list(removed)}`] : []),
    `changed ${changed.length === 0 ? 'nothing else' : changed.join(', ')}`,
  ];
  print(`  ${changes.join('; ')}`);
  expect(changed.length === 0, 'a notebook more or less must not change other resources');
}

function describeEmulator() {
  heading('What this does not show');
  print(
    [
      'The emulator takes stacks and answers the AWS API. What it says of a notebook is what the stack gave it: it runs',
      'none, so no script of a lifecycle ran and nothing was stopped, and it enforces no policy. It skips bucket',
      'policies, and keeps neither the versioning nor the lifecycle rules of buckets. scripts/demo/server.py says where',
      'the demo had to complete it. Tests on the synthesized templates check the rest.',
    ].join('\n'),
  );
  print();
}

function explainKeeping({ endpoint, pid }) {
  heading('Kept');
  print('The emulator runs on, with the team deployed. To talk to it with any tool for AWS:');
  print();
  print(
    Object.entries(emulatorVariables(endpoint))
      .map(([name, value]) => `  export ${name}=${value}`)
      .join('\n'),
  );
  print('  aws sagemaker list-notebook-instances');
  print();
  print(`To end it: kill ${pid}`);
  print();
}

function heading(text) {
  console.log(`\n${bold(text)}\n`);
}
