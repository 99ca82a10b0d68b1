import * as asn1js from 'asn1js';
import { DecodeError } from '../../bytes/index.js';

/** Any decoded ASN.1 value of asn1js. */
export type Asn1 = asn1js.AsnType;

/** asn1js stops at 10,000 values by default; large provider lists, manifests and CRLs have more. */
const MAX_NODES = 1_000_000;

/**
 * Decodes one ASN.1 value that fills `octets`.
 *
 * @throws {DecodeError} `asn1-syntax`.
 */
export function decodeAsn1(octets: Uint8Array, field: string): Asn1 {
  let parsed: ReturnType<typeof asn1js.fromBER>;
  try {
    parsed = asn1js.fromBER(octets as Uint8Array<ArrayBuffer>, { maxNodes: MAX_NODES });
  } catch {
    // asn1js reports some faults by value and throws for others, such as a time that is none.
    throw syntax('not an ASN.1 value', field);
  }
  const { offset, result } = parsed;
  if (offset === -1 || result.error) throw syntax(result.error || 'not an ASN.1 value', field);
  if (offset !== octets.length) throw syntax('octets after the value', field);
  return result as Asn1;
}

function syntax(message: string, field: string): DecodeError {
  return new DecodeError('asn1-syntax', message, { field });
}

/** The members of a SEQUENCE. */
export function sequence(value: Asn1 | undefined, field: string): Asn1[] {
  if (value instanceof asn1js.Sequence) return value.valueBlock.value as Asn1[];
  throw syntax('a SEQUENCE is wanted here', field);
}

/** A non-negative INTEGER as a bigint; asn1js's own number is 0 for four octets and more. */
export function integer(value: Asn1 | undefined, field: string): bigint {
  if (!(value instanceof asn1js.Integer)) throw syntax('an INTEGER is wanted here', field);
  const octets = value.valueBlock.valueHexView;
  if (octets.length === 0) throw syntax('an INTEGER without octets', field);
  if ((octets[0] as number) >= 0x80) throw syntax('a negative INTEGER', field);
  let result = 0n;
  for (const octet of octets) result = (result << 8n) | BigInt(octet);
  return result;
}

/** An INTEGER in `min..max`, both below 2^53. */
export function smallInteger(value: Asn1 | undefined, min: number, max: number, field: string): number {
  const result = integer(value, field);
  if (result < BigInt(min) || result > BigInt(max))
    throw syntax(`${result} is outside ${min}..${max}`, field);
  return Number(result);
}

/** The dotted text of an OBJECT IDENTIFIER. */
export function objectIdentifier(value: Asn1 | undefined, field: string): string {
  if (value instanceof asn1js.ObjectIdentifier) return value.valueBlock.toString();
  throw syntax('an OBJECT IDENTIFIER is wanted here', field);
}

/** The octets of a primitive OCTET STRING. */
export function octetString(value: Asn1 | undefined, field: string): Uint8Array {
  if (value instanceof asn1js.OctetString && !value.idBlock.isConstructed) {
    return value.valueBlock.valueHexView;
  }
  throw syntax('a primitive OCTET STRING is wanted here', field);
}

/** Octets and number of unused bits of a primitive BIT STRING. */
export function bitString(
  value: Asn1 | undefined,
  field: string,
): { octets: Uint8Array; unusedBits: number } {
  if (value instanceof asn1js.BitString && !value.idBlock.isConstructed) {
    return { octets: value.valueBlock.valueHexView, unusedBits: value.valueBlock.unusedBits };
  }
  throw syntax('a primitive BIT STRING is wanted here', field);
}

/** Whether the value carries the context-specific tag `number` in constructed form (an EXPLICIT tag). */
export function isExplicit(value: Asn1 | undefined, number: number): value is asn1js.Constructed {
  return (
    value instanceof asn1js.Constructed && value.idBlock.tagClass === 3 && value.idBlock.tagNumber === number
  );
}

/** Whether the value carries the context-specific tag `number` in any form. */
export function isContext(value: Asn1 | undefined, number: number): boolean {
  return value !== undefined && value.idBlock.tagClass === 3 && value.idBlock.tagNumber === number;
}

