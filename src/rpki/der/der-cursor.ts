import { DecodeError } from '../../bytes/index.js';
import { checkDerValue } from './strict-der.js';
import { isDerGeneralizedTime } from './time-form.js';

/** Identifier octets of the universal types that {@link DerCursor} reads. */
export const TAG = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectIdentifier: 0x06,
  generalizedTime: 0x18,
  sequence: 0x30,
} as const;

const NAMES: ReadonlyMap<number, string> = new Map([
  [TAG.integer, 'an INTEGER'],
  [TAG.bitString, 'a primitive BIT STRING'],
  [TAG.octetString, 'a primitive OCTET STRING'],
  [TAG.objectIdentifier, 'an OBJECT IDENTIFIER'],
  [TAG.generalizedTime, 'a GeneralizedTime'],
  [TAG.sequence, 'a SEQUENCE'],
]);

/** The identifier octet of `[number] EXPLICIT`. */
export function explicitTag(number: number): number {
  return 0xa0 | number;
}

/** The bits of a BIT STRING: a view, and how many of its last octet do not belong to it. */
export interface Bits {
  readonly octets: Uint8Array;
  readonly unused: number;
}

/**
 * Reads DER strictly and value by value, where a tree of all values would be many times as large as the octets. Octets that
 * it gives are views. What is not DER is refused with the codes of `checkDer`, another type than the wanted one with
 * `asn1-syntax`; offsets count from the start of `octets`.
 */
export class DerCursor {
  /** Where the next value begins. */
  at: number;
  /** Where the value ends that is being read. */
  end: number;
  readonly octets: Uint8Array;
  /** The place that errors name. */
  readonly field: string;

  constructor(octets: Uint8Array, field: string, at = 0, end = octets.length) {
    this.octets = octets;
    this.field = field;
    this.at = at;
    this.end = end;
  }

  /** Whether another member follows. */
  get more(): boolean {
    return this.at < this.end;
  }

  /** The identifier octet of the next member; undefined behind the last one. */
  get next(): number | undefined {
    return this.at < this.end ? this.octets[this.at] : undefined;
  }

  /** The fault of what stands at `offset`. */
  refuse(message: string, offset = this.at, code = 'asn1-syntax'): DecodeError {
    return new DecodeError(code, message, { field: this.field, offset });
  }

  /** Goes into a constructed value. Returns what {@link leave} wants. */
  enter(identifier: number): number {
    const outer = this.end;
    this.end = this.#header(identifier);
    return outer;
  }

  /** Leaves a value that has been read to its end. */
  leave(outer: number): void {
    if (this.at < this.end) throw this.refuse('a member that the type does not have');
    this.end = outer;
  }

  /** Passes over a value of that type unread. Returns where its contents end. */
  pass(identifier: number): number {
    this.at = this.#header(identifier);
    return this.at;
  }

  /** Passes over a value of any type that is DER; a view of it. */
  any(): Uint8Array {
    const start = this.at;
    this.at = checkDerValue(this.octets, this.field, start, this.end);
    return this.octets.subarray(start, this.at);
  }

  /** An INTEGER in `min..max`, both from 0 to 2^53 - 1. */
  number(min: number, max: number): number {
    const start = this.at;
    const end = this.#integer();
    let value = 0;
    for (let i = this.at; i < end; i++) {
      value = value * 256 + (this.octets[i] as number);
      if (value > max) break;
    }
    if (value < min || value > max) throw this.refuse(`an INTEGER outside ${min}..${max}`, start);
    this.at = end;
    return value;
  }

  /** A non-negative INTEGER of at most `octets` octets. */
  bigNumber(octets: number): bigint {
    const start = this.at;
    const end = this.#integer();
    if (end - this.at > octets) throw this.refuse(`an INTEGER of more than ${octets} octets`, start);
    let value = 0n;
    for (; this.at < end; this.at++) value = (value << 8n) | BigInt(this.octets[this.at] as number);
    return value;
  }

