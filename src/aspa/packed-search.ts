import type { Asn } from '../inet/index.js';

// How an entry of a `PackedTable` is found, on the bare arrays: the fast verifier hoists these out of the table once.

/** Words of a slot: customer, number of its providers, and its only provider or the place of its list in the arena. */
export const SLOT = 3;
/** Longest list that is scanned; longer ones are bisected. */
const LINEAR_LIMIT = 12;

/**
 * `PackedTable.find` on the bare arrays. The place of the mark is written out: V8 inlines only so much into the fast verifier,
 * and it wants both of its searches inlined.
 */
export function findSlot(
  slots: Uint32Array,
  marks: Uint8Array,
  shift: number,
  multiplier: number,
  customer: Asn,
): number {
  const place = Math.imul(customer, multiplier) >>> (shift - 3);
  const home = place >>> 3;
  if ((((marks[home] as number) >>> (place & 7)) & 1) === 0) return -1;
  let slot = home * SLOT;
  for (;;) {
    const found = slots[slot];
    if (found === 0) return -1; // asked first, for AS 0 is no customer
    if (found === customer) return slot;
    slot += SLOT;
    if (slot === slots.length) slot = 0;
  }
}

/** `PackedTable.holds` on the bare arrays: one word, a scan of short lists, bisection of long ones. */
export function slotHolds(slots: Uint32Array, arena: Uint32Array, slot: number, provider: Asn): boolean {
  const length = slots[slot + 1] as number;
  const word = slots[slot + 2] as number;
  // An entry without provider holds 0 there, which AS 0 must not match.
  if (length < 2) return word === provider && provider !== 0;
  if (length > LINEAR_LIMIT) return longListHolds(arena, word, length, provider);
  const end = word + length;
  for (let at = word; at < end; at++) {
    const listed = arena[at] as number;
    if (listed >= provider) return listed === provider; // the list ascends
  }
  return false;
}

function longListHolds(arena: Uint32Array, first: number, length: number, provider: Asn): boolean {
  let low = first;
  let high = first + length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((arena[middle] as number) <= provider) low = middle;
    else high = middle;
  }
  return arena[low] === provider;
}

/** Where the search for a customer begins. */
export function homeSlot(customer: Asn, shift: number, multiplier: number): number {
  return Math.imul(Math.imul(customer, multiplier) >>> shift, SLOT);
}

/** The number of a customer's mark: the number of its home slot and three bits more. */
export function markPlace(customer: Asn, shift: number, multiplier: number): number {
  return Math.imul(customer, multiplier) >>> (shift - 3);
}
