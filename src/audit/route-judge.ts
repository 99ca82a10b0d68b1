import { type AspaOutcome, type AspaTable, type Reason, verifyAsPath } from '../aspa/index.js';
import { type AsPath, formatAsPath } from '../bgp/index.js';
import { type Asn, equalPrefix, formatAddress, formatPrefix, type Prefix } from '../inet/index.js';
import type { Peer, RouteElement } from '../routes/index.js';
import { type OriginValidity, originAs, validateReadOrigin } from '../rov/index.js';
import { verificationInput } from './aspa-verdicts.js';
import type { AuditOptions, TimedAuditOptions } from './options.js';
import { isKnownPeer } from './peer-directory.js';
import { procedureOf } from './peer-tally.js';
import type { DecidingHop, PeerReport } from './report.js';
import { type Tables, tablesAt } from './tables-at.js';

/** A route of an audit with its verdicts, in words. */
export interface JudgedRoute {
  /** Seconds since 1970; 0 where the input does not tell. */
  readonly time: number;
  readonly microseconds: number;
  /** Null where the input does not tell. */
  readonly peerAddress: string | null;
  readonly peerAs: Asn;
  readonly prefix: string;
  readonly pathId: number | null;
  /** As `bgpdump -m` prints it, neighbour first. */
  readonly path: string;
  /** Null for NONE (RFC 6811 §2). */
  readonly origin: Asn | null;
  readonly rov: OriginValidity;
  /** By the procedure of the peer's role; without a role downstream. */
  readonly aspa: AspaOutcome;
  readonly reason: Reason;
  /** The hops that ended the maximum ramps, where they decided that the path is invalid. */
  readonly hops: readonly DecidingHop[];
  /** Whether it came with a BGPsec_PATH; signatures are not looked at. */
  readonly signed: boolean;
  /** The VRPs that cover the prefix. */
  readonly vrps: ReadonlyArray<{ readonly asn: Asn; readonly prefix: string; readonly maxLength: number }>;
  /** The time of the payloads that judge it, seconds since 1970, where there are payloads of many times. */
  readonly payloadTime: number | null;
}

interface PathVerdict extends Pick<JudgedRoute, 'path' | 'origin' | 'aspa' | 'reason' | 'hops'> {}

/** Verdicts that are kept; then they are made anew, so that memory does not grow with the input. */
const KEPT = 1 << 16;

/**
 * Says of each route of an input what the audit of that input says of it, after the audit: only then it is known which peers
 * never show their own AS (docs/decisions/audit.md D-audit-neighbor-check). Undefined for a route that is no neighbour's.
 *
 * @param peers of the report.
 */
export function createRouteJudge(
  options: AuditOptions | TimedAuditOptions,
  peers: readonly PeerReport[],
): (route: RouteElement) => JudgedRoute | undefined {
  const known = new Map(peers.map((peer) => [nameOf(peer.peerAs, peer.peerAddress), peer]));
  const tablesOf = tablesAt(options);
  let tables: Tables | undefined;
  let verdicts = new Map<Peer, Map<AsPath, PathVerdict>>();
  let kept = 0;
  let last:
    | { readonly prefix: Prefix; readonly text: string; readonly vrps: JudgedRoute['vrps'] }
    | undefined;

  const forget = (): void => {
    verdicts = new Map();
    kept = 0;
    last = undefined;
  };
  const judge = (asPath: AsPath, peer: Peer, aspa: AspaTable): PathVerdict => {
    const found = known.get(nameOf(peer.asn, isKnownPeer(peer.asn) ? null : addressOf(peer)));
    const role = found?.role ?? undefined;
    const egress = options.egress ?? false;
    const procedure = procedureOf(role, egress);
    const checked = found?.neighborCheck === 'on';
    const input = verificationInput(asPath, { peerAs: peer.asn, role, egress, procedure, checked });
    const { outcome, reason, notProviderHops } = verifyAsPath(aspa, input);
    const hops = notProviderHops.flatMap(({ customer, provider, bounds }) =>
      outcome === 'invalid' && bounds !== null ? [{ customer, provider, bounds }] : [],
    );
    const path = formatAsPath(asPath);
    return { path, origin: originAs(asPath) ?? null, aspa: outcome, reason, hops };
  };
  const verdictOf = (asPath: AsPath, peer: Peer, aspa: AspaTable): PathVerdict => {
    if (kept >= KEPT) {
      verdicts = new Map();
      kept = 0;
    }
    let ofPeer = verdicts.get(peer);
    if (ofPeer === undefined) {
      ofPeer = new Map();
      verdicts.set(peer, ofPeer);
    }
    let verdict = ofPeer.get(asPath);
    if (verdict === undefined) {
      verdict = judge(asPath, peer, aspa);
      ofPeer.set(asPath, verdict);
      kept++;
    }
    return verdict;
  };
  return (route) => {
    if (route.local || !route.hasAsPath) return undefined;
    const { prefix, peer } = route;
    const now = tablesOf(route.time);
    if (now !== tables) forget();
    tables = now;
    const { aspa, rov } = now;
    const verdict = verdictOf(route.asPath, peer, aspa);
    if (last === undefined || !equalPrefix(last.prefix, prefix)) {
      const vrps = rov
        .covering(prefix)
        .map((vrp) => ({ asn: vrp.asn, prefix: formatPrefix(vrp.prefix), maxLength: vrp.maxLength }));
      // Readers may reuse the octets of a prefix for the next one.
      last = { prefix: { ...prefix, octets: prefix.octets.slice() }, text: formatPrefix(prefix), vrps };
    }
    return {
      time: route.time,
      microseconds: route.microseconds ?? 0,
      peerAddress: addressOf(peer),
      peerAs: peer.asn,
      prefix: last.text,
      pathId: route.pathId ?? null,
      ...verdict,
      rov: validateReadOrigin(rov, prefix, verdict.origin ?? undefined),
      signed: route.signed,
      vrps: last.vrps,
      payloadTime: now.time ?? null,
    };
  };
}

function addressOf({ address }: Peer): string | null {
  return address.length === 0 ? null : formatAddress(address);
}

const nameOf = (asn: Asn, address: string | null): string => `${asn} ${address ?? ''}`;
