import { type Asn, type Prefix, parsePrefix } from '../../inet/index.js';
import type { Vrp } from '../../payload/index.js';
import type { Leak, Relation, Scenario, Seed } from '../scenario.js';
import { trueChain, upwardChain } from './chains.js';
import { attackSource, drawLeaker, drawPair, type Pair, pickOther } from './draw.js';
import type { Ground } from './ground.js';
import type { AttackName, Mechanism } from './settings.js';

/** Prefixes of RFC 5737, and what covers one: only which covers which counts. */
const PREFIX = parsePrefix('192.0.2.0/24');
const LONGER = parsePrefix('192.0.2.0/25');
const SHORTER = parsePrefix('192.0.0.0/16');

/** From which neighbours a leaker has the route, and to which it leaks; RFC 7908 §3.1 to §3.5. */
const LEAKS: Readonly<Partial<Record<AttackName, readonly [Relation, Relation]>>> = {
  leak1: ['provider', 'provider'],
  leak2: ['peer', 'peer'],
  leak3: ['provider', 'peer'],
  leak4: ['peer', 'provider'],
  leak5: ['provider', 'provider'],
};

/** An attack of a trial: who, and what becomes of the world by it. */
export interface Attack extends Pair {
  readonly name: AttackName;
  /** Whether what passed the attacker before is told apart from what passes it now. */
  readonly diverts: boolean;
  /** What the ASes announce and leak, and which ROAs there are, given what adopters do and who they are. */
  parts(mechanism: Mechanism): AttackParts;
}

/** The members of a scenario that an attack decides. */
export type AttackParts = Pick<Scenario, 'seeds' | 'leaks' | 'roas'>;

/**
 * Draws the attack of a trial: docs/decisions/simulate.md D-curves-draw.
 *
 * @param settleBefore writes the routes to a victim without attack and mechanism to `ground.before`.
 * @throws {RangeError} where nobody can leak in that way.
 */
export function drawAttack(
  ground: Ground,
  name: AttackName,
  seed: number,
  trial: number,
  settleBefore: (victim: number) => void,
): Attack {
  const random = attackSource(seed, trial, name);
  const pair = drawPair(ground, seed, trial);
  const kind = LEAKS[name];
  if (kind !== undefined) {
    let { victim } = pair;
    for (let tries = 0; tries < 100; tries++) {
      settleBefore(victim);
      const attacker = drawLeaker(ground, victim, kind, random);
      if (attacker >= 0) return leak(ground, name, { attacker, victim }, kind);
      victim = pickOther(ground.edges, victim, random);
    }
    throw new RangeError(
      `${name}: nobody has a route from a ${kind[0]} and another ${kind[1]} to leak it to`,
    );
  }
  if (name === 'replay') {
    const attacker = pickOther(ground.multihomed, pair.victim, random);
    settleBefore(pair.victim);
    return replay(ground, { attacker, victim: pair.victim });
  }
  if (name === 'leak6') return ownMoreSpecific(ground, pair.victim);
  return hijack(ground, name, pair, random);
}

function leak(
  ground: Ground,
  name: AttackName,
  pair: Pair,
  [from, to]: readonly [Relation, Relation],
): Attack {
  const { attacker, victim } = asnsOf(ground, pair);
  const leaks: Leak[] = [{ asn: attacker, from: [from], to: [to], reoriginate: name === 'leak5' }];
  const parts = { seeds: [seedOf(victim)], leaks, roas: [roaOf(victim)] };
  return { ...pair, name, diverts: true, parts: () => parts };
}

/** ARTEMIS type U: the attacker sends the path that it has to all neighbours. */
function replay(ground: Ground, pair: Pair): Attack {
  const { attacker, victim } = asnsOf(ground, pair);
  const leaks: Leak[] = [{ asn: attacker, reoriginate: false }];
  const parts = { seeds: [seedOf(victim)], leaks, roas: [roaOf(victim)] };
  return { ...pair, name: 'replay', diverts: true, parts: () => parts };
}

/** RFC 7908 §3.6: the victim itself sends a more-specific of its own to its providers. */
function ownMoreSpecific(ground: Ground, victim: number): Attack {
  const asn = ground.topology.asns[victim] as Asn;
  const seeds = [seedOf(asn), { ...seedOf(asn), prefix: LONGER, to: ['provider' as const] }];
  const parts = { seeds, leaks: [], roas: [roaOf(asn)] };
  return { attacker: victim, victim, name: 'leak6', diverts: false, parts: () => parts };
}