/** The one value inside an EXPLICIT tag. */
export function insideExplicit(value: asn1js.Constructed, field: string): Asn1 {
  const inside = value.valueBlock.value as Asn1[];
  if (inside.length !== 1) throw syntax('an EXPLICIT tag holds one value', field);
  return inside[0] as Asn1;
}

/**
 * A UTCTime or GeneralizedTime as seconds since 1970 UTC. Fractions of a second have no place in certificates, CRLs and
 * signed objects (RFC 5280 §4.1.2.5.2, RFC 5652 §11.3).
 */
export function time(value: Asn1 | undefined, field: string): number {
  if (value instanceof asn1js.UTCTime || value instanceof asn1js.GeneralizedTime) {
    const milliseconds = value.toDate().getTime();
    if (Number.isFinite(milliseconds) && milliseconds % 1000 === 0) return milliseconds / 1000;
  }
  throw syntax('a UTCTime or GeneralizedTime of whole seconds is wanted here', field);
}

/** A GeneralizedTime of whole seconds, where UTCTime is not allowed. */
export function generalizedTime(value: Asn1 | undefined, field: string): number {
  // asn1js makes GeneralizedTime a kind of UTCTime, so the tag is asked.
  if (value?.idBlock.tagClass === 1 && value.idBlock.tagNumber === 24) return time(value, field);
  throw syntax('a GeneralizedTime is wanted here', field);
}

/**
 * Takes `[0] EXPLICIT INTEGER DEFAULT 0`, the version that ROAs, manifests, ASPA objects and prefix lists begin with, from the front
 * of `members`; 0 when it is absent.
 *
 * @throws {DecodeError} `version-tag` for another kind of tag, `version-default` for a 0 that is written although it is the
 * DEFAULT (X.690 §11.5).
 */
export function takeVersion(members: Asn1[], field: string): number {
  const version = takeWrittenVersion(members, field);
  if (version === 0) {
    throw new DecodeError('version-default', 'version 0 is the DEFAULT and is left out in DER', {
      field: `${field}.version`,
    });
  }
  return version ?? 0;
}

/**
 * As {@link takeVersion}, but for a 0 that is written, which is no fault; undefined when the version is absent.
 *
 * @throws {DecodeError} `version-tag` for another kind of tag.
 */
export function takeWrittenVersion(members: Asn1[], field: string): number | undefined {
  if (!isContext(members[0], 0)) return undefined;
  const tagged = members.shift();
  const place = `${field}.version`;
  if (!isExplicit(tagged, 0)) {
    throw new DecodeError('version-tag', 'the version tag [0] is not EXPLICIT', { field: place });
  }
  return smallInteger(insideExplicit(tagged, place), 0, 255, place);
}

/**
 * The fault of a value that is written although it is the DEFAULT of its type (X.690 §11.5,
 * docs/decisions/rpki-objects.md D-explicit-default).
 */
export function writtenDefault(what: string, field: string): DecodeError {
  return new DecodeError('der-default', `${what} is the DEFAULT and is left out in DER`, { field });
}

/** What stands in a constructed value of any type; nothing in another one. */
export function membersOf(value: Asn1 | undefined): readonly Asn1[] {
  return value instanceof asn1js.Constructed ? (value.valueBlock.value as Asn1[]) : [];
}

/**
 * The members of a value, or a part of them, of which there are no more than `most`. Libraries that read by a schema pass over
 * the members behind those that they know.
 *
 * @throws {DecodeError} `asn1-syntax`.
 */
export function atMost(
  most: number,
  value: Asn1 | readonly Asn1[] | undefined,
  field: string,
): readonly Asn1[] {
  const members = isList(value) ? value : membersOf(value);
  if (members.length > most) throw syntax('a member that the type does not have', field);
  return members;
}

function isList(value: Asn1 | readonly Asn1[] | undefined): value is readonly Asn1[] {
  return Array.isArray(value);
}

/** What follows optional members that carry these tags, each at most once and in this order. */
export function afterTagged(members: readonly Asn1[], numbers: readonly number[]): readonly Asn1[] {
  return numbers.reduce((rest, number) => (isContext(rest[0], number) ? rest.slice(1) : rest), members);
}
