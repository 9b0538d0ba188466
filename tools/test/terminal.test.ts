import { PassThrough } from 'node:stream';
import { Refusal } from '../src/refusal';
import { jsonText, shown, Terminal } from '../src/terminal';
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

test('what would steer the terminal is shown on one line where a line is asked for', () => {
  expect(shown('a\u001b[31m\nb')).toBe('a\\u001b[31m\\u000ab');
});

test('JSON means the same where what would steer is escaped', () => {
  const value = { a: 'x\u202ey\u009b\n' };

  expect(jsonText(value)).toBe('{\n  "a": "x\\u202ey\\u009b\\n"\n}');
  expect(JSON.parse(jsonText(value))).toEqual(value);
});

describe('the width', () => {
  test.each([
    [120, 120],
    [30, 30],
    [10, 20],
    [0, 80],
    [undefined, 80],
  ])('of a terminal with %p columns is %i', (columns, width) => {
    const { streams } = new Streams();
    Object.assign(streams.stdout, { columns });

    expect(new Terminal(streams).width).toBe(width);
  });
});

describe('progress', () => {
  const said = (isTTY: boolean, env = {}) => {
    const { streams } = new Streams();
    Object.assign(streams.stderr, { isTTY, columns: 20 });
    const read = () => (streams.stderr as unknown as PassThrough).read()?.toString() ?? '';
    return { terminal: new Terminal({ ...streams, env }), read };
  };

  test('is said on a terminal while it lasts, and erased', async () => {
    const { terminal: asked, read } = said(true);

    const seen = await asked.progress('Read \u001b[31m everything', read);
    expect(seen).toBe('\rRead \\u001b[31m eve');
    expect(read()).toBe('\r\u001b[K');
  });

  test('is erased also if the work fails', async () => {
    const { terminal: asked, read } = said(true);

    await expect(asked.progress('Reading', () => Promise.reject(new Error('defect')))).rejects.toThrow('defect');
    expect(read()).toBe('\rReading ...\r\u001b[K');
  });

  test('is not said to a program, nor to a terminal that cannot erase', async () => {
    for (const { terminal: asked, read } of [said(false), said(true, { TERM: 'dumb' })]) {
      expect(await asked.progress('Reading', () => 7)).toBe(7);
      expect(read()).toBe('');
    }
  });

  test('counts seconds', async () => {
    jest.useFakeTimers();
    const { terminal: asked, read } = said(true);
    const done = asked.progress('Reading', () => new Promise((resolve) => setTimeout(resolve, 2500)));
    await jest.advanceTimersByTimeAsync(2500);
    await done;
    jest.useRealTimers();

    expect(read()).toBe('\rReading ...\rReading ... 1 s\rReading ... 2 s\r\u001b[K');
  });
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
