/** Who is to peer. All ASes are numbers below `ases`. */
export interface PeeringPlan {
  readonly ases: number;
  /** How many customers each has. */
  readonly customers: Int32Array;
  /** Those that have to have a peer, and those that may have some. */
  readonly mustPeer: readonly number[];
  readonly mayPeer: readonly number[];
  /** Links to make. */
  readonly count: number;
  /** Pairs that are linked already. */
  readonly taken: readonly (readonly [number, number])[];
}

/** The weights follow a power law with this exponent, and so do the numbers of peers (Chung and Lu 2002). */
const EXPONENT = 2.1;
/** No AS peers with more than about this share of those that peer. */
const LARGEST = 1 / 3;
/** Pairs that are drawn by weight before one is drawn by nothing. */
const TRIES = 8;
/** Pairs after which there seems to be none left: at least a third of all pairs is free while there are many. */
const LAST_TRY = 10_000;

/**
 * Peerings: both ends are drawn in proportion to a weight, which is that of a power law, and larger for who has customers.
 *
 * @throws {RangeError} for more links than half of the pairs that there are, or fewer than those that have to peer.
 */
export function peerLinks(plan: PeeringPlan, random: () => number): [number, number][] {
  const { ases, count, customers, mustPeer } = plan;
  const members = [...mustPeer, ...plan.mayPeer];
  const most = Math.floor((members.length * (members.length - 1)) / 4);
  if (count > most || count < mustPeer.length) {
    const [least, limit] = [mustPeer.length, most].map((one) => plan.taken.length + one);
    throw new RangeError(`links: of so many ASes about ${least} to ${limit} can be made`);
  }
  const taken = new Set(plan.taken.map(([a, b]) => keyOf(a, b, ases)));
  const sums = weightSums(members, customers, count, random);
  const total = sums.at(-1) ?? 0;
  const byWeight = (): number => members[placeOf(sums, total * random())] as number;
  const byChance = (): number => members[Math.floor(members.length * random())] as number;
  const links: [number, number][] = [];
  const hasPeer = new Uint8Array(ases);
  /** @param first one end; absent for any. */
  const join = (first?: number): void => {
    for (let tries = 0; tries < LAST_TRY; tries++) {
      const draw = tries < TRIES ? byWeight : byChance;
      const a = first ?? draw();
      const b = draw();
      const key = keyOf(a, b, ases);
      if (a === b || taken.has(key)) continue;
      taken.add(key);
      hasPeer[a] = hasPeer[b] = 1;
      links.push([a, b]);
      return;
    }
    throw new RangeError('links: there is no further pair of ASes that could peer');
  };
  for (const one of mustPeer) if (hasPeer[one] === 0) join(one);
  while (links.length < count) join();
  return links;
}

/** The weights summed up from the first member on. */
function weightSums(
  members: readonly number[],
  customers: Int32Array,
  count: number,
  random: () => number,
): Float64Array {
  const weights = members.map((at) => {
    const drawn = (1 - random()) ** (-1 / (EXPONENT - 1));
    return drawn * (1 + Math.log2(1 + (customers[at] as number)));
  });
  // A limit lowers the sum, by which the next limit is lower; a few rounds are near enough.
  for (let round = 0; round < 20; round++) {
    const sum = weights.reduce((all, one) => all + one, 0);
    const limit = (LARGEST * members.length * sum) / (2 * count);
    for (const [i, one] of weights.entries()) weights[i] = Math.min(one, limit);
  }
  let sum = 0;
  return Float64Array.from(weights, (one) => {
    sum += one;
    return sum;
  });
}

/** The first place whose sum is above `value`. */
function placeOf(sums: Float64Array, value: number): number {
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sums[middle] as number) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

function keyOf(a: number, b: number, ases: number): number {
  return Math.min(a, b) * ases + Math.max(a, b);
}
