import { type Break, keyOf, VERBS } from './break';
import { isVersion, mayBreak, nextBreaking } from './release-version';

/** A line of BREAKING.md: a break that users are told of, and what they do before. */
export interface Entry {
  readonly version: string;
  readonly verb: string;
  readonly what: string;
  readonly name: string;
}

/** What BREAKING.md says, and what is wrong with how it says it. */
export interface BreakingPage {
  readonly entries: Entry[];
  readonly problems: string[];
}

const ENTRY = new RegExp(`^- (${VERBS.join('|')}) (\\S+) \`([^\`]+)\`: \\S`);
const NO_ENTRY = 'is no entry: write "- <verb> <type> `<path>`: <what to do before the upgrade>"';

/** Reads BREAKING.md. What stands above the first version, and between fences, explains it. */
export function readBreakingPage(text: string): BreakingPage {
  const entries: Entry[] = [];
  const problems: string[] = [];
  let version: string | undefined;
  let isFenced = false;
  text.split('\n').forEach((line, index) => {
    isFenced = line.startsWith('```') ? !isFenced : isFenced;
    const heading = isFenced ? undefined : line.match(/^#+ +(.+?) *$/)?.[1];
    if (heading !== undefined && (version !== undefined || /^v?\d/.test(heading))) {
      problems.push(...headingProblems(heading, index));
      version = heading;
    } else if (version !== undefined && !isFenced && /^\s*[-*+] /.test(line)) {
      const [, verb, what, name] = line.match(ENTRY) ?? [];
      if (verb === undefined) {
        problems.push(`BREAKING.md line ${index + 1} ${NO_ENTRY}`);
      } else {
        entries.push({ version, verb, what, name });
      }
    }
  });
  return { entries, problems };
}

function headingProblems(heading: string, index: number): string[] {
  return isVersion(heading)
    ? []
    : [`BREAKING.md line ${index + 1} must be a version such as ## 0.2.0, is ${JSON.stringify(heading)}`];
}

/** Whether an entry tells the users of a release about a break. */
export function names(entry: Entry, found: Break): boolean {
  return isAbout(entry, found) && mayBreak(entry.version, found.place?.release ?? entry.version);
}

/** Why a break does not pass, or nothing where BREAKING.md names it. */
export function refusal(entries: Entry[], found: Break): string | undefined {
  if (entries.some((entry) => names(entry, found))) {
    return undefined;
  }
  const release = found.place?.release ?? '0.0.0';
  const under = entries.find((entry) => isAbout(entry, found))?.version;
  return under === undefined
    ? `BREAKING.md does not name it: - ${keyOf(found)}: <what to do before>, below ## ${nextBreaking(release)} or later`
    : `BREAKING.md names it below ${under}, which may not break ${release}: that takes ${nextBreaking(release)}`;
}

function isAbout(entry: Entry, found: Break): boolean {
  return entry.verb === found.verb && entry.what === found.what && matches(entry.name, found.name);
}

/** Paths are compared part by part; a `*` is any one part. */
function matches(pattern: string, name: string): boolean {
  const [wanted, parts] = [pattern.split('/'), name.split('/')];
  return wanted.length === parts.length && wanted.every((part, index) => part === '*' || part === parts[index]);
}
