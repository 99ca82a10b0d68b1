import {
  type AspaOutcome,
  downstreamOutcome,
  type NeighborRole,
  type PackedOutcomes,
  type Procedure,
  procedureOfRole,
  upstreamOutcome,
} from '../aspa/index.js';
import type { BgpsecVerdict } from '../bgpsec/index.js';
import type { OriginValidity } from '../rov/index.js';

/** The verdicts of a route. */
export interface RouteVerdicts {
  readonly rov: OriginValidity;
  /** Null where the role of the neighbour is not known; then `aspaBoth` has both procedures. */
  readonly aspa: AspaOutcome | null;
  readonly aspaBoth?: Readonly<Record<Procedure, AspaOutcome>>;
  /** Absent without a BGPsec_PATH, or where nobody can verify it. */
  readonly bgpsec?: Exclude<BgpsecVerdict, 'treat-as-withdraw'>;
}

/** The verdicts of a route in one octet: two bits for origin validation, four of {@link PackedOutcomes}, two for BGPsec. */
export type PackedVerdicts = number;

const OUTCOMES: readonly AspaOutcome[] = ['valid', 'unknown', 'invalid'];
const ROV: readonly OriginValidity[] = ['valid', 'invalid', 'not-found'];
/** A route that is treated as withdrawn is not held, and needs no bits. */
const BGPSEC = [undefined, 'valid', 'not-valid', 'unsigned'] as const;
const ASPA_SHIFT = 2;
const BGPSEC_SHIFT = 6;

/** Two outcomes as `fastVerify` gives them. */
export function packedOutcomes(upstream: AspaOutcome, downstream: AspaOutcome): PackedOutcomes {
  return OUTCOMES.indexOf(upstream) | (OUTCOMES.indexOf(downstream) << 2);
}

export function packRov(validity: OriginValidity): PackedVerdicts {
  return ROV.indexOf(validity);
}

/** Of both procedures those bits that the neighbour's role lets count: what it does not is no change of a verdict. */
export function packAspa(outcomes: PackedOutcomes, procedure: Procedure | undefined): PackedVerdicts {
  if (procedure === undefined) return outcomes << ASPA_SHIFT;
  return (procedure === 'upstream' ? outcomes & 3 : outcomes & 12) << ASPA_SHIFT;
}

export function packBgpsec(verdict: (typeof BGPSEC)[number]): PackedVerdicts {
  return BGPSEC.indexOf(verdict) << BGPSEC_SHIFT;
}

/** The bits of the BGPsec verdict alone. */
export const BGPSEC_BITS = 3 << BGPSEC_SHIFT;

/**
 * The procedure of the routes of a neighbour; undefined where its role is not known. For a complex one that names none,
 * downstream avoids a false `invalid` (draft-28 §6.4).
 */
export function procedureFor(neighborRole: NeighborRole | undefined): Procedure | undefined {
  return neighborRole && (procedureOfRole(neighborRole) ?? 'downstream');
}

/** Reads the verdicts of routes whose neighbour asks for `procedure`: one value for all that are the same. */
export function createVerdictReader(
  procedure: Procedure | undefined,
): (verdicts: PackedVerdicts) => RouteVerdicts {
  const known: RouteVerdicts[] = [];
  return (verdicts) => {
    known[verdicts] ??= Object.freeze(unpack(verdicts, procedure));
    return known[verdicts];
  };
}

function unpack(verdicts: PackedVerdicts, procedure: Procedure | undefined): RouteVerdicts {
  const outcomes = (verdicts >> ASPA_SHIFT) & 15;
  const upstream = upstreamOutcome(outcomes & 3);
  const downstream = downstreamOutcome(outcomes);
  const bgpsec = BGPSEC[verdicts >> BGPSEC_SHIFT];
  return {
    rov: ROV[verdicts & 3] as OriginValidity,
    ...(procedure
      ? { aspa: procedure === 'upstream' ? upstream : downstream }
      : { aspa: null, aspaBoth: { upstream, downstream } }),
    ...(bgpsec && { bgpsec }),
  };
}
