import { AREAS } from './floors';
import { placement } from './rules/placement';
import { planted, repository } from './source-tree';

describe('placement', () => {
  test('is kept by this repository', () => {
    expect(placement(repository('src'))).toEqual([]);
  });

  test('lets every area of the floors stand in src', () => {
    const files = AREAS.map((area) => [`src/${area}/index.ts`, '']);

    expect(placement(planted({ 'src/index.ts': '', ...Object.fromEntries(files) }))).toEqual([]);
  });

  test.each(['src/ml-network.ts', 'src/prices.json'])('refuses that %s lies loose', (path) => {
    expect(placement(planted({ [path]: '' }))).toEqual([
      `${path} lies loose in src; only index.ts may, move it into an area`,
    ]);
  });

  test('refuses a folder without a floor, once, and names the areas', () => {
    expect(placement(planted({ 'src/platform/a.ts': '', 'src/platform/b.ts': '' }))).toEqual([
      `src/platform has no floor; areas are: ${AREAS.join(', ')}`,
    ]);
  });
});
