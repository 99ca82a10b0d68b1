import { MAX_KEYS_PER_SIGNATURE, type SignatureEngine } from '../../bgpsec/index.js';
import type { FcSegment } from './attr-255-fc-path.js';
import { requireFcRoute, requireFcSession, requireFcVerifier } from './fc-arguments.js';
import { checkSegments, leakOf } from './fc-checks.js';
import { fcOctets } from './fc-octets.js';
import { placeSegments } from './fc-order.js';
import type { FcReason, FcResult, FcSegmentResult, FcSignatureReason } from './fc-result.js';
import type { FcRoute, FcSession, FcVerifier } from './fc-route.js';

/** A segment that has passed all checks, with what its verification needs. */
interface Job {
  readonly segment: FcSegment;
  readonly engine: SignatureEngine;
  readonly octets: Uint8Array;
  readonly keys: readonly Uint8Array[];
  /** Set where no verification can help. */
  readonly hopeless?: FcSignatureReason;
  /** More keys stand there than are tried. */
  readonly more: boolean;
}

/** A route that has passed the checks: only cryptography is left. */
interface Checked {
  readonly jobs: readonly Job[];
  readonly rest: Pick<FcResult, 'standard' | 'gaps' | 'leak'>;
}

/**
 * Judges one route by the validation algorithm of draft-wang-sidrops-fcbgp-protocol §5.2.1: the checks, then the
 * segments, newest first, up to the first that fails (§6.2). NON-STANDARD.
 *
 * @throws {TypeError} and {@link RangeError} for what is no route, session or verifier.
 */
export function verifyFcRoute(route: FcRoute, session: FcSession, verifier: FcVerifier): FcResult {
  const checked = check(route, session, verifier);
  if ('verdict' in checked) return checked;
  let failed = false;
  return resultOf(
    checked,
    checked.jobs.map((job) => {
      if (failed) return undefined;
      const holds =
        job.hopeless === undefined &&
        job.keys.some((key) => job.engine.verify(key, job.octets, job.segment.signature));
      failed = !holds;
      return holds;
    }),
  );
}

/**
 * As {@link verifyFcRoute}, with the verifications of all segments under way at once where the engine can do that: each
 * segment has everything that its verification needs (draft §6.2). A bad segment does not stop the others
 * (docs/decisions/fcbgp.md D-fcbgp-parallel). Rejects with what {@link verifyFcRoute} throws.
 */
export async function verifyFcRouteAsync(
  route: FcRoute,
  session: FcSession,
  verifier: FcVerifier,
): Promise<FcResult> {
  const checked = check(route, session, verifier);
  if ('verdict' in checked) return checked;
  return resultOf(checked, await Promise.all(checked.jobs.map(holdsAsync)));
}

async function holdsAsync({ hopeless, keys, engine, octets, segment }: Job): Promise<boolean> {
  if (hopeless !== undefined) return false;
  const verify = engine.verifyAsync ?? engine.verify;
  for (const key of keys) if (await verify(key, octets, segment.signature)) return true;
  return false;
}

/** Everything that precedes cryptography, the cheap before the expensive (draft §7.2). */
function check(route: FcRoute, session: FcSession, verifier: FcVerifier): FcResult | Checked {
  requireFcRoute(route);
  requireFcSession(session);
  requireFcVerifier(verifier);
  const hops = placeSegments(route, session);
  if (typeof hops === 'string') return without('treat-as-withdraw', hops);
  const gaps = hops.flatMap(({ asn, segment }) => (segment === undefined ? [asn] : []));
  const reason = checkSegments(hops, route, session, verifier);
  if (reason === 'no-supported-algorithm') return { ...without('unsigned', reason), gaps };
  if (reason !== undefined) return { ...without('treat-as-withdraw', reason), gaps };
  const leak = leakOf(route.path, session);
  return {
    jobs: route.path.segments.map((segment) => jobOf(segment, route, verifier)),
    rest: { standard: false, gaps, ...(leak && { leak }) },
  };
}

function jobOf(segment: FcSegment, { prefix }: FcRoute, { keys, suites }: FcVerifier): Job {
  const engine = suites.get(segment.algorithm) as SignatureEngine;
  // Step 1. As in BGPsec, not more than so many (docs/decisions/bgpsec.md D-bgpsec-key-limit).
  const found = keys.lookup(segment.asn, segment.ski);
  const tried = found.slice(0, MAX_KEYS_PER_SIGNATURE);
  const usable = tried.filter((key) => engine.usableKey(key));
  const more = found.length > tried.length;
  const hopeless =
    found.length === 0
      ? 'router-key-missing'
      : usable.length === 0 && !more
        ? 'router-key-unusable'
        : undefined;
  // Step 2.
  const octets = fcOctets(segment, prefix);
  return { segment, engine, octets, keys: usable, more, ...(hopeless && { hopeless }) };
}

/** Step 3 and the end of §5.2.1: Valid if every segment is. `holds`: undefined for one that was not looked at. */
function resultOf({ jobs, rest }: Checked, holds: readonly (boolean | undefined)[]): FcResult {
  const segments = jobs.map(({ segment, octets, hopeless, more }, i): FcSegmentResult => {
    if (holds[i] === undefined) return { segment, octets, state: 'not-evaluated' };
    if (holds[i] === true) return { segment, octets, state: 'valid' };
    const reason = hopeless ?? (more ? 'key-limit' : 'signature-mismatch');
    return { segment, octets, state: 'not-valid', reason };
  });
  const failure = segments.find(({ state }) => state === 'not-valid');
  if (failure === undefined) return { ...rest, verdict: 'valid', reason: 'ok', segments };
  return { ...rest, verdict: 'not-valid', reason: failure.reason ?? 'signature-mismatch', segments };
}

/** A result without any signature. */
export function without(verdict: 'unsigned' | 'treat-as-withdraw', reason: FcReason): FcResult {
  return { standard: false, verdict, reason, segments: [], gaps: [] };
}
