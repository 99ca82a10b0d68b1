import * as asn1js from 'asn1js';
import { ContentInfo, Certificate as PkijsCertificate, SignedData, type SignerInfo } from 'pkijs';
import { DecodeError } from '../../bytes/index.js';
import { type Asn1, decodeAsn1, isContext, objectIdentifier, octetString, sequence } from '../der/asn1.js';
import { profileTime } from '../der/profile-time.js';
import { checkDer } from '../der/strict-der.js';
import { OID } from '../oids.js';
import { convertCertificate } from '../x509/convert-certificate.js';
import type { ResourceCertificate } from '../x509/resource-certificate.js';
import { checkEnvelopeMembers } from './envelope-members.js';

/** One signed attribute; `values` counts the members of its SET (one is allowed). */
export interface SignedAttribute {
  readonly oid: string;
  readonly values: number;
}

/** The CMS envelope of an RPKI signed object (RFC 6488 §2) decoded, not yet judged. */
export interface SignedObject {
  readonly der: Uint8Array;
  /** The first fault against DER, if any: some old objects are BER (RFC 6488 §2 demands DER). */
  readonly derFault?: { readonly code: string; readonly message: string };
  readonly contentInfoType: string;
  readonly version: number;
  readonly digestAlgorithms: readonly string[];
  readonly eContentType: string;
  readonly eContent: Uint8Array;
  readonly certificateCount: number;
  /** The end-entity certificate: the first one in the envelope. */
  readonly certificate: ResourceCertificate;
  readonly hasCrls: boolean;
  readonly signerInfoCount: number;
  readonly signer: {
    readonly version: number;
    /** The SubjectKeyIdentifier of the sid; absent when the sid is issuerAndSerialNumber. */
    readonly ski?: Uint8Array;
    readonly digestAlgorithm: string;
    readonly signatureAlgorithm: string;
    readonly signature: Uint8Array;
    readonly attributes: readonly SignedAttribute[];
    readonly hasUnsignedAttributes: boolean;
    readonly contentType?: string;
    readonly messageDigest?: Uint8Array;
    /** Seconds since 1970 UTC. */
    readonly signingTime?: number;
    /** Whether the signing time is UTCTime through 2049 and GeneralizedTime from 2050 on (RFC 5652 §11.3). */
    readonly hasTimeTypeOfYear?: boolean;
    /** The signed attributes as they are signed: with the tag of a SET OF (RFC 5652 §5.4). Absent without any. */
    readonly signedOctets?: Uint8Array;
  };
}

/**
 * Decodes the CMS envelope of an RPKI signed object, the certificate inside included; the content stays octets.
 * RFC 6488 §2.
 *
 * @throws {DecodeError} `cms-syntax`, `asn1-syntax`, or what `decodeCertificate` throws for the certificate inside.
 */
export function decodeSignedObject(der: Uint8Array): SignedObject {
  const content = parseContentInfo(der);
  const data = content.signedData;
  const eContent = data.encapContentInfo.eContent;
  // pkijs takes a value of any type here, whatever its own types say.
  if (!(eContent instanceof asn1js.OctetString)) throw syntax('no eContent in an OCTET STRING', 'e-content');
  const certificates = (data.certificates ?? []).filter((item) => item instanceof PkijsCertificate);
  const [ee] = certificates;
  const [info] = data.signerInfos;
  if (!ee) throw syntax('no certificate', 'certificates');
  if (!info) throw syntax('no SignerInfo', 'signer-infos');
  const signed = signer(info);
  // The attributes carry the tag [0], which hides from the check of the whole that they are a SET OF.
  const derFault = findDerFault(der) ?? (signed.signedOctets && findDerFault(signed.signedOctets));
  return {
    der,
    ...(derFault ? { derFault } : {}),
    contentInfoType: content.type,
    version: data.version,
    digestAlgorithms: data.digestAlgorithms.map(({ algorithmId }) => algorithmId),
    eContentType: data.encapContentInfo.eContentType,
    eContent: new Uint8Array(eContent.getValue()),
    certificateCount: data.certificates?.length ?? 0,
    certificate: eeCertificate(ee),
    hasCrls: content.hasCrls,
    signerInfoCount: data.signerInfos.length,
    signer: signed,
  };
}

