import { ipv4Block } from './addresses.js';
import { UNALLOCATED_SLOT } from './hijacks.js';
import { createPrng } from './prng.js';
import { providersOf, STUBS, TIER1, TIER2, TIER3 } from './topology.js';
import type { World } from './world.js';

/** A VRP and an ASPA in the members of rpki-client's JSON. */
export interface SampleVrp {
  readonly asn: number;
  readonly prefix: string;
  readonly maxLength: number;
}
export interface SampleAspa {
  readonly customer_asid: number;
  readonly providers: readonly number[];
}

/** Networks without an ASPA, whatever the draw: the incidents rely on them. */
const NEVER = new Set([TIER1[4], TIER1[5], TIER2[4], TIER2[8], TIER2[12]]);
/** How many of 100 networks of a tier publish an ASPA. */
const DEPLOYMENT = [
  [TIER1, 100],
  [TIER2, 100],
  [TIER3, 60],
  [STUBS, 45],
] as const;

/** The ASPAs of the world: partial deployment, true unless an incident says otherwise. Ascending. */
export function buildAspas(world: World, seed: number): SampleAspa[] {
  const random = createPrng(seed + 2);
  const aspas = new Map<number, readonly number[]>();
  for (const [asns, percent] of DEPLOYMENT) {
    for (const asn of asns) {
      if (random.chance(percent) && !NEVER.has(asn)) aspas.set(asn, providersOf(world.topology, asn));
    }
  }
  for (const { asn, aspa } of world.scenarios.flatMap((scenario) => scenario.actors)) {
    if (aspa) aspas.set(asn, aspa === true ? providersOf(world.topology, asn) : aspa);
  }
  return [...aspas]
    .sort(([a], [b]) => a - b)
    .map(([customer_asid, providers]) => ({
      customer_asid,
      providers: providers.length > 0 ? providers : [0],
    }));
}

/** The VRPs of the world: three quarters of the everyday origins and what the incidents ask for. By ASN and text. */
export function buildVrps(world: World, seed: number): SampleVrp[] {
  const random = createPrng(seed + 3);
  const vrps: SampleVrp[] = [{ asn: 0, prefix: ipv4Block(UNALLOCATED_SLOT), maxLength: 32 }];
  for (const { asn, blocks, announced } of world.origins) {
    const lostOrigin = asn === STUBS.at(-1);
    if (lostOrigin || !random.chance(75)) continue;
    if (random.chance(50)) {
      // One VRP per block with a loose maximum length ...
      for (const prefix of blocks) vrps.push({ asn, prefix, maxLength: prefix.includes(':') ? 48 : 24 });
    } else {
      // ... or one per announced prefix, as RFC 9319 recommends.
      for (const prefix of new Set(announced)) {
        vrps.push({ asn, prefix, maxLength: Number(prefix.split('/')[1]) });
      }
    }
  }
  for (const { asn, slot, maxLength } of world.scenarios.flatMap((scenario) => scenario.actors)) {
    if (slot !== undefined && maxLength !== undefined) vrps.push({ asn, prefix: ipv4Block(slot), maxLength });
  }
  return vrps.sort((a, b) => a.asn - b.asn || (a.prefix < b.prefix ? -1 : 1));
}
