import * as asn1js from 'asn1js';
import { DecodeError } from '../../bytes/index.js';
import {
  type Asn1,
  bitString,
  decodeAsn1,
  isContext,
  objectIdentifier,
  octetString,
  sequence,
  writtenDefault,
} from '../der/asn1.js';

/** An extension as it stands in a certificate or CRL. */
export interface Extension {
  readonly oid: string;
  readonly critical: boolean;
  /** The octets inside the OCTET STRING. */
  readonly value: Uint8Array;
}

/**
 * Extensions as they stand in certificate, CRL or request (RFC 5280 §4.1): identifier, perhaps `critical`, value.
 *
 * @throws {DecodeError} `asn1-syntax`; `der-default` for `critical FALSE`, which is left out in DER (X.690 §11.5);
 * `duplicate-extension`.
 */
export function decodeExtensions(list: Asn1 | undefined, field: string): Extension[] {
  const extensions = sequence(list, field).map((item): Extension => {
    const members = sequence(item, field);
    const [identifier, flag] = members;
    const oid = objectIdentifier(identifier, field);
    const critical = flag instanceof asn1js.Boolean;
    if (critical && !flag.getValue()) throw writtenDefault('critical FALSE', `${field}.${oid}`);
    const rest = members.slice(critical ? 2 : 1);
    if (rest.length !== 1) throw new DecodeError('asn1-syntax', 'not an extension', { field });
    return { oid, critical, value: octetString(rest[0], `${field}.${oid}`) };
  });
  refuseDuplicates(extensions, field);
  return extensions;
}

/** One AccessDescription of AIA or SIA; `uri` is absent when the location is not a URI. */
export interface AccessDescription {
  readonly method: string;
  readonly uri?: string;
}

/** `GeneralName ::= [6] IA5String`: the text of a URI, else undefined. */
function uriOf(value: Asn1 | undefined): string | undefined {
  if (!(value instanceof asn1js.Primitive) || !isContext(value, 6)) return undefined;
  let text = '';
  for (const octet of value.valueBlock.valueHexView) text += String.fromCharCode(octet);
  return text;
}

/** AIA or SIA (RFC 5280 §4.2.2). Throws {@link DecodeError} `asn1-syntax`. */
export function decodeAccessDescriptions(octets: Uint8Array, field: string): AccessDescription[] {
  return sequence(decodeAsn1(octets, field), field).map((item) => {
    const [method, location, ...rest] = sequence(item, field);
    if (!location || rest.length > 0)
      throw new DecodeError('asn1-syntax', 'not an access description', { field });
    const uri = uriOf(location);
    return { method: objectIdentifier(method, field), ...(uri === undefined ? {} : { uri }) };
  });
}

/** What RFC 6487 §4.8.6 wants to know of CRLDP. */
export interface CrlDistribution {
  readonly uris: readonly string[];
  /** Exactly one DistributionPoint with only a fullName of URIs. */
  readonly simple: boolean;
}

/** CRL Distribution Points (RFC 5280 §4.2.1.13). Throws {@link DecodeError} `asn1-syntax`. */
export function decodeCrlDistribution(octets: Uint8Array): CrlDistribution {
  const field = 'crl-distribution-points';
  const points = sequence(decodeAsn1(octets, field), field);
  let simple = points.length === 1;
  const uris: string[] = [];
  for (const point of points) {
    const [name, ...others] = sequence(point, field);
    const full =
      name instanceof asn1js.Constructed && isContext(name, 0) ? (name.valueBlock.value as Asn1[]) : [];
    const names =
      full[0] instanceof asn1js.Constructed && isContext(full[0], 0)
        ? (full[0].valueBlock.value as Asn1[])
        : [];
    simple &&= others.length === 0 && full.length === 1 && names.length > 0;
    for (const item of names) {
      const uri = uriOf(item);
      if (uri === undefined) simple = false;
      else uris.push(uri);
    }
  }
  return { uris, simple };
}

