import * as asn1js from 'asn1js';
import { Certificate as PkijsCertificate, type RelativeDistinguishedNames } from 'pkijs';
import { DecodeError } from '../../bytes/index.js';
import { sequence } from '../der/asn1.js';
import { checkDer } from '../der/strict-der.js';
import { OID } from '../oids.js';
import { type AsIdentifiers, decodeAsIdentifiers } from './as-resources.js';
import {
  type AccessDescription,
  type CrlDistribution,
  decodeAccessDescriptions,
  decodeAuthorityKeyIdentifier,
  decodeBasicConstraints,
  decodeCertificatePolicies,
  decodeCrlDistribution,
  decodeExtendedKeyUsage,
  decodeKeyUsage,
  decodeSubjectKeyIdentifier,
  type Extension,
  findExtension,
  type KeyUsage,
  refuseDuplicates,
} from './extensions.js';
import { decodeIpAddrBlocks, type IpAddrBlocks } from './ip-resources.js';

/** One attribute of a distinguished name. */
export interface NameAttribute {
  readonly oid: string;
  readonly value: string;
  /** The ASN.1 string type, which RFC 6487 §4.4 restricts. */
  readonly type: 'PrintableString' | 'UTF8String' | 'other';
}

/** A resource or router certificate (RFC 6487, RFC 8209) decoded, not yet judged. */
export interface ResourceCertificate {
  /** The octets of the certificate. */
  readonly der: Uint8Array;
  /** The signed part, as it stands. */
  readonly tbs: Uint8Array;
  readonly signature: Uint8Array;
  /** 3 for X.509 v3. */
  readonly version: number;
  readonly serial: bigint;
  /** The signature algorithm of the signed part and of the outer field. */
  readonly signatureAlgorithms: readonly [string, string];
  readonly issuer: readonly NameAttribute[];
  readonly subject: readonly NameAttribute[];
  /** The encoded names, for comparing subject with issuer. */
  readonly issuerDer: Uint8Array;
  readonly subjectDer: Uint8Array;
  /** Seconds since 1970 UTC. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** The DER SubjectPublicKeyInfo, and its algorithm. */
  readonly spki: Uint8Array;
  readonly keyAlgorithm: string;
  /** The public key itself: the content of the BIT STRING, over which the SKI is computed. */
  readonly keyBits: Uint8Array;
  readonly extensions: readonly Extension[];
  readonly ski?: Uint8Array;
  readonly aki?: { readonly keyIdentifier?: Uint8Array; readonly only: boolean };
  readonly basicConstraints?: { readonly ca: boolean; readonly pathLength: boolean };
  readonly keyUsage?: KeyUsage;
  readonly extendedKeyUsage?: readonly string[];
  readonly crlDistribution?: CrlDistribution;
  readonly aia?: readonly AccessDescription[];
  readonly sia?: readonly AccessDescription[];
  readonly policies?: readonly string[];
  readonly asIdentifiers?: AsIdentifiers;
  readonly ipAddrBlocks?: IpAddrBlocks;
}

/**
 * Decodes one certificate. The octets must be DER; whether fields and extensions are those of a profile is
 * `inspectCertificate`'s question.
 *
 * @throws {DecodeError} `der-…`, `asn1-syntax`, `duplicate-extension`.
 */
export function decodeCertificate(der: Uint8Array): ResourceCertificate {
  checkDer(der, 'certificate');
  return convertCertificate(parse(der), der);
}

function parse(der: Uint8Array): PkijsCertificate {
  try {
    return PkijsCertificate.fromBER(der as Uint8Array<ArrayBuffer>);
  } catch {
    throw new DecodeError('asn1-syntax', 'not an X.509 certificate', { field: 'certificate' });
  }
}

