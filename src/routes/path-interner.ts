import { type AsnSize, type AsPath, decodeAsPath } from '../bgp/index.js';
import { SeededHash } from '../tables/index.js';

const MAX_PATHS = 1 << 18;
const MAX_OCTETS = 1 << 25;
const FEWEST_SLOTS = 1 << 10;

/** Decodes AS_PATH values; the same octets give the same object. */
export type PathInterner = (octets: Uint8Array, start: number, end: number, asnSize: AsnSize) => AsPath;

/**
 * A {@link PathInterner}: open addressing over the octets themselves, kept in one arena. It holds at most `maxPaths`
 * paths (and 32 MiB of octets) and then starts anew, so that memory stays bounded on any input.
 *
 * The function throws what `decodeAsPath` throws; a malformed value is not kept.
 */
export function createPathInterner(maxPaths = MAX_PATHS, seeded = new SeededHash()): PathInterner {
  let slots = new Int32Array(FEWEST_SLOTS); // index into the lists below, plus one; 0 is free
  let arena = new Uint8Array(1 << 12);
  let used = 0;
  let hashes = new Int32Array(FEWEST_SLOTS);
  let ends = new Int32Array(FEWEST_SLOTS);
  let paths: AsPath[] = [];

  const insert = (hash: number, index: number): void => {
    const mask = slots.length - 1;
    let slot = hash & mask;
    while (slots[slot] !== 0) slot = (slot + 1) & mask;
    slots[slot] = index + 1;
  };
  const clear = (): void => {
    slots = new Int32Array(FEWEST_SLOTS);
    used = 0;
    paths = [];
  };
  const add = (
    octets: Uint8Array,
    start: number,
    end: number,
    asnSize: AsnSize,
    hash: number,
    path: AsPath,
  ) => {
    const length = end - start + 1;
    if (paths.length >= maxPaths || used + length > MAX_OCTETS) clear();
    if (used + length > arena.length) {
      const larger = new Uint8Array(Math.max(4 * arena.length, used + length));
      larger.set(arena);
      arena = larger;
    }
    arena[used] = asnSize;
    for (let i = start, at = used + 1; i < end; i++, at++) arena[at] = octets[i] as number;
    used += length;
    if (paths.length === hashes.length) {
      hashes = grown(hashes);
      ends = grown(ends);
    }
    hashes[paths.length] = hash;
    ends[paths.length] = used;
    paths.push(path);
    if (paths.length * 2 > slots.length) {
      slots = new Int32Array(slots.length * 4);
      for (let i = 0; i < paths.length; i++) insert(hashes[i] as number, i);
    } else {
      insert(hash, paths.length - 1);
    }
  };
  const matches = (
    index: number,
    octets: Uint8Array,
    start: number,
    end: number,
    asnSize: AsnSize,
  ): boolean => {
    let at = index === 0 ? 0 : (ends[index - 1] as number);
    if ((ends[index] as number) - at !== end - start + 1 || arena[at++] !== asnSize) return false;
    for (let i = start; i < end; i++, at++) if (arena[at] !== octets[i]) return false;
    return true;
  };

  return (octets, start, end, asnSize) => {
    const hash = (seeded.octets(octets, start, end) ^ asnSize) | 0;
    const mask = slots.length - 1;
    for (let slot = hash & mask; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const index = (slots[slot] as number) - 1;
      if (hashes[index] === hash && matches(index, octets, start, end, asnSize))
        return paths[index] as AsPath;
    }
    const path = decodeAsPath(octets, asnSize, start, end);
    add(octets, start, end, asnSize, hash, path);
    return path;
  };
}

function grown(list: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * list.length);
  larger.set(list);
  return larger;
}