  #integer(): number {
    const start = this.at;
    const end = this.#header(TAG.integer);
    const first = this.octets[this.at] as number;
    const second = this.octets[this.at + 1] as number;
    const length = end - this.at;
    if (length === 0) throw this.refuse('an integer without octets', start, 'der-integer');
    if (length > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80)))
      throw this.refuse('an integer not in its shortest form', start, 'der-integer');
    if (first >= 0x80) throw this.refuse('a negative INTEGER', start);
    return end;
  }

  /** An OCTET STRING of so many octets, or of any number. */
  octetString(length?: number): Uint8Array {
    const start = this.at;
    const end = this.#header(TAG.octetString);
    if (length !== undefined && end - this.at !== length)
      throw this.refuse(`${end - this.at} octets where ${length} belong`, start);
    return this.#take(end);
  }

  /** A BIT STRING. */
  bitString(): Bits {
    const start = this.at;
    const end = this.#header(TAG.bitString);
    const unused = this.octets[this.at] as number;
    const length = end - this.at;
    if (length === 0 || unused > 7 || (length === 1 && unused !== 0))
      throw this.refuse('wrong count of unused bits', start, 'der-bit-string');
    if (((this.octets[end - 1] as number) & ((1 << unused) - 1)) !== 0)
      throw this.refuse('unused bits that are not zero', start, 'der-bit-string');
    this.at++;
    return { octets: this.#take(end), unused };
  }

  /** The contents of an OBJECT IDENTIFIER. */
  objectIdentifier(): Uint8Array {
    const start = this.at;
    checkDerValue(this.octets, this.field, start, this.end);
    return this.#take(this.#header(TAG.objectIdentifier));
  }

  /** The contents of a primitive value of a context-specific type, as ASCII. */
  ascii(identifier: number): string {
    const start = this.at;
    const octets = this.#take(this.#header(identifier));
    if (octets.some((octet) => octet < 0x20 || octet > 0x7e))
      throw this.refuse('text that is not printable ASCII', start);
    return new TextDecoder().decode(octets);
  }

  /** A GeneralizedTime of whole seconds, in seconds since 1970 UTC. */
  time(): number {
    const start = this.at;
    const octets = this.#take(this.#header(TAG.generalizedTime));
    const text = octets.length > 40 ? '' : String.fromCharCode(...octets);
    if (!isDerGeneralizedTime(text))
      throw this.refuse('a time is written to the second, in UTC, and exists', start, 'der-time');
    const [, year, month, day, hour, minute, second] =
      /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text) ?? [];
    if (year === undefined) throw this.refuse('a time with a fraction of a second', start);
    return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) / 1000;
  }

  #take(end: number): Uint8Array {
    const octets = this.octets.subarray(this.at, end);
    this.at = end;
    return octets;
  }

  /** Reads identifier and length (X.690 §8.1, §10.1), goes to the contents and returns where they end. */
  #header(identifier: number): number {
    const start = this.at;
    const wanted = () => NAMES.get(identifier) ?? `[${identifier & 0x1f}]`;
    if (start >= this.end) throw this.refuse(`the value ends where ${wanted()} is wanted`);
    if (this.octets[start] !== identifier) throw this.refuse(`${wanted()} is wanted here`);
    let at = start + 1;
    const next = (): number => {
      if (at >= this.end) throw this.refuse('the value ends early', at, 'der-truncated');
      return this.octets[at++] as number;
    };
    let length = next();
    if (length === 0x80) throw this.refuse('indefinite length', start + 1, 'der-length');
    if (length > 0x80) {
      const count = length & 0x7f;
      if (count > 4) throw this.refuse('length field of more than 4 octets', start + 1, 'der-length');
      length = 0;
      for (let i = 0; i < count; i++) length = length * 256 + next();
      if (length < 0x80 || length < 256 ** (count - 1))
        throw this.refuse('length not in its shortest form', start + 1, 'der-length');
    }
    if (length > this.end - at) {
      const message = `length ${length} exceeds the ${this.end - at} octets left`;
      throw this.refuse(message, start, 'der-truncated');
    }
    this.at = at;
    return at + length;
  }
}
