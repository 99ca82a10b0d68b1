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
  return new OctetDescriber(octets, start, end, around);
}

/** A class: there is a describer for every group, and literals with accessors would have a shape each. */
class OctetDescriber implements Describer {
  readonly nodes: DescribedOctets[] = [];
  readonly #octets: Uint8Array;
  readonly #end: number;
  readonly #path: string | undefined;
  readonly #seen = new Map<string, number>();
  #offset: number;
  #source: string | undefined;

  constructor(octets: Uint8Array, start: number, end: number, { path, source }: Surroundings) {
    this.#octets = octets;
    this.#offset = start;
    this.#end = end;
    this.#path = path;
    this.#source = source;
  }

  get offset(): number {
    return this.#offset;
  }

  get remaining(): number {
    return this.#end - this.#offset;
  }

  cite(source: string | undefined): void {
    this.#source = source;
  }

  peek(ahead = 0): number | undefined {
    const at = this.#offset + ahead;
    return at < this.#end ? this.#octets[at] : undefined;
  }

  uint(name: string, width: number, format: (value: number) => string = String): number {
    if (this.#cut(name, width)) return 0;
    let number = 0;
    for (let i = 0; i < width; i++) number = number * 256 + (this.#octets[this.#offset + i] as number);
    this.#leaf(name, width, format(number));
    return number;
  }

  bytes(name: string, length: number, format: (value: Uint8Array) => string = toHex): void {
    if (this.#cut(name, length)) return;
    this.#leaf(name, length, format(this.#octets.subarray(this.#offset, this.#offset + length)));
  }

  group(
    name: string,
    length: number,
    body: (inner: Describer) => string | undefined,
    source = this.#source,
  ): void {
    const offset = this.#offset;
    const size = Math.min(length, this.remaining);
    const path = this.#pathOf(name);
    const inner = new OctetDescriber(this.#octets, offset, offset + size, { path, source });
    const text = body(inner);
    if (inner.remaining > 0) inner.bytes('(left over)', inner.remaining);
    const value = length > size ? `cut short: needs ${length} octets, has ${size}` : text;
    this.nodes.push({
      ...{ name, path, ...cited(source), offset, length: size },
      ...(value !== undefined && { value }),
      children: inner.nodes,
    });
    this.#offset += size;
  }

  /** The path of the next part of this name. */
  #pathOf(name: string): string {
    const word = pathWord(name);
    const before = this.#seen.get(word) ?? 0;
    this.#seen.set(word, before + 1);
    const own = before === 0 ? word : `${word}[${before}]`;
    return this.#path === undefined ? own : `${this.#path}.${own}`;
  }

  #leaf(name: string, length: number, value: string): void {
    const [path, offset] = [this.#pathOf(name), this.#offset];
    this.nodes.push({ name, path, ...cited(this.#source), offset, length, value, children: [] });
    this.#offset += length;
  }

  /** Whether less than `length` is left: then that is a part, and nothing follows it. */
  #cut(name: string, length: number): boolean {
    const { remaining } = this;
    if (length <= remaining) return false;
    this.#leaf(name, remaining, `cut short: needs ${length} octets, has ${remaining}`);
    return true;
  }
}

const cited = (source: string | undefined) => source !== undefined && { source };

/** `Secure_Path Segment [0]` as `secure-path-segment[0]`. */
function pathWord(name: string): string {
  const [, words = '', number = ''] = /^(.*?)\s*(\[[0-9]+\])?$/.exec(name) ?? [];
  return `${words
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')}${number}`;
}
