import { type Break, keyOf, VERBS } from './break';
import { mayRaise, nextVersions } from './breaking-versions';
import { type Line, linesOf } from './page-lines';
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

const WORDS = VERBS.join('|');
const ENTRY = new RegExp(`^- (${WORDS}) (\\S+) \`([^\`]+)\`: +(\\S.*)$`);
const LIKE_ENTRY = new RegExp(`^\\W*(\\d+[.)])?\\s*(${WORDS}) \\S+ \``);
const LIKE_VERSION = /^\W*v?\d+\.\d+(\.\d+\S*)?\W*$/;
const CONTINUATION = /^ {2}(?!\s*([-*+]|\d+[.)]) )\s*\S/;
const NO_ENTRY = 'is no entry: write "- <verb> <type> `<path>`: <what to do before the upgrade>"';

/** A remedy that nobody can follow is none: `?`, or what an error message writes in its place. */
const SHORTEST_REMEDY = 15;

/**
 * Reads BREAKING.md. What stands above the first version explains it. Below a version each line is an entry, or belongs
 * to one: what reads as an entry and is none would pass unsaid. `latest` is the newest release.
 */
export function readBreakingPage(text: string, latest?: string): BreakingPage {
  const { lines, problems } = linesOf(text);
  const entries: (Entry & { remedy: string; number: number })[] = [];
  let version: string | undefined;
  let isEntry = false;
  for (const { number, text: line } of lines) {
    const heading = line.match(/^#+ +(.+?) *$/)?.[1];
    const [, verb, what, name, remedy] = line.match(ENTRY) ?? [];
    const last = entries[entries.length - 1];
    if (heading !== undefined && (version !== undefined || /^v?\d/.test(heading))) {
      problems.push(...headingProblems(heading, number, latest));
      version = heading;
      isEntry = false;
    } else if (version === undefined) {
      problems.push(...strayProblems(line, number));
    } else if (verb !== undefined) {
      entries.push({ version, verb, what, name, remedy, number });
      isEntry = true;
    } else if (isEntry && CONTINUATION.test(line)) {
      entries[entries.length - 1] = { ...last, remedy: `${last.remedy} ${line.trim()}` };
    } else {
      problems.push(...(line.trim() === '' ? [] : [`BREAKING.md line ${number} ${NO_ENTRY}`]));
      isEntry = false;
    }
  }
  problems.push(...entries.flatMap(entryProblems));
  return { entries: entries.map(({ remedy: _, number: __, ...entry }) => entry), problems };
}

function headingProblems(heading: string, number: Line['number'], latest: string | undefined): string[] {
  const line = `BREAKING.md line ${number}`;
  if (!isVersion(heading)) {
    return [`${line} must be a version such as ## 0.2.0, is ${JSON.stringify(heading)}`];
  }
  // A patch of the latest cannot break, which is said of each line below it.
  const isFar = latest !== undefined && mayRaise(heading, latest) && !nextVersions(latest).includes(heading);
  return isFar
    ? [`${line} must be the version after ${latest}, which is ${nextVersions(latest).join(' or ')}, is ${heading}`]
    : [];
}

/** What stands above the first version, and reads as if it stood below one. */
function strayProblems(line: string, number: number): string[] {
  return LIKE_VERSION.test(line) || LIKE_ENTRY.test(line)
    ? [`BREAKING.md line ${number} stands below no version: write a heading such as "## 0.2.0" above it`]
    : [];
}

function entryProblems({ name, remedy, number }: { name: string; remedy: string; number: number }): string[] {
  const parts = name.split('/');
  const chosen = parts.slice(0, -2);
  const isWide = parts.some((part, index) => part === '*' && chosen.slice(0, index + 1).some((each) => each !== '*'));
  return [
    ...(isWide || parts.slice(-2).includes('*')
      ? [`BREAKING.md line ${number}: '*' must stand for the first parts of a path only, and for none of its last two`]
      : []),
    ...(remedy.length < SHORTEST_REMEDY || /<.*>/.test(remedy)
      ? [`BREAKING.md line ${number} must say what to do before the upgrade, without "<...>", says: ${remedy}`]
      : []),
  ];
}

/** Whether an entry tells the users of a release about a break. */
export function names(entry: Entry, found: Break): boolean {
  const may = found.mayComeInMinor ? mayRaise : mayBreak;
  return isAbout(entry, found) && may(entry.version, found.place?.release ?? entry.version);
}

/** Why a break does not pass, or nothing where BREAKING.md names it. */
export function refusal(entries: Entry[], found: Break): string | undefined {
  if (entries.some((entry) => names(entry, found))) {
    return undefined;
  }
  const release = found.place?.release ?? '0.0.0';
  const next = found.mayComeInMinor ? nextVersions(release)[0] : nextBreaking(release);
  const under = entries.find((entry) => isAbout(entry, found))?.version;
  return under === undefined
    ? `BREAKING.md does not name it: - ${keyOf(found)}: <what to do before>, below ## ${next} or later`
    : `BREAKING.md names it below ${under}, which may not break ${release}: that takes ${next}`;
}

function isAbout(entry: Entry, found: Break): boolean {
  return entry.verb === found.verb && entry.what === found.what && matches(entry.name, found.name);
}

/** Paths are compared part by part; a `*` is any one part, but for the last two, which say what the resource is. */
function matches(pattern: string, name: string): boolean {
  const [wanted, parts] = [pattern.split('/'), name.split('/')];
  const own = parts.length - 2;
  return (
    wanted.length === parts.length &&
    wanted.every((part, index) => (part === '*' && index < own) || part === parts[index])
  );
}
