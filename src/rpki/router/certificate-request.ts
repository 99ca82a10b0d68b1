import * as asn1js from 'asn1js';
import { CertificationRequest } from 'pkijs';
import { DecodeError } from '../../bytes/index.js';
import { type Asn1, decodeAsn1, sequence } from '../der/asn1.js';
import { bits, encode, int, type Node, octets, oid, raw, seq, setOfOne, tagged } from '../der/build.js';
import { checkDer } from '../der/strict-der.js';
import { OID } from '../oids.js';
import { nameAttributes } from '../x509/convert-certificate.js';
import {
  decodeBasicConstraints,
  decodeExtendedKeyUsage,
  decodeExtensions,
  type Extension,
  findExtension,
} from '../x509/extensions.js';
import type { NameAttribute } from '../x509/resource-certificate.js';

/** The key of a request: its public half, and how it signs (ecdsa-with-SHA256, DER). */
export interface RequestSigner {
  /** DER SubjectPublicKeyInfo. */
  readonly spki: Uint8Array;
  sign(octets: Uint8Array): Uint8Array;
}

/** A PKCS#10 request (RFC 2986) decoded, not yet judged. */
export interface RouterCertificateRequest {
  /** 0 is the only version. */
  readonly version: number;
  readonly subject: readonly NameAttribute[];
  /** SubjectPublicKeyInfo, octet for octet. */
  readonly spki: Uint8Array;
  /** The requested extensions. */
  readonly extensions: readonly Extension[];
  readonly extendedKeyUsage?: readonly string[];
  readonly basicConstraints?: { readonly ca: boolean };
  readonly signatureAlgorithm: string;
  /** What is signed, and the signature. */
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
}

/**
 * A request for a router certificate (RFC 8209 §3.2): version 0, the key, the id-kp-bgpsec-router purpose, signed with
 * ecdsa-with-SHA256 by the key itself (RFC 8608 §2.2.1). The subject is empty unless `commonName` is given
 * (RFC 6487 §6.1.1); AS number and BGP Identifier go to the CA beside the request (RFC 8635 §6).
 *
 * @throws {RangeError} for a name that is empty or longer than 64 characters (X.520 ub-common-name).
 */
export function createCertificateRequest(signer: RequestSigner, commonName?: string): Uint8Array {
  const purposes = octets(encode(seq(oid(OID.bgpsecRouter))));
  const extensions = seq(seq(oid(OID.extendedKeyUsage), purposes));
  const info = encode(
    seq(
      int(0),
      commonName === undefined ? seq() : subjectOf(commonName),
      raw(signer.spki),
      tagged(0, seq(oid(OID.extensionRequest), setOfOne(extensions))),
    ),
  );
  return encode(seq(raw(info), seq(oid(OID.ecdsaWithSha256)), bits(signer.sign(info))));
}

/** RFC 8209 §3.1.1: PrintableString or UTF8String. */
function subjectOf(value: string): Node {
  const { length } = [...value];
  if (length === 0 || length > 64) throw new RangeError('a CommonName has 1 to 64 characters');
  const printable = /^[A-Za-z0-9 '()+,\-./:=?]*$/.test(value);
  const text = printable ? new asn1js.PrintableString({ value }) : new asn1js.Utf8String({ value });
  return seq(setOfOne(seq(oid(OID.commonName), text)));
}

/**
 * Decodes a PKCS#10 request. The octets must be DER; whether the request keeps the profile is for
 * `checkCertificateRequest`. RFC 8209 §3.2.
 *
 * @throws {DecodeError} `der-…` (`der-default` also inside the requested extensions), `asn1-syntax`,
 * `duplicate-extension`.
 */
export function decodeCertificateRequest(der: Uint8Array): RouterCertificateRequest {
  checkDer(der, 'request');
  const { request, extensions } = parse(der);
  const [signed] = sequence(decodeAsn1(der, 'request'), 'request');
  const spki = sequence(signed, 'request')[2];
  const { valueHexView, unusedBits } = request.signatureValue.valueBlock;
  if (!signed || !spki || unusedBits !== 0) throw syntax();
  const usage = findExtension(extensions, OID.extendedKeyUsage);
  const basic = findExtension(extensions, OID.basicConstraints);
  return {
    version: request.version,
    subject: nameAttributes(request.subject),
    spki: spki.valueBeforeDecodeView.slice(),
    extensions,
    ...(usage ? { extendedKeyUsage: decodeExtendedKeyUsage(usage.value) } : {}),
    ...(basic ? { basicConstraints: decodeBasicConstraints(basic.value) } : {}),
    signatureAlgorithm: request.signatureAlgorithm.algorithmId,
    signed: signed.valueBeforeDecodeView.slice(),
    signature: new Uint8Array(valueHexView),
  };
}

/** What pkijs makes of the octets, its errors of many kinds as one; extensions are read apart, octet for octet. */
function parse(der: Uint8Array): { request: CertificationRequest; extensions: Extension[] } {
  let request: CertificationRequest;
  try {
    request = CertificationRequest.fromBER(der as Uint8Array<ArrayBuffer>);
  } catch {
    throw syntax();
  }
  const asked = request.attributes?.find(({ type }) => type === OID.extensionRequest);
  if (asked === undefined) return { request, extensions: [] };
  // The attribute has one value (RFC 2985 §5.4.2); pkijs leaves the values of an empty SET out, whatever its types say.
  const { values = [] }: { readonly values?: readonly unknown[] } = asked;
  const [wanted, ...others] = values;
  if (wanted === undefined || others.length > 0) throw syntax();
  return { request, extensions: decodeExtensions(wanted as Asn1, 'request.extensions') };
}

function syntax(): DecodeError {
  return new DecodeError('asn1-syntax', 'not a PKCS#10 certification request', { field: 'request' });
}
