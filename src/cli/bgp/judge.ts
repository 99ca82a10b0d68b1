import {
  type AspaOutcome,
  type BgpRole,
  fastVerifyAsPath,
  type NeighborRole,
  type Procedure,
} from '../../aspa/index.js';
import type { AsPath, Update } from '../../bgp/index.js';
import { type BgpsecSession, type BgpsecVerdict, type Suites, verdictOfUpdate } from '../../bgpsec/index.js';
import type { Asn, Prefix } from '../../inet/index.js';
import type { LiveTables } from '../../live/index.js';
import { type OriginValidity, originAs, validateReadOrigin } from '../../rov/index.js';

/** What is known of the session that a route came on. */
export interface RouteSession {
  readonly peerAs: Asn;
  readonly localRole: BgpRole | undefined;
  /** Undefined where no role is configured here, or the peer is internal. */
  readonly neighborRole: NeighborRole | undefined;
  /** Undefined where it is not known: signatures are not verified then. */
  readonly bgpsec: BgpsecSession | undefined;
}

/** One route as it was announced. */
export interface ReceivedRoute {
  readonly prefix: Prefix;
  readonly pathId?: number;
  /** AS_PATH, reconstructed where BGPsec_PATH stands in for it. */
  readonly asPath: AsPath;
  /** The UPDATE, where it has a BGPsec_PATH. */
  readonly signed?: Update;
}

/** The verdicts of a route, as they are printed. */
export interface RouteVerdicts {
  readonly rov: OriginValidity;
  /** Null without a role; then `aspaBoth` has both procedures. */
  readonly aspa: AspaOutcome | null;
  readonly aspaBoth?: Readonly<Record<Procedure, AspaOutcome>>;
  /** Absent without a BGPsec_PATH. */
  readonly bgpsec?: BgpsecVerdict;
}

/** Verdicts, and how many routes have them; undefined where nothing judges. */
export interface VerdictCount {
  readonly verdicts: RouteVerdicts | undefined;
  readonly count: number;
}

/** Judges a route by the three verifiers. */
export type Judge = (route: ReceivedRoute, session: RouteSession) => RouteVerdicts;

/** A judge over tables that may change between two calls. */
export function createJudge(tables: LiveTables, suites: Suites): Judge {
  const verifier = { keys: tables.routerKeys, suites };
  return ({ prefix, asPath, signed }, { peerAs, neighborRole, bgpsec }) => {
    const by = (procedure: Procedure): AspaOutcome =>
      fastVerifyAsPath(tables.aspas, { asPath, neighborAs: peerAs, procedure });
    return {
      rov: validateReadOrigin(tables.vrps, prefix, originAs(asPath)),
      ...(neighborRole
        ? { aspa: fastVerifyAsPath(tables.aspas, { asPath, neighborAs: peerAs, neighborRole }) }
        : { aspa: null, aspaBoth: { upstream: by('upstream'), downstream: by('downstream') } }),
      ...(signed && bgpsec && { bgpsec: verdictOfUpdate(signed, bgpsec, verifier) }),
    };
  };
}

/** Whether the two say the same. */
export function sameVerdicts(one: RouteVerdicts, other: RouteVerdicts): boolean {
  return (
    one.rov === other.rov &&
    one.aspa === other.aspa &&
    one.aspaBoth?.upstream === other.aspaBoth?.upstream &&
    one.aspaBoth?.downstream === other.aspaBoth?.downstream &&
    one.bgpsec === other.bgpsec
  );
}
