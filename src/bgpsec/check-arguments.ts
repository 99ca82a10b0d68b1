import type { BgpsecPath, SecurePathSegment, SignatureBlock, Update } from '../bgp/index.js';
import { type Asn, isAsn, type Prefix, requireObject, requirePrefix, sayValue } from '../inet/index.js';

// What the public functions ask of their arguments before they read them; both readings of RFC 8205 §5.2 ask the same.
// Each throws a TypeError for a value of another kind and a RangeError for a number that does not exist. The types are told by shape, so that every file can ask. NON-SPEC.

interface Announced {
  readonly prefix: Prefix;
  readonly safi: number;
}

interface Route {
  readonly path: BgpsecPath;
  readonly announced: Announced;
  readonly session: { readonly localAs: Asn };
}

/** Refuses what is not octets. */
export function requireOctets(octets: Uint8Array, what: string): void {
  if (!(octets instanceof Uint8Array))
    throw new TypeError(`${what} is ${sayValue(octets)}, not octets (a Uint8Array)`);
}

/** Refuses what is no message and no decoded one. */
export function requireMessage(message: Uint8Array | Update): void {
  if (message instanceof Uint8Array) return;
  if (typeof message !== 'object' || message === null || !Array.isArray(message.faults)) {
    throw new TypeError(`the message is ${sayValue(message)}, neither octets nor what decodeUpdate gave`);
  }
}

/** Refuses what is no verifier. */
export function requireVerifier(verifier: {
  readonly keys: object;
  readonly suites: object;
  readonly maxKeys?: number;
}): void {
  requireObject(verifier, 'the verifier', '{keys, suites}');
  if (typeof (verifier.keys as { readonly lookup?: unknown } | undefined)?.lookup !== 'function') {
    throw new TypeError(
      `the keys of the verifier are ${sayValue(verifier.keys)}, not what createRouterKeys made`,
    );
  }
  requireSuites(verifier.suites);
  const { maxKeys } = verifier;
  if (maxKeys !== undefined && !(maxKeys >= 1)) {
    throw new RangeError(`maxKeys ${sayValue(maxKeys)} is not at least 1`);
  }
}

/** Refuses what is no map of suites. */
export function requireSuites(suites: object): void {
  if (!(suites instanceof Map))
    throw new TypeError(`the suites are ${sayValue(suites)}, not what suite1 gives`);
}

/** Refuses what is no signed route; the session is looked at by `checkedSession`. */
export function requireSignedRoute(route: Route): void {
  requireObject(route, 'the route', '{path, announced, session}');
  requireObject(route.session, 'the session of the route', '{localAs, peerAs, kind}');
  if (!isAsn(route.session.localAs))
    throw new RangeError(`AS ${sayValue(route.session.localAs)} has no OPEN`);
  requireAnnounced(route.announced);
  requireBgpsecPath(route.path);
}

/** Refuses what is no prefix with its SAFI. */
export function requireAnnounced(announced: Announced): void {
  requireObject(announced, 'what is announced', '{prefix, safi} (unicast makes it of a prefix)');
  requirePrefix(announced.prefix, 'the announced prefix');
  requireOctet(announced.safi, 'safi');
}

/** Refuses what is no BGPsec_PATH by shape, and unless told otherwise one with too few or too many signatures. */
export function requireBgpsecPath(path: BgpsecPath, complete = true): void {
  requireObject(path, 'the path', 'what decodeBgpsecPath gave: {segments, blocks}');
  requireSegments(path.segments);
  if (!Array.isArray(path.blocks)) throw new TypeError(`blocks is ${sayValue(path.blocks)}, not a list`);
  for (const block of path.blocks) requireBlock(block, complete ? path.segments.length : undefined);
}

/** Refuses what is no Secure_Path. */
export function requireSegments(segments: readonly SecurePathSegment[]): void {
  if (!Array.isArray(segments)) throw new TypeError(`segments is ${sayValue(segments)}, not a list`);
  for (const segment of segments as readonly SecurePathSegment[]) {
    requireObject(segment, 'a segment', '{asn, pCount, flags}');
    requireNumber(segment.asn, 'the AS of a segment');
    if (!isAsn(segment.asn)) throw new RangeError(`AS ${sayValue(segment.asn)} in a segment is not an ASN`);
    requireOctet(segment.pCount, 'pCount');
    requireOctet(segment.flags, 'flags');
  }
}

/** Refuses what is no Signature_Block, for as many segments if given. */
export function requireBlock(block: SignatureBlock, segments?: number): void {
  requireObject(block, 'a Signature_Block', '{suite, signatures}');
  requireOctet(block.suite, 'suite');
  const { signatures } = block;
  if (!Array.isArray(signatures)) throw new TypeError(`signatures is ${sayValue(signatures)}, not a list`);
  if (segments !== undefined && signatures.length !== segments) {
    throw new RangeError(`${signatures.length} signatures stand beside ${segments} segments`);
  }
  for (const signature of (block as SignatureBlock).signatures) {
    requireObject(signature, 'a signature', '{ski, signature}');
    requireOctets(signature.ski, 'an SKI');
    requireOctets(signature.signature, 'a signature');
  }
}

/** Refuses what is no number. */
export function requireNumber(value: Asn, what: string): void {
  if (typeof value !== 'number') throw new TypeError(`${what} is ${sayValue(value)}, not a number`);
}

function requireOctet(value: number, what: string): void {
  requireNumber(value, what);
  if (!Number.isInteger(value) || value < 0 || value > 255)
    throw new RangeError(`${what} ${value} is not in 0..255`);
}
