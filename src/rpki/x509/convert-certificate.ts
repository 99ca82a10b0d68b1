import * as asn1js from 'asn1js';
// Apart from the types of the room's door: those of pkijs need a DOM, which users of this package need not have.
import type { Certificate as PkijsCertificate, RelativeDistinguishedNames } from 'pkijs';
import { DecodeError } from '../../bytes/index.js';
import { checkDer } from '../der/strict-der.js';
import { OID } from '../oids.js';
import { decodeAsIdentifiers } from './as-resources.js';
import {
  decodeAccessDescriptions,
  decodeAuthorityKeyIdentifier,
  decodeBasicConstraints,
  decodeCrlDistribution,
  decodeExtendedKeyUsage,
  decodeKeyUsage,
  decodeSubjectKeyIdentifier,
  findExtension,
} from './extensions.js';
import { decodeIpAddrBlocks } from './ip-resources.js';
import { decodeCertificatePolicies } from './policies.js';
import type { NameAttribute, ResourceCertificate } from './resource-certificate.js';
import { decodeSignedPart } from './signed-part.js';

/** The values of a certificate that pkijs has parsed, e.g. the one inside a signed object. */
export function convertCertificate(certificate: PkijsCertificate, der: Uint8Array): ResourceCertificate {
  const tbs = certificate.tbsView;
  const { extensions, ...part } = decodeSignedPart(tbs);
  const read = <T>(oid: string, decode: (octets: Uint8Array) => T): T | undefined => {
    const extension = findExtension(extensions, oid);
    if (extension === undefined) return undefined;
    const value = decode(extension.value);
    // RFC 5280 §4.1: the octets inside extnValue are DER too; the check of the whole does not reach them
    // (docs/decisions/rpki-objects.md D-object-content-der).
    checkDer(extension.value, `certificate.extensions.${oid}`);
    return value;
  };
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
    algorithmsAgree: certificate.signature.isEqual(certificate.signatureAlgorithm),
    issuer: nameAttributes(certificate.issuer),
    subject: nameAttributes(certificate.subject),
    issuerDer: new Uint8Array(certificate.issuer.valueBeforeDecode),
    subjectDer: new Uint8Array(certificate.subject.valueBeforeDecode),
    ...part,
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

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** Leaves out members that are undefined, so that optional members are absent. */
function stripUndefined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Defined<T>;
}
