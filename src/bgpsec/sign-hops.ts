import type { BgpsecPath, SecurePathSegment, SignatureSegment } from '../bgp/index.js';
import { writeU32 } from '../bytes/index.js';
import { type Asn, isAsn, requireIterable, requireObject, sayValue } from '../inet/index.js';
import { requireAnnounced, requireSuites } from './check-arguments.js';
import { SUITE_ECDSA_P256_SHA256 } from './engine.js';
import type { RouterPrivateKey } from './private-key.js';
import { encodeFamilyAndNlri, type SignedPrefix } from './signed-prefix.js';
import { type Signer, signingKey } from './signer.js';
import { SigningError } from './signing-error.js';

/** A route, and the ASes that sign it: the one that sends it first, the origin last, as in a path. */
export interface RouteOfHops {
  readonly announced: SignedPrefix;
  readonly hops: readonly { readonly asn: Asn; readonly pCount: number }[];
}

const SEGMENT = 6;
const SIGNATURE_HEADER = 22;
/** Octets of the longest signature of suite 1. */
const LONGEST_SIGNATURE = 72;

/** A route on its way from the origin to the last hop. Its octets to be hashed are written from their end. */
interface Work {
  readonly hops: RouteOfHops['hops'];
  readonly octets: Uint8Array;
  /** Where the octets for the newest signature begin. */
  start: number;
  readonly signatures: SignatureSegment[];
}

/**
 * The BGPsec_PATH of each route as if every AS on its way had signed it (RFC 8205 §4.2), the last of them to `target`, in suite 1:
 * what a laboratory makes, that has the keys of all. The same hop of all routes is signed at once where the engine can
 * (`signMany`), so many short lists of routes cost more than one long list.
 *
 * @throws {SigningError} `as-zero`, `pcount-range`, `key-missing`, `key-as-mismatch`, `suite-unsupported`; `path-malformed` for a
 * route without hops.
 */
export function signHops(routes: Iterable<RouteOfHops>, target: Asn, signer: Signer): BgpsecPath[] {
  requireIterable(routes, 'routes', 'a list of {announced, hops}');
  requireObject(signer, 'the signer', 'what createSigner made');
  requireSuites(signer.suites);
  const engine = signer.suites.get(SUITE_ECDSA_P256_SHA256);
  if (!engine) throw new SigningError('suite-unsupported', 'the signer has no suite 1');
  const works = Array.from(routes, begin);
  const most = works.reduce((longest, { hops }) => Math.max(longest, hops.length), 0);
  for (let hop = 1; hop <= most; hop++) {
    const now = works.filter(({ hops }) => hops.length >= hop);
    const requests = now.map((work) => request(work, hop, target, signer));
    const signed = engine.signMany?.(requests) ?? requests.map(({ key, octets }) => engine.sign(key, octets));
    for (const [i, work] of now.entries()) {
      const signature = { ski: (requests[i] as SigningRequest).key.ski, signature: signed[i] as Uint8Array };
      work.signatures.unshift(signature);
    }
  }
  return works.map(({ hops, signatures }) => ({
    segments: hops.map(({ asn, pCount }): SecurePathSegment => ({ pCount, flags: 0, asn })),
    blocks: [{ suite: SUITE_ECDSA_P256_SHA256, signatures }],
  }));
}

interface SigningRequest {
  readonly key: RouterPrivateKey;
  readonly octets: Uint8Array;
}

function begin({ announced, hops }: RouteOfHops): Work {
  requireAnnounced(announced);
  if (hops.length === 0) throw new SigningError('path-malformed', 'a route that nobody signs');
  for (const { asn, pCount } of hops) {
    if (!isAsn(asn) || asn === 0) throw new SigningError('as-zero', `AS ${sayValue(asn)} does not sign`);
    if (!Number.isInteger(pCount) || pCount < 0 || pCount > 255) {
      throw new SigningError('pcount-range', `pCount ${sayValue(pCount)}`);
    }
  }
  const tail = encodeFamilyAndNlri(announced);
  const step = SEGMENT + SIGNATURE_HEADER + LONGEST_SIGNATURE;
  const octets = new Uint8Array(4 + step * hops.length + 1 + tail.length);
  const start = octets.length - tail.length;
  octets.set(tail, start);
  octets[start - 1] = SUITE_ECDSA_P256_SHA256;
  return { hops, octets, start: start - 1, signatures: [] };
}

/**
 * What hop number `hop` from the origin signs (§4.2, Figure 8). The target before a Secure_Path Segment is the AS of the next
 * one, so that the octets for one hop are the end of those for the next.
 */
function request(work: Work, hop: number, target: Asn, signer: Signer): SigningRequest {
  const { hops, octets } = work;
  const own = hops[hops.length - hop] as RouteOfHops['hops'][number];
  const next = hop === hops.length ? target : (hops[hops.length - hop - 1] as { readonly asn: Asn }).asn;
  if (hop === 1) {
    work.start -= 4;
    writeU32(octets, work.start, own.asn);
  }
  // The AS of this segment stands already: it was the target of the hop before.
  octets[--work.start] = 0;
  octets[--work.start] = own.pCount;
  const older = work.signatures[0];
  if (older) {
    const { signature, ski } = older;
    work.start -= signature.length;
    octets.set(signature, work.start);
    octets[--work.start] = signature.length;
    octets[--work.start] = signature.length >> 8;
    work.start -= ski.length;
    octets.set(ski, work.start);
  }
  work.start -= 4;
  writeU32(octets, work.start, next);
  return { key: signingKey(signer, own.asn, SUITE_ECDSA_P256_SHA256), octets: octets.subarray(work.start) };
}
