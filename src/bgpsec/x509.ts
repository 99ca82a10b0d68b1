import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import { DecodeError, toHex } from '../bytes/index.js';
import { OID } from './oids.js';
import { derFault } from './strict-der.js';

/** One attribute of a distinguished name. */
export interface NameEntry {
  readonly type: string;
  readonly encoding: 'PrintableString' | 'UTF8String' | 'other';
  readonly value: string;
}

/** One X.509 extension, its value undecoded. */
export interface Extension {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: Uint8Array;
}

/**
 * One DER value as the library's object.
 *
 * @throws {DecodeError} `der` with the offset of the first octet that is not DER.
 */
export function decodeDer(octets: Uint8Array, field: string): asn1js.AsnType {
  const fault = derFault(octets);
  if (fault !== undefined) throw new DecodeError('der', fault.fault, { field, offset: fault.offset });
  const { result, offset } = asn1js.fromBER(octets);
  if (offset === -1) throw new DecodeError('der', result.error || 'not understood', { field, offset: 0 });
  return result;
}

/** The decoded inner value of `of`, by the library's class of it; `undefined` when it is something else. */
export function decodeInner<T>(
  of: Uint8Array,
  type: new (parameters: { schema: asn1js.AsnType }) => T,
): T | undefined {
  try {
    return new type({ schema: decodeDer(of, 'inner') });
  } catch {
    return undefined;
  }
}

/** The octets of the SubjectPublicKeyInfo as they stand in the file: member `index` of the signed part. */
export function rawMember(root: asn1js.AsnType, index: number, field: string): Uint8Array {
  const signed = members(root)[0];
  const member = signed === undefined ? undefined : members(signed)[index];
  if (member === undefined) throw new DecodeError('der', `member ${index} is missing`, { field });
  return member.valueBeforeDecodeView;
}

/** The parts of a constructed value; empty for a primitive one. */
export function members(value: asn1js.AsnType): asn1js.AsnType[] {
  return value instanceof asn1js.Constructed ? value.valueBlock.value : [];
}

/** The attributes of a name in order. */
export function nameEntries(name: pkijs.RelativeDistinguishedNames): readonly NameEntry[] {
  return name.typesAndValues.map(({ type, value }) => ({
    type,
    encoding:
      value instanceof asn1js.PrintableString
        ? 'PrintableString'
        : value instanceof asn1js.Utf8String
          ? 'UTF8String'
          : 'other',
    value: String(value.valueBlock.value),
  }));
}

/** Extensions with their raw values. */
export function extensionList(extensions: readonly pkijs.Extension[] | undefined): readonly Extension[] {
  return (extensions ?? []).map(({ extnID, critical, extnValue }) => ({
    oid: extnID,
    critical,
    value: new Uint8Array(extnValue.valueBlock.valueHexView),
  }));
}

/** The 20 octets of a Subject Key Identifier extension; `undefined` when it is not an OCTET STRING of 20. */
export function keyIdentifier(extension: Extension | undefined): Uint8Array | undefined {
  const { value } = extension ?? {};
  return value?.length === 22 && value[0] === 0x04 && value[1] === 20 ? value.subarray(2) : undefined;
}

/** The key purposes of an Extended Key Usage extension. */
export function keyPurposes(extension: Extension | undefined): readonly string[] {
  return extension === undefined ? [] : (decodeInner(extension.value, pkijs.ExtKeyUsage)?.keyPurposes ?? []);
}

/** A name for messages: `CN=ROUTER-0000FBF0`. */
export function formatName(entries: readonly NameEntry[]): string {
  const label = (type: string): string =>
    type === OID.commonName ? 'CN' : type === OID.serialNumber ? 'serialNumber' : type;
  return entries.map(({ type, value }) => `${label(type)}=${value}`).join(', ') || '(empty)';
}

/** Octets in hexadecimal, `none` for absent ones. */
export function hexOrNone(octets: Uint8Array | undefined): string {
  return octets === undefined ? 'none' : toHex(octets);
}
