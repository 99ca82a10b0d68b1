import { toHex } from '../../bytes/index.js';

/** A run of octets of a message with its meaning; groups contain their parts in order and without gaps. */
export interface DescribedOctets {
  /** As the document calls it: `pCount`, `Secure_Path Segment [0]`. */
  readonly name: string;
  /** From the start of the array that was described. */
  readonly offset: number;
  /** In octets. */
  readonly length: number;
  /** The value as text; absent for most groups. */
  readonly value?: string;
  readonly children: readonly DescribedOctets[];
}

/**
 * Describes `octets[start, end)` piece by piece. Never throws for what the octets hold: a piece that needs more than
 * is left takes what is left, says so, and nothing follows it.
 */
export interface Describer {
  readonly offset: number;
  readonly remaining: number;
  readonly nodes: readonly DescribedOctets[];
  /** The octet `ahead` of the next one, without passing it; undefined behind the end. */
  peek(ahead?: number): number | undefined;
  /** An unsigned integer of `width` octets; 0 when cut short. */
  uint(name: string, width: number, format?: (value: number) => string): number;
  bytes(name: string, length: number, format?: (value: Uint8Array) => string): void;
  /** A group of the next `length` octets; what `body` leaves over is shown as such. Its result is the group's value. */
  group(name: string, length: number, body: (inner: Describer) => string | undefined): void;
}

/** A {@link Describer} at the start of the window. */
export function createDescriber(octets: Uint8Array, start: number, end: number): Describer {
  let offset = start;
  const nodes: DescribedOctets[] = [];
  const cut = (name: string, length: number): boolean => {
    if (length <= end - offset) return false;
    const value = `cut short: needs ${length} octets, has ${end - offset}`;
    nodes.push({ name, offset, length: end - offset, value, children: [] });
    offset = end;
    return true;
  };
  const describer: Describer = {
    nodes,
    get offset() {
      return offset;
    },
    get remaining() {
      return end - offset;
    },
    peek: (ahead = 0) => (offset + ahead < end ? octets[offset + ahead] : undefined),
    uint(name, width, format = String) {
      if (cut(name, width)) return 0;
      let number = 0;
      for (let i = 0; i < width; i++) number = number * 256 + (octets[offset + i] as number);
      nodes.push({ name, offset, length: width, value: format(number), children: [] });
      offset += width;
      return number;
    },
    bytes(name, length, format = toHex) {
      if (cut(name, length)) return;
      const value = format(octets.subarray(offset, offset + length));
      nodes.push({ name, offset, length, value, children: [] });
      offset += length;
    },
    group(name, length, body) {
      const missing = length - (end - offset);
      const size = Math.min(length, end - offset);
      const inner = createDescriber(octets, offset, offset + size);
      const text = body(inner);
      if (inner.remaining > 0) inner.bytes('(left over)', inner.remaining);
      const value = missing > 0 ? `cut short: needs ${length} octets, has ${size}` : text;
      nodes.push({
        name,
        offset,
        length: size,
        ...(value !== undefined && { value }),
        children: inner.nodes,
      });
      offset += size;
    },
  };
  return describer;
}
