import { AFI_IPV4, makePrefix, type Prefix } from '../../inet/index.js';
import type { Phase, StagedCase } from './staged.js';

/** What is added, bit by bit, to the first octets of IPv4 and of IPv6 prefixes. */
interface Move {
  readonly ipv4: number;
  readonly ipv6: number;
}

/**
 * The case with all its prefixes moved: a map of each family onto itself that keeps lengths and who covers whom, because it turns
 * the same bits of every prefix over. Prefixes too short to have these bits stay.
 */
function movePrefixes(staged: StagedCase, move: Move): StagedCase {
  const phases = staged.phases.map(
    (phase): Phase => ({
      ...phase,
      vrps: phase.vrps.map((vrp) => ({ ...vrp, prefix: moved(vrp.prefix, move) })),
      routes: phase.routes.map((route) =>
        route.prefix === undefined ? route : { ...route, prefix: moved(route.prefix, move) },
      ),
    }),
  );
  return { ...staged, phases };
}

/** IPv4: the first octet, IPv6: the second, so that an address stays in 2000::/3. */
function moved({ afi, length, octets }: Prefix, { ipv4, ipv6 }: Move): Prefix {
  const turned = Uint8Array.from(octets);
  const [at, by] = afi === AFI_IPV4 ? [0, ipv4] : [1, ipv6];
  turned[at] = (turned[at] ?? 0) ^ by;
  return makePrefix(afi, turned, length);
}

/** Places that are tried for the prefixes of a case. */
const MOVES: readonly Move[] = Array.from({ length: 128 }, (_, i) => ({ ipv4: i, ipv6: i })).concat(
  Array.from({ length: 64 }, (_, i) => ({ ipv4: 0x80 | i, ipv6: 0x80 | i })),
);

/** A list of VRPs of more than that shares its round with cases of the same list alone: moved it would find no other place. */
const MOST_VRPS = 20;

/** The forms of a case in which its routes are unicast; the first one is the case as it is. */
export function movedVariants(staged: StagedCase): readonly StagedCase[] {
  if (staged.phases.some(({ vrps }) => vrps.length > MOST_VRPS)) return [staged];
  const variants = MOVES.map((move) => movePrefixes(staged, move));
  return variants.filter((one, i) => i === 0 || one.phases.every(({ routes }) => routes.every(isUnicast)));
}

/** Whether the prefix of a route is none that routers keep out: this network, loopback, multicast and above. */
function isUnicast({ prefix }: StagedCase['phases'][number]['routes'][number]): boolean {
  if (prefix === undefined || prefix.afi !== AFI_IPV4) return true;
  const first = prefix.octets[0] ?? 0;
  return first !== 0 && first !== 127 && first < 224;
}
