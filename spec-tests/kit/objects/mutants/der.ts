/** Octets that are not what a specification demands; `why` names the demand. */
export class Refused extends Error {}

/** @throws {Refused} unless the demand is met. */
export function must(met: boolean, why: string): asserts met {
  if (!met) throw new Refused(why);
}

/** A value of ASN.1: its identifier octet, its contents, all its octets, and what a constructed one holds. */
export interface Value {
  readonly tag: number;
  readonly body: Buffer;
  readonly raw: Buffer;
  readonly parts: readonly Value[];
}

/** The universal tags that occur; a context tag is 0x80, constructed 0xa0, and its number. */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utf8: 0x0c,
  printable: 0x13,
  ia5: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Types that BER may write in pieces, of those that are read here. */
const PIECES: readonly number[] = [TAG.octetString, TAG.utf8, TAG.printable, TAG.ia5];

/** What makes DER of BER (X.690 §10, §11). */
export interface Rules {
  /** Whether values have to be DER, not BER alone. */
  readonly der: boolean;
}

/** The one value that the octets are, none left over. */
export function readValue(octets: Buffer, rules: Rules): Value {
  const { value, next } = valueAt(octets, 0, rules);
  must(next === octets.length, 'X.690 §10.1: octets behind the value');
  return value;
}

function valueAt(octets: Buffer, at: number, rules: Rules): { readonly value: Value; readonly next: number } {
  const [tag, first] = octets.subarray(at);
  must(tag !== undefined && first !== undefined && (tag & 0x1f) !== 0x1f, 'X.690 §8.1: no tag and length');
  const constructed = (tag & 0x20) !== 0;
  if (first === 0x80) {
    must(constructed && !rules.der, 'X.690 §10.1: a definite length');
    const inner = valuesIn(octets, at + 2, octets.length, rules, true);
    const [body, raw] = [octets.subarray(at + 2, inner.next - 2), octets.subarray(at, inner.next)];
    return { value: joined({ tag, body, raw, parts: inner.values }, rules), next: inner.next };
  }
  const size = first < 0x80 ? 0 : first & 0x7f;
  must(size <= 4 && at + 2 + size <= octets.length, 'X.690 §8.1.3: a length that fits');
  const length = size === 0 ? first : octets.readUIntBE(at + 2, size);
  must(
    size === 0 || !rules.der || length >= Math.max(0x80, 256 ** (size - 1)),
    'X.690 §10.1: the fewest octets',
  );
  const start = at + 2 + size;
  const next = start + length;
  must(next <= octets.length, 'X.690 §8.1.3: a length that fits');
  const [body, raw] = [octets.subarray(start, next), octets.subarray(at, next)];
  const parts = constructed ? valuesIn(octets, start, next, rules, false).values : [];
  return { value: joined({ tag, body, raw, parts }, rules), next };
}

function valuesIn(octets: Buffer, start: number, end: number, rules: Rules, marked: boolean) {
  const values: Value[] = [];
  let at = start;
  while (at < end) {
    if (marked && octets[at] === 0 && octets[at + 1] === 0) return { values, next: at + 2 };
    const { value, next } = valueAt(octets.subarray(0, end), at, rules);
    values.push(value);
    at = next;
  }
  must(!marked, 'X.690 §8.1.5: end-of-contents octets');
  return { values, next: at };
}

/** A string in pieces as one; the other values as they are, when they are in the form that their type has. */
function joined(value: Value, rules: Rules): Value {
  const { tag, parts } = value;
  const universal = tag < 0x40 ? tag & 0x1f : 0;
  const structured = universal === 0x10 || universal === 0x11;
  if (tag >= 0x40 || (structured && tag >= 0x20)) {
    must(tag !== TAG.set || !rules.der || ascending(parts), 'X.690 §11.6: a SET OF in order');
    return value;
  }
  must(!structured, 'X.690 §8.9: a SEQUENCE is constructed');
  if (tag < 0x20) {
    checkForm(value, rules);
    return value;
  }
  must(!rules.der && PIECES.includes(universal), 'X.690 §10.2: strings in one piece');
  return { ...value, tag: universal, body: Buffer.concat(parts.map(({ body }) => body)), parts: [] };
}

/** X.690 §11.6. */
export function ascending(parts: readonly Value[]): boolean {
  return parts.every(({ raw }, i) => i === 0 || Buffer.compare(parts[i - 1]?.raw ?? raw, raw) <= 0);
}

