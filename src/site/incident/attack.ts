import { type Asn, makePrefix, type Prefix, parsePrefix } from '../../inet/index.js';
import {
  indexOfAs,
  type Leak,
  type NamedTopology,
  type Relation,
  type Scenario,
  type Seed,
  type Topology,
  writeLinks,
} from '../../simulate/index.js';
import { scenarioText } from './scenario-text.js';

/** Attacks that the page writes into a scenario: RFC 7908 for the leaks. */
export const ATTACKS = [
  ['origin', 'Origin hijack'],
  ['subprefix', 'Sub-prefix hijack'],
  ['forged', 'Forged origin'],
  ['forgedSub', 'Forged origin, sub-prefix'],
  ['path', 'Forged path'],
  ['leak1', 'Leak 1: provider to provider'],
  ['leak2', 'Leak 2: peer to peer'],
  ['leak3', 'Leak 3: provider to peer'],
  ['leak4', 'Leak 4: peer to provider'],
  ['leak5', 'Leak 5: re-originated'],
  ['leak6', 'Leak 6: internal prefix'],
] as const;
/** The name of one of {@link ATTACKS}. */
export type AttackName = (typeof ATTACKS)[number][0];

/** From which neighbours a leaker has the route, and to which it leaks; RFC 7908 §3.1 to §3.5. */
const LEAKS: Readonly<Partial<Record<AttackName, readonly [from: Relation, to: Relation]>>> = {
  leak1: ['provider', 'provider'],
  leak2: ['peer', 'peer'],
  leak3: ['provider', 'peer'],
  leak4: ['peer', 'provider'],
  leak5: ['provider', 'provider'],
};

/** Of RFC 5737, where a scenario names none. */
const PREFIX = parsePrefix('198.51.100.0/24');

/** Who attacks whom. */
export interface Sides {
  readonly attacker: Asn;
  readonly victim: Asn;
}

/** Who attacks whom in a scenario: the first that it names, else who announces or leaks; two ASes where there are two. */
export function sidesOf({ attackers, leaks, seeds, victims }: Scenario, { asns }: Topology): Sides {
  const victim = victims[0] ?? seeds.find(({ asn }) => !attackers.includes(asn))?.asn ?? asns[0] ?? 0;
  const candidates = [...attackers, ...leaks.map(({ asn }) => asn), ...[...asns].reverse()];
  return { victim, attacker: candidates.find((asn) => asn !== victim) ?? victim };
}

/** The sides with another AS on one of them; who is on the other one already changes places. */
export function withSide({ attacker, victim }: Sides, side: keyof Sides, asn: Asn): Sides {
  return side === 'attacker'
    ? { attacker: asn, victim: asn === victim ? attacker : victim }
    : { attacker: asn === attacker ? victim : attacker, victim: asn };
}

/**
 * The scenario with another attack: its announcements, leaks, attackers and victims are written anew.
 * docs/decisions/site.md D-incident-attack
 */
export function withAttack(
  scenario: Scenario,
  topology: Topology,
  attack: AttackName,
  { attacker, victim }: Sides,
): Scenario {
  const before = sidesOf(scenario, topology).victim;
  const own = baseSeed(scenario, before);
  const base: Seed = {
    ...own,
    asn: victim,
    path: own.path.map((asn) => (asn === before ? victim : asn)),
  };
  const by = (path: readonly Asn[], prefix = base.prefix): Seed => ({
    asn: attacker,
    prefix,
    path,
    pathTo: {},
    prepend: 0,
  });
  const made = (seeds: readonly Seed[], leaks: readonly Leak[] = [], attackers = [attacker]): Scenario => ({
    ...scenario,
    // Who announces the prefix by right has the ROAs for it.
    roas: scenario.roas.map((roa) => (roa.asn === before ? { ...roa, asn: victim } : roa)),
    seeds: [base, ...seeds],
    leaks,
    victims: [victim],
    attackers,
    target: undefined,
  });
  const relations = LEAKS[attack];
  if (relations) {
    const [from, to] = relations;
    return made([], [{ asn: attacker, from: [from], to: [to], reoriginate: attack === 'leak5' }]);
  }
  switch (attack) {
    case 'subprefix':
      return made([by([attacker], firstHalf(base.prefix))]);
    case 'forged':
      return made([by([attacker, victim])]);
    case 'forgedSub':
      return made([by([attacker, victim], firstHalf(base.prefix))]);
    case 'path':
      return made([by([attacker, ...neighborBefore(topology, victim, attacker), victim])]);
    case 'leak6': {
      // The victim's own more-specific escapes to its providers, and who follows it there counts.
      const escaped: Seed = { ...base, prefix: firstHalf(base.prefix), to: ['provider'] };
      return made([escaped], [], providersOf(topology, victim));
    }
    default:
      return made([by([attacker])]);
  }
}

