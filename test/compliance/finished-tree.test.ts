import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { writtenStacks } from '../../src/compliance/finished-tree';
import { plainNotebook } from './plain-notebooks';

describe('writtenStacks', () => {
  test('finds stacks, nested stacks at any depth and those of stages, with what was written for them', () => {
    const app = new App();
    const stack = new Stack(app, 'Stack', { env: { account: '111111111111', region: 'eu-central-1' } });
    const nested = new NestedStack(stack, 'Nested');
    const stage = new Stage(new Stage(app, 'Outer'), 'Inner');
    for (const scope of [stack, nested, new NestedStack(nested, 'Deeper'), new Stack(stage, 'Staged')]) {
      plainNotebook(scope, 'Notebook');
    }
    app.synth();

    const found = writtenStacks(app, () => true);

    expect(found.map(({ stack: { node }, accountId }) => [node.path, accountId])).toEqual([
      ['Stack', '111111111111'],
      ['Stack/Nested', '111111111111'],
      ['Stack/Nested/Deeper', '111111111111'],
      ['Outer/Inner/Staged', undefined],
    ]);
    for (const {
      body,
      resources,
      stack: { node },
    } of found) {
      expect(body.Resources?.Notebook.Properties?.RootAccess).toBe('Disabled');
      expect(resources.get('Notebook')?.node.path).toBe(`${node.path}/Notebook`);
    }
  });

  test('leaves a nested stack out with the stack that it is nested in', () => {
    const app = new App();
    const wanted = new Stack(app, 'Wanted');
    for (const scope of [wanted, new Stack(app, 'Other')]) {
      plainNotebook(new NestedStack(scope, 'Nested'), 'Notebook');
    }
    app.synth();

    const found = writtenStacks(app, (stack) => stack === wanted);

    expect(found.map(({ stack }) => stack.node.path)).toEqual(['Wanted', 'Wanted/Nested']);
  });

  test('reads overrides and included templates as they are rendered', () => {
    const app = new App();
    const stack = new Stack(app, 'Stack');
    plainNotebook(stack, 'Notebook').addPropertyOverride('RootAccess', 'Enabled');
    const templateFile = join(mkdtempSync(join(tmpdir(), 'include-')), 'template.json');
    writeFileSync(templateFile, JSON.stringify({ Resources: { Old: { Type: 'AWS::S3::Bucket' } } }));
    new CfnInclude(stack, 'Include', { templateFile });
    app.synth();

    const [{ body, resources }] = writtenStacks(app, () => true);

    expect(body.Resources?.Notebook.Properties?.RootAccess).toBe('Enabled');
    expect(resources.get('Old')?.node.path).toBe('Stack/Include/Old');
  });
});
