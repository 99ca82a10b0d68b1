import { AFI_IPV4, AFI_IPV6, type Afi, makePrefix, type Prefix } from 'pathsec/inet';
import type { Vrp } from 'pathsec/payload';

// Share of each prefix length in percent, about as in the RPKI of 2026; three quarters of the VRPs are IPv4.
const LENGTHS: Readonly<Record<Afi, readonly (readonly [length: number, percent: number])[]>> = {
  1: [
    [24, 55],
    [22, 12],
    [23, 9],
    [20, 6],
    [21, 5],
    [19, 4],
    [16, 4],
    [18, 3],
    [17, 1],
    [15, 0.5],
    [14, 0.3],
    [12, 0.2],
  ],
  2: [
    [48, 52],
    [32, 17],
    [40, 9],
    [44, 8],
    [36, 6],
    [29, 4],
    [46, 2],
    [34, 1],
    [64, 0.5],
    [28, 0.5],
  ],
};

/** Numbers in 0..2^32-1 from a fixed seed (xorshift32). */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

function pickLength(afi: Afi, percentile: number): number {
  let rest = percentile;
  for (const [length, percent] of LENGTHS[afi]) {
    rest -= percent;
    if (rest < 0) return length;
  }
  return afi === AFI_IPV4 ? 24 : 48;
}

/** A prefix in the shape of the real RPKI. */
export function randomPrefix(random: () => number): Prefix {
  const afi: Afi = random() % 4 === 0 ? AFI_IPV6 : AFI_IPV4;
  const length = pickLength(afi, (random() % 10_000) / 100);
  const octets = new Uint8Array(afi === AFI_IPV4 ? 4 : 16);
  for (let i = 0; i < octets.length; i++) octets[i] = random() >>> 9;
  if (afi === AFI_IPV4) octets[0] = 1 + ((octets[0] as number) % 223);
  else octets.set([0x20 + (random() % 2) * 8, random() % 64, random() % 16]);
  return makePrefix(afi, octets, length);
}

/** Origins are 64,512 ASNs over the whole range. */
export function randomAsn(random: () => number): number {
  return Math.imul(1 + (random() % 64_512), 0x9e3779b1) >>> 0;
}

function randomVrp(random: () => number): Vrp {
  const prefix = randomPrefix(random);
  const longer = random() % 5 === 0 ? random() % 5 : 0;
  const maxLength = Math.min(prefix.length + longer, prefix.afi === AFI_IPV4 ? 32 : 128);
  return { prefix, maxLength, asn: randomAsn(random) };
}

/** `count` VRPs from a fixed seed, made one at a time. */
export function* vrps(count: number): IterableIterator<Vrp> {
  const random = createRandom(20261124);
  for (let i = 0; i < count; i++) yield randomVrp(random);
}
