import * as pkijs from 'pkijs';
import { equalOctets } from '../bytes/index.js';
import { isCanonical } from './as-resources.js';
import { OID } from './oids.js';
import {
  applyProfile,
  type Finding,
  fail,
  notCheckable,
  type ProfileItem,
  type ProfileRule,
  pass,
  warning,
} from './profile.js';
import type { RouterCertificate } from './router-certificate.js';
import { computeSki, spkiFault } from './spki.js';
import { decodeInner, type Extension, formatName, hexOrNone, keyPurposes, type NameEntry } from './x509.js';

/** A certificate, and the time at which it is judged when that is known. */
interface Subject {
  readonly certificate: RouterCertificate;
  readonly now: Date | undefined;
}

/**
 * The router certificate profile, subsection by subsection: RFC 6487 §4 as RFC 8209 §3.1 changes it, then the steps of
 * RFC 6487 §7.2 that need more than the certificate. `now` decides about the validity interval; without it, and for
 * everything that needs the issuer, the item is `not-checkable`.
 */
export function checkRouterCertificate(certificate: RouterCertificate, now?: Date): readonly ProfileItem[] {
  return applyProfile(RULES, { certificate, now });
}

const KNOWN = new Set<string>([
  OID.subjectKeyIdentifier,
  OID.keyUsage,
  OID.basicConstraints,
  OID.crlDistributionPoints,
  OID.certificatePolicies,
  OID.authorityKeyIdentifier,
  OID.extendedKeyUsage,
  OID.authorityInfoAccess,
  OID.ipResources,
  OID.asResources,
  OID.subjectInfoAccess,
]);

const rule = (
  section: string,
  title: string,
  check: (certificate: RouterCertificate, now: Date | undefined) => Finding,
): ProfileRule<Subject> => ({ section, title, check: ({ certificate, now }) => check(certificate, now) });

