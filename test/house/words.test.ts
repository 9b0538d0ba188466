import { words } from './rules/words';
import { planted, repository } from './source-tree';

// Put together from pieces, as in the rule itself: this file belongs to the repository, too.
const UNFINISHED = [
  'TO-DO',
  'to-do',
  'FIX-ME',
  'TB-D',
  'X-XX',
  'HA-CK',
  'W-IP',
  'not yet -implemented',
  'Coming -soon',
  'work in -progress',
].map(joined);
const MACHINE_PATHS = ['/ro-ot/', '/wo-rk/', '/tmp/bash-_jobs', '/ho-me/alice/'].map(joined);
const REGISTRIES = [
  'registry.npm-js.org',
  'pypi.org/-simple',
  'files.python-hosted.org',
  'repo1.-maven.org',
  'proxy.-golang.org',
].map(joined);

function joined(pieces: string): string {
  return pieces.replace('-', '');
}

describe('words', () => {
  test('of this repository are finished and true on every machine', () => {
    expect(words(repository())).toEqual([]);
  });

  test.each(UNFINISHED)('must not be %s', (word) => {
    expect(words(planted({ 'README.md': `First line.\n// ${word}: more\n` }))).toEqual([
      `README.md:2 says '${word}': finish it, or write an issue`,
    ]);
    expect(words(planted({ 'src/a.ts': `//${word}` }))).toHaveLength(1);
  });

  test.each([
    'method',
    'mastodon',
    'mktemp -d /tmp/step.XXXXXX',
    'a placeholder',
    'swipe',
    'shack',
    'todos.example.com',
  ])('may be %s', (text) => {
    expect(words(planted({ 'README.md': text }))).toEqual([]);
  });

  test.each(MACHINE_PATHS)('must not be %s, a path of one machine', (path) => {
    expect(words(planted({ 'docs/a.md': `see \`${path}cdk\`` }))).toEqual([
      `docs/a.md:1 says '${path}': a path must not name one machine`,
    ]);
    expect(words(planted({ 'a.json': `{"path":"${path}x"}`, 'a.sh': `cd ${path}x\nX=${path}x\n` }))).toHaveLength(3);
  });

  test.each([
    '/home/ec2-user/SageMaker/',
    '/home/sagemaker-user/',
    '/home/$USER/',
    '/home/<name>/',
    './work/',
    '../root/',
    's3://bucket/work/',
    '$HOME/work/',
    'https://docs.aws.amazon.com/root/',
  ])('may be %s', (path) => {
    expect(words(planted({ 'assets/a.sh': `cp ${path}a .` }))).toEqual([]);
  });

  test.each(REGISTRIES)('must not be %s, a registry', (host) => {
    expect(words(planted({ 'package-lock.json': `"resolved": "https://${host}/x.tgz"` }))).toEqual([
      `package-lock.json:1 says '${host}': the registry is configured where the command runs`,
    ]);
  });

  test.each(['arn:aws:', 'arn:aws-cn:', 'arn:aws-us-gov:'])('must not be %s in src', (partition) => {
    const text = `const role = '${partition}iam::111122223333:role/r';`;

    expect(words(planted({ 'src/access/role.ts': text }))).toEqual([
      `src/access/role.ts:1 says '${partition}': take the partition from the stack`,
    ]);
    expect(words(planted({ 'test/access/role.test.ts': text }))).toEqual([]);
  });

  test('may name a registry in the release workflow that projen writes, and nothing unfinished', () => {
    const path = '.github/workflows/release.yml';

    expect(words(planted({ [path]: `NPM_REGISTRY: ${REGISTRIES[0]}` }))).toEqual([]);
    expect(words(planted({ [path]: UNFINISHED[0] }))).toHaveLength(1);
    expect(words(planted({ '.github/workflows/build.yml': REGISTRIES[0] }))).toHaveLength(1);
  });

  test('are not looked for in checksums', () => {
    expect(words(planted({ 'package-lock.json': `"integrity": "sha512-abc/${UNFINISHED[0]}/def=="` }))).toEqual([]);
  });
});
