import { compareOctets, DecodeError } from '../../bytes/index.js';
import { isDerGeneralizedTime, isDerUtcTime } from './time-form.js';

const MAX_DEPTH = 64;

/** Universal tag numbers (X.690) that the checks look at. */
const BOOLEAN = 1;
const INTEGER = 2;
const BIT_STRING = 3;
const OCTET_STRING = 4;
const NULL = 5;
const OBJECT_IDENTIFIER = 6;
const ENUMERATED = 10;
const SET = 17;
const UTC_TIME = 23;
const GENERALIZED_TIME = 24;
/** EXTERNAL, EMBEDDED PDV, SEQUENCE, SET: all other universal types are primitive in DER. */
const CONSTRUCTED: ReadonlySet<number> = new Set([8, 11, 16, SET]);

interface Tlv {
  readonly start: number;
  readonly content: number;
  readonly end: number;
  readonly tagClass: number;
  readonly constructed: boolean;
  readonly tag: number;
}

/**
 * Checks that `octets` are exactly one value in the Distinguished Encoding Rules (X.690 §8, §10, §11), which
 * RFC 6488 §2 and RFC 6487 §4 require. asn1js accepts BER and cannot tell afterwards, hence this walk over the octets.
 *
 * @throws {DecodeError} code `der-…` with the offset of the first fault: `der-truncated`, `der-tag`, `der-length`
 * (indefinite or not minimal), `der-constructed` (a string in pieces, or a primitive sequence), `der-boolean`,
 * `der-integer` (empty or padded), `der-bit-string` (unused bits set), `der-null`, `der-oid`, `der-set-order`,
 * `der-time`, `der-depth`, `der-trailing`. What is the DEFAULT of a type (X.690 §11.5) only the decoder of
 * that type can tell (`der-default`, `version-default`).
 */
export function checkDer(octets: Uint8Array, field = 'der'): void {
  const end = checkDerValue(octets, field, 0, octets.length);
  if (end < octets.length)
    throw derError('trailing', `${octets.length - end} octets after the value`, field, end);
}

function derError(code: string, message: string, field: string, offset: number): DecodeError {
  return new DecodeError(`der-${code}`, message, { field, offset });
}

/**
 * Checks the value that begins at `start`, as {@link checkDer} does.
 *
 * @returns where it ends: at `limit` or before.
 */
export function checkDerValue(octets: Uint8Array, field: string, start: number, limit: number): number {
  const fault = (code: string, offset: number, message: string): never => {
    throw derError(code, message, field, offset);
  };

  const header = (start: number, limit: number): Tlv => {
    let at = start;
    const next = (): number =>
      at < limit ? (octets[at++] as number) : fault('truncated', at, 'the value ends early');
    const identifier = next();
    let tag = identifier & 0x1f;
    if (tag === 0x1f) {
      // High-tag-number form: base 128, no leading zero group, only for tags from 31 on.
      tag = 0;
      let group: number;
      do {
        group = next();
        if (tag === 0 && group === 0x80) fault('tag', start, 'tag number with leading zeros');
        tag = tag * 128 + (group & 0x7f);
        if (tag > 0xffff) fault('tag', start, 'tag number too large');
      } while (group & 0x80);
      if (tag < 0x1f) fault('tag', start, 'tag number in the long form although it fits the short one');
    }
    const lengthAt = at;
    let length = next();
    if (length === 0x80) fault('length', lengthAt, 'indefinite length');
    if (length > 0x80) {
      const count = length & 0x7f;
      if (count > 4) fault('length', lengthAt, 'length field of more than 4 octets');
      length = 0;
      for (let i = 0; i < count; i++) length = length * 256 + next();
      if (length < 0x80 || length < 256 ** (count - 1))
        fault('length', lengthAt, 'length not in its shortest form');
    }
    if (length > limit - at)
      fault('truncated', start, `length ${length} exceeds the ${limit - at} octets left`);
    return {
      start,
      content: at,
      end: at + length,
      tagClass: identifier >> 6,
      constructed: (identifier & 0x20) !== 0,
      tag,
    };
  };

  const value = (start: number, limit: number, depth: number): Tlv => {
    if (depth > MAX_DEPTH) fault('depth', start, `nested deeper than ${MAX_DEPTH}`);
    const tlv = header(start, limit);
    if (tlv.tagClass === 0) checkUniversal(octets, tlv, fault);
    if (tlv.constructed) {
      let previous: Tlv | undefined;
      for (let at = tlv.content; at < tlv.end; ) {
        const child = value(at, tlv.end, depth + 1);
        // X.690 §11.6: the components of a SET OF stand in ascending order of their encodings.
        if (
          tlv.tagClass === 0 &&
          tlv.tag === SET &&
          previous &&
          compareEncodings(octets, previous, child) > 0
        ) {
          fault('set-order', child.start, 'components of a set out of order');
        }
        previous = child;
        at = child.end;
      }
    }
    return tlv;
  };

  return value(start, limit, 0).end;
}

type Fault = (code: string, offset: number, message: string) => never;

function checkUniversal(octets: Uint8Array, tlv: Tlv, fault: Fault): void {
  const { tag, start, content, end, constructed } = tlv;
  const length = end - content;
  if (constructed !== CONSTRUCTED.has(tag)) {
    fault(
      'constructed',
      start,
      constructed ? 'constructed encoding of a simple type' : 'primitive encoding of a sequence or set',
    );
  }
  if (tag === BOOLEAN && !(length === 1 && (octets[content] === 0 || octets[content] === 0xff))) {
    fault('boolean', start, 'a boolean is one octet, 00 or FF');
  }
  if (tag === INTEGER || tag === ENUMERATED) {
    const first = octets[content] as number;
    const second = octets[content + 1] as number;
    if (length === 0) fault('integer', start, 'an integer without octets');
    if (length > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))) {
      fault('integer', start, 'an integer not in its shortest form');
    }
  }
  if (tag === BIT_STRING) {
    const unused = octets[content] as number;
    if (length === 0 || unused > 7 || (length === 1 && unused !== 0))
      fault('bit-string', start, 'wrong count of unused bits');
    if (unused > 0 && ((octets[end - 1] as number) & ((1 << unused) - 1)) !== 0) {
      fault('bit-string', start, 'unused bits that are not zero');
    }
  }
  if (tag === NULL && length !== 0) fault('null', start, 'NULL with content');
  if (tag === UTC_TIME || tag === GENERALIZED_TIME) {
    // Longer texts than this are no times that anybody writes; what is cut off lacks the Z.
    const text = String.fromCharCode(...octets.subarray(content, Math.min(end, content + 40)));
    const fits = tag === UTC_TIME ? isDerUtcTime(text) : isDerGeneralizedTime(text);
    if (!fits) fault('time', start, 'a time is written to the second, in UTC, and exists');
  }
  if (tag === OBJECT_IDENTIFIER) checkOid(octets, tlv, fault);
  if (tag === 0 || (tag === OCTET_STRING && constructed)) fault('tag', start, 'reserved tag');
}

function checkOid(octets: Uint8Array, { start, content, end }: Tlv, fault: Fault): void {
  if (content === end || (octets[end - 1] as number) >= 0x80)
    fault('oid', start, 'an object identifier ends inside a component');
  for (let i = content, first = true; i < end; i++) {
    if (first && octets[i] === 0x80)
      fault('oid', start, 'a component of an object identifier with leading zeros');
    first = (octets[i] as number) < 0x80;
  }
}

function compareEncodings(octets: Uint8Array, a: Tlv, b: Tlv): number {
  return compareOctets(octets.subarray(a.start, a.end), octets.subarray(b.start, b.end));
}
