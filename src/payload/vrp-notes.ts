/**
 * What sources say about a VRP beside its identity: expiry and trust anchor. The columns exist only once something
 * was said, since RTR says neither.
 */
export class VrpNotes {
  #expires = new Float64Array(0); // NaN: not said
  #ta = new Uint32Array(0); // 0: not said, else an index into #names plus one
  readonly #names: string[];
  readonly #numbers: Map<string, number>;

  /** @param names of trust anchors, each once: the first has number 1 in {@link put}. */
  constructor(names: readonly string[] = []) {
    this.#names = [...names];
    this.#numbers = new Map(names.map((name, i) => [name, i + 1]));
  }

  /** Octets of the packed arrays. */
  get bytes(): number {
    return this.#expires.byteLength + this.#ta.byteLength;
  }

  /** Seconds since 1970 UTC, or undefined. */
  expires(entry: number): number | undefined {
    const value = this.#expires[entry];
    return value === undefined || Number.isNaN(value) ? undefined : value;
  }

  /** The name of the trust anchor, or undefined. */
  ta(entry: number): string | undefined {
    const number = this.#ta[entry];
    return number === undefined || number === 0 ? undefined : this.#names[number - 1];
  }

  /** Replaces what is noted for the entry. `capacity` is the number of entries the owner has room for. */
  set(entry: number, expires: number | undefined, ta: string | undefined, capacity: number): void {
    this.put(entry, expires ?? Number.NaN, ta === undefined ? 0 : this.#number(ta), capacity);
  }

  /** As {@link set}, by the number of a name, 0 for none; NaN is no expiry. */
  put(entry: number, expires: number, ta: number, capacity: number): void {
    if (!Number.isNaN(expires) || entry < this.#expires.length) {
      if (this.#expires.length < capacity) {
        const grown = new Float64Array(capacity).fill(Number.NaN);
        grown.set(this.#expires);
        this.#expires = grown;
      }
      this.#expires[entry] = expires;
    }
    if (ta > 0 || entry < this.#ta.length) {
      if (this.#ta.length < capacity) {
        const grown = new Uint32Array(capacity);
        grown.set(this.#ta);
        this.#ta = grown;
      }
      this.#ta[entry] = ta;
    }
  }

  /** Gives room back that is for more entries than these. */
  trim(entries: number): void {
    if (this.#expires.length > entries) this.#expires = this.#expires.slice(0, entries);
    if (this.#ta.length > entries) this.#ta = this.#ta.slice(0, entries);
  }

  #number(ta: string): number {
    const known = this.#numbers.get(ta);
    if (known !== undefined) return known;
    this.#names.push(ta);
    this.#numbers.set(ta, this.#names.length);
    return this.#names.length;
  }
}

/** Whether the notes of `payload` replace those held (docs/decisions/payload.md D-duplicate-notes). */
export function outranks(
  payload: { readonly expires?: number | undefined; readonly ta?: string | undefined },
  expires: number | undefined,
  ta: string | undefined,
): boolean {
  const mine = payload.expires ?? Number.POSITIVE_INFINITY;
  const held = expires ?? Number.POSITIVE_INFINITY;
  if (mine !== held) return mine > held;
  return payload.ta !== undefined && (ta === undefined || payload.ta < ta);
}
