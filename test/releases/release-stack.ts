import type { Break, Place } from './break';
import type { RecordedStacks, RecordedTerms } from './recorded-template';

/** What an upgrade does to the terms on which stacks are deployed: their tags, their protection, their place. */
export function termBreaks(before: RecordedStacks, after: RecordedStacks, place: Place): Break[] {
  return Object.entries(before).flatMap(([stack, { Stack: old }]): Break[] => {
    const now = after[stack]?.Stack;
    const of = { what: 'stack', name: stack, place: { ...place, stack } };
    return old === undefined || now === undefined
      ? []
      : [
          ...weakened(old, now).map((detail) => ({ verb: 'weakens' as const, ...of, detail })),
          ...moved(old, now).map((detail) => ({ verb: 'removes' as const, ...of, detail })),
        ];
  });
}

function weakened(old: RecordedTerms, now: RecordedTerms): string[] {
  const isOpen = old.TerminationProtection && !now.TerminationProtection;
  const tags = Object.entries(old.Tags).filter(([key, value]) => now.Tags[key] !== value);
  return [
    ...(isOpen ? ['it loses its termination protection'] : []),
    ...tags.map(
      ([key, value]) => `its tag ${key} was ${value}, is ${now.Tags[key] ?? 'gone'}; rights may depend on it`,
    ),
  ];
}

/** CloudFormation deploys to another place what is new and empty there. */
function moved(old: RecordedTerms, now: RecordedTerms): string[] {
  return old.Environment === now.Environment
    ? []
    : [`with all that it holds: it is deployed to ${now.Environment} in place of ${old.Environment}`];
}