function findDerFault(der: Uint8Array): { code: string; message: string } | undefined {
  try {
    checkDer(der, 'signed-object');
    return undefined;
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return { code: error.code, message: error.message };
  }
}

function syntax(message: string, field: string): DecodeError {
  return new DecodeError('cms-syntax', message, { field: `signed-object.${field}` });
}

function parseContentInfo(der: Uint8Array): { type: string; signedData: SignedData; hasCrls: boolean } {
  let result: Asn1;
  try {
    result = decodeAsn1(der, 'signed-object');
  } catch {
    throw syntax('not one ASN.1 value', 'content-info');
  }
  let content: ContentInfo;
  try {
    content = new ContentInfo({ schema: result });
  } catch {
    throw syntax('not a CMS ContentInfo', 'content-info');
  }
  if (content.contentType !== OID.signedData)
    throw syntax(`content type ${content.contentType}`, 'content-info');
  checkEnvelopeMembers(result);
  try {
    // pkijs says nothing of a field without CRLs in it (docs/decisions/rpki-objects.md D-object-empty-crls).
    const hasCrls = sequence(content.content, 'signed-object').some((member) => isContext(member, 1));
    return { type: content.contentType, signedData: new SignedData({ schema: content.content }), hasCrls };
  } catch {
    throw syntax('not a CMS SignedData', 'content');
  }
}

function eeCertificate(certificate: PkijsCertificate): ResourceCertificate {
  const der = new Uint8Array(certificate.toSchema(false).toBER());
  try {
    return convertCertificate(certificate, der);
  } catch (error) {
    if (error instanceof DecodeError) throw error;
    throw syntax('the certificate cannot be read', 'certificates[0]');
  }
}

function signer(info: SignerInfo): SignedObject['signer'] {
  // pkijs leaves the values of an attribute out when its SET has none, whatever its own types say.
  const attributes = (info.signedAttrs?.attributes ?? []).map(
    ({ type, values }: { readonly type: string; readonly values?: readonly Asn1[] }) => ({
      type,
      values: values ?? [],
    }),
  );
  const first = (oid: string): Asn1 | undefined => attributes.find(({ type }) => type === oid)?.values[0];
  const contentType = first(OID.contentType);
  const digest = first(OID.messageDigest);
  const signingTime = first(OID.signingTime);
  const signed = signingTime && profileTime(signingTime, 'signed-object.signing-time');
  // RFC 5652 §5.4: what is signed is the DER encoding as a SET OF (tag 31), not with the tag [0] it carries.
  const encoded = info.signedAttrs && new Uint8Array(info.signedAttrs.encodedValue);
  return {
    version: info.version,
    ...(info.sid instanceof asn1js.Primitive || info.sid instanceof asn1js.OctetString
      ? { ski: info.sid.valueBlock.valueHexView }
      : {}),
    digestAlgorithm: info.digestAlgorithm.algorithmId,
    signatureAlgorithm: info.signatureAlgorithm.algorithmId,
    signature: info.signature.valueBlock.valueHexView,
    attributes: attributes.map(({ type, values }) => ({ oid: type, values: values.length })),
    hasUnsignedAttributes: info.unsignedAttrs !== undefined,
    ...(contentType ? { contentType: objectIdentifier(contentType, 'signed-object.content-type') } : {}),
    ...(digest ? { messageDigest: octetString(digest, 'signed-object.message-digest') } : {}),
    ...(signed ? { signingTime: signed.seconds, hasTimeTypeOfYear: signed.conforms } : {}),
    ...(encoded ? { signedOctets: encoded } : {}),
  };
}