function checkForm({ tag, body }: Value, { der }: Rules): void {
  const [first = 0, second = 0] = body;
  const last = body.at(-1) ?? 0;
  if (tag === TAG.boolean) {
    must(body.length === 1, 'X.690 §8.2');
    must(!der || first === 0 || first === 0xff, 'X.690 §11.1');
  } else if (tag === TAG.integer) {
    must(body.length > 0, 'X.690 §8.3.1');
    const superfluous = body.length > 1 && first === (second < 0x80 ? 0 : 0xff);
    must(!der || !superfluous, 'X.690 §8.3.2');
  } else if (tag === TAG.bitString) {
    must(first < 8 && body.length > (first > 0 ? 1 : 0), 'X.690 §8.6.2');
    must(!der || (last & ((1 << first) - 1)) === 0 || body.length === 1, 'X.690 §11.2.1');
  } else if (tag === TAG.null) {
    must(body.length === 0, 'X.690 §8.8');
  } else if (tag === TAG.oid) {
    const parts = body.length > 0 && last < 0x80;
    must(parts && body.every((octet, i) => octet !== 0x80 || (body[i - 1] ?? 0) >= 0x80), 'X.690 §8.19');
  }
}

/** The members of a SEQUENCE, taken one after the other. */
export class Members {
  readonly #values: readonly Value[];
  readonly #name: string;
  #at = 0;

  constructor({ tag, parts }: Value, name: string, wanted: number = TAG.sequence) {
    must(tag === wanted, `${name}: another type`);
    this.#values = parts;
    this.#name = name;
  }

  /** The next member, when it has the tag. */
  maybe(tag: number): Value | undefined {
    const value = this.#values[this.#at];
    if (value?.tag !== tag) return undefined;
    this.#at++;
    return value;
  }

  take(...tags: readonly number[]): Value {
    const value = this.#values[this.#at++];
    must(
      value !== undefined && (tags.length === 0 || tags.includes(value.tag)),
      `${this.#name}: its members`,
    );
    return value;
  }

  end(): void {
    must(this.#at === this.#values.length, `${this.#name}: a member too many`);
  }
}

/** What is in an EXPLICIT tag. */
export function only({ parts }: Value, name: string): Value {
  const [value, another] = parts;
  must(value !== undefined && another === undefined, `${name}: one value`);
  return value;
}

/** The members of a SEQUENCE OF or SET OF. */
export function listOf({ tag, parts }: Value, name: string, wanted: number = TAG.sequence): readonly Value[] {
  must(tag === wanted, `${name}: a list`);
  return parts;
}

export function integer({ tag, body }: Value, name: string): bigint {
  must(tag === TAG.integer, `${name}: an INTEGER`);
  return BigInt.asIntN(8 * body.length, BigInt(`0x${body.toString('hex')}`));
}

/** An OBJECT IDENTIFIER in dots. */
export function identifier({ tag, body }: Value, name: string): string {
  must(tag === TAG.oid, `${name}: an OBJECT IDENTIFIER`);
  const arcs: number[] = [];
  let arc = 0;
  for (const octet of body) {
    arc = arc * 128 + (octet & 0x7f);
    if (octet >= 0x80) continue;
    const top = Math.min(2, Math.floor(arc / 40));
    arcs.push(...(arcs.length === 0 ? [top, arc - 40 * top] : [arc]));
    arc = 0;
  }
  return arcs.join('.');
}

/** The octets of a BIT STRING without unused bits. */
export function wholeBits({ tag, body }: Value, name: string): Buffer {
  must(tag === TAG.bitString && body[0] === 0, `${name}: whole octets of bits`);
  return body.subarray(1);
}

/** The time of a Time as seconds since 1970; `byYear`: of the type that its year wants (RFC 5280 §4.1.2.5). */
export function seconds({ tag, body }: Value, name: string, byYear = true): number {
  must(tag === TAG.utcTime || tag === TAG.generalizedTime, `${name}: a Time`);
  const text = body.toString('latin1');
  const short = tag === TAG.utcTime;
  must(short ? /^\d{12}Z$/.test(text) : /^\d{14}Z$/.test(text), `${name}: to the second, in Z`);
  const full = short ? (Number(text.slice(0, 2)) < 50 ? '20' : '19') + text : text;
  must(!byYear || short === full < '2050', `${name}: the type that its year wants`);
  const iso = full.replace(/^(....)(..)(..)(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6.000Z');
  const time = new Date(iso);
  must(!Number.isNaN(time.getTime()) && time.toISOString() === iso, `${name}: a time that exists`);
  return time.getTime() / 1000;
}
