import { createInterface, Interface } from 'node:readline/promises';
import { createColors } from 'picocolors';
import { EXIT, Refusal } from './refusal';

/** What a terminal obeys instead of showing it: it moves the cursor, colours, or turns the direction of writing. */
export const STEERING = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** A text on one line, in which a character that would steer the terminal is shown instead. */
export function shown(text: string): string {
  return text.replace(STEERING, escapeOf);
}

/** JSON in which what would steer a terminal is escaped, so that it means the same and only reads. */
export function jsonText(value: unknown, replacer?: (key: string, value: unknown) => unknown): string {
  return JSON.stringify(value, replacer, 2).replace(STEERING, visible);
}

const WIDTH_WITHOUT_TERMINAL = 80;
const LEAST_WIDTH = 20;
const SECOND = 1000;
const BEGIN_OF_LINE = '\r';
const ERASED_LINE = '\r\u001b[K';

/** The streams of a process, and what may be done with them. */
export class Terminal {
  /** Colours of what goes to the standard output; without a terminal or with `NO_COLOR` there are none. */
  public readonly colors: ReturnType<typeof createColors>;
  private questions?: Interface;
  private readonly interrupted = new AbortController();

  constructor(private readonly streams: Pick<NodeJS.Process, 'stdin' | 'stdout' | 'stderr' | 'env'> = process) {
    const { env, stdout } = streams;
    this.colors = createColors(Boolean(stdout.isTTY) && !env.NO_COLOR && env.TERM !== 'dumb');
  }

  /** Whether somebody is there to answer. */
  public get canAsk(): boolean {
    return Boolean(this.streams.stdin.isTTY && this.streams.stderr.isTTY);
  }

  /** Columns for what goes to the standard output. */
  public get width(): number {
    const { columns } = this.streams.stdout;
    return columns ? Math.max(LEAST_WIDTH, columns) : WIDTH_WITHOUT_TERMINAL;
  }

  /** Writes the result: what another program may read. */
  public write(text: string): void {
    this.streams.stdout.write(text);
  }

  /** Writes what is said to a person beside the result; what would steer the terminal is shown instead. */
  public say(text: string): void {
    this.streams.stderr.write(text.replace(STEERING, visible));
  }

  /** Says on a terminal what is being done, until it is; elsewhere nothing. */
  public async progress<T>(label: string, work: () => T | Promise<T>): Promise<T> {
    const { stderr, env } = this.streams;
    if (!stderr.isTTY || env.TERM === 'dumb') {
      return work();
    }
    let seconds = 0;
    const draw = () => {
      const text = `${shown(label)} ...${seconds > 0 ? ` ${seconds} s` : ''}`;
      stderr.write(`${BEGIN_OF_LINE}${text.slice(0, (stderr.columns || WIDTH_WITHOUT_TERMINAL) - 1)}`);
    };
    draw(); // now, since work that never waits lets no timer run
    const timer = setInterval(() => {
      seconds++;
      draw();
    }, SECOND);
    try {
      return await work();
    } finally {
      clearInterval(timer);
      stderr.write(ERASED_LINE);
    }
  }

  /** Asks until `accept` takes the answer; what `accept` refuses is said, and asked again. */
  public async ask<T>(question: string, accept: (answer: string) => T): Promise<T> {
    for (;;) {
      const answer = await this.answerTo(question);
      try {
        return accept(answer);
      } catch (error) {
        if (!(error instanceof Refusal)) {
          throw error;
        }
        this.say(`${error.message}\n`);
      }
    }
  }

  /** Gives the terminal back, or the process would not end. */
  public close(): void {
    this.questions?.close();
  }

  private async answerTo(question: string): Promise<string> {
    try {
      return (await this.prompt().question(question, { signal: this.interrupted.signal })).trim();
    } catch (error) {
      if (this.interrupted.signal.aborted) {
        throw new Refusal(EXIT.INTERRUPTED, '\nInterrupted: nothing was written.');
      }
      throw error;
    }
  }

  private prompt(): Interface {
    if (!this.questions) {
      const { stdin, stderr } = this.streams;
      this.questions = createInterface({ input: stdin, output: stderr, terminal: true });
      // Ctrl-C closes it as well, since nobody listens to its signal.
      this.questions.on('close', () => this.interrupted.abort());
    }
    return this.questions;
  }
}

function visible(character: string): string {
  return character === '\n' ? character : escapeOf(character);
}

function escapeOf(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
