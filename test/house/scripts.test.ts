import { scripts } from './rules/scripts';
import { planted, repository } from './source-tree';

const FILE = 'assets/lifecycle/bundle/on-start.sh';

describe('scripts', () => {
  test('of this repository start as Linux wants', () => {
    expect(scripts(repository('assets'))).toEqual([]);
  });

  test.each(['#!/bin/bash\nset -eu\n', '#!/bin/bash -eu\n'])('may be %j', (text) => {
    expect(scripts(planted({ [FILE]: text }))).toEqual([]);
  });

  test.each([
    '',
    'set -eu\n',
    '\n#!/bin/bash\n',
    ' #!/bin/bash\n',
    '#!/bin/sh\n',
    '#!/usr/bin/env bash\n',
    '#!/bin/bashful\n',
  ])('must start with the line of bash, unlike %j', (text) => {
    expect(scripts(planted({ [FILE]: text }))).toEqual([`${FILE} must start with #!/bin/bash`]);
  });

  test('must not start with a byte order mark', () => {
    expect(scripts(planted({ [FILE]: '\uFEFF#!/bin/bash\n' }))).toEqual([
      `${FILE} must not start with a byte order mark`,
    ]);
  });

  test.each(['#!/bin/bash\r\nset -eu\r\n', '#!/bin/bash\nset -eu\r\n'])(
    'must not end lines as Windows does, like %j',
    (text) => {
      expect(scripts(planted({ [FILE]: text }))).toEqual([`${FILE} must end its lines with LF alone`]);
    },
  );

  test('are the shell scripts under assets, and nothing else', () => {
    expect(scripts(planted({ 'assets/lifecycle/idle/idle.py': '', 'tools/run.sh': '' }))).toEqual([]);
  });
});
