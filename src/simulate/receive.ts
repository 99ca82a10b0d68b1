import { PROVIDER as ATTESTED, GIVEN, NOT_PROVIDER, NOTHING, TRUE } from './objects.js';
import { CUSTOMER, FACT, FLAG, PEER, PROVIDER } from './plan.js';
import { DOES } from './policies.js';
import type { Routing } from './routing.js';
import type { World } from './world.js';

/** Why a route is not sent, or not accepted, in the order in which it is asked; the codes of {@link judge} from 1. */
export const REASONS = [
  'otc-egress',
  'loop',
  'as0',
  'rov-invalid',
  'first-as',
  'aspa-invalid',
  'asra-fake-link',
  'path-end',
  'unsigned',
  'otc-ingress',
  'peerlock-lite',
  'edge-filter',
] as const;
/** A word for why a route is not sent, or not accepted. */
export type Reason = (typeof REASONS)[number];

/** What asks for more than the announcement itself. */
const CARRIED = DOES.aspa | DOES.pathEnd | DOES.speaksBgpsec | DOES.otc | DOES.peerlockLite;

export const ACCEPTED = 0;
export const OTC_EGRESS = 1;
export const LOOP = 2;
export const AS0 = 3;
export const ROV_INVALID = 4;
const FIRST_AS = 5;
const ASPA_INVALID = 6;
const ASRA_FAKE_LINK = 7;
const PATH_END = 8;
const UNSIGNED = 9;
const OTC_INGRESS = 10;
const PEERLOCK_LITE = 11;
const EDGE_FILTER = 12;

/**
 * What becomes of the route in `row` that `sender` sends to `to`, to whom the sender is a `relation`: {@link ACCEPTED}, or
 * the first reason that speaks against it. No path is walked: all that is asked of it has been carried along.
 */
export function judge(
  world: World,
  routing: Routing,
  row: number,
  sender: number,
  to: number,
  relation: number,
): number {
  const { does } = world;
  const source = routing.source[row] as number;
  const policy = does[to] as number;
  let otc = routing.otc[row] as number;
  if (((does[sender] as number) & DOES.otc) !== 0) {
    // RFC 9234 §5, egress step 2: what is marked goes to customers only.
    if (otc >= 0 && relation !== PROVIDER) return OTC_EGRESS;
    // Egress step 1: who is about to send to a customer or peer marks.
    if (otc < 0 && relation !== CUSTOMER) otc = sender;
  }
  const facts = routing.facts[source] as number;
  if (routing.open[source] === 0) {
    if (routing.plan.announcements[source]?.loops?.has(to)) return LOOP;
    if ((facts & FACT.as0) !== 0) return AS0;
  }
  if (policy === 0) return ACCEPTED;
  const flags = routing.flags[row] as number;
  const direct = row >= routing.count;
  if ((facts & FACT.rovInvalid) !== 0) {
    if ((policy & DOES.rov) !== 0) return ROV_INVALID;
    if ((policy & DOES.peerRov) !== 0 && relation === PEER) return ROV_INVALID;
  }
  if ((policy & DOES.firstAs) !== 0 && direct && (facts & FACT.foreignFirst) !== 0) return FIRST_AS;
  if ((policy & DOES.aspa) !== 0) {
    const firstUp = routing.firstUp[row] as number;
    if (firstUp !== 0) {
      // draft-28 §5.5 step 4: max_up_ramp is firstUp, or N without such a hop.
      if (relation !== PROVIDER) return ASPA_INVALID;
      // §5.6 step 4: max_down_ramp is N - lastDown + 1, and the sum is less than N.
      const lastDown = routing.lastDown[row] as number;
      if (lastDown !== 0 && lastDown > firstUp + 1) return ASPA_INVALID;
    }
    if (relation === PROVIDER) {
      if ((policy & DOES.asraB) !== 0 && (flags & FLAG.fakeB) !== 0) return ASRA_FAKE_LINK;
      if ((policy & DOES.asraA) !== 0 && (flags & FLAG.fakeA) !== 0) return ASRA_FAKE_LINK;
    }
  }
  if ((policy & DOES.pathEnd) !== 0 && (flags & FLAG.endInvalid) !== 0) return PATH_END;
  if ((policy & DOES.signedOnly) !== 0 && (flags & FLAG.signed) === 0) {
    if (((does[sender] as number) & DOES.speaksBgpsec) !== 0) return UNSIGNED;
  }
  if ((policy & DOES.otc) !== 0 && otc >= 0) {
    // RFC 9234 §5, ingress steps 1 and 2.
    if (relation === CUSTOMER || (relation === PEER && otc !== sender)) return OTC_INGRESS;
  }
  if ((policy & DOES.peerlockLite) !== 0 && relation === CUSTOMER && (flags & FLAG.tier1) !== 0) {
    return PEERLOCK_LITE;
  }
  // A neighbour without customers sends on nothing, so that only what it announces itself is in question.
  if ((policy & DOES.edgeFilter) !== 0 && direct && (facts & FACT.edgeForeign) !== 0) return EDGE_FILTER;
  return ACCEPTED;
}

