import { sayValue } from '../inet/index.js';
import { type Assumptions, DESCRIBED_ASSUMPTIONS } from './assumptions.js';

/** Milliseconds or seconds: median and quartiles. */
export interface Band {
  readonly median: number;
  readonly q1: number;
  readonly q3: number;
}

/** What one route costs to judge, measured at some path lengths, ascending. */
export interface UnitCost {
  /** One length alone: the cost is in proportion to the hops. Else straight lines between lengths, and beyond them. */
  readonly byHops: readonly { readonly hops: number; readonly ms: Band }[];
}

/** Octets of an UPDATE with one IPv4 /24, before a number of hops is known. */
export interface UpdateOctets {
  readonly fixed: number;
  readonly perHop: number;
}

/** Memory beyond that of unsigned routes. */
export interface MemoryCost {
  /** Of a signed route of `hops` hops: in proportion to them where each hop signs, else the same for all. */
  readonly perRoute: number;
  readonly hops: number;
  /** Tables of payloads or keys, however many routes there are. */
  readonly tables: number;
}

/** What a router may leave out: nothing; all but the best path of a prefix; the statements that it has seen. */
export type Verified = 'every route' | 'best paths' | 'unseen segments';

/** What a protection rests on. */
export type ProtectionFamily = 'payloads' | 'bgpsec' | 'fc-bgp' | 'aggregate' | 'post-quantum';

/** A way of protecting routes, with what it costs on one engine. */
export interface Protection {
  readonly family: ProtectionFamily;
  readonly scheme: string;
  readonly engine: string;
  readonly verified: Verified;
  /** Signatures of a route. */
  readonly signatures: 'one per hop' | 'one' | 'none';
  /** Of a signed UPDATE; absent where nothing is signed. */
  readonly octets?: UpdateOctets;
  /** Absent where it was not measured. */
  readonly cost?: UnitCost;
  /** Absent where it was not measured. */
  readonly memory?: MemoryCost;
}

/** What a protection is called: its scheme, and what a router leaves out. */
export function protectionName({ scheme, verified }: Protection): string {
  return verified === 'every route' ? scheme : `${scheme}, ${verified}`;
}

/** What a router does in a time. */
export interface Load {
  /** Routes that arrive. */
  readonly routes: number;
  /** Signatures to verify; of aggregates one a route, whatever its hops. */
  readonly signatures: number;
  /** Octets of the UPDATEs. */
  readonly octets: number;
  /** Absent where the unit cost is. */
  readonly coreSeconds?: Band;
}

/** One protection with one number of peers. */
export interface RouterViewRow {
  readonly protection: Protection;
  readonly peers: number;
  /** All feeds once. */
  readonly startUp: Load;
  /** A minute of what follows. */
  readonly perMinute: Load;
  /** Octets of memory for all routes, beyond those of unsigned ones. */
  readonly memory?: number;
  readonly onCores: readonly {
    readonly cores: number;
    /** Minutes until all feeds are verified. */
    readonly startUpMinutes?: Band;
    /** Share of the time of the cores that churn takes; above 1 they fall behind. */
    readonly churnShare?: Band;
  }[];
}

/** Octets of an UPDATE without signatures: what one prefix adds, and the rest. */
const PREFIX_OCTETS = 4;
const UNSIGNED: UpdateOctets = { fixed: 44, perHop: 4 };

/**
 * A MODEL: what signatures, or payloads, ask of a router with many peers, a row for each protection and number of peers. Nothing
 * but arithmetic on its arguments.
 *
 * @throws {TypeError} for what are no assumptions; {@link RangeError} for a number in them that is negative or not finite, no peers
 * or cores, and lengths without any share.
 */
export function routerView(assumptions: Assumptions, protections: readonly Protection[]): RouterViewRow[] {
  requireAssumptions(assumptions);
  return protections.flatMap((protection) =>
    assumptions.peers.map((peers) => rowOf(assumptions, protection, peers)),
  );
}

function rowOf(assumptions: Assumptions, protection: Protection, peers: number): RouterViewRow {
  const { prefixes, announcementsPerMinute, cores } = assumptions;
  const shares = sharesToVerify(assumptions, protection.verified, peers);
  const startUp = loadOf(assumptions, protection, prefixes * peers, shares.startUp);
  const perMinute = loadOf(assumptions, protection, announcementsPerMinute * peers, shares.churn);
  const busy = startUp.coreSeconds;
  const churn = perMinute.coreSeconds;
  const memory = protection.memory && memoryOf(assumptions, protection, protection.memory, peers);
  return {
    protection,
    peers,
    startUp,
    perMinute,
    ...(memory !== undefined && { memory }),
    onCores: cores.map((count) => ({
      cores: count,
      ...(busy && { startUpMinutes: scale(busy, 1 / (60 * count)) }),
      ...(churn && { churnShare: scale(churn, 1 / (60 * count)) }),
    })),
  };
}

