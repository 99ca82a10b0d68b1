import { equalOctets } from '../../bytes/index.js';
import { createFindings, type Finding } from '../finding.js';
import { OID } from '../oids.js';
import { inspectCertificate } from '../x509/profile.js';
import type { SignedObject } from './signed-object.js';

const ALLOWED_ATTRIBUTES: ReadonlySet<string> = new Set([
  OID.contentType,
  OID.messageDigest,
  OID.signingTime,
  OID.binarySigningTime,
]);

/**
 * The syntax conditions of RFC 6488 §3 step 1 (a to l), in that order, then the profile of the EE certificate
 * (step 3, RFC 6487 §4). Signature and chain are `verifySignedObject`'s business, the content its own type's.
 */
export function inspectSignedObject(object: SignedObject): readonly Finding[] {
  const findings = createFindings();
  const { must, should } = findings;
  const { signer, certificate } = object;
  // (a) is a condition of decoding.
  must(
    object.version === 3,
    'cms-version',
    'RFC 6488 §2.1.1',
    `SignedData version ${object.version}, must be 3`,
  );
  must(
    object.certificateCount === 1,
    'cms-certificates',
    'RFC 6488 §2.1.4',
    `${object.certificateCount} certificates, must be one`,
  );
  must(
    signer.ski !== undefined && certificate.ski !== undefined && equalOctets(signer.ski, certificate.ski),
    'cms-sid',
    'RFC 6488 §2.1.6.2',
    'the signer identifier is not the Subject Key Identifier of the certificate',
  );
  must(!object.hasCrls, 'cms-crls', 'RFC 6488 §2.1.5', 'CRLs are present');
  must(
    object.signerInfoCount === 1,
    'cms-signer-infos',
    'RFC 6488 §2.1',
    `${object.signerInfoCount} SignerInfos, must be one`,
  );
  must(
    signer.version === 3,
    'cms-signer-version',
    'RFC 6488 §2.1.6.1',
    `SignerInfo version ${signer.version}, must be 3`,
  );
  must(
    signer.contentType !== undefined && signer.messageDigest !== undefined,
    'cms-signed-attributes',
    'RFC 6488 §2.1.6.4',
    'content-type or message-digest is missing from the signed attributes',
  );
  const oids = signer.attributes.map(({ oid }) => oid);
  must(
    oids.every((oid) => ALLOWED_ATTRIBUTES.has(oid)),
    'cms-unknown-attribute',
    'RFC 6488 §2.1.6.4',
    `signed attribute ${oids.find((oid) => !ALLOWED_ATTRIBUTES.has(oid))} is not allowed`,
  );
  must(
    new Set(oids).size === oids.length && signer.attributes.every(({ values }) => values === 1),
    'cms-attribute-count',
    'RFC 6488 §2.1.6.4',
    'a signed attribute stands twice or has not exactly one value',
  );
  // RFC 9589 made signing-time mandatory and binary-signing-time forbidden for signers; objects from before stay valid.
  should(
    oids.includes(OID.signingTime) && !oids.includes(OID.binarySigningTime),
    'cms-signing-time',
    'RFC 9589 §4',
    'no signing-time attribute, or a binary-signing-time attribute',
  );
  // RFC 6488 §2.1.6.4.3 keeps the attribute out of the verdict.
  should(
    signer.hasTimeTypeOfYear !== false,
    'cms-signing-time-type',
    'RFC 5652 §11.3',
    'the signing time is not a UTCTime through 2049 or a GeneralizedTime from 2050 on',
  );
  must(
    signer.contentType === object.eContentType,
    'cms-content-type',
    'RFC 6488 §2.1.6.4.1',
    'the content-type attribute differs from eContentType',
  );
  must(
    !signer.hasUnsignedAttributes,
    'cms-unsigned-attributes',
    'RFC 6488 §2.1.6.7',
    'unsigned attributes are present',
  );
  must(
    object.digestAlgorithms.length === 1 &&
      object.digestAlgorithms[0] === OID.sha256 &&
      signer.digestAlgorithm === OID.sha256,
    'cms-digest-algorithm',
    'RFC 7935 §2',
    'the digest algorithm is not SHA-256 alone',
  );
  must(
    signer.signatureAlgorithm === OID.rsaEncryption ||
      signer.signatureAlgorithm === OID.sha256WithRsaEncryption,
    'cms-signature-algorithm',
    'RFC 7935 §2',
    `signature algorithm ${signer.signatureAlgorithm}`,
  );
  // docs/decisions/rpki-objects.md D-signature-algorithm-form
  should(
    signer.signatureAlgorithm !== OID.sha256WithRsaEncryption,
    'cms-signature-algorithm-form',
    'RFC 7935 §2',
    'SignerInfo names sha256WithRSAEncryption; rsaEncryption is what signers should write',
  );
  // docs/decisions/rpki-objects.md D-der-objects
  must(object.derFault === undefined, 'cms-der', 'RFC 6488 §2', object.derFault?.message ?? '');
  return [...findings.list, ...inspectCertificate(certificate, 'ee')];
}