/** Makes the route in `row` that `sender` sends the route of `to`, written to the row `into`; see {@link judge}. */
export function adopt(
  world: World,
  routing: Routing,
  row: number,
  sender: number,
  to: number,
  relation: number,
  into: number,
): void {
  const { does, done, tier1 } = world;
  routing.relation[into] = relation;
  routing.length[into] = (routing.length[row] as number) + 1;
  routing.sender[into] = sender;
  routing.source[into] = routing.source[row] as number;
  // Nobody is there to ask what else is carried.
  if ((done & CARRIED) === 0) return;
  let flags = (routing.flags[row] as number) | (tier1[to] === 1 ? FLAG.tier1 : 0);
  const policy = does[to] as number;
  // It stays signed while both speak BGPsec; who does not strips it. RFC 8205 §4.
  if ((policy & DOES.speaksBgpsec) === 0) flags &= ~FLAG.signed;
  if ((done & DOES.pathEnd) !== 0 && row >= routing.count) flags |= endFlag(world, routing, row, to);
  if ((done & DOES.aspa) !== 0) flags |= carryRamps(world, routing, row, sender, to, relation, into);
  routing.flags[into] = flags;
  if ((done & DOES.otc) !== 0) {
    let otc = routing.otc[row] as number;
    if (((does[sender] as number) & DOES.otc) !== 0 && otc < 0 && relation !== CUSTOMER) otc = sender;
    // RFC 9234 §5, ingress step 3.
    if ((policy & DOES.otc) !== 0 && otc < 0 && relation !== CUSTOMER) otc = sender;
    routing.otc[into] = otc;
  }
}

/** Who receives a path of the origin alone stands before it from now on. */
function endFlag({ objects, topology }: World, { plan, source }: Routing, row: number, to: number): number {
  const announcement = plan.announcements[source[row] as number];
  if (announcement === undefined || (announcement.facts & FACT.originAlone) === 0) return 0;
  const origin = announcement.path[0] as number;
  return objects.disapproves(origin, topology.asns[to] as number) ? FLAG.endInvalid : 0;
}

/** Takes the hop from the first AS of the received path, A(N), to the receiver, A(N+1), into the ramps; flags of ASRA. */
function carryRamps(
  world: World,
  routing: Routing,
  row: number,
  sender: number,
  to: number,
  relation: number,
  into: number,
): number {
  const { objects, topology } = world;
  const source = routing.source[row] as number;
  const N = (routing.length[row] as number) - (routing.prepends[source] as number);
  const direct = row >= routing.count;
  const { aspa } = objects;
  let up: number;
  let down: number;
  let fake = 0;
  // A true object says what the link says; only another one, or a first AS that was made up, is looked up.
  const plain = aspa[sender] !== GIVEN && aspa[to] !== GIVEN && objects.asra[sender] !== GIVEN;
  if (plain && !(direct && ((routing.facts[source] as number) & FACT.foreignFirst) !== 0)) {
    up = aspa[sender] === TRUE ? (relation === CUSTOMER ? ATTESTED : NOT_PROVIDER) : NOTHING;
    down = aspa[to] === TRUE ? (relation === PROVIDER ? ATTESTED : NOT_PROVIDER) : NOTHING;
  } else {
    const own = topology.asns[to] as number;
    const first = (direct ? routing.plan.announcements[source]?.path[0] : topology.asns[sender]) as number;
    up = objects.authorized(first, own);
    down = objects.authorized(own, first);
    if (up === NOT_PROVIDER && objects.disowns(first, own)) {
      fake = FLAG.fakeB | (down !== ATTESTED ? FLAG.fakeA : 0);
    }
  }
  const firstUp = routing.firstUp[row] as number;
  routing.firstUp[into] = firstUp === 0 && up === NOT_PROVIDER ? N : firstUp;
  routing.lastDown[into] = down === NOT_PROVIDER ? N + 1 : (routing.lastDown[row] as number);
  return fake;
}

/** Whether `to` would take the route in `row` from `sender` for a signed one. */
export function isSignedAt({ does }: World, { flags }: Routing, row: number, to: number): boolean {
  return ((flags[row] as number) & FLAG.signed) !== 0 && ((does[to] as number) & DOES.speaksBgpsec) !== 0;
}
