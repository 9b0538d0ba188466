import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { compiledAssembly, typesOf } from './assembly';
import { ROOT } from './source-tree';

describe('compiledAssembly', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'assembly-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  test('fails without a compilation, and says how to get one', () => {
    expect(() => compiledAssembly(folder)).toThrow(
      `${join(folder, '.jsii')} must exist: run \`npx projen compile\` first`,
    );
  });

  test('reads an assembly', () => {
    writeFileSync(join(folder, '.jsii'), '{"name":"plain"}');

    expect(compiledAssembly(folder).name).toBe('plain');
  });

  test('follows a redirection to a compressed assembly', () => {
    writeFileSync(join(folder, '.jsii'), '{"schema":"jsii/file-redirect","compression":"gzip","filename":".jsii.gz"}');
    writeFileSync(join(folder, '.jsii.gz'), gzipSync('{"name":"compressed"}'));

    expect(compiledAssembly(folder).name).toBe('compressed');
  });

  test('knows the form that jsii writes', () => {
    const constructs = compiledAssembly(join(ROOT, 'node_modules', 'constructs'));

    expect(typesOf(constructs).find(({ name }) => name === 'Construct')).toMatchObject({
      fqn: 'constructs.Construct',
      kind: 'class',
      interfaces: ['constructs.IConstruct'],
      initializer: {
        parameters: [
          { name: 'scope', type: { fqn: 'constructs.Construct' } },
          { name: 'id', type: { primitive: 'string' } },
        ],
      },
      properties: [
        {
          name: 'node',
          overrides: 'constructs.IConstruct',
          type: { fqn: 'constructs.Node' },
          docs: { summary: expect.any(String) },
        },
      ],
    });
  });
});
