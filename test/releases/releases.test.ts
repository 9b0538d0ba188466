import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareWithReleases } from './check-releases';
import { LAYOUTS } from './release-layouts';

const ROOT = join(__dirname, '..', '..');

jest.setTimeout(120_000);

test('no upgrade from the last releases hurts a user unsaid', async () => {
  const [breaking, changelog] = ['BREAKING.md', 'CHANGELOG.md'].map((file) => readFileSync(join(ROOT, file), 'utf8'));

  // The other sets take scripts/check-releases.mjs, which every change runs.
  const sets = ['recommended-in-region'];
  const { problems } = await compareWithReleases({ records: __dirname, layouts: LAYOUTS, breaking, changelog, sets });

  expect(problems).toEqual([]);
});
