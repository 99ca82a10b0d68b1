import { formatAsPath } from 'pathsec/bgp';
import { FEEDS } from './feeds.js';
import { buildAspas, buildVrps } from './payloads.js';
import { encodeRib, toSegments } from './rib.js';
import { buildWorld, type HeardRoute } from './world.js';

/** The seed of the sample in the repository. */
export const SAMPLE_SEED = 7908;

/** The sample: a RIB dump, the RPKI payloads to judge it by, the roles of the peers, and what was injected. */
export interface Sample {
  readonly rib: Uint8Array;
  readonly rpki: string;
  readonly roles: string;
  readonly truth: string;
}

/** Generates the sample of a seed: the same octets and texts on every machine. */
export function generateSample(seed: number): Sample {
  const world = buildWorld(seed);
  const aspas = buildAspas(world, seed);
  const roas = buildVrps(world, seed);
  const metadata = {
    buildtime: '2026-09-01T00:00:00Z',
    roas: roas.length,
    aspas: aspas.length,
    vrps: roas.length,
    vaps: aspas.length,
  };
  const roles = FEEDS.flatMap(({ asn, role }) => (role === 'unassigned' ? [] : [[String(asn), role]]));
  const truth = [...world.seen].map(([{ id, kind, rfc7908, summary, offender, victim, prefixes }, seen]) => ({
    id,
    kind,
    ...(rfc7908 ? { rfc7908 } : {}),
    summary,
    offender,
    victim,
    prefixes,
    seen: seen.map(describe),
  }));
  return {
    rib: encodeRib(world.routes),
    rpki: lines({ metadata, roas, aspas }),
    roles: `${JSON.stringify(Object.fromEntries(roles), null, 2)}\n`,
    truth: lines({ seed, incidents: truth }),
  };
}

function describe({ feed, prefix, path }: HeardRoute) {
  return { peerAs: FEEDS[feed]?.asn, prefix, path: formatAsPath(toSegments(path)) };
}

/** JSON with one line per element of a list, so that differences are readable. */
function lines(value: Record<string, unknown>): string {
  const members = Object.entries(value).map(([name, member]) => {
    const text = Array.isArray(member)
      ? `[\n${member.map((element) => `    ${JSON.stringify(element)}`).join(',\n')}\n  ]`
      : JSON.stringify(member);
    return `  ${JSON.stringify(name)}: ${text}`;
  });
  return `{\n${members.join(',\n')}\n}\n`;
}
