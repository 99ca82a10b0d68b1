import { packRoute, type StoredRoute, unpackRoute } from './packed-route.js';
import { createSignerTable } from './signer-table.js';

/** What a store takes, beside what its routes took on the wire. */
export interface StoreMemory {
  readonly routes: number;
  /** Octets allocated for everything in the store. */
  readonly allocated: number;
  /** Octets of the routes in use, without spare room. */
  readonly packed: number;
  /** Octets of NLRI and of the BGPsec_PATH values as the messages carried them. */
  readonly wire: number;
}

/** Signed routes in packed form, as an Adj-RIB-In keeps them for forwarding and re-validation. */
export interface SignedRouteStore {
  readonly size: number;
  /** Keeps the route and returns its handle, a small integer that is used again after `remove`. */
  add(route: StoredRoute): number;
  /** The route, equal to what was added octet for octet; `undefined` for a handle not in use. */
  get(handle: number): StoredRoute | undefined;
  /** False for a handle not in use. */
  remove(handle: number): boolean;
  memory(): StoreMemory;
}

const CHUNK = 2 ** 18;
const FREE = 0xffff_ffff;

/**
 * An empty store. Space of removed routes is reclaimed when it exceeds that of the others. NON-SPEC: storage.
 *
 * @throws {RangeError} from `add`, beyond 4 GiB.
 */
export function createSignedRouteStore(): SignedRouteStore {
  let chunks: Uint8Array[] = [];
  let used = CHUNK;
  let signers = createSignerTable();
  let places = new Uint32Array(64).fill(FREE);
  let lengths = new Uint32Array(64);
  let handles = 0;
  let size = 0;
  let packed = 0;
  let wire = 0;
  let garbage = 0;
  const free: number[] = [];

  const place = (octets: Uint8Array): number => {
    let chunk = chunks[chunks.length - 1];
    // The largest route, packed, stays below one chunk: it came in a message of at most 65535 octets.
    if (chunk === undefined || octets.length > CHUNK - used) {
      if (octets.length > CHUNK || (chunks.length + 1) * CHUNK > FREE)
        throw new RangeError('the store is full');
      chunk = new Uint8Array(CHUNK);
      chunks.push(chunk);
      used = 0;
    }
    chunk.set(octets, used);
    used += octets.length;
    return (chunks.length - 1) * CHUNK + used - octets.length;
  };
  const octetsOf = (handle: number, from = chunks): Uint8Array | undefined => {
    const at = handle < handles ? places[handle] : FREE;
    if (at === undefined || at === FREE) return undefined;
    const start = at % CHUNK;
    return from[Math.floor(at / CHUNK)]?.subarray(start, start + (lengths[handle] as number));
  };
  const newHandle = (): number => {
    const reused = free.pop();
    if (reused !== undefined) return reused;
    if (handles === places.length) {
      const morePlaces = new Uint32Array(2 * handles).fill(FREE);
      morePlaces.set(places);
      places = morePlaces;
      const moreLengths = new Uint32Array(2 * handles);
      moreLengths.set(lengths);
      lengths = moreLengths;
    }
    return handles++;
  };
  const compact = (): void => {
    const [oldChunks, oldSigners] = [chunks, signers];
    chunks = [];
    used = CHUNK;
    signers = createSignerTable();
    garbage = 0;
    for (let handle = 0; handle < handles; handle++) {
      const octets = octetsOf(handle, oldChunks);
      if (octets !== undefined) places[handle] = place(packRoute(unpackRoute(octets, oldSigners), signers));
    }
  };

  return {
    get size() {
      return size;
    },
    add: (route) => {
      const octets = packRoute(route, signers);
      const at = place(octets);
      const handle = newHandle();
      places[handle] = at;
      lengths[handle] = octets.length;
      size++;
      packed += octets.length;
      wire += wireOctets(route);
      return handle;
    },
    get: (handle) => {
      const octets = octetsOf(handle);
      return octets && unpackRoute(octets, signers);
    },
    remove: (handle) => {
      const octets = octetsOf(handle);
      if (octets === undefined) return false;
      wire -= wireOctets(unpackRoute(octets, signers));
      packed -= octets.length;
      garbage += octets.length;
      size--;
      places[handle] = FREE;
      free.push(handle);
      if (garbage > packed + CHUNK) compact();
      return true;
    },
    memory: () => ({
      routes: size,
      allocated:
        chunks.length * CHUNK + places.byteLength + lengths.byteLength + 8 * free.length + signers.allocated,
      packed,
      wire,
    }),
  };
}

/** NLRI and attribute value (RFC 8205 §3). */
function wireOctets({ announced, path }: StoredRoute): number {
  let octets = 1 + Math.ceil(announced.prefix.length / 8) + 2 + 6 * path.segments.length;
  for (const { signatures } of path.blocks) {
    octets += 3;
    for (const { signature } of signatures) octets += 22 + signature.length;
  }
  return octets;
}
