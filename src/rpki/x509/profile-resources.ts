import type { Findings } from '../finding.js';
import { OID } from '../oids.js';
import type { CertificateKind } from './certificate-kind.js';
import { findExtension } from './extensions.js';
import type { ResourceCertificate } from './resource-certificate.js';

/** RFC 6487 §4.8.10 and §4.8.11; RFC 8209 §3.1.3.4 and §3.1.3.5 for router certificates. */
export function inspectResources(
  certificate: ResourceCertificate,
  kind: CertificateKind,
  { must }: Findings,
): void {
  const { asIdentifiers, ipAddrBlocks, extensions, policies } = certificate;
  must(
    asIdentifiers !== undefined || ipAddrBlocks !== undefined,
    'no-resources',
    'RFC 6487 §4.8.10',
    'neither IP nor AS resources',
  );
  for (const [oid, section] of [
    [OID.ipResources, 'RFC 6487 §4.8.10'],
    [OID.asResources, 'RFC 6487 §4.8.11'],
    [OID.ipResourcesV2, 'RFC 8360 §4.2.2.1'],
    [OID.asResourcesV2, 'RFC 8360 §4.2.2.2'],
  ] as const) {
    const extension = findExtension(extensions, oid);
    if (extension)
      must(extension.critical, 'extension-not-critical', section, `extension ${oid} must be critical`);
  }
  // RFC 8360 §4.2.4: the policy decides which pair of extensions is to be used; the pairs do not mix.
  const v2 = policies?.[0]?.oid === OID.rpkiPolicyV2;
  const wrong = v2 ? [OID.ipResources, OID.asResources] : [OID.ipResourcesV2, OID.asResourcesV2];
  must(
    wrong.every((oid) => findExtension(extensions, oid) === undefined),
    'resource-extension-version',
    'RFC 8360 §4.2.4',
    'the resource extensions are not those of the certificate policy',
  );

  if (asIdentifiers) {
    const { asnum, hasRdi, canonical } = asIdentifiers;
    must(!hasRdi, 'routing-domain-identifiers', 'RFC 6487 §4.8.11', 'routing domain identifiers are present');
    must(
      asnum !== undefined && asnum.length > 0,
      'as-resources-empty',
      'RFC 6487 §4.8.11',
      'no AS resources',
    );
    must(
      canonical,
      'as-resources-order',
      'RFC 3779 §3.2.3.4',
      'AS resources not in ascending, disjoint order',
    );
    if (kind === 'ta' || kind === 'router') {
      must(
        asnum !== 'inherit',
        'as-resources-inherit',
        kind === 'ta' ? 'RFC 8630 §2.3' : 'RFC 8209 §3.1.3.5',
        'AS resources must not be inherited',
      );
    }
  }
  if (kind === 'router') {
    must(asIdentifiers !== undefined, 'as-resources', 'RFC 8209 §3.1.3.5', 'AS resources are absent');
    must(ipAddrBlocks === undefined, 'ip-resources', 'RFC 8209 §3.1.3.4', 'IP resources are present');
  }
  if (ipAddrBlocks) {
    const { families, hasSafi, canonical } = ipAddrBlocks;
    must(!hasSafi, 'ip-resources-safi', 'RFC 6487 §4.8.10', 'a SAFI is present');
    must(
      families.size > 0 && [...families.values()].every((resources) => resources.length > 0),
      'ip-resources-empty',
      'RFC 6487 §4.8.10',
      'no IP resources',
    );
    must(canonical, 'ip-resources-order', 'RFC 3779 §2.2.3.6', 'IP resources not in canonical order');
    if (kind === 'ta') {
      must(
        [...families.values()].every((resources) => resources !== 'inherit'),
        'ip-resources-inherit',
        'RFC 8630 §2.3',
        'a trust anchor cannot inherit',
      );
    }
  }
}
