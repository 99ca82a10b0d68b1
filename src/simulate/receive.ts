import { PROVIDER as ATTESTED, GIVEN, NOT_PROVIDER, NOTHING, TRUE } from './objects.js';
import { CUSTOMER, FACT, FLAG, PEER, PROVIDER } from './plan.js';
import { DOES, MAX_VIEWS, peerRovBit, rovBit } from './policies.js';
import type { Routing } from './routing.js';
import type { World } from './world.js';

/** Why a route is not sent, or not accepted, in the order in which it is asked; the codes of {@link judge} from 1. */
export const REASONS = [
  'otc-egress',
  'aspa-egress',
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
const ASPA = DOES.aspa | DOES.aspaEgress;
const CARRIED = ASPA | DOES.pathEnd | DOES.speaksBgpsec | DOES.otc | DOES.peerlockLite;

export const ACCEPTED = 0;
const [OTC_EGRESS, ASPA_EGRESS] = [1, 2];
export const LOOP = 3;
const AS0 = 4;
export const ROV_INVALID = 5;

const VIEWS = Array.from({ length: MAX_VIEWS }, (_, view) => view);
/** The bits of a policy that stand for the reasons from `rov-invalid` on. */
const ASKED_BY = [
  VIEWS.reduce((bits, view) => bits | rovBit(view) | peerRovBit(view), 0),
  DOES.firstAs,
  DOES.aspa,
  DOES.asraA | DOES.asraB,
  DOES.pathEnd,
  DOES.signedOnly,
  DOES.otc,
  DOES.peerlockLite,
  DOES.edgeFilter,
] as const;

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
  const kept = keptBack(world, routing, row, sender, relation);
  if (kept !== 0) return kept;
  const source = routing.source[row] as number;
  if (routing.plan.announcements[source]?.loops?.has(to)) return LOOP;
  if (((routing.facts[source] as number) & FACT.as0) !== 0) return AS0;
  const hit = (world.does[to] as number) & refusals(world, routing, row, sender, relation);
  if (hit === 0) return ACCEPTED;
  return ROV_INVALID + ASKED_BY.findIndex((bits) => (bits & hit) !== 0);
}

/** Why `sender` itself does not send the route in `row` to those to whom it is a `relation`; 0 where it does. */
function keptBack({ does }: World, routing: Routing, row: number, sender: number, relation: number): number {
  const policy = does[sender] as number;
  if ((policy & (DOES.otc | DOES.aspaEgress)) === 0) return 0;
  // RFC 9234 §5, egress step 2: what is marked goes to customers only.
  if ((policy & DOES.otc) !== 0 && relation !== PROVIDER && (routing.otc[row] as number) >= 0)
    return OTC_EGRESS;
  // docs/decisions/simulate.md D-simulate-egress
  if ((policy & DOES.aspaEgress) !== 0 && isAspaInvalid(routing, row, relation)) return ASPA_EGRESS;
  return 0;
}

/** Whether nobody gets the route in `row` from `sender` to whom it is a `relation`: it is kept back, or AS 0 is in it. */
export function isUnsent(
  world: World,
  routing: Routing,
  row: number,
  sender: number,
  relation: number,
): boolean {
  const source = routing.source[row] as number;
  if (((routing.facts[source] as number) & FACT.as0) !== 0) return true;
  return keptBack(world, routing, row, sender, relation) !== 0;
}

/**
 * The bits of {@link DOES} of which each alone makes an AS refuse the route in `row` that `sender` sends, where the sender is
 * a `relation` to it. They depend on nothing of the receiver but what it does, so that they are asked for once for all links.
 */
export function refusals(
  world: World,
  routing: Routing,
  row: number,
  sender: number,
  relation: number,
): number {
  const { done } = world;
  const source = routing.source[row] as number;
  const facts = routing.facts[source] as number;
  const direct = row >= routing.count;
  let bits = 0;
  const invalid = routing.rovInvalid[source] as number;
  for (let view = 0; invalid >> view !== 0; view++) {
    if (((invalid >> view) & 1) === 0) continue;
    bits |= rovBit(view) | (relation === PEER ? peerRovBit(view) : 0);
  }
  if (direct) {
    if ((facts & FACT.foreignFirst) !== 0) bits |= DOES.firstAs;
    // A neighbour without customers sends on nothing, so that only what it announces itself is in question.
    if ((facts & FACT.edgeForeign) !== 0) bits |= DOES.edgeFilter;
  }
  if ((done & CARRIED) === 0) return bits;
  const flags = routing.flags[row] as number;
  if (isAspaInvalid(routing, row, relation)) bits |= DOES.aspa;
  if (relation === PROVIDER) {
    if ((flags & FLAG.fakeB) !== 0) bits |= DOES.asraB;
    if ((flags & FLAG.fakeA) !== 0) bits |= DOES.asraA;
  }
  if ((flags & FLAG.endInvalid) !== 0) bits |= DOES.pathEnd;
  const sends = world.does[sender] as number;
  if ((flags & FLAG.signed) === 0 && (sends & DOES.speaksBgpsec) !== 0) bits |= DOES.signedOnly;
  let otc = routing.otc[row] as number;
  // RFC 9234 §5, egress step 1: who is about to send to a customer or peer marks.
  if ((sends & DOES.otc) !== 0 && otc < 0 && relation !== CUSTOMER) otc = sender;
  // Ingress steps 1 and 2.
  if (otc >= 0 && (relation === CUSTOMER || (relation === PEER && otc !== sender))) bits |= DOES.otc;
  if (relation === CUSTOMER && (flags & FLAG.tier1) !== 0) bits |= DOES.peerlockLite;
  return bits;
}

/** Whether the path of a row, as it is sent, is invalid for those to whom the sender is a `relation`. */
function isAspaInvalid({ firstUp, lastDown }: Routing, row: number, relation: number): boolean {
  const up = firstUp[row] as number;
  if (up === 0) return false;
  // draft-28 §5.5 step 4: max_up_ramp is firstUp, or N without such a hop.
  if (relation !== PROVIDER) return true;
  // §5.6 step 4: max_down_ramp is N - lastDown + 1, and the sum is less than N.
  const down = lastDown[row] as number;
  return down !== 0 && down > up + 1;
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
  if ((done & ASPA) !== 0) flags |= carryRamps(world, routing, row, sender, to, relation, into);
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

/** Whether the route in `row` is sent signed. */
export function isSigned({ flags }: Routing, row: number): boolean {
  return ((flags[row] as number) & FLAG.signed) !== 0;
}

/** Whether `to` would take the route in `row` from `sender` for a signed one. */
export function isSignedAt({ does }: World, { flags }: Routing, row: number, to: number): boolean {
  return ((flags[row] as number) & FLAG.signed) !== 0 && ((does[to] as number) & DOES.speaksBgpsec) !== 0;
}
