import { AS_TRANS, type Asn } from '../inet/index.js';
import { addPaths } from './counts.js';
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

/** Counts paths with special numbers. A path counts once per kind, members of AS_SETs included. */
export function createSpecialAsnCounter(): {
  readonly counts: SpecialAsns;
  add(paths: PathStore, index: number, routes: number): void;
} {
  const none = (): PathsAndRoutes => ({ paths: 0, routes: 0 });
  const counts: SpecialAsns = {
    zero: none(),
    asTrans: none(),
    private: none(),
    documentation: none(),
    reserved: none(),
  };
  const kinds = Object.keys(counts) as (keyof SpecialAsns)[];
  const bitOf = (asn: Asn): number => {
    const kind = specialKind(asn);
    return kind === undefined ? 0 : 1 << kinds.indexOf(kind);
  };
  return {
    counts,
    add: (paths, index, routes) => {
      let found = 0;
      const { asns } = paths;
      const end = paths.end(index);
      for (let i = paths.start(index); i < end; i++) found |= bitOf(asns[i] as Asn);
      for (const segment of paths.mixed(index) ?? []) for (const asn of segment.asns) found |= bitOf(asn);
      if (found === 0) return;
      for (const [bit, kind] of kinds.entries()) if ((found >> bit) & 1) addPaths(counts[kind], routes);
    },
  };
}
