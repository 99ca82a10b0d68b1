import { AS_TRANS, type Asn } from '../inet/index.js';
import type { PathStore } from './path-store.js';
import type { PathsAndRoutes, SpecialAsns } from './report.js';

/** Which kind of special number an ASN is, if any (IANA special-purpose AS numbers). */
export function specialKind(asn: Asn): keyof SpecialAsns | undefined {
  if (asn === 0) return 'zero';
  if (asn < AS_TRANS) return undefined;
  if (asn === AS_TRANS) return 'asTrans';
  if (asn < 64496) return undefined;
  if (asn <= 64511 || (asn >= 65536 && asn <= 65551)) return 'documentation';
  if (asn <= 65534 || (asn >= 4_200_000_000 && asn <= 4_294_967_294)) return 'private';
  if (asn === 65535 || asn <= 131_071 || asn === 4_294_967_295) return 'reserved';
  return undefined;
}

/** The kinds in the order of their bits. */
const KINDS = [
  'zero',
  'asTrans',
  'private',
  'documentation',
  'reserved',
] as const satisfies readonly (keyof SpecialAsns)[];

/** Counts paths with special numbers. A path counts once per kind, members of AS_SETs included. */
export function createSpecialAsnCounter(): {
  /** What was counted. */
  counts(): SpecialAsns;
  add(paths: PathStore, index: number, routes: number): void;
} {
  // By the kinds that a path has together, a bit each: a table has a million paths, and every one may have a private number.
  const paths = new Float64Array(1 << KINDS.length);
  const routes = new Float64Array(1 << KINDS.length);
  const of = (kind: keyof SpecialAsns): PathsAndRoutes => {
    const bit = KINDS.indexOf(kind);
    const sum = { paths: 0, routes: 0 };
    for (let found = 1; found < paths.length; found++) {
      if (((found >> bit) & 1) === 0) continue;
      sum.paths += paths[found] as number;
      sum.routes += routes[found] as number;
    }
    return sum;
  };
  return {
    counts: () => ({
      zero: of('zero'),
      asTrans: of('asTrans'),
      private: of('private'),
      documentation: of('documentation'),
      reserved: of('reserved'),
    }),
    add: (store, index, count) => {
      let found = 0;
      const { asns } = store;
      const end = store.end(index);
      for (let i = store.start(index); i < end; i++) found |= bitOf(asns[i] as Asn);
      for (const segment of store.mixed(index) ?? []) for (const asn of segment.asns) found |= bitOf(asn);
      if (found === 0) return;
      paths[found] = (paths[found] as number) + 1;
      routes[found] = (routes[found] as number) + count;
    },
  };
}

/** The bits of the kinds: of every AS of every path one is asked for. */
const BITS: Readonly<Record<keyof SpecialAsns, number>> = {
  zero: 1,
  asTrans: 2,
  private: 4,
  documentation: 8,
  reserved: 16,
};

function bitOf(asn: Asn): number {
  const kind = specialKind(asn);
  return kind === undefined ? 0 : BITS[kind];
}
