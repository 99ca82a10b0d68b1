import type { SecurePathSegment, SignatureBlock, SignatureSegment } from '../bgp/index.js';
import { requireObject } from '../inet/index.js';
import { isConfedSegment } from './as-path-reconstruction.js';
import { requireSignedRoute, requireVerifier } from './check-arguments.js';
import type { SignatureEngine } from './engine.js';
import { hashBuffer } from './hash-buffer.js';
import type { SegmentCache } from './segment-cache.js';
import { keysToTry, type SignedRoute, type Verifier } from './validation-algorithm.js';

/** Optimisations of the fast reading; none changes a verdict. */
export interface FastOptions {
  /** Stop a block at its first bad signature and the UPDATE at its first Valid block. Default true. */
  readonly earlyTermination?: boolean;
  /** Verify the common tails of paths once. Default: no cache. */
  readonly cache?: SegmentCache;
}

/** One signature verification that the procedure waits for. */
interface Job {
  readonly engine: SignatureEngine;
  readonly spki: Uint8Array;
  readonly octets: Uint8Array;
  readonly signature: Uint8Array;
}

/**
 * Whether the UPDATE is Valid: RFC 8205 §5.2 in one pass over one buffer per block, without evidence. The same verdict
 * as {@link validateSignatureBlocks}.
 */
export function isValidRoute(route: SignedRoute, verifier: Verifier, options: FastOptions = {}): boolean {
  const procedure = validate(route, verifier, options);
  let step = procedure.next();
  while (step.done !== true) {
    const { engine, spki, octets, signature } = step.value;
    step = procedure.next(engine.verify(spki, octets, signature));
  }
  return step.value;
}

/** As {@link isValidRoute}, with the verifications off this thread where the engine can do that. RFC 8205 §5.2. */
export async function isValidRouteAsync(
  route: SignedRoute,
  verifier: Verifier,
  options: FastOptions = {},
): Promise<boolean> {
  const procedure = validate(route, verifier, options);
  let step = procedure.next();
  while (step.done !== true) {
    const { engine, spki, octets, signature } = step.value;
    const verified = engine.verifyAsync ?? engine.verify;
    step = procedure.next(await verified(spki, octets, signature));
  }
  return step.value;
}

/** The procedure, which hands out each verification and takes its result: one text for both ways of running. */
function* validate(
  route: SignedRoute,
  verifier: Verifier,
  options: FastOptions,
): Generator<Job, boolean, boolean> {
  requireObject(options, 'the options', '{earlyTermination, cache}');
  const { earlyTermination = true, cache } = options;
  requireSignedRoute(route);
  requireVerifier(verifier);
  let valid = false;
  for (const block of route.path.blocks) {
    const engine = verifier.suites.get(block.suite);
    if (engine === undefined) continue;
    if (yield* validateBlock(route, block, engine, verifier, earlyTermination, cache)) valid = true;
    if (valid && earlyTermination) return true;
  }
  return valid;
}

function* validateBlock(
  { path, announced, session }: SignedRoute,
  block: SignatureBlock,
  engine: SignatureEngine,
  verifier: Verifier,
  earlyTermination: boolean,
  cache: SegmentCache | undefined,
): Generator<Job, boolean, boolean> {
  const { octets, offsets } = hashBuffer(path, block, session.localAs, announced);
  const skipMembers = session.confederation?.verifyMembers === false;
  const segmentAt = (index: number): SecurePathSegment => path.segments[index] as SecurePathSegment;
  const signatureAt = (index: number): SignatureSegment => block.signatures[index] as SignatureSegment;
  const names: string[] = [];
  const verifiedBy: Uint8Array[] = [];
  let valid = true;
  for (let i = 0; i < path.segments.length; i++) {
    const segment = segmentAt(i);
    if (skipMembers && isConfedSegment(segment)) {
      // A tail with an unverified hop is not remembered.
      cache = undefined;
      continue;
    }
    const { ski, signature } = signatureAt(i);
    const found = keysToTry(verifier, segment.asn, ski);
    const covered = octets.subarray(offsets[i] as number);
    if (cache !== undefined && found.length > 0) {
      const name = cache.name(engine, covered, signatureAt(i));
      const known = cache.find(name, (key, distance) =>
        keysToTry(verifier, segmentAt(i + distance).asn, signatureAt(i + distance).ski).includes(key),
      );
      if (known !== undefined) {
        verifiedBy.push(...known);
        break;
      }
      names.push(name);
    }
    let by: Uint8Array | undefined;
    for (const spki of found) {
      if (yield { engine, spki, octets: covered, signature }) {
        by = spki;
        break;
      }
    }
    if (by === undefined) {
      valid = false;
      cache = undefined;
      if (earlyTermination) return false;
    } else verifiedBy.push(by);
  }
  if (valid && cache !== undefined) {
    for (const [i, name] of names.entries()) cache.remember(name, verifiedBy.slice(i));
  }
  return valid;
}
