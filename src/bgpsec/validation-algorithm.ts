import type { BgpsecPath, SecurePathSegment, SignatureBlock, SignatureSegment } from '../bgp/index.js';
import type { Asn } from '../inet/index.js';
import { isConfedSegment } from './as-path-reconstruction.js';
import { requireSignedRoute, requireVerifier } from './check-arguments.js';
import { isStrictSignature } from './ecdsa-sig-value.js';
import type { SignatureEngine, Suites } from './engine.js';
import { octetsToHash } from './octets-to-hash.js';
import type { SignatureReason } from './reasons.js';
import type { BlockResult, SignatureResult } from './result.js';
import type { RouterKeys } from './router-keys.js';
import type { BgpsecSession } from './session.js';
import type { SignedPrefix } from './signed-prefix.js';

/** What the procedure of RFC 8205 §5.2 works on: an attribute that has passed the checks, and its one prefix. */
export interface SignedRoute {
  readonly path: BgpsecPath;
  readonly announced: SignedPrefix;
  readonly session: BgpsecSession;
}

/** Keys and algorithms of a verifier. */
export interface Verifier {
  readonly keys: RouterKeys;
  readonly suites: Suites;
  /**
   * Router keys that are tried for one signature; default {@link MAX_KEYS_PER_SIGNATURE}, `Infinity` for all, as
   * RFC 8205 §5.2 has it.
   */
  readonly maxKeys?: number;
}

/**
 * DEVIATION: of the keys under one AS and SKI so many are tried for a signature, the first by their octets, where
 * RFC 8205 §5.2 step 2 and 4 try all: an AS that publishes thousands of keys under one SKI would make every route of
 * its cost thousands of verifications (docs/decisions/bgpsec.md D-bgpsec-key-limit).
 */
export const MAX_KEYS_PER_SIGNATURE = 16;

/** The keys that are tried for a signature of the AS with the SKI. */
export function keysToTry(verifier: Verifier, asn: Asn, ski: Uint8Array): readonly Uint8Array[] {
  const found = verifier.keys.lookup(asn, ski);
  const { maxKeys = MAX_KEYS_PER_SIGNATURE } = verifier;
  return found.length > maxKeys ? found.slice(0, maxKeys) : found;
}

/**
 * The validation algorithm of RFC 8205 §5.2 step by step, with the evidence for every signature. Blocks are in wire
 * order; the UPDATE is Valid when one of them is. It stops at the first signature of a block that fails, and after
 * the first Valid block, unless `exhaustive`; the verdict is the same (docs/decisions/bgpsec.md D-bgpsec-exhaustive).
 */
export function validateSignatureBlocks(
  route: SignedRoute,
  verifier: Verifier,
  exhaustive = false,
): readonly BlockResult[] {
  requireSignedRoute(route);
  requireVerifier(verifier);
  let valid = false;
  return route.path.blocks.map((block) => {
    const engine = verifier.suites.get(block.suite);
    // A block of a suite that is not supported is not considered.
    const evaluate = engine !== undefined && (exhaustive || !valid);
    const result = validateBlock(route, block, verifier, evaluate ? engine : undefined, exhaustive);
    if (engine === undefined) return { ...result, state: 'unsupported' };
    if (result.state === 'valid') valid = true;
    return result;
  });
}

/** One block, newest signature first; without an engine everything stays `not-evaluated`. */
function validateBlock(
  route: SignedRoute,
  block: SignatureBlock,
  verifier: Verifier,
  engine: SignatureEngine | undefined,
  exhaustive: boolean,
): BlockResult {
  const signatures: SignatureResult[] = [];
  let failure: SignatureResult | undefined;
  let verified = 0;
  // Step 1: K hops; Secure_Path Segment N and Signature Segment N belong together.
  for (let n = route.path.segments.length; n >= 1; n--) {
    const evaluate = engine !== undefined && (exhaustive || failure === undefined);
    const result = validateSignature(route, block, n, verifier, evaluate ? engine : undefined);
    signatures.push(result);
    if (result.state === 'not-valid') failure ??= result;
    if (result.state === 'valid' && failure === undefined) verified++;
  }
  const { suite } = block;
  if (engine === undefined) return { suite, state: 'not-evaluated', verified, signatures };
  if (failure === undefined) return { suite, state: 'valid', verified, signatures };
  return { suite, state: 'not-valid', verified, failure, signatures };
}

/** Signature Segment N. */
function validateSignature(
  { path, announced, session }: SignedRoute,
  block: SignatureBlock,
  n: number,
  verifier: Verifier,
  engine: SignatureEngine | undefined,
): SignatureResult {
  const index = path.segments.length - n;
  const segment = path.segments[index] as SecurePathSegment;
  const { ski, signature } = block.signatures[index] as SignatureSegment;
  // Step 2: the keys of this AS with this SKI.
  const found = verifier.keys.lookup(segment.asn, ski);
  // Step 3: the target of the newest hop is the AS of the own OPEN, of every other the AS of the next segment.
  const targetAs = index === 0 ? session.localAs : (path.segments[index - 1] as SecurePathSegment).asn;
  const base = { hop: n, index, signerAs: segment.asn, targetAs, ski, signature, keys: found.length };
  if (engine === undefined) return { ...base, state: 'not-evaluated' };
  // §4.3: a confederation may leave the signatures of its members alone.
  if (session.confederation?.verifyMembers === false && isConfedSegment(segment)) {
    return { ...base, state: 'skipped' };
  }
  const octets = octetsToHash(path, block, n, targetAs, announced);
  const evidence = { ...base, octets, digest: engine.digest(octets) };
  // Step 4.
  const tried = keysToTry(verifier, segment.asn, ski);
  const reason = signatureReason(engine, tried, octets, signature, tried.length < found.length);
  return reason === undefined ? { ...evidence, state: 'valid' } : { ...evidence, state: 'not-valid', reason };
}

/** Step 4 with the keys of the (AS, SKI) that are tried: one success suffices (D-bgpsec-keys-of-one-ski). */
function signatureReason(
  engine: SignatureEngine,
  found: readonly Uint8Array[],
  octets: Uint8Array,
  signature: Uint8Array,
  more: boolean,
): SignatureReason | undefined {
  if (found.length === 0) return 'router-key-missing';
  const usable = found.filter((spki) => engine.usableKey(spki));
  if (usable.length === 0 && !more) return 'router-key-unusable';
  if (usable.some((spki) => engine.verify(spki, octets, signature))) return undefined;
  if (more) return 'key-limit';
  const { wellFormed = isStrictSignature } = engine;
  return wellFormed(signature) ? 'signature-mismatch' : 'signature-encoding';
}
