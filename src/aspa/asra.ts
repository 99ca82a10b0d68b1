import { type Asn, requireObject, sayValue } from '../inet/index.js';
import type { AspaTable } from './aspa-table.js';
import type { AsraListing, AsraTable } from './asra-table.js';
import type { Evidence } from './evidence.js';
import type { AspaOutcome, Authorization } from './terms.js';
import type { VerificationInput } from './verification-input.js';
import { verifyAsPath } from './verify-as-path.js';

// The literal reading of asra-verification §4: what ASRAs add to a verdict of ASPA on a path from a
// provider. `fast-asra.ts` gives the same outcomes. The working group has not chosen between the two algorithms.

/** The document that this file follows; docs/drafts.json says in which revision. */
export const ASRA_DRAFT = 'draft-sriram-sidrops-asra-verification';

/** A gives precedence to the ASPA of the receiver of a hop (§4.1), B does not (§4.2). */
export type AsraAlgorithm = 'A' | 'B';

/** The tables that the algorithms look into. */
export interface AsraTables {
  readonly aspa: AspaTable;
  readonly asra: AsraTable;
}

/** Position in the list of steps of §4.1.2.2 and §4.2.2.2. */
export type AsraStep = 1 | 2 | 3 | 4 | 5 | 6;

/** A hop that was asked for a fake link, from AS(i), which sends, to AS(i+1). */
export interface AsraHop {
  /** i: 1 is the hop next to the origin. */
  readonly index: number;
  readonly from: Asn;
  readonly to: Asn;
  /** authorized(AS(i), AS(i+1)): a provider is no fake, and without an ASPA the ASRAs of AS(i) are unusable. */
  readonly aspa: Authorization;
  /** Whether the ASRAs of AS(i) list AS(i+1). */
  readonly asra: AsraListing;
  /** authorized(AS(i+1), AS(i)), which algorithm A asks for. */
  readonly reverse: Authorization;
  readonly fakeLink: boolean;
}

/**
 * What came of the algorithm: `upstream`, a path that it leaves alone; `aspa-invalid`, one that ASPA found invalid; `affirmed`,
 * the ramps leave no hop in question; `fake-link`; `no-fake-link`.
 */
export type AsraReason = 'upstream' | 'aspa-invalid' | 'affirmed' | 'fake-link' | 'no-fake-link';

/** What ASRAs made of a verdict of ASPA. */
export interface AsraFacts {
  readonly draft: typeof ASRA_DRAFT;
  readonly algorithm: AsraAlgorithm;
  readonly section: '4.1.2.1' | '4.1.2.2' | '4.2.2.1' | '4.2.2.2';
  /** The outcome of ASPA alone. */
  readonly aspaOutcome: AspaOutcome;
  /** Where the steps halted; null upstream, where there are none. */
  readonly step: AsraStep | null;
  readonly reason: AsraReason;
  /** The hops that were asked, in their order; the last one is the fake link, where there is one. */
  readonly hops: readonly AsraHop[];
}

/** Evidence of ASPA whose `outcome` is the enhanced one; its step, reason and ramps stay those of ASPA. */
export type AsraEvidence = Evidence & { readonly asra: AsraFacts };

/**
 * Verifies a path by ASPA, then by ASRAs (asra-verification §4), and gives the evidence of both. Paths that are
 * verified upstream are left as ASPA has them. The input is not kept.
 *
 * @throws {TypeError} and {@link RangeError} as `verifyAsPath`; {@link TypeError} for an algorithm that is none.
 */
