/** How a check went. What was skipped could not be looked at, and says why. */
export type State = 'ok' | 'warning' | 'problem' | 'skipped';

/** What one check found, and what to do about it. */
export interface Diagnosis {
  /** What was looked at, in a word or two. */
  readonly check: string;
  readonly state: State;
  readonly found: string;

  /** What puts it right; there is one for each warning and problem. */
  readonly remedy?: string;
}

/** What is asked of a machine, an app or an account. */
export type Check = () => Diagnosis[] | Promise<Diagnosis[]>;

export function ok(check: string, found: string): Diagnosis {
  return { check, state: 'ok', found };
}

export function skipped(check: string, found: string): Diagnosis {
  return { check, state: 'skipped', found };
}

export function warning(check: string, found: string, remedy: string): Diagnosis {
  return { check, state: 'warning', found, remedy };
}

export function problem(check: string, found: string, remedy: string): Diagnosis {
  return { check, state: 'problem', found, remedy };
}
