import { toHex } from './hex.js';

/** A run of octets with its meaning; groups contain their parts in order and without gaps. */
export interface DescribedOctets {
  /** As the document calls it: `pCount`, `Secure_Path Segment [0]`. */
  readonly name: string;
  /**
   * Where it stands in the structure, by names in lower case with dots between; of parts of one name that stand side by side
   * all but the first have their number behind: `message.body.path-attributes.as-path.attribute-value.path-segment[1]`.
   */
  readonly path: string;
  /** The section that says what it is: `RFC 8205 §3.1`. */
  readonly source?: string;
  /** From the start of the array that was described. */
  readonly offset: number;
  /** In octets. */
  readonly length: number;
  /** The value as text; absent for most groups. */
  readonly value?: string;
  readonly children: readonly DescribedOctets[];
}

/**
 * Describes a stretch of octets piece by piece. Never throws for what the octets hold: a piece that needs more than
 * is left takes what is left, says so, and nothing follows it.
 */
export interface Describer {
  readonly offset: number;
  readonly remaining: number;
  readonly nodes: readonly DescribedOctets[];
  /** The section that what follows is defined in, until another is named; groups take it over. */
  cite(source: string | undefined): void;
  /** The octet `ahead` of the next one, without passing it; undefined behind the end. */
  peek(ahead?: number): number | undefined;
  /** An unsigned integer of `width` octets; 0 when cut short. */
  uint(name: string, width: number, format?: (value: number) => string): number;
  bytes(name: string, length: number, format?: (value: Uint8Array) => string): void;
  /**
   * A group of the next `length` octets; what `body` leaves over is shown as such. Its result is the group's value. `source`: of the
   * group and what is in it.
   */
  group(name: string, length: number, body: (inner: Describer) => string | undefined, source?: string): void;
}

/** What stands around the octets that are described. */
interface Surroundings {
  readonly path?: string;
  readonly source?: string | undefined;
}

/** A {@link Describer} of `octets[start, end)`, at the start. */
export function createDescriber(
  octets: Uint8Array,
  start = 0,
  end = octets.length,
  around: Surroundings = {},
): Describer {
  let offset = start;
  let { source } = around;
  const nodes: DescribedOctets[] = [];
  const seen = new Map<string, number>();
  /** The path of the next part of this name. */
  const pathOf = (name: string): string => {
    const word = pathWord(name);
    const before = seen.get(word) ?? 0;
    seen.set(word, before + 1);
    const own = before === 0 ? word : `${word}[${before}]`;
    return around.path === undefined ? own : `${around.path}.${own}`;
  };
  const cited = (of: string | undefined) => of !== undefined && { source: of };
  const leaf = (name: string, length: number, value: string): void => {
    nodes.push({ name, path: pathOf(name), ...cited(source), offset, length, value, children: [] });
    offset += length;
  };
  const cut = (name: string, length: number): boolean => {
    if (length <= end - offset) return false;
    leaf(name, end - offset, `cut short: needs ${length} octets, has ${end - offset}`);
    return true;
  };
  return {
    nodes,
    get offset() {
      return offset;
    },
    get remaining() {
      return end - offset;
    },
    cite(section) {
      source = section;
    },
    peek: (ahead = 0) => (offset + ahead < end ? octets[offset + ahead] : undefined),
    uint(name, width, format = String) {
      if (cut(name, width)) return 0;
      let number = 0;
      for (let i = 0; i < width; i++) number = number * 256 + (octets[offset + i] as number);
      leaf(name, width, format(number));
      return number;
    },
    bytes(name, length, format = toHex) {
      if (!cut(name, length)) leaf(name, length, format(octets.subarray(offset, offset + length)));
    },
    group(name, length, body, section = source) {
      const missing = length - (end - offset);
      const size = Math.min(length, end - offset);
      const path = pathOf(name);
      const inner = createDescriber(octets, offset, offset + size, { path, source: section });
      const text = body(inner);
      if (inner.remaining > 0) inner.bytes('(left over)', inner.remaining);
      const value = missing > 0 ? `cut short: needs ${length} octets, has ${size}` : text;
      nodes.push({
        ...{ name, path, ...cited(section), offset, length: size },
        ...(value !== undefined && { value }),
        children: inner.nodes,
      });
      offset += size;
    },
  };
}

/** `Secure_Path Segment [0]` as `secure-path-segment[0]`. */
function pathWord(name: string): string {
  const [, words = '', number = ''] = /^(.*?)\s*(\[[0-9]+\])?$/.exec(name) ?? [];
  return `${words
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')}${number}`;
}
