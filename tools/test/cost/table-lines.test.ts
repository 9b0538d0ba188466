import { createColors } from 'picocolors';
import { described, moreLine } from '../../src/cost/table-lines';

const PLAIN = { colors: createColors(false), width: 80 };

test('a path stands beside the words where it fits, else below', () => {
  expect(described('Key', 'Lab/Key', 20, String)).toEqual(['Key  Lab/Key']);
  expect(described('A long word', 'Lab/Key', 14, String)).toEqual(['A long word', 'Lab/Key']);
  expect(described('Key', '', 20, String)).toEqual(['Key']);
});

test('what a list is shortened by has a sum', () => {
  expect(moreLine([1, 2.5], 6, PLAIN)).toEqual(['  3.50  in 2 more lines: --all']);
  expect(moreLine([], 6, PLAIN)).toEqual([]);
});
