import { isPrivate, isWide, wideAmong } from '../../../src/network/isolation/address-ranges';

describe('address ranges', () => {
  test.each([
    '10.0.0.0/8',
    '10.200.3.0/24',
    '172.16.0.0/12',
    '172.31.255.255/32',
    '192.168.0.0/16',
    '100.64.0.0/10',
    '169.254.169.254/32',
    'fd00:1::/32',
    'fc00::/7',
  ])('%s is private', (range) => {
    expect(isPrivate(range)).toBe(true);
  });

  test.each([
    '0.0.0.0/0',
    '10.0.0.0/7',
    '172.16.0.0/11',
    '172.32.0.0/16',
    '192.0.0.0/8',
    '100.0.0.0/8',
    '203.0.113.7/32',
    '::/0',
    '2001:db8::/32',
    'f000::/4',
    '10.0.0.0',
    '10.0.0.0/33',
    '${Token[TOKEN.1]}',
    '',
  ])('%s is not known to be private', (range) => {
    expect(isPrivate(range)).toBe(false);
  });

  test.each([
    ['everything', ['0.0.0.0/0']],
    ['everything of IPv6', ['::/0']],
    ['everything in two halves', ['0.0.0.0/1', '128.0.0.0/1']],
    ['one half', ['128.0.0.0/1']],
    ['all global addresses of IPv6', ['2000::/3']],
    ['IPv4 as IPv6 sees it', ['64:ff9b::/96']],
    ['two ranges of /8', ['8.0.0.0/8', '9.0.0.0/8']],
    ['many small ranges', Array.from({ length: 300 }, (_, index) => `${20 + (index % 80)}.${index % 256}.0.0/16`)],
    ['a range that only begins with private addresses', ['10.0.0.0/6']],
  ])('%s is wide', (_what, ranges) => {
    expect(isWide(ranges)).toBe(true);
  });

  test.each([
    ['nothing', []],
    ['all private ranges', ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7']],
    ['a public range that an organization owns', ['9.0.0.0/8']],
    ['the same public range twice', ['9.0.0.0/8', '9.0.0.0/8']],
    ['an office', ['203.0.113.0/24', '2001:db8::/32']],
    ['what is no range', ['pl-1', '']],
  ])('%s is not wide', (_what, ranges) => {
    expect(isWide(ranges)).toBe(false);
  });

  test('what is wide by itself is told from what stands beside it', () => {
    const [office, all, home] = [['203.0.113.0/24'], ['0.0.0.0/0'], ['10.0.0.0/8']].map((ranges) => ({ ranges }));

    expect(wideAmong([office, all, home])).toEqual([all]);
    expect(wideAmong([office, home])).toEqual([]);
  });

  test('what is wide only together has all the public parts', () => {
    const [one, other, home] = [['8.0.0.0/8'], ['9.0.0.0/8'], ['10.0.0.0/8']].map((ranges) => ({ ranges }));

    expect(wideAmong([one, home, other])).toEqual([one, other]);
  });
});
