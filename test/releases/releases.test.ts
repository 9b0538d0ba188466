import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXAMPLE_APPS } from '../examples/example-apps';
import { compareWithReleases } from './check-releases';

const ROOT = join(__dirname, '..', '..');

jest.setTimeout(120_000);

test('no upgrade from the last releases hurts a user unsaid', async () => {
  const [breaking, changelog] = ['BREAKING.md', 'CHANGELOG.md'].map((file) => readFileSync(join(ROOT, file), 'utf8'));

  const { problems } = await compareWithReleases({ records: __dirname, layouts: EXAMPLE_APPS, breaking, changelog });

  expect(problems).toEqual([]);
});
