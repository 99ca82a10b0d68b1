import { AFI_IPV4, AFI_IPV6, type Asn, formatPrefix, makePrefix, type Prefix } from '../../inet/index.js';
import type { Vrp } from '../../payload/index.js';
import { literalOrigin } from '../../rov/index.js';
import type { VectorCase, VectorFile, VectorGroup } from '../vector.js';
import { type Chance, createChance } from './chance.js';
import { caseId, madeFile } from './made-file.js';
import { drawAsns } from './random-ases.js';
import type { RandomRouteOptions } from './random-paths.js';

const ROUTES_PER_TABLE = 1000;
const VRPS = 200;
/** So few that routes and VRPs meet. */
const ORIGINS = 5;

/** Random routes under random VRPs, with the states of the literal reading: the same for the same random numbers. */
export function randomOriginFile({ count, random, avoid, families }: RandomRouteOptions): VectorFile {
  const chance = createChance(random);
  const groups: VectorGroup[] = [];
  for (let done = 0; done < count; done += ROUTES_PER_TABLE) {
    const origins = drawAsns(chance, ORIGINS, avoid);
    const vrps = Array.from({ length: VRPS }, () => drawVrp(chance, origins, families));
    const taken = new Set<string>();
    const cases = Array.from({ length: Math.min(ROUTES_PER_TABLE, count - done) }, (_, i): VectorCase => {
      let route = drawRoute(chance, vrps, origins, families);
      while (taken.has(formatPrefix(route.prefix))) route = drawRoute(chance, vrps, origins, families);
      const { origin, prefix } = route;
      taken.add(formatPrefix(prefix));
      return {
        id: caseId('rov', 'random', done + i + 1),
        title: `random route ${done + i + 1}`,
        sections: ['RFC 6811 §2'],
        flags: [],
        input: { op: 'validate-origin', prefix: formatPrefix(prefix), origin: origin ?? null },
        expected: { validity: literalOrigin(vrps, prefix, origin).validity },
      };
    });
    const shared = {
      vrps: vrps.map(({ prefix, maxLength, asn }) => ({ prefix: formatPrefix(prefix), maxLength, asn })),
    };
    groups.push({ title: `Random VRPs ${groups.length + 1}`, shared, cases });
  }
  return madeFile(
    {
      suite: 'rov',
      title: 'Origin validation: random routes under random VRPs',
      source: ['RFC 6811'],
      notes: {},
    },
    groups,
  );
}

function drawVrp(chance: Chance, origins: readonly Asn[], families: RandomRouteOptions['families']): Vrp {
  const prefix = drawPrefix(chance, families, 18, 24);
  const maxLength = chance.percent(40) ? prefix.length : chance.between(prefix.length, prefix.length + 6);
  return { prefix, maxLength, asn: chance.percent(8) ? 0 : (chance.oneOf(origins) ?? 0) };
}

/** A route near a VRP, mostly with its origin, or anywhere. */
function drawRoute(
  chance: Chance,
  vrps: readonly Vrp[],
  origins: readonly Asn[],
  families: RandomRouteOptions['families'],
): { readonly prefix: Prefix; readonly origin: Asn | undefined } {
  const vrp = chance.percent(60) ? chance.oneOf(vrps) : undefined;
  const prefix =
    vrp === undefined
      ? drawPrefix(chance, families, 13, 28)
      : within(chance, vrp.prefix, chance.between(vrp.prefix.length - 1, vrp.maxLength + 1));
  if (chance.percent(1)) return { prefix, origin: undefined };
  const isOwn = vrp !== undefined && vrp.asn !== 0 && chance.percent(70);
  return { prefix, origin: isOwn ? vrp.asn : chance.oneOf(origins) };
}

/** A prefix of this length, with bits of its own after those of `outer`; the last octets stay zero. */
function within(chance: Chance, { afi, length: bits, octets }: Prefix, length: number): Prefix {
  const mixed = Uint8Array.from(octets);
  for (let bit = bits; bit < length; bit++) {
    if (chance.percent(50)) mixed[bit >> 3] = (mixed[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
  }
  return makePrefix(afi, mixed, length);
}

/** A prefix of 10.0.0.0/12, so many bits long, or of 2001:db8::/44 with 32 bits more. */
function drawPrefix(
  chance: Chance,
  families: RandomRouteOptions['families'],
  shortest: number,
  longest: number,
): Prefix {
  const length = chance.between(shortest, longest);
  const address = [chance.between(0, 15), chance.between(0, 255), chance.between(0, 255)];
  if (chance.oneOf(families) !== 'ipv6-unicast') {
    return makePrefix(AFI_IPV4, Uint8Array.of(10, ...address), length);
  }
  const octets = Uint8Array.of(0x20, 0x01, 0x0d, 0xb8, 0, ...address, ...new Uint8Array(8));
  return makePrefix(AFI_IPV6, octets, length + 32);
}
