import { RegionsBelow } from '../../../src/cost/pricing/regions-below';
import { resource } from './priced';

const REGIONS = new RegionsBelow({
  resources: [
    resource({ type: 'A', stack: 'Stage/One', region: 'eu-central-1' }),
    resource({ type: 'A', stack: 'Stage/Two', region: undefined }),
    resource({ type: 'A', stack: 'StageB', region: 'eu-west-1' }),
  ],
  facts: [],
  defaultRegion: 'us-east-1',
});

describe('regions below a path', () => {
  test.each([
    ['Stage/One/It', ['eu-central-1']],
    ['Stage/One', ['eu-central-1']],
    ['Stage/Two', ['us-east-1']],
    ['Stage', ['eu-central-1', 'us-east-1']],
    ['', ['eu-central-1', 'us-east-1', 'eu-west-1']],
    ['Stage/On', []],
  ])('%s are those of its resources', (path, regions) => {
    expect(REGIONS.at(path)).toEqual(regions);
  });
});
