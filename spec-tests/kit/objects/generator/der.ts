// A DER writer for the signed-object vectors: it writes what it is told, also what is wrong.

/** A value with its tag and the shortest definite length. */
export function tlv(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.of(tag), lengthOf(content.length), content]);
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.of(length);
  const hex = length.toString(16);
  const octets = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  return Buffer.concat([Buffer.of(0x80 + octets.length), octets]);
}

/** A value with an indefinite length, as BER allows and DER does not. */
export function indefinite(tag: number, ...contents: readonly Buffer[]): Buffer {
  return Buffer.concat([Buffer.of(tag, 0x80), ...contents, Buffer.of(0, 0)]);
}

/** A value whose length is written in two octets more than needed. */
export function longLength(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.of(tag, 0x82, content.length >> 8, content.length & 0xff), content]);
}

export const seq = (...contents: readonly Buffer[]): Buffer => tlv(0x30, ...contents);
/** SET OF in DER order. */
export const setOf = (...contents: readonly Buffer[]): Buffer =>
  tlv(0x31, ...contents.toSorted(Buffer.compare));
export const octetString = (content: Buffer): Buffer => tlv(0x04, content);
export const bitString = (content: Buffer, unused = 0): Buffer => tlv(0x03, Buffer.of(unused), content);
export const NULL = tlv(0x05);
export const TRUE = tlv(0x01, Buffer.of(0xff));
export const FALSE = tlv(0x01, Buffer.of(0));
/** `[number] EXPLICIT`, or a constructed IMPLICIT tag. */
export const context = (number: number, ...contents: readonly Buffer[]): Buffer =>
  tlv(0xa0 + number, ...contents);
/** `[number] IMPLICIT` of a primitive value. */
export const implicit = (number: number, content: Buffer): Buffer => tlv(0x80 + number, content);
export const printable = (text: string): Buffer => tlv(0x13, Buffer.from(text));
export const utf8 = (text: string): Buffer => tlv(0x0c, Buffer.from(text));
export const ia5 = (text: string): Buffer => tlv(0x16, Buffer.from(text));
export const uri = (text: string): Buffer => implicit(6, Buffer.from(text));

/** An INTEGER, also a negative one, in its shortest form. */
export function int(value: number | bigint): Buffer {
  let rest = BigInt(value);
  const octets: number[] = [];
  do {
    octets.unshift(Number(rest & 0xffn));
    rest >>= 8n;
  } while (!(rest === 0n || rest === -1n));
  const first = octets[0] ?? 0;
  if (rest === 0n && first >= 0x80) octets.unshift(0);
  if (rest === -1n && first < 0x80) octets.unshift(0xff);
  return tlv(0x02, Buffer.from(octets));
}

/** An OBJECT IDENTIFIER from its dotted text. */
export function oid(text: string): Buffer {
  const [a = 0, b = 0, ...rest] = text.split('.').map(Number);
  const octets = [40 * a + b, ...rest].flatMap((component) => {
    const groups = [component & 0x7f];
    for (let left = Math.floor(component / 128); left > 0; left = Math.floor(left / 128)) {
      groups.unshift((left & 0x7f) | 0x80);
    }
    return groups;
  });
  return tlv(0x06, Buffer.from(octets));
}

/** UTCTime of an ISO text such as `2026-06-01T00:00:00Z`. */
export function utcTime(iso: string): Buffer {
  return tlv(0x17, Buffer.from(iso.replace(/[-:T]/g, '').slice(2)));
}

/** GeneralizedTime of an ISO text. */
export function generalizedTime(iso: string): Buffer {
  return tlv(0x18, Buffer.from(iso.replace(/[-:T]/g, '')));
}
