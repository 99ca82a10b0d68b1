import type { BgpsecPath } from '../bgp/index.js';
import { toHex } from '../bytes/index.js';
import type { Asn } from '../inet/index.js';
import { createNumberMap, type NumberMap, SeededHash, type SeedOptions } from '../tables/index.js';
import type { RouterKeyChange } from './router-keys.js';

/**
 * Which stored UPDATEs a change of router keys affects (RFC 8205 §5: validation is rerun for them). An UPDATE is
 * affected when a changed (AS, SKI) occurs in it at all: an earlier run may have stopped before it got there.
 */
export interface RevalidationIndex<T> {
  /** Pairs of (AS, SKI) in the index. */
  readonly size: number;
  add(id: T, path: BgpsecPath): void;
  remove(id: T, path: BgpsecPath): void;
  affected(changes: Iterable<RouterKeyChange>): ReadonlySet<T>;
}

/**
 * An empty index of stored UPDATEs, named by `T` as the caller likes.
 * RFC 8205 §5: routes are validated again when keys change.
 */
export function createRevalidationIndex<T>({ seed }: SeedOptions = {}): RevalidationIndex<T> {
  const hash = new SeededHash(seed);
  const bySki = new Map<string, NumberMap<Set<T>>>();
  let size = 0;
  const forEachPair = (path: BgpsecPath, visit: (asn: Asn, ski: string) => void): void => {
    for (const { signatures } of path.blocks) {
      for (const [i, { ski }] of signatures.entries()) {
        const segment = path.segments[i];
        if (segment !== undefined) visit(segment.asn, toHex(ski));
      }
    }
  };
  return {
    get size() {
      return size;
    },
    add: (id, path) => {
      forEachPair(path, (asn, ski) => {
        const byAs = bySki.get(ski) ?? createNumberMap<Set<T>>(hash);
        bySki.set(ski, byAs);
        const ids = byAs.get(asn) ?? new Set<T>();
        if (!byAs.has(asn)) size++;
        byAs.set(asn, ids.add(id));
      });
    },
    remove: (id, path) => {
      forEachPair(path, (asn, ski) => {
        const byAs = bySki.get(ski);
        const ids = byAs?.get(asn);
        if (byAs === undefined || ids?.delete(id) !== true || ids.size > 0) return;
        byAs.delete(asn);
        size--;
        if (byAs.size === 0) bySki.delete(ski);
      });
    },
    affected: (changes) => {
      const found = new Set<T>();
      for (const { min, max, ski } of changes) {
        for (const [asn, ids] of bySki.get(toHex(ski)) ?? []) {
          if (min <= asn && asn <= max) for (const id of ids) found.add(id);
        }
      }
      return found;
    },
  };
}
