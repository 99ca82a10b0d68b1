import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import {
  addSegment,
  generateRouterKey,
  originSegment,
  type RouterPrivateKey,
  type SignatureEngine,
  type StoredRoute,
  suite1,
  unicast,
  withSignatureCache,
} from 'pathsec/bgpsec';
import { makePrefix, type Prefix, parsePrefixMasked } from 'pathsec/inet';
import type { RouterKey } from 'pathsec/payload';
import { seededRandom } from 'pathsec/tables';

/** A route to be signed: its ASes as in AS_PATH, the neighbour first, without repetitions. */
export interface PlainRoute {
  readonly prefix: Prefix;
  readonly asns: readonly number[];
}

/** Signed routes and the keys that verify them. */
export interface SignedTable {
  readonly routes: readonly StoredRoute[];
  readonly keys: readonly RouterKey[];
  readonly source: string;
}

const shared = process.env.PATHSEC_SHARED ?? fileURLToPath(new URL('../../../shared', import.meta.url));
const GOLDEN = {
  rib: 'bview.20020722.2337.gz',
  updates: 'updates.20071015.1505.gz',
};

/**
 * Routes as if every AS of today's or yesterday's paths signed: given ones, the golden texts of a RIB of 36 peers or of
 * five minutes of UPDATEs, or synthetic ones where that folder is absent. Of the RIB those prefixes are taken that
 * several peers announce. An AS that announces the same again uses the same signature (RFC 8205 §7.4).
 */
export function signTable(
  source: readonly PlainRoute[] | keyof typeof GOLDEN,
  localAs: number,
  engine: SignatureEngine,
  known: ReadonlyMap<number, RouterPrivateKey> = new Map(),
  limit = Number.POSITIVE_INFINITY,
): SignedTable {
  const plain = typeof source === 'string' ? realRoutes(source) : { routes: source, name: 'given' };
  const keys = new Map(known);
  const keyOf = (asn: number): RouterPrivateKey => {
    const key = keys.get(asn) ?? generateRouterKey(createHash('sha384').update(`bench ${asn}`).digest());
    keys.set(asn, key);
    return key;
  };
  const signer = { suites: suite1(withSignatureCache(engine, 1_000_000)), keyOf };
  const routes = plain.routes.slice(0, limit).map(({ prefix, asns }) => {
    const announced = unicast(prefix);
    const hops = [...asns].reverse();
    let path = originSegment(
      { pCount: 1, flags: 0, asn: hops[0] ?? 1 },
      hops[1] ?? localAs,
      announced,
      signer,
    );
    for (let i = 1; i < hops.length; i++) {
      const segment = { pCount: 1, flags: 0, asn: hops[i] as number };
      path = addSegment(path, segment, hops[i + 1] ?? localAs, announced, signer);
    }
    return { announced, path };
  });
  return {
    routes,
    keys: [...keys].map(([asn, { ski, spki }]) => ({ asn, ski, spki })),
    source: plain.name,
  };
}

function realRoutes(source: keyof typeof GOLDEN): { routes: readonly PlainRoute[]; name: string } {
  const file = `${shared}/data/mrt/bgpdump/test_expect/${GOLDEN[source]}.bgp.gz`;
  if (!existsSync(file)) return { routes: syntheticRoutes(), name: 'synthetic' };
  const routes: PlainRoute[] = [];
  const peersOf = new Map<string, number>();
  const texts: string[] = [];
  for (const line of gunzipSync(readFileSync(file)).toString('latin1').split('\n')) {
    const columns = line.split('|');
    const [, , kind, , , prefix, path] = columns;
    if ((kind !== 'A' && kind !== 'B') || prefix === undefined || !/^\d+( \d+)*$/.test(path ?? '')) continue;
    const asns = (path ?? '').split(' ').map(Number);
    routes.push({ prefix: parsePrefixMasked(prefix), asns: asns.filter((asn, i) => asn !== asns[i - 1]) });
    texts.push(prefix);
    peersOf.set(prefix, (peersOf.get(prefix) ?? 0) + 1);
  }
  const chosen = source === 'rib' ? routes.filter((_, i) => (peersOf.get(texts[i] ?? '') ?? 0) > 1) : routes;
  return { routes: chosen, name: GOLDEN[source] };
}

/** Twelve neighbours for each of 400 prefixes, over five transits. */
function syntheticRoutes(): PlainRoute[] {
  const random = seededRandom(20_261_124);
  const pick = (from: number, size: number): number => from + Math.floor(random() * size);
  return Array.from({ length: 400 }, (_, i) => {
    const origin = pick(4_200_010_000, 300);
    const upstream = pick(4_200_002_000, 60);
    const prefix = makePrefix(1, Uint8Array.of(10, i >> 8, i, 0), 24);
    return Array.from({ length: 12 }, (_unused, n) => ({
      prefix,
      asns: [4_200_000_000 + n, pick(4_200_001_000, 5), upstream, origin],
    }));
  }).flat();
}
