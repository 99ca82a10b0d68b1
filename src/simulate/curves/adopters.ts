import { SeededHash } from '../../tables/index.js';
import { NOTHING, TRUE } from '../objects.js';
import { bitsOf, inView, onlyPublishing, onlyVerifying } from '../policies.js';
import { PUBLISHES_ASPA, PUBLISHES_ASRA, type World } from '../world.js';
import { coneSizes } from './cones.js';
import type { Pair } from './draw.js';
import type { Ground } from './ground.js';
import type { AdoptionOrder, CurveSettings, Mechanism } from './settings.js';

/**
 * Puts all ASes into `ground.queue` in the order in which they adopt in a trial: docs/decisions/simulate.md
 * D-curves-adopters.
 */
export function queueAdopters(ground: Ground, order: AdoptionOrder, random: () => number): void {
  const { queue, topology } = ground;
  if (order === 'cone') {
    ground.cones ??= byCone(ground);
    queue.set(ground.cones);
    return;
  }
  const count = queue.length;
  for (let i = 0; i < count; i++) queue[i] = i;
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor((i + 1) * random());
    const one = queue[i] as number;
    queue[i] = queue[j] as number;
    queue[j] = one;
  }
  if (order === 'uniform') return;
  const { offsets } = topology.customers;
  const isEarly = (at: number): boolean =>
    order === 'clique' ? ground.tiers[at] === 0 : offsets[at + 1] === offsets[at];
  const [early, late] = [queue.filter(isEarly), queue.filter((at) => !isEarly(at))];
  queue.set(early);
  queue.set(late, early.length);
}

/** The largest first; of equal ones the lowest ASN. */
function byCone({ topology }: Ground): Int32Array {
  const sizes = coneSizes(topology);
  return Int32Array.from(sizes.keys()).sort((a, b) => (sizes[b] as number) - (sizes[a] as number) || a - b);
}

/** How far the queue of adopters has come for some of the two roles, and how many were taken. */
interface Place {
  readonly publish: boolean;
  readonly verify: boolean;
  next: number;
  count: number;
}

/**
 * Those who adopt a mechanism, more and more of them: they publish and verify, or, where one of both is fixed, do the other
 * (docs/decisions/simulate.md D-curves-roles).
 */
export class Adopters {
  readonly world: World;
  readonly #ground: Ground;
  readonly #pair: Pair;
  readonly #bits: number;
  readonly #stale: (at: number) => boolean;
  readonly #marks: readonly Uint8Array[];
  readonly #moving: Place;

  constructor(
    ground: Ground,
    { publish, seed, stale = 0, verify }: CurveSettings,
    trial: number,
    pair: Pair,
    { policies }: Mechanism,
  ) {
    const { objects, does } = ground.world;
    for (const each of [does, ground.adopts, ground.publishes, ground.verifies]) each.fill(0);
    for (const marks of [objects.aspa, objects.asra, objects.pathEnd]) marks.fill(NOTHING);
    const publishes = (those: readonly string[]): boolean => policies.some((name) => those.includes(name));
    this.#marks = [
      ...(publishes(PUBLISHES_ASPA) ? [objects.aspa] : []),
      ...(publishes(PUBLISHES_ASRA) ? [objects.asra] : []),
      ...(publishes(['pathEnd']) ? [objects.pathEnd] : []),
    ];
    this.#ground = ground;
    this.#pair = pair;
    this.#bits = bitsOf(policies);
    this.#stale = stale === 0 ? () => false : staleBy(seed, trial, stale);
    this.#moving = { publish: publish === undefined, verify: verify === undefined, next: 0, count: 0 };
    this.world = { ...ground.world, done: this.#bits | inView(this.#bits, 1) };
    ground.adopts[pair.victim] = 1;
    this.#add(pair.victim, { publish: true, verify: true });
    const fixed = { publish: !this.#moving.publish, verify: !this.#moving.verify, next: 0, count: 0 };
    this.#take(fixed, publish ?? verify ?? 0, () => {});
  }

  /** Lets so many per cent of the ASes adopt, attacker and victim not counted. */
  growTo(share: number): void {
    const { adopts } = this.#ground;
    this.#take(this.#moving, share, (at) => {
      adopts[at] = 1;
    });
  }

  #take(place: Place, share: number, taken: (at: number) => void): void {
    const { queue } = this.#ground;
    const { attacker, victim } = this.#pair;
    const others = queue.length - (attacker === victim ? 1 : 2);
    const wanted = Math.round((share / 100) * others);
    while (place.count < wanted) {
      const at = queue[place.next++] as number;
      if (at === attacker || at === victim) continue;
      this.#add(at, place);
      taken(at);
      place.count++;
    }
  }

  #add(at: number, { publish, verify }: Pick<Place, 'publish' | 'verify'>): void {
    const { publishes, verifies, world } = this.#ground;
    if (publish) {
      publishes[at] = 1;
      for (const marks of this.#marks) marks[at] = TRUE;
    }
    if (verify) verifies[at] = 1;
    const bits = this.#stale(at) ? inView(this.#bits, 1) : this.#bits;
    if (verifies[at] === 0) world.does[at] = onlyPublishing(bits);
    else world.does[at] = publishes[at] === 0 ? onlyVerifying(bits) : bits;
  }
}

/** Which ASes have a table from before the ROA: the same ones at every share, for every mechanism and attack. */
export function staleBy(seed: number, trial: number, stale: number): (at: number) => boolean {
  const hash = new SeededHash(seed);
  const key = hash.two(trial, STALE);
  return (at) => hash.two(key, at) / 2 ** 32 < stale / 100;
}

/** The purpose of chance; see `draw.ts`. */
const STALE = 2 ** 20;
