/** Codes with which the command ends. */
export const EXIT = {
  DONE: 0,
  /** What was asked for cannot be done here: a folder is in use, a disk is read-only. */
  FAILED: 1,
  /** The command line does not say what to do: an answer is missing or unknown. */
  USAGE: 2,
  /** What was asked for is done, and is not as it must be: it costs more than its limit. */
  EXCEEDED: 3,
  /** Somebody pressed Ctrl-C or Ctrl-D. */
  INTERRUPTED: 130,
} as const;

/** Something that the person at the keyboard can put right. Whatever else is thrown is a defect of the command. */
export class Refusal extends Error {
  constructor(
    public readonly exitCode: number,
    message: string,
    /** Whether the result is written already, so that the standard output takes no second one. */
    public readonly afterResult = false,
  ) {
    super(message);
  }
}

/** Refuses an answer in the form of all errors of the library: where, which one, what it must be, what it was. */
export function refuse(command: string, answer: string, rule: string, got: unknown): never {
  throw new Refusal(EXIT.USAGE, sentence(command, answer, rule, got));
}

/** Refuses what the command line says well, but what the machine does not allow. */
export function fail(command: string, answer: string, rule: string, got: unknown): never {
  throw new Refusal(EXIT.FAILED, sentence(command, answer, rule, got));
}

function sentence(command: string, answer: string, rule: string, got: unknown): string {
  return `ml-infra ${command}: '${answer}' must be ${rule}, got: ${got === undefined ? 'nothing' : JSON.stringify(got)}`;
}

/** `one`, `one or two`, `one, two or three`. */
export function anyOf(choices: readonly string[]): string {
  return choices.length < 2 ? choices.join('') : `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;
}
