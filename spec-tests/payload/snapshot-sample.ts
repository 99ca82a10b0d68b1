import { parsePrefix } from 'pathsec/inet';
import { createPayloadSet, type PayloadSet } from 'pathsec/payload';

/** A small set with something of every kind and of every note. */
export function frozenSet(): PayloadSet {
  return createPayloadSet({
    vrps: [
      { prefix: parsePrefix('192.0.2.0/24'), maxLength: 26, asn: 64496, expires: 1_800_000_000, ta: 'ripe' },
      { prefix: parsePrefix('192.0.2.0/24'), maxLength: 24, asn: 0, ta: 'apnic' },
      { prefix: parsePrefix('2001:db8::/33'), maxLength: 48, asn: 4_294_967_295 },
    ],
    routerKeys: [
      { asn: 64496, ski: new Uint8Array(20).fill(0x51), spki: Uint8Array.of(0x30, 0x00), ta: 'ripe' },
    ],
    aspas: [
      {
        customer: 64496,
        providers: [64499, 64498],
        afiLimits: new Map([[64499, 2]]),
        expires: 1_800_000_001,
      },
      { customer: 64497, providers: [0] },
    ],
    prefixLists: [
      { asn: 64496, prefixes: [parsePrefix('::/0'), parsePrefix('192.0.2.0/24'), parsePrefix('0.0.0.0/0')] },
    ],
    asras: [{ asn: 64496, subcategory: 3, neighbors: [64500, 64499], ta: '\u{1d6d1}' }],
  });
}

/** The octets of {@link frozenSet} in version 1 of the form. They never change. */
export const FROZEN = [
  '8950535300000001000000030000000500610070006e0069006300000004007200690070006500000002d835',
  'ded1000000030118c00002180000000002000000000118c000021a0000fbf00341dad2748000000000000001',
  '022120010db80030ffffffff00000000010000fbf05151515151515151515151515151515151515151000000',
  '0230000200000001000000020000fbf0000000020000fbf20000fbf30000000100000001020141dad2748040',
  '00000000fbf100000001000000000000000000000000010000fbf00000000301000118c00002020000000000',
  '010000fbf003000000020000fbf30000fbf40200000002',
].join('');
