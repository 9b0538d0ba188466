import type { Context } from './simulator';

/** One line of a table, to be read as a sentence: who may do what on what, if the request looks so. */
export type Line = readonly [
  callers: string | string[],
  verdict: 'may' | 'may not',
  actions: string | string[],
  on: string | string[],
  context?: Context,
];

/** What is expected of one request. */
export interface Decision {
  readonly caller: string;
  readonly allowed: boolean;
  readonly action: string;
  readonly on: string;
  readonly context: Context;
  readonly through?: string;
}

/** The requests that the lines of a table stand for. */
export function decisions(lines: Line[], through?: string): Decision[] {
  return lines.flatMap(([callers, verdict, actions, on, context = {}]) =>
    [callers]
      .flat()
      .flatMap((caller) =>
        [actions]
          .flat()
          .flatMap((action) =>
            [on].flat().map((target) => ({ caller, allowed: verdict === 'may', action, on: target, context, through })),
          ),
      ),
  );
}

/** A decision as a sentence. */
export function sentence({ caller, allowed, action, on, context, through }: Decision): string {
  const conditions = Object.entries(context).map(([key, value]) => `${key} is ${[value].flat().join(', ') || 'empty'}`);
  return [
    `${caller} ${allowed ? 'may' : 'may not'} ${action} on ${on}`,
    ...(conditions.length > 0 ? [`when ${conditions.join(' and ')}`] : []),
    ...(through === undefined ? [] : [`through ${through}`]),
  ].join(' ');
}
