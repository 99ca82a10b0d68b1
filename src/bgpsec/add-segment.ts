import type { BgpsecPath, SecurePathSegment, SignatureBlock, SignatureSegment } from '../bgp/index.js';
import { type Asn, isAsn, requireObject, sayValue } from '../inet/index.js';
import { requireAnnounced, requireBgpsecPath, requireSuites } from './check-arguments.js';
import { SUITE_ECDSA_P256_SHA256 } from './engine.js';
import { hashBuffer } from './hash-buffer.js';
import type { SignedPrefix } from './signed-prefix.js';
import { type Signer, signingKey } from './signer.js';
import { SigningError } from './signing-error.js';

const UNSIGNED: SignatureSegment = { ski: new Uint8Array(20), signature: new Uint8Array(0) };

/**
 * The attribute of the origin AS: one Secure_Path Segment, and a Signature_Block for each suite, in the order given
 * (RFC 8205 §4.2).
 *
 * @throws {SigningError} `suite-unsupported`, `suite-duplicate` (also for more than two), and as {@link addSegment}.
 */
export function originSegment(
  segment: SecurePathSegment,
  target: Asn,
  announced: SignedPrefix,
  signer: Signer,
  suites: readonly number[] = [SUITE_ECDSA_P256_SHA256],
): BgpsecPath {
  requireObject(segment, 'the segment', '{asn, pCount, flags}');
  requireSigner(signer);
  if (!Array.isArray(suites)) throw new TypeError(`suites is ${sayValue(suites)}, not a list of numbers`);
  if (suites.length < 1 || suites.length > 2 || new Set(suites).size !== suites.length) {
    throw new SigningError('suite-duplicate', 'one Signature_Block, or two of different suites');
  }
  const blocks = suites.map((suite) => ({ suite, signatures: [] }));
  const missing = suites.find((suite) => !signer.suites.has(suite));
  if (missing !== undefined) throw new SigningError('suite-unsupported', `suite ${missing}`);
  return addSegment({ segments: [], blocks }, segment, target, announced, signer);
}

/**
 * `path` with `segment` in front, signed for `target` (RFC 8205 §4.2). Every block of a supported suite is kept and
 * signed, whether or not it verified; blocks of other suites are removed.
 *
 * @throws {SigningError} `as-zero`, `pcount-range`, `suite-unsupported`, `key-missing`, `key-as-mismatch`.
 */
export function addSegment(
  path: BgpsecPath,
  segment: SecurePathSegment,
  target: Asn,
  announced: SignedPrefix,
  signer: Signer,
): BgpsecPath {
  requireBgpsecPath(path);
  requireObject(segment, 'the segment', '{asn, pCount, flags}');
  requireAnnounced(announced);
  requireSigner(signer);
  for (const asn of [segment.asn, target]) {
    if (!isAsn(asn) || asn === 0)
      throw new SigningError('as-zero', `AS ${sayValue(asn)} neither signs nor is signed to`);
  }
  if (!Number.isInteger(segment.pCount) || segment.pCount < 0 || segment.pCount > 255) {
    throw new SigningError('pcount-range', `pCount ${sayValue(segment.pCount)}`);
  }
  const supported = path.blocks.filter(({ suite }) => signer.suites.has(suite));
  if (supported.length === 0) {
    throw new SigningError('suite-unsupported', 'no Signature_Block of a supported suite: send it unsigned');
  }
  const segments = [segment, ...path.segments];
  return {
    segments,
    blocks: supported.map((block) => signBlock(segments, block, target, announced, signer)),
  };
}

function requireSigner(signer: Signer): void {
  requireObject(signer, 'the signer', 'what createSigner made');
  requireSuites(signer.suites);
  if (typeof signer.keyOf !== 'function') throw new TypeError('the signer has no function keyOf');
}

function signBlock(
  segments: readonly SecurePathSegment[],
  { suite, signatures }: SignatureBlock,
  target: Asn,
  announced: SignedPrefix,
  signer: Signer,
): SignatureBlock {
  const { asn } = segments[0] as SecurePathSegment;
  const key = signingKey(signer, asn, suite);
  // The newest signature is no part of its own octets: a placeholder keeps the counts equal.
  const block = { suite, signatures: [UNSIGNED, ...signatures] };
  const { octets } = hashBuffer({ segments, blocks: [block] }, block, target, announced);
  const signature = signer.suites.get(suite)?.sign(key, octets) as Uint8Array;
  return { suite, signatures: [{ ski: key.ski, signature }, ...signatures] };
}
