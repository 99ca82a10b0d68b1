import type { Findings } from '../finding.js';
import { OID } from '../oids.js';
import type { CertificateKind } from './certificate-kind.js';
import { mustNotBeCritical } from './profile-extensions.js';
import type { ResourceCertificate } from './resource-certificate.js';

/** RFC 6487 §4.8.6 to §4.8.8: where CRL, issuer and products are published; RFC 8209 §3.1.3.3 for routers. */
export function inspectLocations(
  certificate: ResourceCertificate,
  kind: CertificateKind,
  { must, should }: Findings,
): void {
  const { crlDistribution, aia, sia } = certificate;
  const issuers = aia?.filter(({ method }) => method === OID.caIssuers) ?? [];
  const rsync = (uri: string | undefined) => uri?.toLowerCase().startsWith('rsync://') === true;
  must(
    kind === 'ta'
      ? crlDistribution === undefined
      : crlDistribution?.simple === true && crlDistribution.uris.some(rsync),
    'crl-distribution-points',
    'RFC 6487 §4.8.6',
    kind === 'ta'
      ? 'a self-signed certificate has no CRL distribution point'
      : 'not one distribution point with an rsync URI',
  );
  mustNotBeCritical(certificate, OID.crlDistributionPoints, 'RFC 6487 §4.8.6', must);
  must(
    kind === 'ta'
      ? aia === undefined
      : issuers.some(({ uri }) => rsync(uri)) && issuers.every(({ uri }) => uri !== undefined),
    'authority-info-access',
    'RFC 6487 §4.8.7',
    kind === 'ta'
      ? 'a self-signed certificate has no Authority Information Access'
      : 'no rsync URI for id-ad-caIssuers, or something other than a URI',
  );
  mustNotBeCritical(certificate, OID.authorityInfoAccess, 'RFC 6487 §4.8.7', must);
  mustNotBeCritical(certificate, OID.subjectInfoAccess, 'RFC 6487 §4.8.8', must);
  const has = (wanted: string) => sia?.some(({ method, uri }) => method === wanted && rsync(uri)) === true;
  if (kind === 'router') {
    must(
      sia === undefined,
      'subject-info-access',
      'RFC 8209 §3.1.3.3',
      'Subject Information Access is present',
    );
  } else if (kind === 'ee') {
    // docs/decisions/rpki-objects.md D-ee-rpki-notify: a notification URI of RFC 8182 beside it is usual in real
    // objects.
    const others = sia?.filter(({ method }) => method !== OID.signedObject) ?? [];
    const section = 'RFC 6487 §4.8.8.2';
    must(
      has(OID.signedObject) && others.every(({ method }) => method === OID.rpkiNotify),
      'subject-info-access',
      section,
      'no rsync URI for id-ad-signedObject, or another access method',
    );
    should(
      others.length === 0,
      'subject-info-access-notify',
      section,
      'id-ad-rpkiNotify in an EE certificate',
    );
  } else {
    must(
      has(OID.caRepository) && has(OID.rpkiManifest),
      'subject-info-access',
      'RFC 6487 §4.8.8.1',
      'no rsync URI for id-ad-caRepository or id-ad-rpkiManifest',
    );
  }
}
