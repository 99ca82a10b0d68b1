import { sha1 } from '@noble/hashes/legacy.js';
import { equalOctets } from '../../bytes/index.js';
import type { Findings } from '../finding.js';
import { OID } from '../oids.js';
import type { CertificateKind } from './certificate-kind.js';
import { findExtension } from './extensions.js';
import type { ResourceCertificate } from './resource-certificate.js';

/** RFC 6487 §4.8.2 and §4.8.3. */
export function inspectKeyIdentifiers(
  certificate: ResourceCertificate,
  kind: CertificateKind,
  { must }: Findings,
): void {
  const { ski, aki } = certificate;
  must(
    ski !== undefined && equalOctets(ski, sha1(certificate.keyBits)),
    'subject-key-identifier',
    'RFC 6487 §4.8.2',
    'the Subject Key Identifier is not the SHA-1 hash of the public key',
  );
  mustNotBeCritical(certificate, OID.subjectKeyIdentifier, 'RFC 6487 §4.8.2', must);
  if (kind !== 'ta' || aki) {
    must(
      aki?.keyIdentifier?.length === 20 && aki.only,
      'authority-key-identifier',
      'RFC 6487 §4.8.3',
      'the Authority Key Identifier is absent or holds something else than a key identifier of 20 octets',
    );
  }
  mustNotBeCritical(certificate, OID.authorityKeyIdentifier, 'RFC 6487 §4.8.3', must);
}

/** RFC 6487 §4.8.1, §4.8.4, §4.8.5; RFC 8209 §3.1.3.1 and §3.1.3.2 for routers. */
export function inspectUsage(
  certificate: ResourceCertificate,
  kind: CertificateKind,
  { must }: Findings,
): void {
  const isCa = kind === 'ta' || kind === 'ca';
  const { basicConstraints, keyUsage, extendedKeyUsage } = certificate;
  must(
    isCa ? basicConstraints?.ca === true && !basicConstraints.pathLength : basicConstraints === undefined,
    'basic-constraints',
    kind === 'router' ? 'RFC 8209 §3.1.3.1' : 'RFC 6487 §4.8.1',
    isCa
      ? 'Basic Constraints must say cA and no path length'
      : 'Basic Constraints in a certificate that is no CA',
  );
  if (isCa) mustBeCritical(certificate, OID.basicConstraints, 'RFC 6487 §4.8.1', must);
  must(
    keyUsage !== undefined &&
      !keyUsage.others &&
      keyUsage.digitalSignature !== isCa &&
      keyUsage.keyCertSign === isCa &&
      keyUsage.crlSign === isCa,
    'key-usage',
    'RFC 6487 §4.8.4',
    isCa ? 'Key Usage must be keyCertSign and cRLSign alone' : 'Key Usage must be digitalSignature alone',
  );
  // docs/decisions/rpki-objects.md D-key-usage-minimal.
  must(
    keyUsage?.minimal !== false,
    'key-usage-encoding',
    'RFC 6487 §4.8.4, X.690 §11.2.2',
    'Key Usage is encoded with trailing zero bits',
  );
  mustBeCritical(certificate, OID.keyUsage, 'RFC 6487 §4.8.4', must);
  if (kind === 'router') {
    must(
      extendedKeyUsage?.includes(OID.bgpsecRouter) === true,
      'extended-key-usage',
      'RFC 8209 §3.1.3.2',
      'Extended Key Usage does not contain id-kp-bgpsec-router',
    );
  } else {
    must(
      extendedKeyUsage === undefined,
      'extended-key-usage',
      'RFC 6487 §4.8.5',
      'Extended Key Usage is present',
    );
  }
  mustNotBeCritical(certificate, OID.extendedKeyUsage, 'RFC 6487 §4.8.5', must);
}

const KNOWN_EXTENSIONS: ReadonlySet<string> = new Set([
  OID.basicConstraints,
  OID.subjectKeyIdentifier,
  OID.authorityKeyIdentifier,
  OID.keyUsage,
  OID.extendedKeyUsage,
  OID.crlDistributionPoints,
  OID.authorityInfoAccess,
  OID.subjectInfoAccess,
  OID.certificatePolicies,
  OID.ipResources,
  OID.asResources,
  OID.ipResourcesV2,
  OID.asResourcesV2,
]);

/** RFC 6487 §4.8.9, and that no extension outside the profile is present (§4.8). */
export function inspectPolicyAndOthers(certificate: ResourceCertificate, { must }: Findings): void {
  const { policies } = certificate;
  const [policy] = policies ?? [];
  must(
    policies?.length === 1 && (policy?.oid === OID.rpkiPolicy || policy?.oid === OID.rpkiPolicyV2),
    'certificate-policies',
    'RFC 6487 §4.8.9',
    'not exactly the policy id-cp-ipAddr-asNumber',
  );
  // RFC 7318 §2 puts one qualifier of one kind beside the policy, all else would change what the policy says.
  must(
    policies?.every(({ qualifiers }) => qualifiers.length === 0 || qualifiers.join() === 'cps') !== false,
    'policy-qualifier',
    'RFC 7318 §2',
    'a policy qualifier other than one pointer to a Certification Practice Statement',
  );
  mustBeCritical(certificate, OID.certificatePolicies, 'RFC 6487 §4.8.9', must);
  for (const { oid } of certificate.extensions) {
    must(
      KNOWN_EXTENSIONS.has(oid),
      'unknown-extension',
      'RFC 6487 §4.8',
      `extension ${oid} is not of the profile`,
    );
  }
}

type Must = Findings['must'];

/** An error unless the extension, where present, is critical. */
export function mustBeCritical(
  certificate: ResourceCertificate,
  oid: string,
  section: string,
  must: Must,
): void {
  const extension = findExtension(certificate.extensions, oid);
  if (extension)
    must(extension.critical, 'extension-not-critical', section, `extension ${oid} must be critical`);
}

/** An error if the extension is present and critical. */
export function mustNotBeCritical(
  certificate: ResourceCertificate,
  oid: string,
  section: string,
  must: Must,
): void {
  const extension = findExtension(certificate.extensions, oid);
  if (extension)
    must(!extension.critical, 'extension-critical', section, `extension ${oid} must not be critical`);
}