const RULES: readonly ProfileRule<Subject>[] = [
  rule('RFC 6487 4.1', 'Version', ({ version }) =>
    version === 2 ? pass('version 3') : fail(`version ${version + 1}, must be 3`),
  ),
  rule('RFC 6487 4.2', 'Serial Number', ({ serialNumber }) =>
    serialNumber > 0n ? pass(`${serialNumber}`) : fail(`${serialNumber} is not positive`),
  ),
  rule('RFC 6487 4.3', 'Signature Algorithm', ({ signatureAlgorithm, signatureOctets }) => {
    if (signatureAlgorithm !== OID.sha256WithRsa)
      return fail(`${signatureAlgorithm}, must be sha256WithRSAEncryption`);
    const bits = 8 * signatureOctets;
    return bits === 2048
      ? pass('sha256WithRSAEncryption, 2048 bits')
      : warning(
          `sha256WithRSAEncryption, but the issuer's key has ${bits} bits instead of 2048 (RFC 7935 3)`,
        );
  }),
  rule('RFC 6487 4.4', 'Issuer', ({ issuer }) => checkName(issuer, ['PrintableString'])),
  rule('RFC 6487 4.5, RFC 8209 3.1.1', 'Subject', ({ subject }) => {
    const [state, detail] = checkName(subject, ['PrintableString', 'UTF8String']);
    if (state === 'fail') return [state, detail];
    const name = subject.find(({ type }) => type === OID.commonName)?.value ?? '';
    return /^ROUTER-[0-9A-Fa-f]{8}$/.test(name)
      ? pass(detail)
      : warning(`${detail}: "ROUTER-" and eight hexadecimal digits are recommended`);
  }),
  rule('RFC 6487 4.6', 'Valid From, Valid To', ({ notBefore, notAfter }, now) => {
    const span = `${notBefore.toISOString()} to ${notAfter.toISOString()}`;
    if (notBefore > notAfter) return fail(`${span} is empty`);
    if (now === undefined) return notCheckable(`${span}: needs the time`);
    return notBefore <= now && now <= notAfter
      ? pass(span)
      : fail(`${span} does not hold ${now.toISOString()}`);
  }),
  rule('RFC 6487 4.7, RFC 8608 3.1', 'Subject Public Key Info', ({ spki }) => {
    const fault = spkiFault(spki);
    return fault === undefined
      ? pass('P-256, uncompressed, on the curve')
      : fail(`not a router key: ${fault}`);
  }),
  rule('RFC 6487 4.8.1, RFC 8209 3.1.3.1', 'Basic Constraints', absent(OID.basicConstraints)),
  rule('RFC 6487 4.8.2', 'Subject Key Identifier', (certificate) => {
    const { ski, spki } = certificate;
    if (spkiFault(spki) !== undefined) return fail('there is no key to compare with');
    const expected = computeSki(spki);
    return withExtension(certificate, OID.subjectKeyIdentifier, false, () =>
      ski !== undefined && equalOctets(ski, expected)
        ? pass(hexOrNone(ski))
        : fail(`${hexOrNone(ski)} is not SHA-1 of the key, ${hexOrNone(expected)}`),
    );
  }),
  rule('RFC 6487 4.8.3', 'Authority Key Identifier', (certificate) =>
    withExtension(certificate, OID.authorityKeyIdentifier, false, ({ value }) => {
      const decoded = decodeInner(value, pkijs.AuthorityKeyIdentifier);
      const id = decoded?.keyIdentifier?.valueBlock.valueHexView;
      if (decoded?.authorityCertIssuer !== undefined || decoded?.authorityCertSerialNumber !== undefined) {
        return fail('names the issuer beside the key identifier');
      }
      return id?.length === 20 ? pass(hexOrNone(id)) : fail('no key identifier of 20 octets');
    }),
  ),
  rule('RFC 6487 4.8.4', 'Key Usage', (certificate) =>
    // BIT STRING, seven unused bits, digitalSignature alone.
    withExtension(certificate, OID.keyUsage, true, ({ value }) =>
      equalOctets(value, Uint8Array.of(0x03, 0x02, 0x07, 0x80))
        ? pass('digitalSignature')
        : fail(`${hexOrNone(value)}: digitalSignature must be set, and alone`),
    ),
  ),
  rule('RFC 6487 4.8.5, RFC 8209 3.1.3.2', 'Extended Key Usage', (certificate) =>
    withExtension(certificate, OID.extendedKeyUsage, false, (extension) => {
      const purposes = keyPurposes(extension);
      return purposes.includes(OID.bgpsecRouter)
        ? pass(purposes.join(', '))
        : fail(`no id-kp-bgpsec-router among ${purposes.join(', ') || 'none'}`);
    }),
  ),
  rule('RFC 6487 4.8.6', 'CRL Distribution Points', (certificate) =>
    withExtension(certificate, OID.crlDistributionPoints, false, ({ value }) => {
      const points = decodeInner(value, pkijs.CRLDistributionPoints)?.distributionPoints ?? [];
      const [point] = points;
      if (points.length !== 1 || point === undefined)
        return fail(`${points.length} distribution points, must be 1`);
      if (point.reasons !== undefined || point.cRLIssuer !== undefined)
        return fail('has reasons or a CRL issuer');
      const names = Array.isArray(point.distributionPoint) ? point.distributionPoint : [];
      return checkUris(names.map((name) => (name.type === 6 ? String(name.value) : undefined)));
    }),
  ),
  rule('RFC 6487 4.8.7', 'Authority Information Access', (certificate) =>
    withExtension(certificate, OID.authorityInfoAccess, false, ({ value }) => {
      const all = decodeInner(value, pkijs.InfoAccess)?.accessDescriptions ?? [];
      const issuers = all.filter(({ accessMethod }) => accessMethod === OID.caIssuers);
      if (issuers.length === 0) return fail('no id-ad-caIssuers');
      return checkUris(
        issuers.map(({ accessLocation }) =>
          accessLocation.type === 6 ? String(accessLocation.value) : undefined,
        ),
      );
    }),
  ),
  rule('RFC 6487 4.8.8, RFC 8209 3.1.3.3', 'Subject Information Access', absent(OID.subjectInfoAccess)),
  rule('RFC 6487 4.8.9', 'Certificate Policies', (certificate) =>
    withExtension(certificate, OID.certificatePolicies, true, ({ value }) => {
      const policies = decodeInner(value, pkijs.CertificatePolicies)?.certificatePolicies ?? [];
      const ids = policies.map(({ policyIdentifier }) => policyIdentifier);
      return ids.length === 1 && ids[0] === OID.rpkiPolicy
        ? pass('the RPKI policy')
        : fail(`${ids.join(', ') || 'none'}: must be the RPKI policy alone`);
    }),
  ),
  rule('RFC 6487 4.8.10, RFC 8209 3.1.3.4', 'IP Resources', absent(OID.ipResources)),
  rule('RFC 6487 4.8.11, RFC 8209 3.1.3.5', 'AS Resources', (certificate) =>
    withExtension(certificate, OID.asResources, true, () => {
      const { asnum, rdi } = certificate.asResources ?? { rdi: false };
      if (rdi) return fail('has routing domain identifiers');
      if (asnum === undefined) return fail('no AS numbers');
      if (asnum === 'inherit') return fail('inherits; a router certificate must name its AS numbers');
      if (asnum.length === 0) return fail('an empty list');
      const text = asnum.map(({ min, max }) => (min === max ? `${min}` : `${min}-${max}`)).join(', ');
      return isCanonical(asnum) ? pass(text) : fail(`${text}: not in canonical order (RFC 3779 3.2.3.4)`);
    }),
  ),
  rule('RFC 6487 4.8', 'Other extensions', ({ extensions }) => {
    const oids = extensions.map(({ oid }) => oid);
    const others = oids.filter((oid) => !KNOWN.has(oid));
    const repeated = oids.find((oid, i) => oids.indexOf(oid) !== i);
    if (repeated !== undefined) return fail(`${repeated} stands twice`);
    return others.length === 0 ? pass('none') : fail(others.join(', '));
  }),
  rule('RFC 6487 7.2 (1)', 'Signature of the issuer', () =>
    notCheckable('needs the certificate of the issuer'),
  ),
  rule('RFC 6487 7.2 (4)', 'Revocation', () => notCheckable("needs the issuer's CRL")),
  rule('RFC 6487 7.2 (5)', 'AS Resources within those of the issuer', () =>
    notCheckable('needs the certificates of all superior CAs'),
  ),
];

