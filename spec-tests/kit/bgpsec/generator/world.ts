import { sha256 } from '@noble/hashes/sha2.js';
import {
  ATTR_BGPSEC_PATH,
  ATTR_MP_REACH_NLRI,
  type BgpsecPath,
  encodeBgpsecPath,
  encodeMpReach,
  encodeUpdateMessage,
  type PathAttribute,
  pathAttribute,
  type SecurePathSegment,
  type SignatureSegment,
} from 'pathsec/bgp';
import {
  addSegment,
  createNobleEngine,
  originSegment,
  type RouterPrivateKey,
  routerPrivateKey,
  type SignedPrefix,
  unicast,
  withSignatureCache,
} from 'pathsec/bgpsec';
import { concatOctets, fromHex, toHex } from 'pathsec/bytes';
import { parsePrefix } from 'pathsec/inet';
import type { Fields } from '../../../../src/conformance/vector.js';

/** Signs as RFC 6979 says: the vectors are the same octets on every run. */
export const engine = withSignatureCache(createNobleEngine(), 10_000);
/** A suite for experiments (RFC 8608 §7), with the algorithms of suite 1. */
export const EXPERIMENTAL = 0xf7;
export const LOCAL = 64500;
export const PEER = 64499;

const made = new Map<string, RouterPrivateKey>();

/** The key of an AS, derived from its number: test material, known to everybody. */
export function keyOf(asn: number, variant = ''): RouterPrivateKey {
  const name = `pathsec bgpsec vector key ${asn} ${variant}`;
  const key = made.get(name) ?? routerPrivateKey(sha256(new TextEncoder().encode(name)));
  made.set(name, key);
  return key;
}

/** The key that `64499` or, a second one of that AS, `64499 second` means. */
export function namedKey(name: string): RouterPrivateKey {
  const [asn, variant] = name.split(' ');
  return keyOf(Number(asn), variant);
}

/** The key as a request lists it. */
export function publicKey(asn: number, key = keyOf(asn)): Fields {
  return { asn, ski: toHex(key.ski), spki: toHex(key.spki) };
}

export const signer = {
  suites: new Map([
    [1, engine],
    [EXPERIMENTAL, engine],
  ]),
  keyOf: (asn: number) => keyOf(asn),
};

/** A Secure_Path Segment; pCount 1 and flags 0 unless said otherwise; signed to the next hop with the key of the AS. */
export type Hop = number | SigningHop;

interface SigningHop extends Partial<SecurePathSegment> {
  readonly asn: number;
  readonly to?: number;
  readonly key?: RouterPrivateKey;
}

const signingHop = (hop: Hop): SigningHop => (typeof hop === 'number' ? { asn: hop } : hop);

export function segmentOf(hop: Hop): SecurePathSegment {
  const { asn, flags = 0, pCount = 1 } = signingHop(hop);
  return { pCount, flags, asn };
}

export const announced = (prefix = '192.0.2.0/24', safi = 1): SignedPrefix => ({
  ...unicast(parsePrefix(prefix)),
  safi,
});

/** A signed path: hops from the origin on, the last signs to `target`. */
export function pathOf(
  hops: readonly Hop[],
  target = LOCAL,
  prefix: SignedPrefix = announced(),
  suites: readonly number[] = [1],
): BgpsecPath {
  let path: BgpsecPath | undefined;
  const signing = hops.map(signingHop);
  for (const [i, hop] of signing.entries()) {
    const { to = signing[i + 1]?.asn ?? target, key = keyOf(hop.asn) } = hop;
    const segment = segmentOf(hop);
    const own = { ...signer, keyOf: () => key };
    path =
      path === undefined
        ? originSegment(segment, to, prefix, own, suites)
        : addSegment(path, segment, to, prefix, own);
  }
  if (path === undefined) throw new Error('no hops');
  return path;
}

