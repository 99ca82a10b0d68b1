/** Where and how octets are not DER (X.690 §10, §11). */
export interface DerFault {
  readonly offset: number;
  readonly fault: string;
}

const MAX_DEPTH = 32;
const CONSTRUCTED = 0x20;
/** Universal types that DER always encodes primitive: all but SEQUENCE, SET and the structured external types. */
const ALWAYS_CONSTRUCTED = new Set([8, 11, 16, 17]);

/**
 * The first thing in `octets` that is BER but not DER, `undefined` when they are exactly one DER value. General
 * decoders take non-minimal and indefinite lengths, sloppy integers and booleans, constructed strings, unsorted sets
 * and octets behind the end without a word, and re-encoding does not show most of them.
 */
export function derFault(octets: Uint8Array): DerFault | undefined {
  try {
    const end = walk(octets, 0, octets.length, 0);
    return end === octets.length ? undefined : { offset: end, fault: 'octets behind the value' };
  } catch (error) {
    if (error instanceof NotDer) return { offset: error.offset, fault: error.message };
    throw error;
  }
}

class NotDer extends Error {
  readonly offset: number;

  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

/** Checks the value at `at` and returns the offset after it. */
function walk(octets: Uint8Array, at: number, limit: number, depth: number): number {
  if (depth > MAX_DEPTH) throw new NotDer(at, 'nested too deeply');
  const identifier = octetAt(octets, at, limit);
  if ((identifier & 0x1f) === 0x1f) throw new NotDer(at, 'tag numbers above 30 do not occur here');
  const { start, end } = contents(octets, at + 1, limit);
  const constructed = (identifier & CONSTRUCTED) !== 0;
  if (identifier < 0x40) checkUniversal(octets, at, identifier & 0x1f, constructed, start, end);
  if (!constructed) return end;
  let previous = -1;
  for (let child = start; child < end; ) {
    const next = walk(octets, child, end, depth + 1);
    if (identifier === 0x31 && previous >= 0 && compare(octets, previous, child, child, next) > 0) {
      throw new NotDer(child, 'a SET is not in order');
    }
    previous = child;
    child = next;
  }
  return end;
}

/** X.690 §10.1: the definite form, in as few octets as can be. */
function contents(octets: Uint8Array, at: number, limit: number): { start: number; end: number } {
  const first = octetAt(octets, at, limit);
  let start = at + 1;
  let length = first;
  if (first >= 0x80) {
    const count = first & 0x7f;
    if (count === 0) throw new NotDer(at, 'indefinite length');
    if (count > 4) throw new NotDer(at, 'length in more than four octets');
    length = 0;
    for (let i = 0; i < count; i++) length = length * 256 + octetAt(octets, start + i, limit);
    start += count;
    if (length < 0x80 || length < 256 ** (count - 1))
      throw new NotDer(at, 'length in more octets than needed');
  }
  if (length > limit - start) throw new NotDer(at, 'length runs over the end');
  return { start, end: start + length };
}

function checkUniversal(
  octets: Uint8Array,
  at: number,
  tag: number,
  constructed: boolean,
  start: number,
  end: number,
): void {
  const length = end - start;
  const first = octets[start] as number;
  if (constructed !== ALWAYS_CONSTRUCTED.has(tag))
    throw new NotDer(at, 'constructed where primitive, or reverse');
  if (tag === 0) throw new NotDer(at, 'end-of-contents');
  if (tag === 1 && (length !== 1 || (first !== 0x00 && first !== 0xff)))
    throw new NotDer(at, 'BOOLEAN not 00 or FF');
  if (tag === 2 || tag === 10) {
    const second = octets[start + 1] as number;
    const padded = length > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80));
    if (length === 0 || padded) throw new NotDer(at, 'INTEGER empty or not minimal');
  }
  if (tag === 3) {
    const last = octets[end - 1] as number;
    const unusedSet = first > 0 && (last & ((1 << first) - 1)) !== 0;
    if (length === 0 || first > 7 || (length === 1 && first !== 0) || unusedSet) {
      throw new NotDer(at, 'BIT STRING with bad unused bits');
    }
  }
  if (tag === 5 && length !== 0) throw new NotDer(at, 'NULL with contents');
  if (tag === 6) checkObjectIdentifier(octets, at, start, end);
}

function checkObjectIdentifier(octets: Uint8Array, at: number, start: number, end: number): void {
  if (start === end || (octets[end - 1] as number) >= 0x80) throw new NotDer(at, 'OBJECT IDENTIFIER cut off');
  for (let i = start; i < end; i++) {
    const begins = i === start || (octets[i - 1] as number) < 0x80;
    if (begins && octets[i] === 0x80) throw new NotDer(at, 'OBJECT IDENTIFIER with a padded arc');
  }
}

/** X.690 §11.6: the encodings in ascending order, shorter ones padded with zero octets. */
function compare(octets: Uint8Array, a: number, aEnd: number, b: number, bEnd: number): number {
  for (let i = 0; i < Math.max(aEnd - a, bEnd - b); i++) {
    const difference =
      (a + i < aEnd ? (octets[a + i] as number) : 0) - (b + i < bEnd ? (octets[b + i] as number) : 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function octetAt(octets: Uint8Array, at: number, limit: number): number {
  if (at >= limit) throw new NotDer(at, 'cut off');
  return octets[at] as number;
}
