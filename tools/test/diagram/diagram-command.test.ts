import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mlInfra, onTerminal, temporaryFolder } from '../command';
import { labFacts, TEAM } from './sample';

let folder: string;

/** What `cdk synth` leaves of an app with a bucket and notebooks of the library, as far as it is read. */
beforeEach(() => {
  folder = temporaryFolder();
  const out = join(folder, 'cdk.out');
  const types = { Key: 'AWS::KMS::Key', ...Object.fromEntries(TEAM.map(({ name }) => [name, undefined])) };
  const resources = Object.keys(types).map((id) => [
    id,
    id === 'Key'
      ? { Type: 'AWS::KMS::Key', Metadata: { 'aws:cdk:path': 'Lab/Shared/Key/Resource' } }
      : {
          Type: 'AWS::SageMaker::NotebookInstance',
          Properties: { InstanceType: 'ml.t3.medium', VolumeSizeInGB: 50 },
          Metadata: { 'aws:cdk:path': `Lab/${id}/Resource` },
        },
  ]);
  const files = {
    'manifest.json': {
      version: '48.0.0',
      artifacts: {
        Lab: {
          type: 'aws:cloudformation:stack',
          environment: 'aws://unknown-account/unknown-region',
          displayName: 'Lab',
          properties: { templateFile: 'Lab.template.json' },
        },
      },
    },
    'Lab.template.json': { Resources: Object.fromEntries(resources) },
    'ml-infra.json': { schema: 1, library: '0.0.0', constructs: labFacts(TEAM) },
  };
  mkdirSync(out);
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(out, name), JSON.stringify(content));
  }
});

test('writes the picture that the file asks for, with prices of the region', () => {
  const { code, stdout, stderr } = mlInfra(folder, ['diagram', '-o', 'lab.svg', '--region', 'eu-central-1']);
  const svg = readFileSync(join(folder, 'lab.svg'), 'utf8');

  expect([code, stdout, stderr]).toEqual([0, 'Written lab.svg\n', '']);
  expect(svg).toMatch(/^<svg .*<\/svg>\n$/s);
  expect(svg).toContain('>alice</text>');
  expect(svg).toContain('>eu-central-1 · prices of');
  expect(svg).not.toContain(folder);
});

test('gives other programs Mermaid, and the model as JSON', () => {
  expect(mlInfra(folder, ['diagram', 'cdk.out']).stdout).toMatch(/^flowchart LR\n/);

  const { code, stdout } = mlInfra(folder, ['diagram', '--json', '-o', 'lab.txt']);
  expect(JSON.parse(stdout)).toMatchObject({ file: 'lab.txt', title: 'Lab', scenes: [{ title: 'Lab' }] });
  expect(code).toBe(0);
  expect(readFileSync(join(folder, 'lab.txt'), 'utf8')).toContain('│  NB  alice');
});

test('draws again over a picture, and on the standard output where - is the file', () => {
  const pictures = [1, 2].map(() => {
    expect(mlInfra(folder, ['diagram', '-o', 'lab.svg'])).toMatchObject({ code: 0, stderr: '' });
    return readFileSync(join(folder, 'lab.svg'), 'utf8');
  });
  expect(pictures[0]).toBe(pictures[1]);

  expect(mlInfra(folder, ['diagram', '-o', '-']).stdout).toMatch(/^flowchart LR\n/);
  expect(readdirSync(folder).sort()).toEqual(['cdk.out', 'lab.svg']);
});

test('says beside the drawing that facts of another app are left out', () => {
  const facts = { schema: 1, library: '0.0.0', stacks: ['Old'], constructs: labFacts(TEAM) };
  writeFileSync(join(folder, 'cdk.out', 'ml-infra.json'), JSON.stringify(facts));

  const { code, stdout, stderr } = mlInfra(folder, ['diagram']);
  expect(stderr).toMatch(/^Note: ml-infra\.json is left out: its stacks are not those of manifest\.json: /);
  expect([code, stdout.slice(0, 12)]).toEqual([0, 'flowchart LR']);
});

test('draws on a terminal, in what its locale can show', () => {
  const shown = (locale: string) => onTerminal(folder, ['diagram'], [], { LC_ALL: locale, NO_COLOR: '1' }).stdout;

  expect(shown('C.UTF-8')).toContain('╭─ VPC');
  expect(shown('C')).toContain('+- VPC');
});

test.each([
  [['diagram', 'none'], 1, 'none'],
  [['diagram', '-o', 'lab.png'], 2, "'output' must be a file that ends with .svg"],
  [['diagram', '--format', 'png'], 2, `'format' must be svg, mermaid or terminal, got: "png"`],
  [['diagram', '--region', 'Frankfurt'], 2, "'region' must be the name of a region, such as eu-central-1"],
  [['diagram', '-o', 'cdk.out', '-f', 'svg'], 1, "'output' must be a file, but it is a folder"],
])('%j ends with %d and says why', (words, expected, message) => {
  const { code, stdout, stderr } = mlInfra(folder, words);

  expect(stderr).toContain(message);
  expect([code, stdout]).toEqual([expected, '']);
  expect(readdirSync(folder)).toEqual(['cdk.out']);
});
