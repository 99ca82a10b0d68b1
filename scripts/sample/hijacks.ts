import { ipv4Block, ipv4Subnet } from './addresses.js';
import type { Actor, Incident, Scenario } from './incident.js';
import type { Seed } from './propagate.js';
import { COLLECTOR, tier1, tier2 } from './topology.js';

/** The slot that nobody holds. */
export const UNALLOCATED_SLOT = 3867;

interface HijackFacts {
  readonly id: string;
  readonly summary: string;
  readonly attacker: Actor;
  readonly victim: Actor & { readonly slot: number };
  /** More-specific of the victim's block that is taken; absent: the block itself. */
  readonly subnet?: string;
  /** The path that the attacker puts behind itself. */
  readonly forged?: Seed['path'];
}

function hijack({ id, summary, attacker, victim, subnet, forged = [] }: HijackFacts): Scenario {
  return {
    actors: [victim, attacker],
    incident: {
      id,
      kind: 'hijack',
      summary,
      offender: attacker.asn,
      victim: victim.asn,
      prefixes: [subnet ?? ipv4Block(victim.slot)],
      regular: subnet ? [] : [{ at: victim.asn, path: [] }],
      wrong: [{ at: attacker.asn, path: forged }],
      circumstances: {},
    },
  };
}

/** Announcements of address space by those who do not hold it. */
export const HIJACKS: readonly Scenario[] = [
  hijack({
    id: 'hijack-exact-prefix',
    summary: 'AS64710 announces the prefix of AS64810',
    attacker: { asn: 64710, providers: [tier2(1)] },
    victim: { asn: 64810, providers: [tier2(4)], aspa: true, slot: 3860, maxLength: 20 },
  }),
  hijack({
    id: 'hijack-exact-prefix-no-vrp',
    summary: 'AS64709 announces the prefix of AS64809, which has no VRP',
    attacker: { asn: 64709, providers: [tier2(1)] },
    victim: { asn: 64809, providers: [tier2(4)], aspa: true, slot: 3861 },
  }),
  hijack({
    id: 'hijack-sub-prefix',
    summary: 'AS64711 announces a /24 inside the block of AS64811',
    attacker: { asn: 64711, providers: [tier2(7)] },
    victim: { asn: 64811, providers: [tier2(10)], aspa: true, slot: 3862, maxLength: 20 },
    subnet: ipv4Subnet(3862, 24, 3),
  }),
  hijack({
    id: 'hijack-forged-origin',
    summary: 'AS64712 announces the prefix of AS64812 with AS64812 as origin behind itself',
    attacker: { asn: 64712, providers: [tier2(11)] },
    victim: { asn: 64812, providers: [tier2(14)], aspa: true, slot: 3863, maxLength: 20 },
    forged: [64812],
  }),
  hijack({
    id: 'hijack-forged-origin-sub-prefix',
    summary: 'AS64713 announces a /24 of AS64813, whose VRP allows it, with AS64813 as origin',
    attacker: { asn: 64713, providers: [tier2(7)] },
    victim: { asn: 64813, providers: [tier2(14)], aspa: true, slot: 3864, maxLength: 24 },
    subnet: ipv4Subnet(3864, 24, 9),
    forged: [64813],
  }),
  hijack({
    id: 'hijack-forged-origin-unattested',
    summary: 'as hijack-forged-origin, but the origin AS64814 has no ASPA',
    attacker: { asn: 64714, providers: [tier2(11)] },
    victim: { asn: 64814, providers: [tier2(14)], slot: 3865, maxLength: 20 },
    forged: [64814],
  }),
  {
    actors: [{ asn: 64815, providers: [tier2(2)], aspa: true, slot: 3866, maxLength: 20 }],
    incident: {
      id: 'hijack-forged-origin-by-our-provider',
      kind: 'hijack',
      summary: 'our provider AS64498 tells us that it is directly connected with AS64815',
      offender: tier1(3),
      victim: 64815,
      prefixes: [ipv4Block(3866)],
      regular: [{ at: 64815, path: [] }],
      wrong: [{ at: tier1(3), path: [64815], onlyTo: [COLLECTOR] }],
      circumstances: {},
    },
  },
  {
    // The block is covered by a VRP of AS 0 (RFC 6483 §4): nobody may originate it.
    actors: [{ asn: 64718, providers: [tier2(13)] }],
    incident: {
      id: 'hijack-unallocated-space',
      kind: 'hijack',
      summary: 'AS64718 announces a block that nobody holds',
      offender: 64718,
      victim: 0,
      prefixes: [ipv4Block(UNALLOCATED_SLOT)],
      regular: [],
      wrong: [{ at: 64718, path: [] }],
      circumstances: {},
    },
  },
];

function plain(
  kind: Incident['kind'],
  id: string,
  summary: string,
  actor: Actor & { readonly slot: number },
  path: Seed['path'] = [],
  prefixes: readonly string[] = [ipv4Block(actor.slot)],
): Scenario {
  const seed: Seed = { at: actor.asn, path };
  const incident = {
    id,
    kind,
    summary,
    offender: actor.asn,
    victim: actor.asn,
    prefixes,
    regular: [],
    wrong: [seed],
  };
  return { actors: [actor], incident: { ...incident, circumstances: {} } };
}

/** Honest routes that verification finds fault with. */
export const MISTAKES: readonly Scenario[] = [
  plain(
    'misconfiguration',
    'incomplete-aspa',
    'AS64817 has the providers AS65542 and AS65547; its ASPA names AS65547 only',
    {
      asn: 64817,
      providers: [tier2(7), tier2(12)],
      aspa: [tier2(12)],
      slot: 3870,
      maxLength: 20,
    },
  ),
  plain(
    'misconfiguration',
    'short-max-length',
    'AS64818 announces two /22 of its block on purpose; its VRP allows the /20 only',
    { asn: 64818, providers: [tier2(1)], aspa: true, slot: 3871, maxLength: 20 },
    [],
    [ipv4Subnet(3871, 22, 0), ipv4Subnet(3871, 22, 1)],
  ),
  plain(
    'as-set',
    'as-set-with-vrp',
    'AS64816 aggregates routes of AS64830 and AS64831 with an AS_SET; the block has a VRP',
    { asn: 64816, providers: [tier2(1)], aspa: true, slot: 3872, maxLength: 20 },
    [[64830, 64831]],
  ),
  plain(
    'as-set',
    'as-set-without-vrp',
    'AS64819 aggregates with an AS_SET of one member; the block has no VRP',
    { asn: 64819, providers: [tier2(7)], slot: 3873 },
    [[4200000777]],
  ),
];
