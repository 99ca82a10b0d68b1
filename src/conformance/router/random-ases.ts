import { AS_TRANS, type Asn } from '../../inet/index.js';
import type { AspaPayload } from '../../payload/index.js';
import type { Chance } from './chance.js';

/** From and to: one, two and four octets, both sides of 2^16 and 2^31, without those that are reserved or for documentation. */
const RANGES: readonly (readonly [from: Asn, to: Asn])[] = [
  [1, 255],
  [256, 9_999],
  [10_000, 64_495],
  [65_552, 131_071],
  [131_072, 0x7fff_ffff],
  [0x8000_0000, 0xffff_fffe],
];

/** So many different AS numbers of all sizes, none of those to avoid. */
export function drawAsns(chance: Chance, count: number, avoid: Iterable<Asn>): readonly Asn[] {
  const taken = new Set([...avoid, AS_TRANS]);
  const asns: Asn[] = [];
  while (asns.length < count) {
    const [from, to] = RANGES[chance.between(0, RANGES.length - 1)] ?? [1, 1];
    const asn = chance.between(from, to);
    if (taken.has(asn)) continue;
    taken.add(asn);
    asns.push(asn);
  }
  return asns;
}

/** ASes, who is whose customer, and what they attest of it. */
export interface RandomWorld {
  readonly asns: readonly Asn[];
  /** Those that the router has for neighbours. */
  readonly neighbors: readonly Asn[];
  readonly providersOf: ReadonlyMap<Asn, readonly Asn[]>;
  readonly customersOf: ReadonlyMap<Asn, readonly Asn[]>;
  readonly aspas: readonly AspaPayload[];
}

/** ASes of a world beside the neighbours. */
const OTHERS = 40;

/**
 * A world in which an AS has mostly those for providers that come before it. Most ASes attest; of these some attest
 * AS 0, and some forget a provider or name a wrong one. One AS above 2^16 attests for certain, so that the numbers stay.
 */
export function drawWorld(chance: Chance, neighbors: readonly Asn[], avoid: Iterable<Asn>): RandomWorld {
  const large = 65_552 + chance.between(0, 1 << 20);
  const others = drawAsns(chance, OTHERS, [...neighbors, ...avoid, large]);
  const asns = shuffle(chance, [...neighbors, ...others, large]);
  const providersOf = new Map<Asn, readonly Asn[]>();
  const customersOf = new Map<Asn, Asn[]>();
  for (const [i, asn] of asns.entries()) {
    const above = chance.percent(90) ? asns.slice(0, i) : asns.filter((one) => one !== asn);
    const providers = drawSome(chance, above, chance.between(1, 3));
    providersOf.set(asn, providers);
    for (const provider of providers) customersOf.set(provider, [...(customersOf.get(provider) ?? []), asn]);
  }
  const aspas = asns
    .filter((asn) => asn === large || chance.percent(80))
    .map((customer): AspaPayload => {
      const providers = [...(providersOf.get(customer) ?? [])];
      if (chance.percent(6)) providers.pop();
      if (chance.percent(20)) providers.push(...drawSome(chance, asns, 2));
      const list = [...new Set(providers)].filter((asn) => asn !== customer).sort((a, b) => a - b);
      return { customer, providers: list.length === 0 || chance.percent(4) ? [0] : list };
    });
  return { asns, neighbors, providersOf, customersOf, aspas };
}

function drawSome<T>(chance: Chance, from: readonly T[], count: number): T[] {
  const some = new Set<T>();
  for (let i = 0; i < count && from.length > 0; i++) some.add(from[chance.between(0, from.length - 1)] as T);
  return [...some];
}

function shuffle<T>(chance: Chance, items: readonly T[]): T[] {
  const left = [...items];
  return items.map(() => left.splice(chance.between(0, left.length - 1), 1)[0] as T);
}
