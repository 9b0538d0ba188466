import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { MlSharedInfra } from 'cdk-ml-infra';
import { recordedStacks } from './recorded-template';
import { sourcesOf, withLayouts } from './release-sources';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sources-'));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

const ENTRY = `
  import { App, CfnOutput, Stack } from 'aws-cdk-lib';
  import { MlSharedInfra } from 'cdk-ml-infra';
  import { nameOf } from '../app/names';
  const { read } = require('./read.cjs') as { read(): string };
  export const library: unknown = MlSharedInfra;
  export const LAYOUTS = {
    team: (app: App) => {
      new CfnOutput(new Stack(app, nameOf('team')), 'Text', { value: read() });
    },
  };`;

const FILES = {
  'test/layouts.ts': ENTRY,
  'test/read.cjs': `
    const path = require('node:path');
    module.exports.read = () => require('node:fs').readFileSync(path.join(__dirname, 'text.txt'), 'utf8');`,
  'test/text.txt': 'of then',
  'app/names.ts': 'export const nameOf = (layout: string): string => `${layout}-stack`;',
  'app/unused.ts': '',
};

test('sources are all that a file takes, and give the same once the files are gone', () => {
  write(FILES);
  const { entry, files } = sourcesOf(root, join(root, 'test', 'layouts.ts'));
  write({ 'test/text.txt': 'of today', 'app/names.ts': 'export const nameOf = () => "today";' });

  expect(entry).toBe('test/layouts.ts');
  expect(Object.keys(files).sort()).toEqual(['app/names.ts', 'test/layouts.ts', 'test/read.cjs', 'test/text.txt']);
  const stacks = withLayouts({ entry, files }, ({ team }) => recordedStacks(team, {}));
  expect(stacks['team-stack'].Outputs.Text.Value).toBe('of then');
});

test('sources use the library of today', () => {
  const entry = 'a.ts';
  const files = { [entry]: "import * as library from 'cdk-ml-infra';\nexport const LAYOUTS = { library };" };

  const library = withLayouts({ entry, files }, (layouts) => layouts.library as never as object);

  expect(library).toHaveProperty('MlSharedInfra', MlSharedInfra);
});

test('a file that is not there is an error', () => {
  write({ 'a.ts': "import { b } from './b';" });

  expect(() => sourcesOf(root, join(root, 'a.ts'))).toThrow('a.ts takes ./b, which is not there');
});

function write(files: { [path: string]: string }): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}
