import { PassThrough } from 'node:stream';
import { Refusal } from '../src/refusal';
import { Terminal } from '../src/terminal';
import { mlInfra, onTerminal, temporaryFolder } from './command';

const LIST = ['new', '--list'];
const ESCAPE = '\u001b[';

describe('colours', () => {
  test('are there on a terminal', () => {
    expect(onTerminal(temporaryFolder(), LIST, [], { TERM: 'xterm' }).stdout).toContain(ESCAPE);
  });

  test.each([{ NO_COLOR: '1' }, { TERM: 'dumb' }])('are off on a terminal with %j', (variables) => {
    expect(onTerminal(temporaryFolder(), LIST, [], { TERM: 'xterm', ...variables }).stdout).not.toContain(ESCAPE);
  });

  test('are off where another program reads, even if it asks for them', () => {
    expect(mlInfra(temporaryFolder(), LIST, { FORCE_COLOR: '1' }).stdout).not.toContain(ESCAPE);
  });
});

test('nobody is asked unless both what is read and what is said is a terminal', () => {
  expect(terminal(true, true).canAsk).toBe(true);
  expect(terminal(true, false).canAsk).toBe(false);
  expect(terminal(false, true).canAsk).toBe(false);
});

test('what would steer the terminal is shown, and lines still end', () => {
  const { streams } = new Streams();
  new Terminal(streams).say('a\u001b[31mb\u009bc\u202ed\n');

  expect((streams.stderr as unknown as PassThrough).read().toString()).toBe('a\\u001b[31mb\\u009bc\\u202ed\n');
});

test('an answer that fails for no reason of the person ends the question', async () => {
  const { streams } = new Streams();
  const asked = new Terminal(streams).ask('Name? ', () => {
    throw new TypeError('defect');
  });
  streams.stdin.write('lab\n');

  await expect(asked).rejects.toThrow(TypeError);
});

test('the end of what is read is no answer', async () => {
  const { streams } = new Streams();
  const asked = new Terminal(streams).ask('Name? ', (answer) => answer);
  streams.stdin.end();

  await expect(asked).rejects.toThrow(new Refusal(130, '\nInterrupted: nothing was written.'));
});

function terminal(reads: boolean, says: boolean): Terminal {
  const { streams } = new Streams();
  return new Terminal({
    ...streams,
    stdin: Object.assign(streams.stdin, { isTTY: reads }),
    stderr: Object.assign(streams.stderr, { isTTY: says }),
  });
}

/** Real streams without a terminal behind them. */
class Streams {
  public readonly streams = {
    env: {},
    stdin: new PassThrough() as unknown as NodeJS.ReadStream & NodeJS.WritableStream & { fd: 0 },
    stdout: new PassThrough() as unknown as NodeJS.WriteStream & { fd: 1 },
    stderr: new PassThrough() as unknown as NodeJS.WriteStream & { fd: 2 },
  };
}
