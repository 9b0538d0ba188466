import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  App,
  NestedStack,
  PolicyValidationPluginReport,
  RemovalPolicy,
  Stack,
  Stage,
  Tags,
  Validations,
} from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { MlSharedInfra } from '../../../src';
import { readAssembly } from '../../src/assembly/read-assembly';
import { Refusal } from '../../src/refusal';
import { temporaryFolder } from '../command';
import { plantedAssembly, plantedFiles } from './planted';

describe('an app that the CDK synthesized', () => {
  let folder: string;

  beforeEach(() => {
    folder = join(temporaryFolder(), 'cdk.out');
  });

  test.each([{}, { 'aws:cdk:enable-path-metadata': true, 'aws:cdk:enable-asset-metadata': true }])(
    'is read with its stages and nested stacks, each resource at its construct, with the context %j',
    (context) => {
      const app = new App({ outdir: folder, context });
      const stage = new Stage(app, 'Prod', { env: { account: '111122223333', region: 'eu-central-1' } });
      const stack = new Stack(stage, 'Lab', { stackName: 'lab-of-prod' });
      const outer = new NestedStack(stack, 'Outer');
      const inner = new NestedStack(outer, 'Inner');
      for (const scope of [stack, outer, inner]) {
        new sns.Topic(scope, 'Topic');
      }
      new Stack(app, 'Plain');
      app.synth();

      const place = { account: '111122223333', region: 'eu-central-1' };
      expect(readAssembly(folder).stacks).toMatchObject([
        { path: 'Prod/Lab', name: 'lab-of-prod', nestedIn: undefined, ...place },
        { path: 'Prod/Lab/Outer', nestedIn: 'Prod/Lab', ...place },
        { path: 'Prod/Lab/Outer/Inner', nestedIn: 'Prod/Lab/Outer', ...place },
        { path: 'Plain', name: 'Plain', account: undefined, region: undefined },
      ]);
      const topics = readAssembly(folder).stacks.flatMap(({ resources }) =>
        resources.map(({ path, stack: of, type, region }) => [path, of, type, region]),
      );
      expect(topics).toEqual(
        ['Prod/Lab', 'Prod/Lab/Outer', 'Prod/Lab/Outer/Inner'].map((path) => {
          return [`${path}/Topic`, path, 'AWS::SNS::Topic', 'eu-central-1'];
        }),
      );
    },
  );

  test('has its tags, its policies for deletion and its findings', () => {
    const app = new App({ outdir: folder });
    const stack = new Stack(app, 'Lab');
    Tags.of(new kms.Key(stack, 'Key', { removalPolicy: RemovalPolicy.RETAIN })).add('ml-owner', 'ada');
    Validations.of(app).addPlugins({ name: 'Planted', validate: () => plantedReport('Lab/Key/Resource') });
    jest.spyOn(console, 'error').mockReturnValue();
    app.synth();

    const { stacks, findings, checks } = readAssembly(folder);
    expect(stacks[0].resources).toMatchObject([
      { path: 'Lab/Key', tags: { 'ml-owner': 'ada' }, deletionPolicy: 'Retain', updateReplacePolicy: 'Retain' },
    ]);
    expect(checks).toContainEqual({ name: 'Planted', version: undefined, passed: true });
    expect(findings).toContainEqual({
      rule: 'R1',
      severity: 'warning',
      pack: 'Planted',
      path: 'Lab/Key',
      logicalId: undefined,
      text: 'says so',
      fix: 'do this',
    });
  });

  test('of the library has the facts of its constructs, without one none', () => {
    const app = new App({ outdir: folder });
    new MlSharedInfra(new Stack(app, 'Lab'), 'Shared');
    app.synth();

    const { library, facts } = readAssembly(folder);
    expect(library).toBe(require('../../../package.json').version);
    expect(facts).toContainEqual(expect.objectContaining({ kind: 'MlSharedInfra', path: 'Lab/Shared' }));
    expect(readAssembly(plantedFiles({ 'manifest.json': {} }))).toMatchObject({ facts: [] });
  });
});

test('facts that state the use of a whole app are among the others', () => {
  const usage = { kind: 'MlUsage', path: '', stack: '', usage: { notebookHours: 160 } };

  expect(readAssembly(plantedAssembly([], [usage])).facts).toEqual([usage]);
});

test('the folder of an app is that of its cdk.out, unless it is an assembly itself', () => {
  const folder = plantedFiles({ 'cdk.out/manifest.json': {} });
  expect(readAssembly(folder).folder).toBe(join(folder, 'cdk.out'));

  writeFileSync(join(folder, 'manifest.json'), '{}');
  expect(readAssembly(folder).folder).toBe(folder);
});

test('a nested stack of a stage may have its template in the folder of the app', () => {
  const Metadata = { 'aws:asset:path': '../asset.json' };
  const properties = { templateFile: 'Lab.json' };
  const folder = plantedFiles({
    'manifest.json': stages(['Stage']),
    'asset.json': { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } },
    'Stage/manifest.json': { artifacts: { Lab: { type: 'aws:cloudformation:stack', properties } } },
    'Stage/Lab.json': { Resources: { Nested: { Type: 'AWS::CloudFormation::Stack', Metadata } } },
  });

  expect(readAssembly(folder).stacks.map(({ path, nestedIn }) => [path, nestedIn])).toEqual([
    ['Lab', undefined],
    ['Lab/Nested', 'Lab'],
  ]);
});

