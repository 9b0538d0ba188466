import { BlockList, isIPv4, isIPv6 } from 'node:net';

/**
 * As many public addresses as an organization may own, and the internet is more than: one range of /8, and one of /16
 * for IPv6.
 */
const MOST_OWNED = { ipv4: 2 ** 24, ipv6: 2 ** 112 };

const BITS = { ipv4: 32, ipv6: 128 };

interface AddressRange {
  readonly family: 'ipv4' | 'ipv6';
  readonly address: string;
  readonly prefix: number;
}

/**
 * Ranges that nobody routes on the internet.
 *
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry/iana-ipv4-special-registry.xhtml
 */
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '169.254.0.0/16', 'fc00::/7'];

/** Addresses of IPv6 that stand for all of IPv4. */
const ALL_OF_IPV4 = '64:ff9b::/96';

/** Whether a range has no address of the internet. What is no range, such as a deploy-time value, is not known to. */
export function isPrivate(range: string): boolean {
  const parsed = parse(range);
  return parsed !== undefined && PRIVATE.some((other) => lies(parsed, parse(other)!));
}

/** Whether ranges together hold more public addresses than an organization owns. */
export function isWide(ranges: string[]): boolean {
  const parsed = [...new Set(ranges)].filter((range) => !isPrivate(range)).map(parse);
  return (['ipv4', 'ipv6'] as const).some((family) => {
    const sizes = parsed.map((range) => (range?.family === family ? sizeOf(range) : 0));
    return sizes.reduce((all, one) => all + one, 0) > MOST_OWNED[family];
  });
}

/** Those whose ranges are wide; if only all of them together are, those that have a part in it. */
export function wideAmong<T extends { readonly ranges: string[] }>(items: T[]): T[] {
  const wide = items.filter(({ ranges }) => isWide(ranges));
  if (wide.length > 0 || !isWide(items.flatMap(({ ranges }) => ranges))) {
    return wide;
  }
  return items.filter(({ ranges }) => !ranges.every(isPrivate));
}

function sizeOf({ family, prefix, ...rest }: AddressRange): number {
  const standsForAll = lies({ family, prefix, ...rest }, parse(ALL_OF_IPV4)!);
  return standsForAll ? Number.POSITIVE_INFINITY : 2 ** (BITS[family] - prefix);
}

function lies(range: AddressRange, within: AddressRange): boolean {
  const list = new BlockList();
  list.addSubnet(within.address, within.prefix, within.family);
  return range.family === within.family && range.prefix >= within.prefix && list.check(range.address, range.family);
}

function parse(text: string): AddressRange | undefined {
  const [, address = '', digits] = /^([0-9A-Fa-f.:]+)\/(\d{1,3})$/.exec(text.trim()) ?? [];
  const family = isIPv4(address) ? 'ipv4' : isIPv6(address) ? 'ipv6' : undefined;
  const prefix = Number(digits);
  return family !== undefined && prefix <= BITS[family] ? { family, address, prefix } : undefined;
}