/** Which of {@link ATTACKS} a scenario has; undefined where it is another one. */
export function attackOf(scenario: Scenario, topology: Topology): AttackName | undefined {
  const sides = sidesOf(scenario, topology);
  // The target goes back to what it is by itself, as it does where an attack is chosen.
  const text = scenarioText({ ...scenario, target: undefined });
  return ATTACKS.map(([name]) => name).find(
    (name) => scenarioText(withAttack(scenario, topology, name, sides)) === text,
  );
}

/**
 * The scenario upon another topology: who attacks whom stays where these ASes are there, and so does what ASes deploy; lists
 * that were given for ASes of the other one go. docs/decisions/site.md D-incident-topology
 */
export function withTopology(scenario: Scenario, before: Topology, named: NamedTopology): Scenario {
  const { clique, topology } = named;
  const links = writeLinks(topology);
  const linked = new Set<Asn>(links.flat());
  const isThere = (asn: Asn): boolean => indexOfAs(topology, asn) >= 0;
  const edges = [...topology.asns].filter((_, at) => countAt(topology.customers, at) === 0);
  const old = sidesOf(scenario, before);
  const victim = isThere(old.victim) ? old.victim : (edges[0] ?? topology.asns[0] ?? 0);
  const others = [...edges, ...topology.asns].filter((asn) => asn !== victim);
  const last = edges.findLast((asn) => asn !== victim) ?? others[0] ?? victim;
  const attacker = isThere(old.attacker) && old.attacker !== victim ? old.attacker : last;
  const attack = attackOf(scenario, before) ?? 'origin';
  const { prefix } = baseSeed(scenario, old.victim);
  const base: Scenario = {
    links,
    ases: [...topology.asns].filter((asn) => !linked.has(asn)),
    clique,
    policies: scenario.policies.filter(({ asn }) => isThere(asn)),
    roas: [{ prefix, maxLength: prefix.length, asn: victim }],
    aspas: [],
    asras: [],
    pathEnd: [],
    silent: scenario.silent.filter(isThere),
    bgpsecRouters: scenario.bgpsecRouters.filter(isThere),
    seeds: [{ asn: victim, prefix, path: [victim], pathTo: {}, prepend: 0 }],
    leaks: [],
    attackers: [],
    victims: [victim],
  };
  return withAttack(base, topology, attack, { attacker, victim });
}

/** What the victim announces, of several prefixes the least specific. */
function baseSeed({ seeds }: Scenario, victim: Asn): Seed {
  const own = seeds.filter(({ asn, path }) => asn === victim && path.at(-1) === victim);
  const plain: Seed = { asn: victim, prefix: PREFIX, path: [victim], pathTo: {}, prepend: 0 };
  return own.reduce((best, seed) => (seed.prefix.length < best.prefix.length ? seed : best), own[0] ?? plain);
}

/** The first half of a prefix; the prefix itself where it is an address. */
function firstHalf({ afi, length, octets }: Prefix): Prefix {
  return makePrefix(afi, octets, Math.min(8 * octets.length, length + 1));
}

/** A true neighbour of the victim, a provider where there is one. */
function neighborBefore(topology: Topology, victim: Asn, attacker: Asn): readonly Asn[] {
  const at = indexOfAs(topology, victim);
  const { asns, customers, peers, providers } = topology;
  return [providers, peers, customers]
    .flatMap(({ offsets, targets }) => [...targets.subarray(offsets[at], offsets[at + 1])])
    .map((to) => asns[to] as Asn)
    .filter((asn) => asn !== attacker)
    .slice(0, 1);
}

function providersOf({ asns, providers: { offsets, targets } }: Topology, asn: Asn): Asn[] {
  const at = asns.indexOf(asn);
  return at < 0 ? [] : Array.from(targets.subarray(offsets[at], offsets[at + 1]), (to) => asns[to] as Asn);
}

function countAt({ offsets }: Topology['customers'], at: number): number {
  return (offsets[at + 1] ?? 0) - (offsets[at] ?? 0);
}
