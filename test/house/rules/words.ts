import { files, type SourceTree } from '../source-tree';

interface Word {
  readonly pattern: RegExp;
  readonly rule: string;

  /** Paths to which the rule is limited. */
  readonly only?: RegExp;

  /** Paths that projen writes and that have to break the rule. */
  readonly except?: RegExp;
}

// Every word is put together from pieces, so that this file does not break its own rule.
const UNFINISHED = [
  ['TO', 'DO'],
  ['FIX', 'ME'],
  ['TB', 'D'],
  ['not yet ', 'implemented'],
  ['not implemented ', 'yet'],
  ['coming ', 'soon'],
  ['work in ', 'progress'],
  ['lorem ', 'ipsum'],
];
const UNFINISHED_CAPITALS = [
  ['X', 'XX'],
  ['HA', 'CK'],
  ['W', 'IP'],
];
const MACHINE_PATHS = [
  ['/ro', 'ot/'],
  ['/wo', 'rk/'],
  ['/tmp/bash', '_jobs'],
];
const REGISTRIES = [
  ['registry.npm', 'js.org'],
  ['registry.yarn', 'pkg.com'],
  ['pypi.org/', 'simple'],
  ['files.python', 'hosted.org'],
  ['repo1.', 'maven.org'],
  ['repo.', 'maven.apache.org'],
  ['proxy.', 'golang.org'],
];

/** The release workflow of projen names the registry to which it publishes. */
const GENERATED = /^\.github\/workflows\/release\.yml$/;

/** Users whom AWS itself puts on a machine: notebook instances, and Studio spaces. */
const AWS_USERS = 'ec2-user|sagemaker-user';

const WORDS: readonly Word[] = [
  { pattern: word(UNFINISHED, 'i'), rule: 'finish it, or write an issue' },
  { pattern: word(UNFINISHED_CAPITALS, ''), rule: 'finish it, or write an issue' },
  { pattern: anyOf(MACHINE_PATHS, '(?<![\\w.\\-/})\\]>*$])', ''), rule: 'a path must not name one machine' },
  { pattern: new RegExp(`/ho${'me'}/(?!(${AWS_USERS})\\b)[\\w.-]+/`), rule: 'a path must not name one machine' },
  { pattern: anyOf(REGISTRIES, '', 'i'), rule: 'the registry is configured where the command runs', except: GENERATED },
  { pattern: /\barn:aws(-[a-z-]+)?:/, rule: 'take the partition from the stack', only: /^src\// },
];

/** No words of unfinished work, no path of one machine, no host of a registry; no partition spelled out in `src`. */
export function words(tree: SourceTree): string[] {
  return files(tree, /./).flatMap(([path, text]) => violationsIn(path, text));
}

function violationsIn(path: string, text: string): string[] {
  const rules = WORDS.filter(
    ({ only, except, pattern }) => (only?.test(path) ?? true) && !except?.test(path) && pattern.test(text),
  );
  if (rules.length === 0) {
    return [];
  }
  return text.split('\n').flatMap((line, index) =>
    rules.flatMap(({ pattern, rule }) => {
      const found = pattern.exec(withoutChecksums(line))?.[0];
      return found === undefined ? [] : [`${path}:${index + 1} says '${found}': ${rule}`];
    }),
  );
}

/** The letters of a checksum in a lock file may spell anything. */
function withoutChecksums(line: string): string {
  return line.replace(/\bsha\d+-[A-Za-z0-9+/=]+/g, '');
}

function word(pieces: string[][], flags: string): RegExp {
  return anyOf(pieces, '(?<![A-Za-z0-9])', flags, '(?![A-Za-z0-9])');
}

function anyOf(pieces: string[][], before: string, flags: string, after = ''): RegExp {
  return new RegExp(
    `${before}(${pieces.map((piece) => piece.join('').replaceAll('.', '\\.')).join('|')})${after}`,
    flags,
  );
}
