import { aspaContent, CUSTOMER } from './builder.js';
import {
  asIdentifiers,
  asIds,
  extension,
  ipBlocks,
  KEYS,
  keyUsage,
  NOT_AFTER,
  NOT_BEFORE,
  name,
  policies,
  RPKI_POLICY,
  SIGNED_OBJECT,
  sia,
} from './certificate.js';
import { context, implicit, int, NULL, octetString, oid, seq, setOf, TRUE, tlv } from './der.js';
import { ee, type ObjectRow, row } from './row.js';

/** EE certificates (RFC 6487 §4, §7.2; aspa-profile-29 §4). */
export const BAD_CERTIFICATES: readonly ObjectRow[] = [
  row(
    'as-absent',
    'No AS resources, but IP resources',
    'draft-ietf-sidrops-aspa-profile-29 §4',
    ee({ asIdentifiers: undefined, ipBlocks }),
    { requirements: ['!aspa-profile-29:4:as-resources-present'] },
  ),
  row(
    'no-resources',
    'Neither AS nor IP resources',
    'draft-ietf-sidrops-aspa-profile-29 §4, RFC 6487 §4.8.10',
    ee({ asIdentifiers: undefined }),
    { requirements: ['!aspa-profile-29:4:as-resources-present'] },
  ),
  row(
    'as-inherit',
    'Inherited AS resources',
    'draft-ietf-sidrops-aspa-profile-29 §4',
    ee({ asIdentifiers: asIdentifiers(NULL) }),
    { requirements: ['!aspa-profile-29:4:no-inherit'] },
  ),
  row(
    'as-range',
    'A range of ASes',
    'draft-ietf-sidrops-aspa-profile-29 §4',
    ee({ asIdentifiers: asIds([64496, 64497]) }),
    { requirements: ['!aspa-profile-29:4:no-range'] },
  ),
  row(
    'as-range-of-one',
    'A range from the customer to the customer',
    'draft-ietf-sidrops-aspa-profile-29 §4',
    ee({ asIdentifiers: asIds([CUSTOMER, CUSTOMER]) }),
    { requirements: ['!aspa-profile-29:4:no-range'] },
  ),
  row(
    'as-two',
    'Two ASes, the customer among them',
    'draft-ietf-sidrops-aspa-profile-29 §4',
    ee({ asIdentifiers: asIds(CUSTOMER, 64498) }),
    { requirements: ['!aspa-profile-29:4:exactly-one-id'] },
  ),
  row(
    'as-other',
    'The AS of another customer',
    'draft-ietf-sidrops-aspa-profile-29 §4',
    ee({ asIdentifiers: asIds(64500) }),
    { requirements: ['!aspa-profile-29:4:customer-is-the-id'] },
  ),
  row(
    'as-empty',
    'An empty list of ASes',
    'draft-ietf-sidrops-aspa-profile-29 §4',
    ee({ asIdentifiers: asIds() }),
    { requirements: ['!aspa-profile-29:4:exactly-one-id'] },
  ),
  row('ip-present', 'IP resources beside the AS', 'draft-ietf-sidrops-aspa-profile-29 §4', ee({ ipBlocks }), {
    requirements: ['!aspa-profile-29:4:no-ip-resources'],
  }),
  row(
    'rdi-present',
    'Routing domain identifiers',
    'RFC 6487 §4.8.11',
    ee({
      asIdentifiers: extension(
        '1.3.6.1.5.5.7.1.8',
        seq(context(0, seq(int(CUSTOMER))), context(1, seq(int(1)))),
        true,
      ),
    }),
  ),
  row(
    'as-not-critical',
    'The AS resources are not critical',
    'RFC 6487 §4.8.11',
    ee({ asIdentifiers: extension('1.3.6.1.5.5.7.1.8', seq(context(0, seq(int(CUSTOMER))))) }),
  ),
  row(
    'as-padded',
    'The AS is an INTEGER with a zero octet too many',
    'RFC 3779 §3.2, X.690 §10.1',
    ee({
      asIdentifiers: extension(
        '1.3.6.1.5.5.7.1.8',
        seq(context(0, seq(tlv(0x02, Buffer.of(0, 0, 0xfb, 0xf0))))),
        true,
      ),
    }),
  ),
  row(
    'overclaim',
    'The issuer does not hold the customer AS',
    'RFC 6487 §7.2 step 6',
    {
      customer: 64600,
      content: aspaContent(64600, [64497]),
    },
    { requirements: ['!aspa-profile-29:6:customer-in-certificate'] },
  ),
  row(
    'expired',
    'The certificate has expired',
    'RFC 6487 §7.2 step 2',
    {},
    { time: '2027-01-01T00:00:01Z', crl: 'none' },
  ),
  row(
    'not-yet-valid',
    'The certificate is not valid yet',
    'RFC 6487 §7.2 step 2',
    {},
    { time: '2025-12-31T23:59:59Z', crl: 'none' },
  ),
  row('validity-reversed', 'The certificate ends before it begins', 'RFC 6487 §4.6', {
    ee: { notBefore: NOT_AFTER, notAfter: NOT_BEFORE },
  }),
  row('revoked', 'The certificate is revoked', 'RFC 6487 §7.2 step 5', {}, { crl: [3, 7] }),
  row(
    'crl-forged',
    'The CRL is signed by another key',
    'RFC 6487 §5',
    {},
    { crl: 'forged', or: 'a CRL that does not verify may be treated as none' },
  ),
  row(
    'issuer-signature-broken',
    'The signature of the issuer has a wrong bit',
    'RFC 6487 §7.2 step 1',
    {
      ee: { flip: 1 },
    },
    { requirements: ['!aspa-profile-29:6:signature-under-the-pki'] },
  ),
  row(
    'issuer-other-key',
    'Another key has signed the certificate',
    'RFC 6487 §7.2 step 1',
    {
      ee: {
        issuerKey: KEYS.other,
        extensions: { aki: extension('2.5.29.35', seq(implicit(0, KEYS.ta.identifier))) },
      },
    },
    { requirements: ['!aspa-profile-29:6:signature-under-the-pki'] },
  ),
  row(
    'issuer-other-name',
    'The certificate names another issuer',
    'RFC 6487 §7.2',
    {
      ee: { issuer: name('other') },
    },
    { requirements: ['!aspa-profile-29:6:signature-under-the-pki'] },
  ),
  row('certificate-version-1', 'An X.509 certificate of version 1', 'RFC 6487 §4.1', {
    ee: { version: Buffer.alloc(0) },
  }),
  row('certificate-version-2', 'An X.509 certificate of version 2', 'RFC 6487 §4.1', {
    ee: { version: context(0, int(1)) },
  }),
  row('serial-0', 'Serial number 0', 'RFC 6487 §4.2', { ee: { serial: 0 } }),
  row('serial-negative', 'A negative serial number', 'RFC 6487 §4.2', { ee: { serial: -7 } }),
  row(
    'certificate-sha1',
    'The certificate is signed with sha1WithRSAEncryption',
    'RFC 6487 §4.3, RFC 7935 §2',
    { ee: { algorithm: '1.2.840.113549.1.1.5', hash: 'sha1' } },
  ),
  row(
    'certificate-algorithms-differ',
    'Inner and outer signature algorithm differ',
    'RFC 6487 §4.3, RFC 7935 §2',
    { ee: { outerAlgorithm: '1.2.840.113549.1.1.13' } },
  ),
  row('subject-two-names', 'A subject with an organisation', 'RFC 6487 §4.5', {
    ee: {
      subject: seq(
        setOf(seq(oid('2.5.4.10'), tlv(0x13, Buffer.from('o')))),
        setOf(seq(oid('2.5.4.3'), tlv(0x13, Buffer.from('ee')))),
      ),
    },
  }),
  row('key-1024-bits', 'An RSA key of 1024 bits', 'RFC 7935 §3', {
    ee: { key: KEYS.short },
    signer: KEYS.short,
    sid: implicit(0, KEYS.short.identifier),
  }),
  row(
    'basic-constraints',
    'Basic Constraints',
    'RFC 6487 §4.8.1',
    ee({ basicConstraints: extension('2.5.29.19', seq(), true) }),
  ),
  row(
    'ca-certificate',
    'The certificate is that of a CA',
    'RFC 6487 §4.8.1',
    ee({ basicConstraints: extension('2.5.29.19', seq(TRUE), true), keyUsage: keyUsage(0x06, 1) }),
  ),
  row('ski-absent', 'No Subject Key Identifier', 'RFC 6487 §4.8.2', ee({ ski: undefined })),
  row('ski-other', 'A Subject Key Identifier that is not the hash of the key', 'RFC 6487 §4.8.2', {
    sid: implicit(0, Buffer.alloc(20, 1)),
    ee: { extensions: { ski: extension('2.5.29.14', octetString(Buffer.alloc(20, 1))) } },
  }),
  row('aki-absent', 'No Authority Key Identifier', 'RFC 6487 §4.8.3', ee({ aki: undefined })),
  row(
    'aki-other',
    'An Authority Key Identifier of another key',
    'RFC 6487 §4.8.3',
    ee({ aki: extension('2.5.29.35', seq(implicit(0, KEYS.other.identifier))) }),
  ),
  row('key-usage-absent', 'No Key Usage', 'RFC 6487 §4.8.4', ee({ keyUsage: undefined })),
  row(
    'key-usage-not-critical',
    'Key Usage is not critical',
    'RFC 6487 §4.8.4',
    ee({ keyUsage: keyUsage(0x80, 7, false) }),
  ),
  row(
    'key-usage-more',
    'Key Usage has nonRepudiation too',
    'RFC 6487 §4.8.4',
    ee({ keyUsage: keyUsage(0xc0, 6) }),
  ),
  row(
    'extended-key-usage',
    'An Extended Key Usage',
    'RFC 6487 §4.8.5',
    ee({ extendedKeyUsage: extension('2.5.29.37', seq(oid('1.3.6.1.5.5.7.3.30'))) }),
  ),
  row('crldp-absent', 'No CRL Distribution Points', 'RFC 6487 §4.8.6', ee({ crlDistribution: undefined })),
  row('aia-absent', 'No Authority Information Access', 'RFC 6487 §4.8.7', ee({ aia: undefined })),
  row('sia-absent', 'No Subject Information Access', 'RFC 6487 §4.8.8.2', ee({ sia: undefined })),
  row(
    'sia-repository',
    'A Subject Information Access of a CA',
    'RFC 6487 §4.8.8.2',
    ee({ sia: sia('1.3.6.1.5.5.7.48.5') }),
  ),
  row(
    'sia-https',
    'A Subject Information Access without an rsync URI',
    'RFC 6487 §4.8.8.2',
    ee({ sia: sia(SIGNED_OBJECT, 'https://x.example/a.asa') }),
  ),
  row('policies-absent', 'No Certificate Policies', 'RFC 6487 §4.8.9', ee({ policies: undefined })),
  row(
    'policies-not-critical',
    'Certificate Policies are not critical',
    'RFC 6487 §4.8.9',
    ee({ policies: policies(false, RPKI_POLICY) }),
  ),
  row(
    'policies-other',
    'Another certificate policy',
    'RFC 6487 §4.8.9',
    ee({ policies: policies(true, '1.3.6.1.5.5.7.14.99') }),
  ),
  row(
    'policies-two',
    'Two certificate policies',
    'RFC 6487 §4.8.9',
    ee({ policies: policies(true, RPKI_POLICY, '1.3.6.1.5.5.7.14.99') }),
  ),
  row(
    'extension-unknown-critical',
    'An unknown critical extension',
    'RFC 6487 §4.8',
    ee({ unknown: extension('1.3.6.1.4.1.99999.1', NULL, true) }),
  ),
  row(
    'extension-unknown',
    'An unknown extension that is not critical',
    'RFC 6487 §4.8',
    ee({ unknown: extension('1.3.6.1.4.1.99999.1', NULL) }),
  ),
  row('extension-twice', 'Key Usage twice', 'RFC 5280 §4.2', ee({ again: keyUsage(0x80, 7) })),
];
