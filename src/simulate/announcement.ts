import type { Asn } from '../inet/index.js';
import { NOT_PROVIDER, PROVIDER } from './objects.js';
import { type Announcement, FACT, FLAG } from './plan.js';
import { indexIn, indexOfAs } from './topology.js';
import { isEdge, type World } from './world.js';

/** What an announcement is told beside its path. */
export interface AnnouncementFacts {
  /** Bit v: origin validation by the table of view v finds it invalid. */
  readonly rovInvalid: number;
  readonly signed: boolean;
}

/**
 * An announcement by a path that may be anything, looked at once from end to end; what is carried from AS to AS begins with
 * what is found here.
 *
 * @param sender index of the AS that sends it.
 * @param path as it is sent, one AS at least.
 */
export function makeAnnouncement(
  world: World,
  sender: number,
  path: readonly Asn[],
  { rovInvalid, signed }: AnnouncementFacts,
): Announcement {
  const own = world.topology.asns[sender] as Asn;
  const compressed = path.filter((asn, i) => asn !== path[i - 1]);
  const alone = path.every((asn) => asn === own);
  const facts =
    (path[0] !== own ? FACT.foreignFirst : 0) |
    (!alone && isEdge(world, sender) ? FACT.edgeForeign : 0) |
    (path.includes(0) ? FACT.as0 : 0) |
    (compressed.length === 1 ? FACT.originAlone : 0);
  return {
    sender,
    path,
    facts,
    rovInvalid,
    flags: (signed ? FLAG.signed : 0) | flagsOf(world, compressed),
    prepends: path.length - compressed.length,
    ...positionsOf(world, compressed),
    otc: -1,
    loops: loopsOf(world, sender, path),
  };
}

/** The ASes of the path that the topology has, without its sender; undefined where there is none. */
export function loopsOf(
  { topology }: World,
  sender: number,
  path: readonly Asn[],
): ReadonlySet<number> | undefined {
  const found = path.map((asn) => indexOfAs(topology, asn)).filter((at) => at >= 0 && at !== sender);
  return found.length === 0 ? undefined : new Set(found);
}

function flagsOf({ objects, clique }: World, compressed: readonly Asn[]): number {
  const N = compressed.length;
  const A = (i: number): Asn => compressed[N - i] as Asn; // 1-based from the origin
  let flags = compressed.some((asn) => indexIn(clique, asn) >= 0) ? FLAG.tier1 : 0;
  if (N > 1 && objects.disapproves(A(1), A(2))) flags |= FLAG.endInvalid;
  for (let i = 1; i <= N - 1; i++) {
    const up = objects.authorized(A(i), A(i + 1));
    if (up !== NOT_PROVIDER || !objects.disowns(A(i), A(i + 1))) continue;
    flags |= FLAG.fakeB;
    if (objects.authorized(A(i + 1), A(i)) !== PROVIDER) flags |= FLAG.fakeA;
  }
  return flags;
}

/** Where the longest ramps of draft-ietf-sidrops-aspa-verification-28 §5.4 end. */
function positionsOf({ objects }: World, compressed: readonly Asn[]): { firstUp: number; lastDown: number } {
  const N = compressed.length;
  const A = (i: number): Asn => compressed[N - i] as Asn;
  let firstUp = 0;
  let lastDown = 0;
  for (let i = 1; i <= N - 1; i++) {
    if (firstUp === 0 && objects.authorized(A(i), A(i + 1)) === NOT_PROVIDER) firstUp = i;
    if (objects.authorized(A(i + 1), A(i)) === NOT_PROVIDER) lastDown = i + 1;
  }
  return { firstUp, lastDown };
}
