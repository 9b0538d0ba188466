/** The nearest of a path and what is above it that is known, as `find` says. */
export function nearest<T>(path: string, find: (path: string) => T | undefined): T | undefined {
  for (let at = path; ; at = at.slice(0, at.lastIndexOf('/'))) {
    const found = find(at);
    if (found !== undefined || !at.includes('/')) {
      return found;
    }
  }
}

/** The last part of a path. */
export function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Values by keys, in the order in which the keys come first. */
export function grouped<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group) {
      group.push(value);
    } else {
      groups.set(key, [value]);
    }
  }
  return groups;
}
