import { ok, problem, skipped, warning } from '../../src/doctor/diagnosis';

test('what is warned of and what is a problem come with a remedy', () => {
  expect([ok('Node.js', '22'), skipped('AWS', 'offline')]).toEqual([
    { check: 'Node.js', state: 'ok', found: '22' },
    { check: 'AWS', state: 'skipped', found: 'offline' },
  ]);
  expect([warning('A', 'b', 'c'), problem('A', 'b', 'c')]).toEqual([
    { check: 'A', state: 'warning', found: 'b', remedy: 'c' },
    { check: 'A', state: 'problem', found: 'b', remedy: 'c' },
  ]);
});
