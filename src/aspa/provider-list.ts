import { type Asn, isAsn, sayValue } from '../inet/index.js';
import type { PackedTable } from './packed-table.js';

const INSERTION_LIMIT = 24;

/** Where the list stands, and what was left out of it. */
interface AppendedList {
  readonly start: number;
  readonly zero: boolean;
  readonly self: boolean;
}

/**
 * Appends the U-SPAS of `customer` to the arena: the list in slot `earlier` (-1: none) united with `providers`, as a set
 * in ascending order, whatever the order given (docs/decisions/aspa.md D-aspa-list-order), without AS 0 (draft-28 §4:
 * it has no influence) and without the customer itself (aspa-profile §3.3). The list is not yet an entry.
 *
 * @throws {RangeError} ({@link TypeError} for what is no number) when a provider is no ASN; the arena is as before.
 */
export function appendProviders(
  table: PackedTable,
  customer: Asn,
  providers: readonly Asn[],
  earlier: number,
): AppendedList {
  const held = earlier < 0 ? [] : Array.from(table.list(earlier));
  table.reserve(held.length + providers.length);
  const { arena } = table;
  const first = table.end;
  let end = first;
  let zero = false;
  let self = false;
  for (const provider of held) arena[end++] = provider;
  for (const provider of providers) {
    if (!isAsn(provider)) throw notAnAsn(provider, customer);
    if (provider === 0) zero = true;
    else if (provider === customer) self = true;
    else arena[end++] = provider;
  }
  sortAscending(arena, first, end);
  table.end = dropRepeats(arena, first, end);
  return { start: first, zero, self };
}

function sortAscending(arena: Uint32Array, first: number, end: number): void {
  if (end - first > INSERTION_LIMIT) {
    arena.subarray(first, end).sort(); // typed arrays sort by number
    return;
  }
  for (let i = first + 1; i < end; i++) {
    const asn = arena[i] as number;
    let j = i;
    for (; j > first && (arena[j - 1] as number) > asn; j--) arena[j] = arena[j - 1] as number;
    arena[j] = asn;
  }
}

function dropRepeats(arena: Uint32Array, first: number, end: number): number {
  let kept = first;
  for (let i = first; i < end; i++) {
    if (i === first || arena[i] !== arena[kept - 1]) arena[kept++] = arena[i] as number;
  }
  return kept;
}

function notAnAsn(provider: unknown, customer: Asn): Error {
  const sentence = `provider ${sayValue(provider)} of AS${customer} is not an ASN`;
  return typeof provider === 'number' ? new RangeError(sentence) : new TypeError(sentence);
}
