import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, type Environment, Stack, aws_s3 as s3 } from 'aws-cdk-lib';
import { compareWithReleases, recordRelease } from './check-releases';
import type { Layouts } from './release-layout-breaks';
import { sourcesOf, withLayouts } from './release-sources';

let records: string;
beforeEach(() => {
  records = mkdtempSync(join(tmpdir(), 'records-'));
});
afterEach(() => {
  rmSync(records, { recursive: true });
  delete process.env.PLANTED;
});

/** A layout as it may be written; what the environment variable says stands for what the library does. */
const written = ({ bucket = "'Data'", stacks = "['Team']", before = '' } = {}) => `
  import { Stack, aws_s3 as s3 } from 'aws-cdk-lib';
  ${before}
  export const LAYOUTS = {
    team: (app, env) => {
      for (const name of ${stacks}) {
        const stack = new Stack(app, name, { env, terminationProtection: process.env.PLANTED !== 'unprotected' });
        new s3.Bucket(stack, ${bucket});
      }
    },
  };`;

const LIBRARY = "process.env.PLANTED ?? 'Data'";

test('a break is not hidden by a layout that is written otherwise in the same commit', async () => {
  record(written({ bucket: LIBRARY }));
  process.env.PLANTED = 'Other';

  const { problems } = await compare(written({ bucket: "'Data'" }));

  expect(problems).toContainEqual(expect.stringContaining('orphans AWS::S3::Bucket `Data/Resource`'));
});

test('a layout may be written otherwise, as long as what was recorded gives the same', async () => {
  record(written());

  expect((await compare(written({ bucket: "'Renamed'" }))).problems).toEqual([]);
});

test('a stack that vanishes from the layout of today is a break', async () => {
  record(written({ stacks: "['Team', 'Other']" }));

  const { problems } = await compare(written());

  expect(problems).toEqual([expect.stringContaining('removes stack `Other`: the layout of today does not have it')]);
});

test('a layout that does not synthesize any more is a break, and today’s is compared in its place', async () => {
  record(written({ before: "if (process.env.PLANTED) { throw new Error('no such class'); }" }));
  process.env.PLANTED = 'x';

  const { problems } = await compare(written({ bucket: "'Other'" }));

  expect(problems).toContainEqual(
    expect.stringContaining(
      'breaks layout `team`: as it was written, it does not synthesize any more: no such class. BREAKING.md does not',
    ),
  );
  expect(problems).toContainEqual(expect.stringContaining('orphans AWS::S3::Bucket `Data/Resource`'));
});

test('a stack that loses its protection is a break', async () => {
  record(written());
  process.env.PLANTED = 'unprotected';

  const { problems } = await compare(written());

  expect(problems).toContainEqual(expect.stringContaining('weakens stack `Team`: it loses its termination protection'));
});

test('a break that takes a known region is seen, and said to be of such an app', async () => {
  const layouts = (id: (env?: Environment) => string): Layouts => ({
    team: (app: App, env?: Environment) => {
      new s3.Bucket(new Stack(app, 'Team', { env }), id(env));
    },
  });
  const upgrade = { records, breaking: '', changelog: '' };
  recordRelease({ ...upgrade, layouts: layouts(() => 'Data') }, '0.1.0', '2.276.0', {});

  const after = layouts((env) => (env?.region ? 'Regional' : 'Data'));
  const { problems } = await compareWithReleases({ ...upgrade, layouts: after });

  expect(problems).toEqual([
    expect.stringContaining('layout team, flags recommended-in-region, stack Team orphans AWS::S3::Bucket'),
  ]);
  const [some, other] = await Promise.all(
    ['recommended-in-region', 'none'].map((set) => compareWithReleases({ ...upgrade, layouts: after, sets: [set] })),
  );
  expect(some.problems).toEqual(problems);
  expect(other.problems).toEqual([]);
});

function record(text: string): void {
  const entry = join(records, 'layouts.ts');
  writeFileSync(entry, text);
  withLayouts(sourcesOf(records, entry), (layouts) => {
    recordRelease(
      { records, layouts, written: { root: records, entry }, breaking: '', changelog: '' },
      '0.1.0',
      '2.276.0',
      {},
    );
  });
}

function compare(text: string) {
  const entry = 'today.ts';
  return withLayouts({ entry, files: { [entry]: text } }, (layouts) =>
    compareWithReleases({ records, layouts, breaking: '', changelog: '' }),
  );
}
