import { type Asn, sayValue } from '../inet/index.js';
import type { Hop, Ramps } from './draft-28.js';
import type { Evidence } from './evidence.js';
import type { Authorization } from './terms.js';

/** What stands of an AS beside its number. */
export type AsPart =
  | 'neighbor'
  | 'origin'
  | 'top-of-up-ramp'
  | 'top-of-down-ramp'
  | 'on-neither-ramp'
  | 'beyond-up-ramp';

/** An AS of the compressed path, with its place in the picture. */
export interface LaidOutAs {
  /** I of A(I): 1 is the origin. */
  readonly index: number;
  readonly asn: Asn;
  /** How high it stands on the ramps that decide: hops above the origin or the neighbour, where nothing is known the top. */
  readonly level: number;
  /** How often it stands in the path in a row. */
  readonly times: number;
  readonly parts: readonly AsPart[];
}

/** What a hop is to the verdict, on the ramps that decide. */
export type HopPart =
  | 'in-up-ramp'
  | 'in-down-ramp'
  | 'in-both-ramps'
  | 'ends-up-ramp'
  | 'ends-down-ramp'
  | 'level'
  | 'between-ramps'
  | 'beyond-up-ramp';

/** A hop of one direction: `certain` to the end of the shortest ramp, `possible` to that of the longest, which a `wall` ends. */
export interface HopMark {
  readonly authorization: Authorization;
  /** `unused` is the downward direction of the upstream procedure. */
  readonly part: 'certain' | 'possible' | 'wall' | 'beyond' | 'unused';
  /** Nobody attests it, and for that the shortest ramp ends here. */
  readonly fog: boolean;
}

/** A hop with its marks for both directions (draft-28 §5.4). */
export interface LaidOutHop {
  /** 1 is the hop next to the origin. */
  readonly index: number;
  readonly lower: Asn;
  readonly upper: Asn;
  readonly up: HopMark;
  readonly down: HopMark;
  readonly part: HopPart;
}

/** The sum of a comparison as lengths: what each ramp covers of the path, what neither covers, what both do. */
export interface RulerBound {
  readonly up: number;
  readonly down: number;
  readonly uncovered: number;
  readonly overlap: number;
}

/** A path as two ramps: what terminal, report and page draw. A plain value. */
export interface RampLayout {
  readonly outcome: Evidence['outcome'];
  readonly procedure: Evidence['procedure'];
  readonly n: number;
  /** The ramps that decide: the longest ones where the path is invalid, else the shortest. */
  readonly shown: 'longest' | 'shortest';
  readonly ramps: Ramps;
  /** Up-ramp A(1)..A(upTop) of the ramps that decide. */
  readonly upTop: number;
  /** Down-ramp A(N)..A(downTop); N + 1 without one. */
  readonly downTop: number;
  /** The height of the taller ramp. */
  readonly height: number;
  /** Wire order: the neighbour first. */
  readonly ases: readonly LaidOutAs[];
  /** The origin's hop first, as in the evidence. */
  readonly hops: readonly LaidOutHop[];
  /** What the ramps cover at most (step 4) and at least (step 5). */
  readonly ruler: { readonly atMost: RulerBound; readonly atLeast: RulerBound };
}

/**
 * Lays a verdict out as the mountain of draft-28 §5.2: each AS with its height, each hop with a mark for either direction,
 * because the hop that decides may lie where the other ramp passes too, and the ramps as lengths. Null where the procedure
 * halted before it had ramps (steps 1 to 3). NON-SPEC.
 *
 * @throws {TypeError} for what is no evidence.
 */
