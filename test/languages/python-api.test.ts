import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SCRIPT = join(__dirname, '..', '..', 'scripts', 'languages', 'python', 'check_api.py');
const PYTHON = process.platform === 'win32' ? 'python' : 'python3';
const there = spawnSync(PYTHON, ['--version']).status === 0;

const TYPES: Record<string, object> = {
  'lib.Options': { kind: 'interface', datatype: true, properties: [{ name: 'volumeSize', optional: true }] },
  'lib.Props': {
    kind: 'interface',
    datatype: true,
    interfaces: ['lib.Options'],
    properties: [{ name: 'shared' }],
  },
  'lib.Thing': {
    kind: 'class',
    initializer: { parameters: [{ name: 'id' }, { name: 'props', type: { fqn: 'lib.Props' } }] },
    methods: [{ name: 'addUser', parameters: [{ name: 'options', type: { fqn: 'lib.Options' } }] }],
    properties: [{ name: 'G4DN_XLARGE', static: true, const: true }],
  },
};
const MODULE = {
  Options: 'def __init__(self, *, volume_size=None): pass',
  Props: 'def __init__(self, *, shared, volume_size=None): pass',
  Thing: `def __init__(self, id, *, shared, volume_size=None): pass
  def add_user(self, *, volume_size=None): pass
  G4_DN_XLARGE = 1`,
};

(there ? describe : describe.skip)('the package for Python', () => {
  test('takes the props of structs and of calls by keyword, and tells which constants have other names', () => {
    expect(check()).toEqual([0, ['renamed Thing.G4DN_XLARGE Thing.G4_DN_XLARGE', '6 keywords checked, 0 problems.']]);
  });

  test.each<[string, Partial<typeof MODULE>, string]>([
    ['a keyword of a struct', { Options: 'def __init__(self): pass' }, 'Options does not take the keyword volume_size'],
    [
      'an inherited keyword',
      { Props: 'def __init__(self, *, shared): pass' },
      'Props does not take the keyword volume_size',
    ],
    [
      'a keyword of a constructor',
      { Thing: MODULE.Thing.replace('id, *, shared', 'id, shared, *') },
      'Thing does not take the keyword shared',
    ],
    [
      'a keyword of a method',
      { Thing: MODULE.Thing.replace('self, *, volume_size=None', 'self, volume_size=None') },
      'Thing.add_user does not take the keyword volume_size',
    ],
    [
      'an optional prop',
      { Options: 'def __init__(self, *, volume_size): pass' },
      'Options: volume_size must be optional',
    ],
    [
      'a required prop',
      { Props: 'def __init__(self, *, shared=None, volume_size=None): pass' },
      'Props: shared must be required',
    ],
    [
      'a keyword too many',
      { Options: 'def __init__(self, *, volume_size=None, other=None): pass' },
      'Options takes keywords that no prop has: other',
    ],
    ['a constant', { Thing: MODULE.Thing.replace('G4_DN_XLARGE', 'OTHER') }, 'Thing.G4DN_XLARGE is missing'],
    ['a method', { Thing: MODULE.Thing.replace('add_user', 'other') }, 'Thing.add_user is missing'],
    ['a type', { Options: undefined }, 'Options cannot be imported'],
  ])('fails without %s', (_, change, sentence) => {
    const [status, lines] = check(change);

    expect(lines).toContain(sentence);
    expect(status).toBe(1);
  });

  test('fails when a struct is lost, since its name begins like that of an interface', () => {
    const lost = { kind: 'interface', properties: [{ name: 'size' }] };

    const [status, lines] = check({ IpOptions: 'pass' }, { 'lib.IpOptions': lost });

    expect(lines).toContain('IpOptions is no struct, since its name begins like that of an interface');
    expect(status).toBe(1);
  });

  test('may have an interface that a class implements', () => {
    const types = {
      'lib.IThing': { kind: 'interface', properties: [{ name: 'size' }] },
      'lib.Thing': { ...TYPES['lib.Thing'], interfaces: ['lib.IThing'] },
    };

    expect(check({ IThing: 'pass' }, types)[0]).toBe(0);
  });

  test('fails when a prop is a word of Python', () => {
    const types = { 'lib.Options': { ...TYPES['lib.Options'], properties: [{ name: 'lambda', optional: true }] } };

    expect(check({}, types)[1]).toContain('Options: lambda is a word of Python');
  });
});

/** Checks a planted package against planted declarations: the exit code, and the lines. */
function check(change: Record<string, string | undefined> = {}, types: Record<string, object> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'python-api-'));
  const all = Object.entries({ ...TYPES, ...types }).map(([fqn, type]) => [fqn, { name: fqn.slice(4), ...type }]);
  const classes = Object.entries({ ...MODULE, ...change }).filter(([, body]) => body !== undefined);
  writeFileSync(join(folder, '.jsii'), JSON.stringify({ types: Object.fromEntries(all) }));
  writeFileSync(join(folder, 'lib.py'), classes.map(([name, body]) => `class ${name}:\n  ${body}\n`).join('\n'));
  const { status, stdout, stderr } = spawnSync(PYTHON, [SCRIPT, join(folder, '.jsii'), 'lib'], {
    encoding: 'utf8',
    env: { ...process.env, PYTHONPATH: folder },
  });
  rmSync(folder, { recursive: true });
  expect(stderr).toBe('');
  return [status, stdout.trim().split('\n')] as const;
}
