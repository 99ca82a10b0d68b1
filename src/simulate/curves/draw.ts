import { SeededHash, seededRandom } from '../../tables/index.js';
import { CUSTOMER, PEER, PROVIDER } from '../plan.js';
import type { Relation } from '../scenario.js';
import type { Ground } from './ground.js';
import { type AttackName, PLAIN_ATTACKS } from './settings.js';

/** Who attacks whom in a trial; indices. */
export interface Pair {
  readonly attacker: number;
  readonly victim: number;
}

/** The sources of chance of a trial. Each thing is drawn from one of its own, so that nothing depends on what else is asked. */
const [PAIR, ORDER, ATTACK] = [0, 1, 2];

/** Numbers from 0 to below 1 for one purpose of one trial. */
function source(seed: number, trial: number, purpose: number): () => number {
  return seededRandom(new SeededHash(seed).two(trial, purpose));
}

/** Chance for the order of adoption. */
export function orderSource(seed: number, trial: number): () => number {
  return source(seed, trial, ORDER as number);
}

/** Chance for what an attack draws beside the pair. */
export function attackSource(seed: number, trial: number, attack: AttackName): () => number {
  const plain = PLAIN_ATTACKS.indexOf(attack as (typeof PLAIN_ATTACKS)[number]);
  const number = plain >= 0 ? plain : PLAIN_ATTACKS.length + Number(attack.slice('path:'.length));
  return source(seed, trial, (ATTACK as number) + number);
}

/** Two different ASes of the edge, the same for all attacks that need nothing else. */
export function drawPair({ edges }: Ground, seed: number, trial: number): Pair {
  const random = source(seed, trial, PAIR as number);
  const victim = pick(edges, random);
  return { attacker: pickOther(edges, victim, random), victim };
}

/** One of the list. */
export function pick(list: Int32Array, random: () => number): number {
  return list[Math.floor(list.length * random())] as number;
}

/** One of the list that is not `other`; the list has another one. */
export function pickOther(list: Int32Array, other: number, random: () => number): number {
  for (;;) {
    const one = pick(list, random);
    if (one !== other) return one;
  }
}

const CODES: Readonly<Record<Relation, number>> = { customer: CUSTOMER, peer: PEER, provider: PROVIDER };

/**
 * One of the ASes that can leak: without any mechanism they have their route to the victim from a neighbour of the one kind,
 * and another neighbour of the other kind. -1 where there is none.
 */
export function drawLeaker(
  { before, topology }: Ground,
  victim: number,
  [from, to]: readonly [Relation, Relation],
  random: () => number,
): number {
  const { providers, peers, customers } = topology;
  const { offsets } = { customer: customers, peer: peers, provider: providers }[to];
  const { relation, count } = before;
  const code = CODES[from];
  const least = from === to ? 2 : 1;
  const isAble = (at: number): boolean =>
    relation[at] === code && (offsets[at + 1] as number) - (offsets[at] as number) >= least && at !== victim;
  let able = 0;
  for (let at = 0; at < count; at++) if (isAble(at)) able++;
  let left = Math.floor(able * random());
  for (let at = 0; at < count; at++) if (isAble(at) && left-- === 0) return at;
  return -1;
}