test('an assembly is read where a link to its folder leads', () => {
  const folder = plantedFiles({ 'real/manifest.json': stages(['Stage']), 'real/Stage/manifest.json': {} });
  symlinkSync('real', join(folder, 'cdk.out'));

  expect(readAssembly(join(folder, 'cdk.out'))).toMatchObject({ folder: join(folder, 'cdk.out'), stacks: [] });
});

describe('is refused with the remedy:', () => {
  test('no folder', () => {
    expect(() => readAssembly(join(temporaryFolder(), 'cdk.out'))).toThrow(
      /'.*cdk\.out' must be the folder that `cdk synth` writes.*: run it first, or name another, got: nothing$/,
    );
  });

  test('a file', () => {
    const folder = plantedFiles({ 'cdk.out': '' });

    expect(() => readAssembly(join(folder, 'cdk.out'))).toThrow(/must be the folder .*, got: a file$/);
  });

  test('a folder that is no assembly', () => {
    expect(() => readAssembly(temporaryFolder())).toThrow(
      /must be a folder with a manifest\.json: run `cdk synth` first, and name the folder that it writes, got: none$/,
    );
  });

  test('a manifest that was cut off', () => {
    expect(() => readAssembly(plantedFiles({ 'manifest.json': '{"artifacts":' }))).toThrow(
      /manifest\.json' must be JSON: run `cdk synth` again, got: /,
    );
  });

  test('a template that is gone', () => {
    const artifact = { type: 'aws:cloudformation:stack', properties: { templateFile: 'Gone.template.json' } };

    expect(() => readAssembly(plantedFiles({ 'manifest.json': { artifacts: { Gone: artifact } } }))).toThrow(
      /Gone\.template\.json' must be there, as the manifest names it: run `cdk synth` again, got: nothing$/,
    );
  });

  test.each(['..', '.', '../elsewhere', 'deep/er', 7, undefined])('a stage in the folder %j', (directoryName) => {
    const artifacts = { Stage: { type: 'cdk:cloud-assembly', properties: { directoryName } } };

    expect(() => readAssembly(plantedFiles({ 'manifest.json': { artifacts } }))).toThrow(
      /must be a manifest whose stages are folders beside it/,
    );
  });

  test.each([
    ['out of the folder', '..'],
    ['back to the folder', '.'],
    ['to itself', 'Stage'],
  ])('a stage whose folder is a link that leads %s', (_, target) => {
    const folder = plantedFiles({ 'manifest.json': stages(['Stage']) });
    symlinkSync(target, join(folder, 'Stage'));

    expect(() => readAssembly(folder)).toThrow(Refusal);
  });

  test('stages that are one folder', () => {
    const folder = plantedFiles({ 'manifest.json': stages(['Stage', 'Link']), 'Stage/manifest.json': {} });
    symlinkSync('Stage', join(folder, 'Link'));

    expect(() => readAssembly(folder)).toThrow(/must be a manifest whose stages are folders beside it, each another/);
  });

  test.each(['templateFile', 'additionalMetadataFile', 'aws:asset:path'])('a file out of the folder as %s', (name) => {
    const outside = join('..', 'secret.json');
    const Metadata = { 'aws:asset:path': name === 'aws:asset:path' ? outside : undefined };
    const artifact = {
      type: 'aws:cloudformation:stack',
      properties: { templateFile: name === 'templateFile' ? outside : 'Lab.json' },
      ...(name === 'additionalMetadataFile' && { additionalMetadataFile: outside }),
    };
    const folder = plantedFiles({
      'secret.json': {},
      'cdk.out/manifest.json': { artifacts: { Lab: artifact } },
      'cdk.out/Lab.json': { Resources: { Nested: { Type: 'AWS::CloudFormation::Stack', Metadata } } },
    });

    expect(() => readAssembly(join(folder, 'cdk.out'))).toThrow(/must be in the folder .* and not lead out of it/);
  });

  test('facts of a newer library', () => {
    const folder = plantedAssembly([]);
    writeFileSync(join(folder, 'ml-infra.json'), JSON.stringify({ schema: 2, library: '9.0.0' }));

    expect(() => readAssembly(folder)).toThrow(
      /ml-infra\.json' must be of schema 1: use the version of cdk-ml-infra-tools that the app has of cdk-ml-infra, got: 2, of version "9\.0\.0"$/,
    );
  });
});

function stages(directoryNames: string[]): object {
  const artifacts = directoryNames.map((directoryName) => [
    directoryName,
    { type: 'cdk:cloud-assembly', properties: { directoryName } },
  ]);
  return { artifacts: Object.fromEntries(artifacts) };
}

function plantedReport(constructPath: string): PolicyValidationPluginReport {
  return {
    success: true,
    violations: [
      {
        ruleName: 'R1',
        description: 'says so',
        severity: 'warning',
        fix: 'do this',
        violatingResources: [{ constructPath, locations: [] }],
      },
    ],
  };
}
