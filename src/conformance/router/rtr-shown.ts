import { createAspaTable, verifyAsPath } from '../../aspa/index.js';
import { AS_SEQUENCE, type AsPath } from '../../bgp/index.js';
import {
  AFI_IPV4,
  type Asn,
  addressLength,
  formatPrefix,
  makePrefix,
  type Prefix,
  parsePrefix,
} from '../../inet/index.js';
import type { AspaPayload, Vrp } from '../../payload/index.js';
import { createRovTable, validateOrigin } from '../../rov/index.js';
import type { Fields } from '../vector.js';
import type { RouterAbilities } from './abilities.js';

/** A route by whose verdict a router shows whether it holds a payload. */
export interface ShownRoute {
  /** What it is called in answers: `192.0.2.0/24 of AS64496`, `AS64500 below AS64501`. */
  readonly name: string;
  readonly prefix: Prefix;
  /** As it is sent. */
  readonly asPath: AsPath;
  readonly kind: 'rov' | 'aspa';
}

/** What a router may hold. */
export interface HeldPayloads {
  readonly vrps: readonly Vrp[];
  readonly aspas: readonly AspaPayload[];
}

/** Prefixes of the routes that show ASPAs: of 10.32.0.0/16, which no case has. */
const ASPA_SPACE = [10, 32] as const;
/** Below the default routes, whose own routes some routers do not take. */
const BELOW_ALL = { 1: parsePrefix('203.0.113.0/24'), 2: parsePrefix('2001:db8:203::/48') } as const;

/**
 * The routes that show which of these payloads a router holds (docs/decisions/conformance.md D-router-rtr). A VRP shows in routes of
 * its own prefix, one of its length and one of its maximal length; an ASPA in paths that lead from its customer over each
 * provider, and over an AS that is none.
 */
export function shownRoutes(
  { vrps, aspas }: HeldPayloads,
  { aspa, rov, rtr }: Pick<RouterAbilities, 'aspa' | 'rov' | 'rtr'>,
): readonly ShownRoute[] {
  if (rtr === undefined) return [];
  const { neighborAs, strangerAs } = rtr;
  const routes = new Map<string, ShownRoute>();
  const path = (...asns: Asn[]): AsPath => [{ type: AS_SEQUENCE, asns: [neighborAs, ...asns] }];
  for (const { asn, maxLength, prefix } of rov ? vrps : []) {
    const origin = asn === 0 ? strangerAs : asn;
    for (const own of routesOf(prefix, maxLength)) {
      const name = `${formatPrefix(own)} of AS${origin}`;
      routes.set(name, { name, prefix: own, asPath: path(origin), kind: 'rov' });
    }
  }
  for (const { customer, providers } of aspa === 'none' ? [] : aspas) {
    if (customer === 0) continue;
    for (const provider of [...providers, strangerAs]) {
      const name = `AS${customer} below AS${provider}`;
      if (provider === 0 || provider === customer || routes.has(name)) continue;
      const octets = Uint8Array.of(...ASPA_SPACE, routes.size, 0);
      routes.set(name, {
        name,
        prefix: makePrefix(AFI_IPV4, octets, 24),
        asPath: path(provider, customer),
        kind: 'aspa',
      });
    }
  }
  return [...routes.values()];
}

function routesOf(prefix: Prefix, maxLength: number): Prefix[] {
  const { afi, length, octets } = prefix;
  if (length === 0) return [BELOW_ALL[afi]];
  const longest = Math.min(Math.max(maxLength, length), 8 * addressLength(afi));
  return [prefix, makePrefix(afi, octets, longest)];
}

/** The verdicts of the routes where a router holds these payloads. */
export function shownVerdicts(routes: readonly ShownRoute[], { vrps, aspas }: HeldPayloads): Fields {
  const origins = createRovTable(vrps.map(asTaken));
  const paths = createAspaTable(aspas, { maxProviders: 0xffff_ffff });
  return Object.fromEntries(
    routes.map(({ asPath, kind, name, prefix }) => {
      if (kind === 'aspa') return [name, verifyAsPath(paths, { asPath, neighborRole: 'customer' }).outcome];
      return [name, validateOrigin(origins, prefix, asPath[0]?.asns.at(-1))];
    }),
  );
}

/** What becomes of a VRP that no table should hold: a max length too large is as good as the largest, one too small matches nothing. */
function asTaken(vrp: Vrp): Vrp {
  const { afi, length } = vrp.prefix;
  if (vrp.maxLength < length) return { ...vrp, maxLength: length, asn: 0 };
  return { ...vrp, maxLength: Math.min(vrp.maxLength, 8 * addressLength(afi)) };
}
