import { aspaContent, attribute, CUSTOMER, ID } from './builder.js';
import { KEYS, NOT_BEFORE, name } from './certificate.js';
import {
  context,
  implicit,
  indefinite,
  int,
  longLength,
  octetString,
  oid,
  seq,
  setOf,
  tlv,
  utcTime,
} from './der.js';
import { algorithm, type ObjectRow, row } from './row.js';

const SHA256 = seq(oid(ID.sha256));
const SHA512 = seq(oid(ID.sha512));
const secondSigner = (info: Buffer): readonly Buffer[] => [
  info,
  Buffer.concat([info.subarray(0, -1), Buffer.of((info.at(-1) ?? 0) ^ 1)]),
];

/** Envelopes (RFC 6488 §2, §3). */
export const BAD_ENVELOPES: readonly ObjectRow[] = [
  row('content-info-data', 'The ContentInfo is not of type SignedData', 'RFC 6488 §3 step 1a', {
    contentInfoType: ID.data,
  }),
  row('cms-version-1', 'SignedData version 1', 'RFC 6488 §3 step 1b', { version: 1 }),
  row('cms-version-4', 'SignedData version 4', 'RFC 6488 §3 step 1b', { version: 4 }),
  row('no-certificate', 'No certificates field', 'RFC 6488 §3 step 1c', { certificates: () => null }),
  row('two-certificates', 'The EE certificate twice', 'RFC 6488 §3 step 1c', {
    certificates: (one) => context(0, one, one),
  }),
  row('sid-other', 'The signer identifier is not that of the certificate', 'RFC 6488 §3 step 1c', {
    sid: implicit(0, KEYS.other.identifier),
  }),
  row(
    'sid-issuer-and-serial',
    'The signer is named by issuer and serial number',
    'RFC 6488 §2.1.6.2',
    {
      sid: seq(name('ta'), int(7)),
    },
    { requirements: ['!aspa-profile-29:6:signature-under-the-pki'] },
  ),
  row('crls-present', 'A crls field', 'RFC 6488 §3 step 1d', { crls: context(1) }),
  row('signer-version-1', 'SignerInfo version 1', 'RFC 6488 §3 step 1e', { signerVersion: 1 }),
  row('no-signed-attributes', 'No signed attributes, the content is signed itself', 'RFC 6488 §3 step 1f', {
    attributes: null,
  }),
  row('no-content-type', 'No content-type attribute', 'RFC 6488 §3 step 1f', {
    attributes: { contentType: undefined },
  }),
  row('no-message-digest', 'No message-digest attribute', 'RFC 6488 §3 step 1f', {
    attributes: { messageDigest: undefined },
  }),
  row('attribute-unknown', 'A signed attribute that is not of the profile', 'RFC 6488 §3 step 1g', {
    attributes: { more: attribute('1.2.840.113549.1.9.15', seq()) },
  }),
  row('attribute-twice', 'The content-type attribute twice', 'RFC 6488 §2.1.6.4', {
    attributes: { more: attribute(ID.contentType, oid(ID.aspa)) },
  }),
  row('attribute-two-values', 'A message-digest attribute with two values', 'RFC 6488 §2.1.6.4', {
    attributes: {
      messageDigest: attribute(
        ID.messageDigest,
        octetString(Buffer.alloc(32)),
        octetString(Buffer.alloc(32, 1)),
      ),
    },
  }),
  row('attribute-no-value', 'A signing-time attribute without a value', 'RFC 6488 §2.1.6.4', {
    attributes: { signingTime: attribute(ID.signingTime) },
  }),
  row(
    'content-type-differs',
    'The content-type attribute is that of a ROA',
    'RFC 6488 §3 step 1h, draft-ietf-sidrops-aspa-profile-29 §2',
    { attributes: { contentType: attribute(ID.contentType, oid(ID.roa)) } },
    { requirements: ['!aspa-profile-29:2:oid-in-signed-attribute'] },
  ),
  row(
    'econtent-type-differs',
    'eContentType is that of a ROA, the attribute that of an ASPA',
    'RFC 6488 §3 step 1h, draft-ietf-sidrops-aspa-profile-29 §2',
    { eContentType: ID.roa, attributes: { contentType: attribute(ID.contentType, oid(ID.aspa)) } },
    { requirements: ['!aspa-profile-29:2:oid-in-econtent-type'] },
  ),
  row(
    'type-roa',
    'An ASPA content under the type of a ROA',
    'draft-ietf-sidrops-aspa-profile-29 §2',
    {
      eContentType: ID.roa,
    },
    { requirements: ['!aspa-profile-29:2:oid-in-econtent-type'] },
  ),
  row(
    'type-unknown',
    'An ASPA content under an unknown type',
    'draft-ietf-sidrops-aspa-profile-29 §2',
    {
      eContentType: '1.2.840.113549.1.9.16.1.99',
    },
    { requirements: ['!aspa-profile-29:2:oid-in-econtent-type'] },
  ),
  row('unsigned-attributes', 'Unsigned attributes', 'RFC 6488 §3 step 1i', {
    unsignedAttributes: context(1, attribute(ID.signingTime, utcTime(NOT_BEFORE))),
  }),
  row('digest-algorithms-sha512', 'digestAlgorithms names SHA-512', 'RFC 6488 §3 step 1j', {
    digestAlgorithms: setOf(SHA512),
  }),
  row('digest-algorithms-two', 'digestAlgorithms names SHA-256 and SHA-512', 'RFC 6488 §2.1.2', {
    digestAlgorithms: setOf(SHA256, SHA512),
  }),
  row('digest-algorithms-none', 'digestAlgorithms is empty', 'RFC 6488 §2.1.2', {
    digestAlgorithms: setOf(),
  }),
  row('signer-digest-sha512', 'The SignerInfo names SHA-512', 'RFC 6488 §3 step 1j', {
    signerDigest: SHA512,
  }),
  row('signature-sha512', 'Signed with sha512WithRSAEncryption', 'RFC 6488 §3 step 1k, RFC 7935 §2', {
    signatureAlgorithm: algorithm('1.2.840.113549.1.1.13'),
    hash: 'sha512',
  }),
  row('signature-sha1', 'Signed with sha1WithRSAEncryption', 'RFC 6488 §3 step 1k, RFC 7935 §2', {
    signatureAlgorithm: algorithm('1.2.840.113549.1.1.5'),
    hash: 'sha1',
  }),
  row('ber-object', 'The object has an indefinite length', 'RFC 6488 §3 step 1l', {
    around: (object) => indefinite(0x30, object.subarray(4)),
  }),
  row('ber-long-length', 'The eContent has a length in more octets than needed', 'RFC 6488 §3 step 1l', {
    eContent: (content) => longLength(0x04, content),
  }),
  row('ber-constructed', 'The eContent is an OCTET STRING in pieces', 'RFC 6488 §3 step 1l', {
    eContent: (content) => tlv(0x24, octetString(content.subarray(0, 5)), octetString(content.subarray(5))),
  }),
  row('attributes-unsorted', 'The signed attributes are not in the order of DER', 'RFC 6488 §3 step 1l', {
    attributeOrder: (list) => list.toReversed(),
  }),
  row('trailing', 'An octet behind the object', 'RFC 6488 §3 step 1l', {
    around: (object) => Buffer.concat([object, Buffer.of(0)]),
  }),
  row('truncated', 'The last octet is missing', 'RFC 6488 §3 step 1l', {
    around: (object) => object.subarray(0, -1),
  }),
  row('no-econtent', 'No eContent', 'RFC 6488 §2.1.3.2', { eContent: () => null }),
  row('econtent-bare', 'The content is not in an OCTET STRING', 'RFC 6488 §2.1.3.2', {
    eContent: (content) => content,
  }),
  row('no-signer-info', 'No SignerInfo', 'RFC 6488 §2.1', { signerInfos: () => [] }),
  row('two-signer-infos', 'Two SignerInfos', 'RFC 6488 §2.1', { signerInfos: secondSigner }),
  row(
    'signature-broken',
    'The signature has a wrong bit',
    'RFC 6488 §3 step 2',
    { flip: 1 },
    { requirements: ['!aspa-profile-29:6:integrity'] },
  ),
  row(
    'signature-of-other-key',
    'The signature is that of another key',
    'RFC 6488 §3 step 2',
    {
      signer: KEYS.other,
    },
    { requirements: ['!aspa-profile-29:6:integrity'] },
  ),
  row(
    'signature-over-content',
    'The signature covers the content instead of the attributes',
    'RFC 5652 §5.4',
    { signs: (_, content) => content },
  ),
  row(
    'signature-over-tagged',
    'The signature covers the attributes under the tag they stand with',
    'RFC 5652 §5.4',
    { signs: (asSet) => Buffer.concat([Buffer.of(0xa0), asSet.subarray(1)]) },
  ),
  row(
    'message-digest-wrong',
    'The message digest is not that of the content',
    'RFC 6488 §3 step 2, RFC 5652 §5.4',
    { attributes: { messageDigest: attribute(ID.messageDigest, octetString(Buffer.alloc(32))) } },
    { requirements: ['!aspa-profile-29:6:integrity'] },
  ),
  row(
    'content-swapped',
    'The content was exchanged after signing',
    'RFC 6488 §3 step 2, RFC 5652 §5.4',
    {
      swap: aspaContent(CUSTOMER, [64499]),
    },
    { requirements: ['!aspa-profile-29:6:integrity'] },
  ),
];