/** The values of a certificate that pkijs has parsed, e.g. the one inside a signed object. */
export function convertCertificate(certificate: PkijsCertificate, der: Uint8Array): ResourceCertificate {
  const extensions = (certificate.extensions ?? []).map(
    ({ extnID, critical, extnValue }): Extension => ({
      oid: extnID,
      critical: critical ?? false,
      value: extnValue.valueBlock.valueHexView,
    }),
  );
  refuseDuplicates(extensions, 'certificate.extensions');
  const read = <T>(oid: string, decode: (octets: Uint8Array) => T): T | undefined => {
    const extension = findExtension(extensions, oid);
    return extension && decode(extension.value);
  };
  const tbs = certificate.tbsView;
  if (certificate.signatureValue.valueBlock.unusedBits !== 0) {
    const field = 'certificate.signature';
    throw new DecodeError('asn1-syntax', 'a signature consists of whole octets', { field });
  }
  return stripUndefined({
    der,
    tbs,
    signature: certificate.signatureValue.valueBlock.valueHexView,
    version: certificate.version + 1,
    serial: certificate.serialNumber.toBigInt(),
    signatureAlgorithms: [
      certificate.signature.algorithmId,
      certificate.signatureAlgorithm.algorithmId,
    ] as const,
    issuer: nameAttributes(certificate.issuer),
    subject: nameAttributes(certificate.subject),
    issuerDer: new Uint8Array(certificate.issuer.valueBeforeDecode),
    subjectDer: new Uint8Array(certificate.subject.valueBeforeDecode),
    notBefore: seconds(certificate.notBefore.value),
    notAfter: seconds(certificate.notAfter.value),
    spki: subjectPublicKeyInfo(tbs),
    keyAlgorithm: certificate.subjectPublicKeyInfo.algorithm.algorithmId,
    keyBits: certificate.subjectPublicKeyInfo.subjectPublicKey.valueBlock.valueHexView,
    extensions,
    ski: read(OID.subjectKeyIdentifier, decodeSubjectKeyIdentifier),
    aki: read(OID.authorityKeyIdentifier, decodeAuthorityKeyIdentifier),
    basicConstraints: read(OID.basicConstraints, decodeBasicConstraints),
    keyUsage: read(OID.keyUsage, decodeKeyUsage),
    extendedKeyUsage: read(OID.extendedKeyUsage, decodeExtendedKeyUsage),
    crlDistribution: read(OID.crlDistributionPoints, decodeCrlDistribution),
    aia: read(OID.authorityInfoAccess, (octets) => decodeAccessDescriptions(octets, 'authority-info-access')),
    sia: read(OID.subjectInfoAccess, (octets) => decodeAccessDescriptions(octets, 'subject-info-access')),
    policies: read(OID.certificatePolicies, decodeCertificatePolicies),
    // RFC 8360 gives the "reconsidered" extensions new identifiers and the same syntax.
    asIdentifiers: read(OID.asResources, decodeAsIdentifiers) ?? read(OID.asResourcesV2, decodeAsIdentifiers),
    ipAddrBlocks: read(OID.ipResources, decodeIpAddrBlocks) ?? read(OID.ipResourcesV2, decodeIpAddrBlocks),
  });
}

/** A name as OpenSSL prints it on one line: `/CN=…/serialNumber=…`. */
export function formatName(name: readonly NameAttribute[]): string {
  const label = (oid: string) =>
    oid === OID.commonName ? 'CN' : oid === OID.serialNumber ? 'serialNumber' : oid;
  return name.map(({ oid, value }) => `/${label(oid)}=${value}`).join('');
}

/** Attributes of a name in order. pkijs keeps no border between the sets of a name; the profiles do not need it. */
export function nameAttributes(name: RelativeDistinguishedNames): NameAttribute[] {
  return name.typesAndValues.map(({ type, value }) => ({
    oid: type,
    value: String(value.valueBlock.value),
    type:
      value instanceof asn1js.PrintableString
        ? 'PrintableString'
        : value instanceof asn1js.Utf8String
          ? 'UTF8String'
          : 'other',
  }));
}

/** The octets of SubjectPublicKeyInfo inside the signed part: the sixth member after the explicit version. */
function subjectPublicKeyInfo(tbs: Uint8Array): Uint8Array {
  const { result } = asn1js.fromBER(tbs as Uint8Array<ArrayBuffer>, { maxNodes: 1_000_000 });
  const members = sequence(result, 'certificate');
  const hasVersion = members[0] !== undefined && members[0].idBlock.tagClass === 3;
  const spki = members[hasVersion ? 6 : 5];
  if (!spki) throw new DecodeError('asn1-syntax', 'no public key', { field: 'certificate.spki' });
  return spki.valueBeforeDecodeView.slice();
}

function seconds(date: Date): number {
  const milliseconds = date.getTime();
  if (Number.isFinite(milliseconds)) return Math.floor(milliseconds / 1000);
  throw new DecodeError('asn1-syntax', 'not a time', { field: 'certificate.validity' });
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** Leaves out members that are undefined, so that optional members are absent. */
function stripUndefined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Defined<T>;
}