/** A rule for an extension that must not be there. */
function absent(oid: string): (certificate: RouterCertificate) => Finding {
  return ({ extensions }) =>
    extensions.some((extension) => extension.oid === oid) ? fail('must not be present') : pass('absent');
}

/** A rule for an extension that must be there, critical or not as the profile says. */
function withExtension(
  { extensions }: RouterCertificate,
  oid: string,
  critical: boolean,
  check: (extension: Extension) => Finding,
): Finding {
  const extension = extensions.find((candidate) => candidate.oid === oid);
  if (extension === undefined) return fail('must be present');
  if (extension.critical !== critical) return fail(critical ? 'must be critical' : 'must not be critical');
  return check(extension);
}

/** RFC 6487 §4.4, §4.5: one CommonName and at most one serialNumber. */
function checkName(entries: readonly NameEntry[], encodings: readonly NameEntry['encoding'][]): Finding {
  const text = formatName(entries);
  const names = entries.filter(({ type }) => type === OID.commonName);
  const serials = entries.filter(({ type }) => type === OID.serialNumber);
  if (names.length !== 1 || serials.length > 1 || entries.length !== names.length + serials.length) {
    return fail(`${text}: one CommonName and at most one serialNumber`);
  }
  const encoding = names[0]?.encoding;
  return encoding !== undefined && encodings.includes(encoding)
    ? pass(text)
    : fail(`${text}: the CommonName is a ${encoding}, must be ${encodings.join(' or ')}`);
}

function checkUris(uris: readonly (string | undefined)[]): Finding {
  if (uris.length === 0 || uris.includes(undefined)) return fail('something other than URIs');
  return uris.some((uri) => uri?.toLowerCase().startsWith('rsync://'))
    ? pass(uris.join(', '))
    : fail(`${uris.join(', ')}: an rsync URI must be among them`);
}
