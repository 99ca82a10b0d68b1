import { readU32 } from '../bytes/index.js';
import { createInternTable, type InternTable } from './intern-table.js';
import { createSlotArena, type SlotArena } from './slot-arena.js';

/** SKI (20) and Secure_Path segment (6) of a hop, as they are stored. */
const HOP_OCTETS = 26;
/** A path index. */
const INDEX_OCTETS = 4;

/**
 * What a protected route needs beyond an unsigned one, packed: an index of its path (hops of 26 octets, each distinct
 * path stored once) and its signature octets. The same store for every scheme, so that only the schemes differ.
 */
export interface RouteStore {
  readonly size: number;
  readonly paths: InternTable;
  /** Octets logically needed: paths once, 4 for the index, and the signatures without padding. Computed. */
  readonly payloadOctets: number;
  /** Octets of all arrays behind the store. Computed from their sizes. */
  readonly allocatedOctets: number;
  /** Stores a route: `path` is a multiple of 26 octets, `signatures` its signatures in any order. */
  put(path: Uint8Array, signatures: readonly Uint8Array[]): number;
  get(route: number): { readonly path: Uint8Array; readonly signatures: Uint8Array[] };
  remove(route: number): void;
}

/** How a scheme's signatures lie in a store. */
export interface SignatureLayout {
  /** How many signatures a path of `hops` hops carries. 0 for a role that keeps none. */
  count(hops: number): number;
  /** Octets of the longest signature. */
  readonly maxOctets: number;
  /** Whether they vary in length (DER); each then has a length octet. */
  readonly variable: boolean;
}

/** Route number = slot * CLASSES + class: no record of its own says where a route lies. */
const CLASSES = 4096;

/**
 * An empty {@link RouteStore}.
 *
 * @throws {RangeError} from `put` for a path or signatures that do not fit the layout, from `get` and `remove` for a
 * route that is not in the store.
 */
export function createRouteStore(layout: SignatureLayout): RouteStore {
  if (layout.variable && layout.maxOctets > 255) throw new RangeError('variable signatures above 255 octets');
  const width = layout.maxOctets + (layout.variable ? 1 : 0);
  const paths = createInternTable();
  // One arena per length of signature block. A slot is the path index (4 octets) and the block.
  const classes: SlotArena[] = [];
  const classOf = new Map<number, number>();
  let size = 0;
  let signatureOctets = 0;
  const locate = (route: number): { readonly arena: SlotArena; readonly slot: number } => {
    const arena = classes[route % CLASSES];
    if (arena === undefined) throw new RangeError(`route ${route}`);
    return { arena, slot: Math.floor(route / CLASSES) };
  };
  const read: RouteStore['get'] = (route) => {
    const { arena, slot } = locate(route);
    const octets = arena.get(slot);
    const path = paths.get(readU32(octets, 0));
    const signatures = Array.from({ length: layout.count(path.length / HOP_OCTETS) }, (_, i) => {
      const at = INDEX_OCTETS + i * width;
      if (!layout.variable) return octets.slice(at, at + width);
      return octets.slice(at + 1, at + 1 + (octets[at] as number));
    });
    return { path, signatures };
  };
  return {
    get size() {
      return size;
    },
    paths,
    get payloadOctets() {
      return paths.payloadOctets + INDEX_OCTETS * size + signatureOctets;
    },
    get allocatedOctets() {
      return classes.reduce((sum, arena) => sum + arena.allocatedOctets, paths.allocatedOctets);
    },
    put(path, signatures) {
      const hops = path.length / HOP_OCTETS;
      if (!Number.isInteger(hops) || signatures.length !== layout.count(hops)) {
        throw new RangeError(`${signatures.length} signatures for a path of ${path.length} octets`);
      }
      const octets = new Uint8Array(INDEX_OCTETS + signatures.length * width);
      let length = 0;
      for (const [i, signature] of signatures.entries()) {
        if (layout.variable ? signature.length > layout.maxOctets : signature.length !== width) {
          throw new RangeError(`signature of ${signature.length} octets`);
        }
        const at = INDEX_OCTETS + i * width;
        if (layout.variable) octets[at] = signature.length;
        octets.set(signature, at + (layout.variable ? 1 : 0));
        length += signature.length;
      }
      new DataView(octets.buffer).setUint32(0, paths.intern(path));
      let index = classOf.get(octets.length);
      if (index === undefined) {
        index = classes.push(createSlotArena(octets.length)) - 1;
        classOf.set(octets.length, index);
      }
      size++;
      signatureOctets += length;
      return (classes[index] as SlotArena).put(octets) * CLASSES + index;
    },
    get: read,
    remove(route) {
      const { signatures } = read(route);
      const { arena, slot } = locate(route);
      arena.free(slot);
      size--;
      for (const signature of signatures) signatureOctets -= signature.length;
    },
  };
}
