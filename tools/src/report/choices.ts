import { isIntrinsic } from 'cdk-ml-infra/lib/private/template';

/** One of the values that a template may give, and the conditions under which it does. */
export interface Choice {
  /** Undefined where the template then gives none. */
  readonly value: unknown;

  /** Such as `if IsProd`; none where it always gives this one. */
  readonly when: readonly string[];
}

/** What a value may be: both sides of each `Fn::If`. */
export function choicesOf(value: unknown, when: readonly string[] = []): Choice[] {
  const [name, argument] = isIntrinsic(value) ? Object.entries(value)[0] : [];
  if (name === 'Ref' && argument === 'AWS::NoValue') {
    return [{ value: undefined, when }];
  }
  if (name !== 'Fn::If' || !Array.isArray(argument) || argument.length !== 3) {
    return [{ value, when }];
  }
  const [condition, then, otherwise] = argument;
  return [
    ...sideOf(then, when, `if ${condition}`, `unless ${condition}`),
    ...sideOf(otherwise, when, `unless ${condition}`, `if ${condition}`),
  ];
}

/** The entries that a list, or one entry alone, may have; also where a condition gives some or all of them. */
export function entriesOf(value: unknown, when: readonly string[] = []): Choice[] {
  return Array.isArray(value)
    ? value.flatMap((entry) => entriesOf(entry, when))
    : choicesOf(value, when).flatMap((choice) => {
        if (Array.isArray(choice.value)) {
          return entriesOf(choice.value, choice.when);
        }
        return choice.value === undefined || choice.value === null ? [] : [choice];
      });
}

/** Says under which conditions of the template something holds. */
export function onlyWhen(text: string, when: readonly string[]): string {
  return when.length > 0 ? `${text} (${when.join(' and ')})` : text;
}

function sideOf(value: unknown, when: readonly string[], side: string, other: string): Choice[] {
  if (when.includes(other)) {
    return [];
  }
  return choicesOf(value, when.includes(side) ? when : [...when, side]);
}
