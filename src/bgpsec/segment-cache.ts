import type { SignatureSegment } from '../bgp/index.js';
import type { SignatureEngine } from './engine.js';

/**
 * Remembers which tails of paths have verified: routes for one prefix from several neighbours share the hops near the
 * origin (V. Sriram and D. Montgomery, 2017). An entry says "hops 1..N all verified", is found by the octets, SKI and
 * signature of hop N, and names the public key that verified each of them. It is used only while each of these keys is
 * still the AS's key, so a withdrawn key cannot leave a Valid behind.
 *
 * Only the hops of a block that verified to the end are remembered: no one can fill the cache without router keys.
 */
export interface SegmentCache {
  /** Entries now and at most. */
  readonly size: number;
  readonly capacity: number;
  /** Lookups that saved verifications, and those that did not. */
  readonly hits: number;
  readonly misses: number;
  /** The name of hop N, from its octets to be hashed, its SKI and its signature. */
  name(engine: SignatureEngine, octets: Uint8Array, segment: SignatureSegment): string;
  /** The keys of hops N..1 when they are known to verify and `stillValid` holds for each (by its distance from N). */
  find(
    name: string,
    stillValid: (key: Uint8Array, distance: number) => boolean,
  ): readonly Uint8Array[] | undefined;
  /** `keys` of hops N..1, all verified. */
  remember(name: string, keys: readonly Uint8Array[]): void;
}

/**
 * A cache of at most `capacity` entries (some 400 octets each); the least recently used goes first.
 * NON-SPEC: a cache of answers to RFC 8205 §5.2 (docs/decisions/bgpsec.md D-segment-cache).
 *
 * @throws {RangeError} unless `capacity` is a whole number of at least 1.
 */
export function createSegmentCache(capacity: number): SegmentCache {
  if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError('capacity: a whole number >= 1');
  const entries = new Map<string, readonly Uint8Array[]>();
  let hits = 0;
  let misses = 0;
  return {
    capacity,
    get size() {
      return entries.size;
    },
    get hits() {
      return hits;
    },
    get misses() {
      return misses;
    },
    name: (engine, octets, { ski, signature }) => {
      // Signature Segment N as on the wire, then its octets: no two triples give the same sequence.
      const named = new Uint8Array(22 + signature.length + octets.length);
      named.set(ski);
      named[20] = signature.length >> 8;
      named[21] = signature.length;
      named.set(signature, 22);
      named.set(octets, 22 + signature.length);
      const digest = engine.digest(named);
      let name = '';
      for (let i = 0; i < digest.length; i += 2) {
        name += String.fromCharCode(((digest[i] as number) << 8) | (digest[i + 1] as number));
      }
      return name;
    },
    find: (name, stillValid) => {
      const keys = entries.get(name);
      if (keys === undefined) {
        misses++;
        return undefined;
      }
      entries.delete(name);
      if (!keys.every(stillValid)) {
        misses++;
        return undefined;
      }
      entries.set(name, keys);
      hits++;
      return keys;
    },
    remember: (name, keys) => {
      entries.delete(name);
      if (entries.size >= capacity) {
        const oldest = entries.keys().next();
        if (!oldest.done) entries.delete(oldest.value);
      }
      entries.set(name, keys);
    },
  };
}