/** `path` with one signature segment of one block replaced. */
export function withSignature(
  path: BgpsecPath,
  index: number,
  change: (one: SignatureSegment) => SignatureSegment,
  block = 0,
): BgpsecPath {
  return {
    ...path,
    blocks: path.blocks.map((one, b) =>
      b === block ? { ...one, signatures: one.signatures.map((s, i) => (i === index ? change(s) : s)) } : one,
    ),
  };
}

export const origin = pathAttribute(1, Uint8Array.of(0));
const hopOf = (afi: number): Uint8Array =>
  fromHex(afi === 1 ? 'c6336401' : '20010db8000000000000000000000001');

/** MP_REACH_NLRI with an NLRI field in hexadecimal. */
export function reach(field = '18c00002', afi = 1, safi = 1): PathAttribute {
  return pathAttribute(
    ATTR_MP_REACH_NLRI,
    encodeMpReach({ afi, safi, nextHop: hopOf(afi), field: fromHex(field) }),
  );
}

export const signedAttribute = (value: Uint8Array): PathAttribute => pathAttribute(ATTR_BGPSEC_PATH, value);
export const pathAttributeOf = (path: BgpsecPath): PathAttribute => signedAttribute(encodeBgpsecPath(path));

/** An UPDATE of attributes in their order. */
export function update(attributes: readonly PathAttribute[], nlri = '', withdrawn = ''): Uint8Array {
  return encodeUpdateMessage(
    { kind: 'update', withdrawnField: fromHex(withdrawn), attributes, nlriField: fromHex(nlri) },
    true,
  );
}

/** The NLRI of a prefix in hexadecimal. */
export function nlriOf({ prefix }: SignedPrefix): string {
  const octets = prefix.octets.subarray(0, Math.ceil(prefix.length / 8));
  return toHex(Uint8Array.of(prefix.length, ...octets));
}

/** Octets in hexadecimal; `00*3` is three of them. */
export const octetsOf = (text: string): Uint8Array =>
  fromHex(
    text
      .replaceAll(/([\da-f]{2})\*(\d+)/g, (_, octet: string, count) => octet.repeat(count))
      .replaceAll(' ', ''),
  );

export const join = (...parts: readonly Uint8Array[]): Uint8Array => concatOctets(parts);

export function u32(value: number): Uint8Array {
  return fromHex(value.toString(16).padStart(8, '0'));
}

/** A session with an external peer. */
export function external(localAs = LOCAL, peerAs = PEER, more: Fields = {}): Fields {
  return { localAs, peerAs, kind: 'external', ...more };
}

/**
 * The request with LOCAL_PREF behind ORIGIN in its UPDATE where that comes from an internal peer, who always sends it
 * (RFC 4271 §5.1.5). One that has it already, or has no ORIGIN to be found, stays.
 */
export function withLocalPref(request: Fields): Fields {
  const { message, session } = request;
  if (typeof message !== 'string' || (session as Fields | undefined)?.kind !== 'internal') return request;
  const octets = fromHex(message);
  const u16 = (at: number): number => ((octets[at] ?? 0) << 8) | (octets[at + 1] ?? 0);
  const start = 23 + u16(19);
  const end = start + u16(start - 2);
  let behind = 0;
  for (let at = start; at < end; ) {
    const [flags = 0, type] = octets.subarray(at, at + 2);
    at += (flags & 0x10) === 0 ? 3 + (octets[at + 2] ?? 0) : 4 + u16(at + 2);
    if (type === 5) return request;
    if (type === 1 && at <= end) behind = at;
  }
  if (behind === 0) return request;
  const preference = fromHex('40050400000064');
  const longer = join(octets.subarray(0, behind), preference, octets.subarray(behind));
  const patch = (at: number, value: number): void => longer.set([value >> 8, value & 0xff], at);
  patch(16, u16(16) + preference.length);
  patch(start - 2, u16(start - 2) + preference.length);
  return { ...request, message: toHex(longer) };
}

export type { Fields };
