import { equalOctets } from '../../bytes/index.js';
import { type Check, createFindings, type Finding, type Findings } from '../finding.js';
import type { FindingCode } from '../finding-codes.js';
import { OID } from '../oids.js';
import { type CertificateKind, certificateKind } from './certificate-kind.js';
import { inspectKeyIdentifiers, inspectPolicyAndOthers, inspectUsage } from './profile-extensions.js';
import { inspectKey } from './profile-key.js';
import { inspectLocations } from './profile-locations.js';
import { inspectName } from './profile-name.js';
import { inspectResources } from './profile-resources.js';
import type { ResourceCertificate } from './resource-certificate.js';

/**
 * Walks RFC 6487 §4 (and RFC 8209 §3.1 for router certificates, RFC 7935 for algorithms) subsection by subsection and
 * lists what the certificate breaks. Signature, time, chain and revocation are not looked at here.
 */
export function inspectCertificate(
  certificate: ResourceCertificate,
  kind: CertificateKind = certificateKind(certificate),
): readonly Finding[] {
  return walkProfile(certificate, kind).list;
}

/**
 * The same walk with every rule in its order, the passed ones included, and at the end what one certificate alone cannot
 * show: signature, revocation and containment of resources (RFC 6487 §7.2), and the validity unless a time is given.
 *
 * @param now seconds since 1970 UTC.
 */
export function checkCertificate(
  certificate: ResourceCertificate,
  now?: number,
  kind: CertificateKind = certificateKind(certificate),
): readonly Check[] {
  const findings = walkProfile(certificate, kind);
  // What one certificate cannot show (docs/decisions/rpki-objects.md D-signer-not-listed).
  const open = (code: FindingCode, section: string, message: string): Check => ({
    code,
    section,
    outcome: 'not-checkable',
    message,
  });
  const timeSection = 'RFC 6487 §7.2 (2)';
  if (now !== undefined) {
    const holds = certificate.notBefore <= now && now <= certificate.notAfter;
    findings.must(holds, 'certificate-time', timeSection, 'the time lies outside notBefore to notAfter');
  }
  return [
    ...findings.checks,
    ...(now === undefined ? [open('certificate-time', timeSection, 'needs a time')] : []),
    open('path-signature', 'RFC 6487 §7.2 (1)', 'needs the issuer’s certificate'),
    open('certificate-revoked', 'RFC 6487 §7.2 (5)', 'needs the issuer’s CRL'),
    open('resources-overclaim', 'RFC 6487 §7.2 (6)', 'needs the resources of all issuers'),
  ];
}

function walkProfile(certificate: ResourceCertificate, kind: CertificateKind): Findings {
  const findings = createFindings();
  const { must, should } = findings;
  must(
    certificate.version === 3,
    'certificate-version',
    'RFC 6487 §4.1',
    `version ${certificate.version}, must be 3`,
  );
  const maxSerial = 1n << 159n; // RFC 5280 §4.1.2.2: at most 20 octets, hence 159 bits of a positive number
  must(
    certificate.serial > 0n && certificate.serial < maxSerial,
    'certificate-serial',
    'RFC 6487 §4.2',
    'the serial number is not a positive integer of at most 20 octets',
  );
  const isRsa = certificate.signatureAlgorithms.every((oid) => oid === OID.sha256WithRsaEncryption);
  must(
    isRsa && certificate.algorithmsAgree,
    'certificate-signature-algorithm',
    'RFC 6487 §4.3, RFC 7935 §2',
    isRsa
      ? 'the signature algorithms inside and outside have different parameters'
      : `signed with ${certificate.signatureAlgorithms[0]}, must be sha256WithRSAEncryption`,
  );
  // A signature is as long as the issuer's modulus, so it tells the size of a key that is not at hand
  // (docs/decisions/rpki-objects.md D-issuer-key-size).
  const bits = 8 * certificate.signature.length;
  should(
    certificate.signatureAlgorithms[1] !== OID.sha256WithRsaEncryption || bits === 2048,
    'issuer-key-size',
    'RFC 7935 §3',
    `the issuer's RSA key has ${bits} bits instead of 2048`,
  );
  inspectName(certificate.issuer, 'issuer', 'RFC 6487 §4.4', findings);
  inspectName(
    certificate.subject,
    kind === 'router' ? 'router-subject' : 'subject',
    'RFC 6487 §4.5',
    findings,
  );
  must(
    kind === 'ta' || !equalOctets(certificate.issuerDer, certificate.subjectDer),
    'certificate-self-issued',
    'RFC 6487 §4.5',
    'subject and issuer have the same name',
  );
  must(
    certificate.notBefore <= certificate.notAfter,
    'certificate-validity',
    'RFC 6487 §4.6',
    'notAfter lies before notBefore',
  );
  must(
    certificate.hasTimeTypesOfYears,
    'certificate-time-type',
    'RFC 6487 §4.6, RFC 5280 §4.1.2.5',
    'a time is not a UTCTime through 2049 or a GeneralizedTime from 2050 on',
  );
  must(
    !certificate.hasUniqueIdentifiers,
    'certificate-unique-identifier',
    'RFC 6487 §4',
    'issuerUniqueID or subjectUniqueID is present',
  );
  inspectKey(certificate, kind, findings);
  inspectKeyIdentifiers(certificate, kind, findings);
  inspectUsage(certificate, kind, findings);
  inspectLocations(certificate, kind, findings);
  inspectResources(certificate, kind, findings);
  inspectPolicyAndOthers(certificate, findings);
  return findings;
}