/** Every route is kept, whatever of it was verified: it is passed on with its signatures (docs/decisions/playground.md D-cost-memory). */
function memoryOf(
  { pathLengths, prefixes, signedShare }: Assumptions,
  { signatures }: Protection,
  { hops, perRoute, tables }: MemoryCost,
  peers: number,
): number {
  const each = { 'one per hop': meanHops(pathLengths) / hops, one: 1, none: 0 }[signatures];
  return tables + prefixes * peers * signedShare * each * perRoute;
}

/** The share of signatures that have to be verified when `peers` feeds arrive, and afterwards. */
function sharesToVerify(
  assumptions: Assumptions,
  verified: Verified,
  peers: number,
): { readonly startUp: number; readonly churn: number } {
  switch (verified) {
    case 'every route':
      return { startUp: 1, churn: 1 };
    case 'best paths':
      return { startUp: 1 / peers, churn: assumptions.bestShare };
    case 'unseen segments':
      return { startUp: distinctShare(assumptions, peers), churn: assumptions.unseenShare };
  }
}

/** The share of distinct statements in the routes of `peers` peers; what the peers themselves sign is never shared. */
export function distinctShare({ sharing, pathLengths }: Assumptions, peers: number): number {
  return Math.max(peers ** -sharing, 1 / meanHops(pathLengths));
}

function loadOf(
  { pathLengths, signedShare, prefixesPerUpdate }: Assumptions,
  { signatures, octets, cost }: Protection,
  routes: number,
  share: number,
): Load {
  const hops = meanHops(pathLengths);
  const signed = signatures === 'none' ? 0 : signedShare;
  const each = { 'one per hop': hops, one: 1, none: 0 }[signatures];
  const unsignedOctets = (UNSIGNED.fixed + UNSIGNED.perHop * hops) / prefixesPerUpdate + PREFIX_OCTETS;
  const signedOctets = octets === undefined ? unsignedOctets : octets.fixed + octets.perHop * hops;
  // Payloads judge every route, signed or not.
  const judged = routes * share * (signatures === 'none' ? 1 : signed);
  return {
    routes,
    signatures: routes * share * signed * each,
    octets: routes * (signed * signedOctets + (1 - signed) * unsignedOctets),
    ...(cost && { coreSeconds: scale(meanCost(cost, pathLengths), judged / 1000) }),
  };
}

/** Hops of a path on average. */
export function meanHops(pathLengths: readonly number[]): number {
  return mean(pathLengths, (hops) => hops);
}

/** Milliseconds of a route on average. */
export function meanCost({ byHops }: UnitCost, pathLengths: readonly number[]): Band {
  const part = (of: keyof Band): number =>
    mean(pathLengths, (hops) =>
      costAt(
        byHops.map((point) => ({ hops: point.hops, ms: point.ms[of] })),
        hops,
      ),
    );
  return { median: part('median'), q1: part('q1'), q3: part('q3') };
}

function costAt(points: readonly { readonly hops: number; readonly ms: number }[], hops: number): number {
  const [first] = points;
  if (first === undefined) return Number.NaN;
  // The two measured lengths around it, or the nearest two.
  const after = points.findIndex((point, i) => i > 0 && point.hops >= hops);
  const high = points[after < 0 ? points.length - 1 : after] ?? first;
  const low = points[points.indexOf(high) - 1];
  if (low === undefined) return (first.ms * hops) / first.hops;
  const slope = (high.ms - low.ms) / (high.hops - low.hops);
  return Math.max(0, low.ms + slope * (hops - low.hops));
}

function mean(shares: readonly number[], of: (hops: number) => number): number {
  const total = shares.reduce((sum, share) => sum + share, 0);
  return shares.reduce((sum, share, i) => (share === 0 ? sum : sum + (share / total) * of(i + 1)), 0);
}

function scale({ median, q1, q3 }: Band, factor: number): Band {
  return { median: median * factor, q1: q1 * factor, q3: q3 * factor };
}

function requireAssumptions(assumptions: Assumptions): void {
  for (const { name } of DESCRIBED_ASSUMPTIONS) {
    const value: unknown = Object(assumptions)[name];
    const isList = ['peers', 'cores', 'pathLengths'].includes(name);
    if (isList !== Array.isArray(value))
      throw new TypeError(`${name} is ${sayValue(value)}, not ${isList ? 'a list' : 'a number'}`);
    for (const one of isList ? (value as readonly unknown[]) : [value]) {
      if (typeof one !== 'number') throw new TypeError(`${name} has ${sayValue(one)} for a number`);
      const least = name === 'peers' || name === 'cores' ? 1 : 0;
      if (!Number.isFinite(one) || one < least)
        throw new RangeError(`${name} has ${one}, not a number of at least ${least}`);
    }
  }
  if (!assumptions.pathLengths.some((share) => share > 0))
    throw new RangeError('pathLengths has no share above 0');
  if (assumptions.prefixesPerUpdate === 0) throw new RangeError('prefixesPerUpdate has 0');
}
