import { readAssembly } from '../../src/assembly/read-assembly';
import { CostResult, resultOf } from '../../src/cost/result';
import { plantedAssembly, plantedNotebook } from '../assembly/planted';

/** What would change colours, lines, tables and links if it were not shown as it is. */
export const HOSTILE = 'a\u001b[31m|`<b>\n@you [x](http://a.b)';

/** The result for planted resources in one stack, compared with others if there are some. */
export function resultFor(
  resources: Record<string, object>,
  options: { before?: Record<string, object>; limit?: number } = {},
): CostResult {
  const [after, before] = [resources, options.before].map(
    (each) => each && readAssembly(plantedAssembly([{ name: 'Lab', resources: each }])),
  );
  const { limit } = options;
  return resultOf(after!, { region: 'us-east-1', before, limit, today: new Date('2025-09-01T00:00:00Z') });
}

/** So many notebooks, each with an owner of its own. */
export function manyNotebooks(count: number, type = 'ml.t3.medium'): Record<string, object> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`Notebook${index}`, plantedNotebook(type, `owner-${index}`)]),
  );
}
