import { levelCurve, meets, pointAt, sampled } from '../../src/diagram/curves';

const CURVE = levelCurve({ x: 0, y: 0 }, { x: 100, y: 50 });

test('a plain line leaves and arrives level, and is straight between points of one height', () => {
  expect([CURVE[1].y, CURVE[2].y]).toEqual([0, 50]);
  for (const { y } of sampled(levelCurve({ x: 0, y: 7 }, { x: 9, y: 7 }))) {
    expect(y).toBeCloseTo(7);
  }
});

test('samples begin and end where the line does', () => {
  const points = sampled(CURVE);

  expect([points[0], points[points.length - 1]]).toEqual([
    { x: 0, y: 0 },
    { x: 100, y: 50 },
  ]);
});

test('half way in x is half way in y', () => {
  expect(pointAt(CURVE, 50)).toEqual({ x: 50, y: 25 });
});

test.each([
  [{ x: 40, y: 20, width: 20, height: 10 }, true],
  [{ x: 40, y: 40, width: 20, height: 10 }, false],
  [{ x: 100, y: 0, width: 20, height: 90 }, false], // where it arrives
])('whether it leads through %j: %s', (rectangle, expected) => {
  expect(meets(CURVE, [rectangle])).toBe(expected);
});
