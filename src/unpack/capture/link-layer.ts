import { readU16, readU32 } from '../../bytes/index.js';

/** Where the IP packet begins in what was captured of a link; -1 where there is none. */
type FindIp = (octets: Uint8Array) => number;

const NONE = -1;

/** Types of what an Ethernet frame carries (IEEE 802 numbers). */
const IPV4 = 0x0800;
const IPV6 = 0x86dd;
const PPPOE_SESSION = 0x8864;
/** VLAN tags: 802.1Q, 802.1ad, and what was used for outer tags before it. */
const TAGS: ReadonlySet<number> = new Set([0x8100, 0x88a8, 0x9100, 0x9200]);
const MPLS: ReadonlySet<number> = new Set([0x8847, 0x8848]);

/** The first octet of an IP packet says which version it has; an octet that says neither is none. */
function ipAt(octets: Uint8Array, at: number): number {
  const version = (octets[at] ?? 0) >> 4;
  return version === 4 || version === 6 ? at : NONE;
}

/** From an Ethernet type at `at`, through tags, labels and PPPoE. */
function behindType(octets: Uint8Array, at: number): number {
  let place = at;
  while (place + 2 <= octets.length) {
    const type = readU16(octets, place);
    place += 2;
    if (type === IPV4 || type === IPV6) return ipAt(octets, place);
    if (MPLS.has(type)) return behindLabels(octets, place);
    if (type === PPPOE_SESSION) {
      const protocol = place + 6 + 2 <= octets.length ? readU16(octets, place + 6) : 0;
      return protocol === PPP_IPV4 || protocol === PPP_IPV6 ? ipAt(octets, place + 8) : NONE;
    }
    if (!TAGS.has(type)) return NONE;
    place += 2; // priority and number of the VLAN; the next type follows
  }
  return NONE;
}

/** RFC 2516 §4 with RFC 1332 and RFC 5072: what a PPP packet carries. */
const PPP_IPV4 = 0x0021;
const PPP_IPV6 = 0x0057;

/** RFC 3032 §2.1: labels of four octets up to the one with the bottom bit; what follows has no type of its own. */
function behindLabels(octets: Uint8Array, at: number): number {
  for (let place = at; place + 4 <= octets.length; place += 4) {
    if (((octets[place + 2] as number) & 1) === 1) return ipAt(octets, place + 4);
  }
  return NONE;
}

/** Families in the header of a loopback link: 2 is IPv4 everywhere, IPv6 has a number in each system. */
const LOOPBACK_FAMILIES: ReadonlySet<number> = new Set([2, 10, 24, 28, 30]);

/** The family stands in the byte order of the machine, which nothing tells: the smaller reading is the one. */
const loopback: FindIp = (octets) => {
  if (octets.length < 4) return NONE;
  const big = readU32(octets, 0);
  const family = big > 0xffff ? (octets[0] as number) | ((octets[1] as number) << 8) : big;
  return LOOPBACK_FAMILIES.has(family) ? ipAt(octets, 4) : NONE;
};
const raw: FindIp = (octets) => ipAt(octets, 0);

/** By number in the registry of link types (draft-ietf-opsawg-pcaplinktype): those on which BGP is met. */
const LINKS: Readonly<Record<number, FindIp>> = {
  0: loopback, // NULL
  1: (octets) => behindType(octets, 12), // ETHERNET
  12: raw, // RAW as some systems number it
  14: raw,
  101: raw, // RAW
  108: loopback, // LOOP
  113: (octets) => behindType(octets, 14), // LINUX_SLL
  228: raw, // IPV4
  229: raw, // IPV6
  276: (octets) => (octets.length < 20 ? NONE : behindTypeAtStart(octets)), // LINUX_SLL2
};

/** LINUX_SLL2 has the type in front, and what it is of behind a header of 20 octets. */
function behindTypeAtStart(octets: Uint8Array): number {
  const type = readU16(octets, 0);
  if (type === IPV4 || type === IPV6) return ipAt(octets, 20);
  if (MPLS.has(type)) return behindLabels(octets, 20);
  return TAGS.has(type) ? behindType(octets, 22) : NONE;
}

/** Whether packets of the link type are read. */
export function isLinkType(linkType: number | undefined): linkType is number {
  return linkType !== undefined && LINKS[linkType] !== undefined;
}

/** Where the IP packet begins in a packet of a link type that is read; -1 where it carries none. */
export function findIp(linkType: number, octets: Uint8Array): number {
  return LINKS[linkType]?.(octets) ?? NONE;
}
