import { fileURLToPath } from 'node:url';
import { expect } from './console.mjs';
import { run } from './tools.mjs';

const SCRIPT = fileURLToPath(new URL('account.py', import.meta.url));

/**
 * What the emulator reports as created although it makes nothing of it, or gives no id to. Everything else must come
 * out of a deployment with the id of something that exists.
 */
const KNOWN_GAPS = {
  'AWS::CDK::Metadata': 'nothing to create',
  'AWS::EC2::SecurityGroupIngress': 'the rule exists, but has no id',
  'AWS::S3::BucketPolicy': 'skipped',
};

/** Asks the emulated account, by the AWS API, what stands in it. */
export class Account {
  constructor(python, env) {
    this.python = python;
    this.env = env;
  }

  async show(stack) {
    const account = JSON.parse(await run(this.python, [SCRIPT, 'show', stack], { env: this.env }));
    const ownerOf = (rolePath) => rolePath.split('/').at(-2);
    return {
      ...account,
      stackNotebooks: account.resources.filter(({ type }) => type === 'AWS::SageMaker::NotebookInstance'),
      notebooks: account.notebooks
        .map((notebook) => ({ ...notebook, owner: ownerOf(notebook.RoleArn) }))
        .sort((a, b) => a.owner.localeCompare(b.owner)),
      roleOwners: account.roles.map(({ path }) => ownerOf(path)).sort(),
      buckets: account.buckets.filter((name) => !name.startsWith('cdk-')),
    };
  }

  async deleteNotebooks(notebooks) {
    const names = notebooks.map(({ NotebookInstanceName }) => NotebookInstanceName);
    await run(this.python, [SCRIPT, 'delete', ...names], { env: this.env });
  }
}

/** Fails when the emulator says that a deployment succeeded, but made nothing of a resource that it should know. */
export function requireCreated(template, account) {
  const created = new Map(account.resources.map(({ id, name }) => [id, name]));
  const missing = Object.entries(template).filter(([id, { Type }]) => !(Type in KNOWN_GAPS) && !created.get(id));
  expect(missing.length === 0, `not created: ${missing.map(([id, { Type }]) => `${id} (${Type})`).join(', ')}`);
}
