import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Duration, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { LifecyclePhase, LifecycleStep, LifecycleStepOptions, LifecycleUser, StepFailure } from '../../src/lifecycle';

describe('LifecycleStep', () => {
  let folder: string;
  let scope: Construct;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lifecycle-step-'));
    scope = new Construct(new Stack(undefined, 'Team'), 'Lifecycle');
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  test('runs in the background as the user of the notebook, for at most an hour, and may fail', () => {
    expect(render(LifecycleStep.script('tools', 'true'))).toEqual({
      name: 'tools',
      text: '#!/bin/bash\ntrue\n',
      phase: 'background',
      user: 'ec2-user',
      timeoutSeconds: 3600,
      onFailure: 'continue',
    });
  });

  test('has one minute in the blocking phase unless it says otherwise', () => {
    const step = LifecycleStep.script('guard', 'true', { phase: LifecyclePhase.BLOCKING });

    expect(render(step).timeoutSeconds).toBe(60);
  });

  test('runs as it was told to', () => {
    const options: LifecycleStepOptions = {
      phase: LifecyclePhase.BLOCKING,
      user: LifecycleUser.ROOT,
      timeout: Duration.minutes(4),
      onFailure: StepFailure.STOP,
    };

    expect(render(LifecycleStep.script('guard', 'true', options))).toMatchObject({
      phase: 'blocking',
      user: 'root',
      timeoutSeconds: 240,
      onFailure: 'fail',
    });
  });

  test.each([
    ['gets the shell as its first line', 'true', '#!/bin/bash\ntrue\n'],
    ['keeps the first line it has', '#!/usr/bin/env python3\nprint(1)', '#!/usr/bin/env python3\nprint(1)\n'],
    ['loses the line endings of Windows', '#!/bin/bash\r\ntrue\r\nfalse\r\n', '#!/bin/bash\ntrue\nfalse\n'],
    ['loses the line endings of old Macs', '#!/bin/bash\rtrue\r', '#!/bin/bash\ntrue\n'],
    ['loses a byte order mark', '\uFEFF#!/bin/bash\ntrue\n', '#!/bin/bash\ntrue\n'],
    ['loses a byte order mark before a command', '\uFEFFtrue\n', '#!/bin/bash\ntrue\n'],
    [
      'loses space before its first line',
      '\n  #!/usr/bin/env python3\nprint(1)\n',
      '#!/usr/bin/env python3\nprint(1)\n',
    ],
    ['ends with one line ending', 'true\n\n \n', '#!/bin/bash\ntrue\n'],
    ['keeps indented text that is no first line', '  true\n', '#!/bin/bash\n  true\n'],
    ['keeps characters beyond ASCII', 'echo "Grüße 🚀"', '#!/bin/bash\necho "Grüße 🚀"\n'],
  ])('%s, whether written in place or in a file', (_, given, expected) => {
    const inPlace = LifecycleStep.script('tools', given);
    const inFile = LifecycleStep.file('tools', written(given));

    expect([render(inPlace).text, render(inFile).text]).toEqual([expected, expected]);
  });

  test.each([1, 240])('may take %p seconds in the blocking phase', (seconds) => {
    const step = timed(seconds, LifecyclePhase.BLOCKING);

    expect(render(step).timeoutSeconds).toBe(seconds);
  });

  test.each([0, 241])('fails with a timeout of %p seconds in the blocking phase', (seconds) => {
    expect(() => render(timed(seconds, LifecyclePhase.BLOCKING))).toThrow(
      /^Team\/Lifecycle: 'onStart\[0\]\.timeout' must be a whole number of seconds from 1 to 240, got: /,
    );
  });

  test.each([1, 86_400])('may take %p seconds in the background', (seconds) => {
    expect(render(timed(seconds, LifecyclePhase.BACKGROUND)).timeoutSeconds).toBe(seconds);
  });

  test.each([0, 86_401, 1.5])('fails with a timeout of %p seconds in the background', (seconds) => {
    expect(() => render(timed(seconds, LifecyclePhase.BACKGROUND))).toThrow(
      /^Team\/Lifecycle: 'onStart\[0\]\.timeout' must be a whole number of seconds from 1 to 86400, got: /,
    );
  });

  test('fails when it would keep a notebook from starting that has started already', () => {
    const step = LifecycleStep.script('guard', 'true', { onFailure: StepFailure.STOP });

    expect(() => render(step)).toThrow(
      "Team/Lifecycle: 'onStart[0].onFailure' must be CONTINUE in the background, where the notebook has started already, got: STOP",
    );
  });

  test('fails for a file that is not text in UTF-8, and names it', () => {
    const file = path.join(folder, 'latin-1.sh');
    fs.writeFileSync(file, Buffer.from([0x65, 0x63, 0x68, 0x6f, 0x20, 0xfc]));

    expect(() => render(LifecycleStep.file('tools', file))).toThrow(
      `Team/Lifecycle: 'path' must be a text in UTF-8, got: ${file}`,
    );
  });

  test('reads its file from the folder that the app runs in', () => {
    const relative = path.relative(process.cwd(), written('true'));

    expect(render(LifecycleStep.file('tools', relative)).text).toBe('#!/bin/bash\ntrue\n');
  });

  function render(step: LifecycleStep) {
    return step._render(scope, 'onStart[0]');
  }

  function timed(seconds: number, phase: LifecyclePhase) {
    return LifecycleStep.script('tools', 'true', { phase, timeout: Duration.seconds(seconds) });
  }

  function written(text: string): string {
    const file = path.join(folder, 'step.sh');
    fs.writeFileSync(file, text);
    return file;
  }
});