export function verifyAsra(
  tables: AsraTables,
  algorithm: AsraAlgorithm,
  input: VerificationInput,
): AsraEvidence {
  requireAsraArguments(tables, algorithm);
  const evidence = verifyAsPath(tables.aspa, input);
  const { outcome: aspaOutcome, procedure } = evidence;
  const chapter = algorithm === 'A' ? '4.1.2' : '4.2.2';
  const known = { draft: ASRA_DRAFT, algorithm, aspaOutcome } as const;
  // §4.1.2.1, §4.2.2.1: upstream nothing changes.
  if (procedure === 'upstream') {
    const asra = { ...known, section: `${chapter}.1`, step: null, reason: 'upstream', hops: [] } as const;
    return { ...evidence, asra };
  }
  const { outcome, ...found } = enhance(tables, algorithm, evidence);
  return { ...evidence, outcome, asra: { ...known, section: `${chapter}.2`, ...found } };
}

interface Enhanced extends Pick<AsraFacts, 'step' | 'reason' | 'hops'> {
  readonly outcome: AspaOutcome;
}

/** The algorithm for downstream paths, §4.1.2.2 and §4.2.2.2. */
function enhance(tables: AsraTables, algorithm: AsraAlgorithm, evidence: Evidence): Enhanced {
  const { outcome, ramps, compressedAsPath } = evidence;
  const N = compressedAsPath.length;
  // Step 1. What ASPA found invalid stays so; halts at its steps 1 to 3, which have no ramps, are among these.
  if (outcome === 'invalid' || ramps === null) return { outcome, step: 1, reason: 'aspa-invalid', hops: [] };
  const { minUpRamp, minDownRamp } = ramps;
  const isA = algorithm === 'A';
  // Step 2. Attested up to the neighbour; for A also where the attested ramps meet.
  if (minUpRamp === N || (isA && minUpRamp + minDownRamp > N)) {
    return { outcome, step: 2, reason: 'affirmed', hops: [] };
  }
  // Step 3. The first hop in question is the one at the top of the attested up-ramp.
  const hops: AsraHop[] = [];
  // Step 5 ends with the last hop: for A the one below the attested down-ramp, for B the one to the neighbour.
  const last = isA ? N - minDownRamp : N - 1;
  // Step 6 goes from hop to hop.
  for (let i = minUpRamp; i <= last; i++) {
    const hop = hopAt(tables, algorithm, compressedAsPath, i);
    hops.push(hop);
    // Step 4. A fake link makes the path invalid.
    if (hop.fakeLink) return { outcome: 'invalid', step: 4, reason: 'fake-link', hops };
  }
  return { outcome, step: 5, reason: 'no-fake-link', hops };
}

/** Fake-Link(AS(i), AS(i+1)) with what it rests on: §4.1.1 and §4.2.1. */
function hopAt(
  { aspa, asra }: AsraTables,
  algorithm: AsraAlgorithm,
  compressedAsPath: readonly Asn[],
  i: number,
): AsraHop {
  const N = compressedAsPath.length;
  const from = compressedAsPath[N - i] as Asn;
  const to = compressedAsPath[N - i - 1] as Asn;
  const listed = aspa.authorized(from, to);
  const listing = asra.listing(from, to);
  const reverse = aspa.authorized(to, from);
  const fakeLink =
    listed === 'not-provider+' &&
    listing === 'not-listed' &&
    // §4.1.1: an ASPA of AS(i+1) that lists AS(i) speaks against a fake, for A.
    (algorithm === 'B' || reverse !== 'provider+');
  return { index: i, from, to, aspa: listed, asra: listing, reverse, fakeLink };
}

/** Refuses tables and algorithms that are none. NON-SPEC. */
export function requireAsraArguments(tables: AsraTables, algorithm: AsraAlgorithm): void {
  requireObject(tables, 'the tables', '{aspa, asra}');
  if ((tables.asra as Partial<AsraTable> | undefined)?.packed === undefined) {
    throw new TypeError(`the table of ASRAs is ${sayValue(tables.asra)}, not one that createAsraTable made`);
  }
  if (algorithm !== 'A' && algorithm !== 'B') {
    throw new TypeError(`${sayValue(algorithm)} is not an algorithm of ASRA (A, B)`);
  }
}
