import { ipv4Block, ipv4Subnet } from './addresses.js';
import type { Actor, Incident, Scenario } from './incident.js';
import { COLLECTOR, ROUTE_SERVER, tier1, tier2, tier3 } from './topology.js';

type LeakFacts = Pick<Incident, 'id' | 'summary' | 'offender' | 'circumstances'> & { rfc7908: 1 | 2 | 3 | 4 };

/** A leak of types 1 to 4: the victim announces its block, the offender passes it on where it must not. */
function leak(facts: LeakFacts, victim: Actor & { slot: number }, ...others: Actor[]): Scenario {
  const { asn, slot } = victim;
  const regular = [{ at: asn, path: [] }];
  return {
    actors: [victim, ...others],
    incident: { kind: 'route-leak', ...facts, victim: asn, prefixes: [ipv4Block(slot)], regular, wrong: [] },
  };
}

/** A victim with an ASPA of its real providers and a VRP for its block. */
const victim = (asn: number, slot: number, ...providers: number[]): Actor & { slot: number } => ({
  asn,
  providers,
  aspa: true,
  slot,
  maxLength: 20,
});

/** The route leaks of RFC 7908 §3, and variants that no mechanism can see. */
export const LEAKS: readonly Scenario[] = [
  leak(
    {
      id: 'leak-1-hairpin',
      rfc7908: 1,
      summary: 'AS64700 passes a route of its provider AS65543 to its other provider AS65542',
      offender: 64700,
      circumstances: { leaks: [{ from: 64700, to: [tier2(7)] }] },
    },
    victim(64800, 3840, tier2(8)),
    { asn: 64700, providers: [tier2(8), tier2(7)] },
  ),
  leak(
    {
      id: 'leak-1-hairpin-by-our-customer',
      rfc7908: 1,
      summary: 'our customer AS64513 passes us a route of another provider',
      offender: tier3(2),
      circumstances: { leaks: [{ from: tier3(2), to: [COLLECTOR] }] },
    },
    victim(64808, 3841, tier2(10)),
  ),
  leak(
    {
      id: 'leak-1-hairpin-unattested',
      rfc7908: 1,
      summary: 'as leak-1-hairpin, between two providers that have no ASPA (AS65540, AS65544)',
      offender: 64701,
      circumstances: { leaks: [{ from: 64701, to: [tier2(9)] }] },
    },
    victim(64807, 3842, tier2(5)),
    { asn: 64701, providers: [tier2(5), tier2(9)] },
  ),
  leak(
    {
      id: 'leak-2-lateral',
      rfc7908: 2,
      summary:
        'with the session AS64496-AS64499 down, AS64497 passes routes of its peer AS64499 to its peer AS64496',
      offender: tier1(2),
      circumstances: { leaks: [{ from: tier1(2), to: [tier1(1)] }], down: [[tier1(1), tier1(4)]] },
    },
    victim(64801, 3843, tier1(4)),
  ),
  leak(
    {
      id: 'leak-3-provider-to-peer',
      rfc7908: 3,
      summary: 'our peer AS65537 passes us a route of its provider',
      offender: tier2(2),
      circumstances: { leaks: [{ from: tier2(2), to: [COLLECTOR] }] },
    },
    victim(64802, 3844, tier1(6)),
  ),
  leak(
    {
      id: 'leak-3-provider-to-route-server',
      rfc7908: 3,
      summary: 'AS64516 passes a route of its provider to its peers behind the route server AS64511',
      offender: tier3(5),
      circumstances: { leaks: [{ from: tier3(5), to: [ROUTE_SERVER] }] },
    },
    victim(64803, 3845, tier1(4)),
  ),
  leak(
    {
      id: 'leak-4-peer-to-provider',
      rfc7908: 4,
      summary: 'AS64704 passes a route of its peer AS64805 to its provider AS65542',
      offender: 64704,
      circumstances: { leaks: [{ from: 64704, to: [tier2(7)] }] },
    },
    victim(64805, 3846, tier2(4)),
    { asn: 64704, providers: [tier2(7)], peers: [64805] },
  ),
  reorigination('leak-5-reorigination', 64706, 64806, 3847, 20),
  reorigination('leak-5-reorigination-no-vrp', 64702, 64804, 3848, undefined),
  internal('leak-6-internal-prefixes', 64707, 3849, 20),
  internal('leak-6-internal-prefixes-loose-maxlength', 64708, 3850, 26),
];

function reorigination(
  id: string,
  offender: number,
  origin: number,
  slot: number,
  maxLength: number | undefined,
): Scenario {
  const owner: Actor = {
    ...victim(origin, slot, tier2(8)),
    maxLength,
  };
  return {
    actors: [owner, { asn: offender, providers: [tier2(8), tier2(11)], aspa: true }],
    incident: {
      id,
      kind: 'route-leak',
      rfc7908: 5,
      summary: `AS${offender} strips the path of a route of its provider AS${tier2(8)} and announces it to AS${tier2(11)} as its own`,
      offender,
      victim: origin,
      prefixes: [ipv4Block(slot)],
      regular: [{ at: origin, path: [] }],
      wrong: [{ at: offender, path: [], onlyTo: [tier2(11)] }],
      circumstances: {},
    },
  };
}

function internal(id: string, asn: number, slot: number, maxLength: number): Scenario {
  return {
    actors: [{ ...victim(asn, slot, tier2(7)), maxLength }],
    incident: {
      id,
      kind: 'route-leak',
      rfc7908: 6,
      summary: `AS${asn} announces internal /26 prefixes of its block; its VRP allows lengths up to ${maxLength}`,
      offender: asn,
      victim: asn,
      prefixes: [0, 1, 2, 3].map((n) => ipv4Subnet(slot, 26, n)),
      regular: [],
      wrong: [{ at: asn, path: [] }],
      circumstances: {},
    },
  };
}
