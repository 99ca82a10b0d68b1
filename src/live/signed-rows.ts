import {
  createRevalidationIndex,
  createSignedRouteStore,
  type RouterKeyChange,
  type StoredRoute,
} from '../bgpsec/index.js';
import type { SeedOptions } from '../tables/index.js';

/** The BGPsec_PATHs of the rows that have one, and which of them a key touches (RFC 8205 §5). */
export interface SignedRows {
  /** Octets allocated. */
  readonly octets: number;
  get(row: number): StoredRoute | undefined;
  set(row: number, route: StoredRoute): void;
  delete(row: number): void;
  /** Rows with a signature by one of the keys. */
  affected(changes: readonly RouterKeyChange[]): ReadonlySet<number>;
}

/** No rows yet. */
export function createSignedRows(options: SeedOptions): SignedRows {
  const store = createSignedRouteStore();
  const byKey = createRevalidationIndex<number>(options);
  /** Handles of the store. Rows are numbers of ours, so that nobody chooses them. */
  const handles = new Map<number, number>();
  const get = (row: number): StoredRoute | undefined => {
    const handle = handles.get(row);
    return handle === undefined ? undefined : store.get(handle);
  };
  return {
    get octets() {
      return store.memory().allocated;
    },
    get,
    set(row, route) {
      handles.set(row, store.add(route));
      byKey.add(row, route.path);
    },
    delete(row) {
      const handle = handles.get(row);
      const route = get(row);
      if (handle === undefined || !route) return;
      handles.delete(row);
      store.remove(handle);
      byKey.remove(row, route.path);
    },
    affected: (changes) => byKey.affected(changes),
  };
}
