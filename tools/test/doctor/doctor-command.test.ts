import { join } from 'node:path';
import { plantedAssembly, plantedFiles, plantedNotebook } from '../assembly/planted';
import { mlInfra, temporaryFolder } from '../command';

const NOBODY = {
  AWS_ACCESS_KEY_ID: '',
  AWS_SECRET_ACCESS_KEY: '',
  AWS_PROFILE: '',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_REGION: '',
};
const root = join(__dirname, '..', '..', '..');

test('says of each check how it went, and ends with 3 where something is missing', () => {
  const folder = temporaryFolder();
  const { code, stdout, stderr } = mlInfra(folder, ['doctor', '--offline'], { PATH: '' });

  expect(code).toBe(3);
  expect(stderr).toBe('ml-infra doctor: 1 problem\n');
  expect(stdout).toMatch(/^[✓!] Node\.js {3}\d/);
  expect(stdout).toContain('✗ CDK CLI   not installed\n            → npm install --save-dev aws-cdk@');
  expect(stdout).toContain('! Assembly  there is none in ');
  expect(stdout).toContain('- AWS       not asked, because of --offline');
});

test('ends with 0 where nothing is missing', () => {
  const folder = plantedAssembly([{ name: 'Lab', resources: { A: plantedNotebook('ml.t3.medium') } }]);
  const { code, stdout } = mlInfra(root, ['doctor', folder, '--offline', '--json']);

  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toContainEqual({ check: 'Assembly', state: 'ok', found: folder });
});

test('missing credentials are a problem, also as JSON, and no second result is written', () => {
  const { code, stdout } = mlInfra(root, ['doctor', '--json'], { ...NOBODY, HOME: temporaryFolder() });

  expect(code).toBe(3);
  expect(JSON.parse(stdout)).toContainEqual(expect.objectContaining({ check: 'Credentials', state: 'problem' }));
});

test('an assembly that is broken is one problem beside others', () => {
  const folder = plantedFiles({ 'manifest.json': '{' });
  const { code, stdout } = mlInfra(root, ['doctor', folder, '--offline', '--json']);

  expect(code).toBe(3);
  expect(JSON.parse(stdout)).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ check: 'Assembly', state: 'problem', remedy: 'npx cdk synth' }),
      expect.objectContaining({ check: 'CDK CLI', state: 'ok' }),
    ]),
  );
});

test('a command line that says nothing is refused', () => {
  expect(mlInfra(temporaryFolder(), ['doctor', '--offline', '--nonsense']).code).toBe(2);
});