/** Subject Key Identifier (RFC 5280 §4.2.1.2). */
export function decodeSubjectKeyIdentifier(octets: Uint8Array): Uint8Array {
  return octetString(decodeAsn1(octets, 'subject-key-identifier'), 'subject-key-identifier');
}

/** Authority Key Identifier (RFC 5280 §4.2.1.1); `only` says that the keyIdentifier stands alone (RFC 6487 §4.8.3). */
export function decodeAuthorityKeyIdentifier(octets: Uint8Array): {
  keyIdentifier?: Uint8Array;
  only: boolean;
} {
  const field = 'authority-key-identifier';
  const members = sequence(decodeAsn1(octets, field), field);
  const first = members[0];
  if (!(first instanceof asn1js.Primitive) || !isContext(first, 0)) return { only: false };
  return { keyIdentifier: first.valueBlock.valueHexView, only: members.length === 1 };
}

/** Key Usage bits by name, as far as the profiles speak of them (RFC 5280 §4.2.1.3). */
export interface KeyUsage {
  readonly digitalSignature: boolean;
  readonly keyCertSign: boolean;
  readonly crlSign: boolean;
  readonly others: boolean;
  /** Whether trailing zero bits are left out (X.690 §11.2.2). */
  readonly minimal: boolean;
}

/** Key Usage. Throws {@link DecodeError} `asn1-syntax`. */
export function decodeKeyUsage(octets: Uint8Array): KeyUsage {
  const { octets: bits, unusedBits } = bitString(decodeAsn1(octets, 'key-usage'), 'key-usage');
  const first = bits[0] ?? 0;
  return {
    digitalSignature: (first & 0x80) !== 0,
    keyCertSign: (first & 0x04) !== 0,
    crlSign: (first & 0x02) !== 0,
    others: (first & 0x79) !== 0 || bits.subarray(1).some((octet) => octet !== 0),
    minimal: bits.length === 0 || (((bits.at(-1) ?? 0) >> unusedBits) & 1) === 1,
  };
}

/**
 * Basic Constraints (RFC 5280 §4.2.1.9).
 *
 * @throws {DecodeError} `asn1-syntax`; `der-default` for `cA FALSE`, which is left out in DER (X.690 §11.5).
 */
export function decodeBasicConstraints(octets: Uint8Array): { ca: boolean; pathLength: boolean } {
  const field = 'basic-constraints';
  const members = sequence(decodeAsn1(octets, field), field);
  const ca = members[0] instanceof asn1js.Boolean;
  if (members[0] instanceof asn1js.Boolean && !members[0].getValue()) throw writtenDefault('cA FALSE', field);
  const [pathLength, ...rest] = members.slice(ca ? 1 : 0);
  if (rest.length > 0 || !(pathLength === undefined || pathLength instanceof asn1js.Integer)) {
    throw new DecodeError('asn1-syntax', 'not Basic Constraints', { field });
  }
  return { ca, pathLength: pathLength !== undefined };
}

/** The purposes of Extended Key Usage, dotted. */
export function decodeExtendedKeyUsage(octets: Uint8Array): string[] {
  const field = 'extended-key-usage';
  return sequence(decodeAsn1(octets, field), field).map((item) => objectIdentifier(item, field));
}

/** Extensions decoded once by oid; a malformed value is an error of the certificate. */
export function findExtension(extensions: readonly Extension[], oid: string): Extension | undefined {
  return extensions.find((extension) => extension.oid === oid);
}

/** Throws {@link DecodeError} `duplicate-extension` when an extension stands twice (RFC 5280 §4.2). */
function refuseDuplicates(extensions: readonly Extension[], field: string): void {
  const seen = new Set<string>();
  for (const { oid } of extensions) {
    if (seen.has(oid)) throw new DecodeError('duplicate-extension', `${oid} stands twice`, { field });
    seen.add(oid);
  }
}
