import { equalOctets } from '../../bytes/index.js';
import { OID } from '../oids.js';
import type { ResourceCertificate } from './resource-certificate.js';

/**
 * What a certificate is for: a trust anchor (self-signed CA), a CA, the end entity of one signed object, or a BGPsec
 * router (RFC 8209).
 */
export type CertificateKind = 'ta' | 'ca' | 'ee' | 'router';

/**
 * Tells the kind by content, before any profile is applied: CA by Basic Constraints, router by the extended key usage
 * id-kp-bgpsec-router (docs/decisions/rpki-objects.md D-router-kind), trust anchor by subject key = authority key (or
 * no authority key) in a CA certificate.
 */
export function certificateKind(certificate: ResourceCertificate): CertificateKind {
  if (certificate.basicConstraints?.ca) return isSelfIssued(certificate) ? 'ta' : 'ca';
  return certificate.extendedKeyUsage?.includes(OID.bgpsecRouter) ? 'router' : 'ee';
}

/** Whether the certificate names its own key as the issuer's. */
function isSelfIssued({ ski, aki, issuerDer, subjectDer }: ResourceCertificate): boolean {
  if (!equalOctets(issuerDer, subjectDer)) return false;
  return aki?.keyIdentifier === undefined || (ski !== undefined && equalOctets(ski, aki.keyIdentifier));
}