function hijack(ground: Ground, name: AttackName, pair: Pair, random: () => number): Attack {
  const { attacker, victim } = asnsOf(ground, pair);
  const own = seedOf(victim);
  const roas = [roaOf(victim)];
  const made = (...seeds: Seed[]): AttackParts => ({ seeds: [own, ...seeds], leaks: [], roas });
  const always = (parts: AttackParts): Attack => ({ ...pair, name, diverts: false, parts: () => parts });
  const by = (path: readonly Asn[], prefix = PREFIX): Seed => ({ ...seedOf(attacker), path, prefix });
  switch (name) {
    case 'exact':
      return always(made(by([attacker])));
    case 'subprefix':
      return always(made(by([attacker], LONGER)));
    case 'superprefix':
      return always(made(by([attacker]), by([attacker], SHORTER)));
    case 'squat':
      // Nobody announces the prefix, and its holder says so by a ROA for AS 0 (RFC 6483 §4).
      return always({ seeds: [by([attacker])], leaks: [], roas: [{ ...roaOf(victim), asn: 0 }] });
    case 'forged':
      return always(made(by([attacker, victim])));
    case 'shortest':
    case 'stripped': {
      const parts = (mechanism: Mechanism): AttackParts =>
        made(shortest(ground, pair, mechanism, name === 'stripped'));
      return { ...pair, name, diverts: false, parts };
    }
    default: {
      const hops = Number(name.slice('path:'.length));
      const chain = trueChain(ground.topology, pair, hops, random).map(
        (at) => ground.topology.asns[at] as Asn,
      );
      return always(made(by(hops === 0 ? [attacker] : [attacker, ...chain])));
    }
  }
}

/**
 * The shortest path to the victim that the mechanism cannot refuse, as docs/decisions/simulate.md D-curves-shortest has it;
 * stripped of the attacker itself if asked for.
 */
function shortest(ground: Ground, pair: Pair, { policies }: Mechanism, stripped: boolean): Seed {
  const { asns } = ground.topology;
  const { attacker, victim } = asnsOf(ground, pair);
  const asAsns = (chain: readonly number[]): Asn[] => chain.map((at) => asns[at] as Asn);
  const sent = (path: readonly Asn[]): readonly Asn[] => (stripped ? path.slice(1) : path);
  const forged = [attacker, victim];
  const byPath = policies.some(
    (one) => one === 'aspa' || one === 'asra' || one === 'asraA' || one === 'aspaEgress',
  );
  if (byPath) {
    const path = [attacker, ...asAsns(upwardChain(ground, pair))];
    return { ...seedOf(attacker), path: sent(path), pathTo: { customer: sent(forged) } };
  }
  if (policies.includes('pathEnd')) {
    const chain = trueChain(ground.topology, pair, 2, () => 0);
    return { ...seedOf(attacker), path: sent([attacker, ...asAsns(chain)]) };
  }
  const checksOrigin = policies.some((one) => /^(?:rov|peerRov|rovpp1|bgpsec.*)$/.test(one));
  return { ...seedOf(attacker), path: checksOrigin || stripped ? sent(forged) : [attacker] };
}

function asnsOf({ topology }: Ground, { attacker, victim }: Pair): Pair {
  return { attacker: topology.asns[attacker] as Asn, victim: topology.asns[victim] as Asn };
}

function seedOf(asn: Asn): Seed {
  return { asn, prefix: PREFIX, path: [asn], pathTo: {}, prepend: 0 };
}

function roaOf(asn: Asn): Vrp {
  return { prefix: PREFIX, maxLength: PREFIX.length, asn };
}

/** The prefixes that an attack announces, those that cover others first. */
export function prefixesOf({ seeds }: AttackParts): Prefix[] {
  return [SHORTER, PREFIX, LONGER].filter((prefix) => seeds.some((seed) => seed.prefix === prefix));
}

/** Whether what is announced for a prefix is the leak itself, whoever announces it. */
export function isLeakedPrefix(name: AttackName, prefix: Prefix): boolean {
  return name === 'leak6' && prefix === LONGER;
}
