import * as asn1js from 'asn1js';

/** A value of asn1js that can be encoded. */
export type Node = asn1js.BaseBlock;

/** SEQUENCE of the given members. */
export function seq(...value: Node[]): asn1js.Sequence {
  return new asn1js.Sequence({ value });
}

/** SEQUENCE OF: of values that may be too many to be arguments. */
export function seqOf(value: Node[]): asn1js.Sequence {
  return new asn1js.Sequence({ value });
}

/** SET OF one value; DER order needs no sorting then. */
export function setOfOne(value: Node): asn1js.Set {
  return new asn1js.Set({ value: [value] });
}

/** An INTEGER of any size. */
export function int(value: bigint | number): asn1js.Integer {
  return asn1js.Integer.fromBigInt(BigInt(value));
}

/** OBJECT IDENTIFIER. */
export function oid(value: string): asn1js.ObjectIdentifier {
  return new asn1js.ObjectIdentifier({ value });
}

/** OCTET STRING. */
export function octets(valueHex: Uint8Array): asn1js.OctetString {
  return new asn1js.OctetString({ valueHex });
}

/** BIT STRING of whole octets unless `unusedBits` says otherwise. */
export function bits(valueHex: Uint8Array, unusedBits = 0): asn1js.BitString {
  return new asn1js.BitString({ valueHex, unusedBits });
}

/** `[tag] EXPLICIT`, or a constructed IMPLICIT tag around the given members. */
export function tagged(tagNumber: number, ...value: Node[]): asn1js.Constructed {
  return new asn1js.Constructed({ idBlock: { tagClass: 3, tagNumber }, value });
}

/** `[tag] IMPLICIT` of a primitive value. */
export function implicit(tagNumber: number, valueHex: Uint8Array): asn1js.Primitive {
  return new asn1js.Primitive({ idBlock: { tagClass: 3, tagNumber }, valueHex });
}

/** `[6] IA5String`: a URI as GeneralName. */
export function uri(text: string): asn1js.Primitive {
  return implicit(6, new TextEncoder().encode(text));
}

/** A SEQUENCE that begins with `[0] EXPLICIT INTEGER DEFAULT 0`: a version of 0 is left out as the DEFAULT it is. */
export function versioned(version: number, ...value: Node[]): asn1js.Sequence {
  return version === 0 ? seq(...value) : seq(tagged(0, int(version)), ...value);
}

/** A value that is already encoded. */
export function raw(der: Uint8Array): Node {
  return asn1js.fromBER(der as Uint8Array<ArrayBuffer>, { maxNodes: 1_000_000 }).result;
}

/** RFC 5280 §4.1.2.5: UTCTime through 2049, GeneralizedTime after. `seconds` since 1970 UTC. */
export function validityTime(seconds: number): asn1js.UTCTime {
  const valueDate = new Date(seconds * 1000);
  return valueDate.getUTCFullYear() < 2050
    ? new asn1js.UTCTime({ valueDate })
    : new asn1js.GeneralizedTime({ valueDate });
}

/** GeneralizedTime without fractions. `seconds` since 1970 UTC. */
export function generalizedTime(seconds: number): asn1js.GeneralizedTime {
  return new asn1js.GeneralizedTime({ valueDate: new Date(seconds * 1000) });
}

/** The octets of a value. */
export function encode(node: Node): Uint8Array {
  return new Uint8Array(node.toBER());
}

/** AlgorithmIdentifier with NULL parameters, as RSA and SHA-256 carry them here. */
export function algorithm(identifier: string): asn1js.Sequence {
  return seq(oid(identifier), new asn1js.Null());
}
