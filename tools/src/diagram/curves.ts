/** A place in pixels, downwards and to the right. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rectangle extends Point {
  readonly width: number;
  readonly height: number;
}

/** The first point of a line of Bezier curves, and three more for each curve. */
export type Curve = readonly Point[];

const SAMPLES = 40;

/** The plainest line between two points that leaves and arrives level: straight where they are as high. */
export function levelCurve(from: Point, to: Point): Curve {
  const bend = (to.x - from.x) / 2;
  return [from, { x: from.x + bend, y: from.y }, { x: to.x - bend, y: to.y }, to];
}

/** Points on a curve, from its beginning to its end. */
export function sampled(curve: Curve): Point[] {
  const points: Point[] = [];
  for (let at = 0; at + 3 < curve.length; at += 3) {
    const [a, b, c, d] = curve.slice(at, at + 4);
    for (let step = at === 0 ? 0 : 1; step <= SAMPLES; step++) {
      const part = step / SAMPLES;
      points.push({ x: bezier(a.x, b.x, c.x, d.x, part), y: bezier(a.y, b.y, c.y, d.y, part) });
    }
  }
  return points;
}

/** Where a curve has this x, or comes nearest to it. */
export function pointAt(curve: Curve, x: number): Point {
  return sampled(curve).reduce((best, point) => (Math.abs(point.x - x) < Math.abs(best.x - x) ? point : best));
}

/** Whether a curve passes through one of some rectangles. */
export function meets(curve: Curve, rectangles: readonly Rectangle[]): boolean {
  return sampled(curve).some(({ x, y }) =>
    rectangles.some(
      (each) => x > each.x + 1 && x < each.x + each.width - 1 && y > each.y + 1 && y < each.y + each.height - 1,
    ),
  );
}

function bezier(a: number, b: number, c: number, d: number, at: number): number {
  const rest = 1 - at;
  return rest ** 3 * a + 3 * rest ** 2 * at * b + 3 * rest * at ** 2 * c + at ** 3 * d;
}