export function layoutRamps(evidence: Evidence): RampLayout | null {
  requireEvidence(evidence);
  const { compressedAsPath, hops, outcome, procedure, ramps } = evidence;
  if (ramps === null) return null;
  const n = compressedAsPath.length;
  const invalid = outcome === 'invalid';
  const upTop = invalid ? ramps.maxUpRamp : ramps.minUpRamp;
  const downTop = n - (invalid ? ramps.maxDownRamp : ramps.minDownRamp) + 1;
  const tops = { n, upTop, downTop };
  const upHeight = upTop - 1;
  const downHeight = Math.max(0, n - Math.max(downTop, upTop + 1));
  const height = Math.max(upHeight, downHeight);
  // ASes on neither ramp: a dent where the ramps provably do not meet, level ground where nothing is known.
  const between = invalid ? Math.max(0, Math.min(upHeight, downHeight) - 1) : height;
  const times = repetitions(evidence);
  const ases = compressedAsPath.map((asn, i): LaidOutAs => {
    const index = n - i;
    const level = index <= upTop ? index - 1 : index >= downTop ? n - index : between;
    return { index, asn, level, times: times[i] ?? 1, parts: partsOfAs(index, tops) };
  });
  return {
    outcome,
    procedure,
    n,
    shown: invalid ? 'longest' : 'shortest',
    ramps,
    upTop,
    downTop,
    height,
    ases,
    hops: hops.map((hop) => laidOut(hop, ramps, tops)),
    ruler: {
      atMost: boundOf(ramps.maxUpRamp, ramps.maxDownRamp, n),
      atLeast: boundOf(ramps.minUpRamp, ramps.minDownRamp, n),
    },
  };
}

/**
 * Refuses what `verifyAsPath` did not make.
 *
 * @throws {TypeError}
 */
export function requireEvidence(evidence: Evidence): void {
  if (!Array.isArray(evidence?.hops))
    throw new TypeError(`${sayValue(evidence)} is no evidence of verifyAsPath`);
}

interface Tops {
  readonly n: number;
  readonly upTop: number;
  readonly downTop: number;
}

function partsOfAs(I: number, { n, upTop, downTop }: Tops): AsPart[] {
  const parts: AsPart[] = [];
  if (I === n) parts.push('neighbor');
  if (I === 1) parts.push('origin');
  if (I === upTop) parts.push('top-of-up-ramp');
  if (I === downTop) parts.push('top-of-down-ramp');
  if (I > upTop && I < downTop) parts.push(downTop > n ? 'beyond-up-ramp' : 'on-neither-ramp');
  return parts;
}

function laidOut({ index, lower, upper, up, down }: Hop, ramps: Ramps, tops: Tops): LaidOutHop {
  // The up-ramp of K ASes climbs hops 1 to K - 1 and ends at hop K; from above hop I is hop N - I.
  const fromAbove = tops.n - index;
  const { maxDownRamp, maxUpRamp, minDownRamp, minUpRamp } = ramps;
  return {
    index,
    lower,
    upper,
    up: markOf(up, index, minUpRamp, maxUpRamp),
    down: markOf(down, fromAbove, minDownRamp, maxDownRamp),
    part: partOfHop(index, tops),
  };
}

/** The mark of the hop at which a ramp of `place` ASes would end. */
function markOf(authorization: Authorization, place: number, min: number, max: number): HopMark {
  const part =
    max === 0
      ? 'unused'
      : place < min
        ? 'certain'
        : place < max
          ? 'possible'
          : place === max
            ? 'wall'
            : 'beyond';
  return { authorization, part, fog: part === 'possible' && place === min };
}

function partOfHop(index: number, { n, upTop, downTop }: Tops): HopPart {
  const climbs = index < upTop;
  const descends = index >= downTop;
  if (climbs) return descends ? 'in-both-ramps' : 'in-up-ramp';
  if (descends) return 'in-down-ramp';
  const endsUp = index === upTop;
  const endsDown = downTop <= n && index === downTop - 1;
  if (endsUp) return endsDown ? 'level' : 'ends-up-ramp';
  if (endsDown) return 'ends-down-ramp';
  return downTop > n ? 'beyond-up-ramp' : 'between-ramps';
}

function boundOf(up: number, down: number, n: number): RulerBound {
  return { up, down, uncovered: Math.max(0, n - up - down), overlap: Math.max(0, up + down - n) };
}

/** How often each AS of the compressed path stands in the path in a row, wire order. */
function repetitions({ asPath }: Evidence): number[] {
  const times: number[] = [];
  let before: Asn | undefined;
  for (const asn of asPath.flatMap(({ asns }) => asns)) {
    if (asn === before) times[times.length - 1] = (times.at(-1) ?? 0) + 1;
    else times.push(1);
    before = asn;
  }
  return times;
}
