import type { Citation } from '../../citation.js';
import { aspaContent, CONTENT, CUSTOMER } from './builder.js';
import { context, implicit, indefinite, int, longLength, octetString, seq, setOf, TRUE, tlv } from './der.js';

/** A content that the profile forbids. */
export interface BadContent {
  readonly name: string;
  readonly title: string;
  readonly section: string;
  readonly requirements: readonly Citation[];
  readonly content: Buffer;
  /** Customer AS of the certificate, where it is not the usual one. */
  readonly customer?: number;
}

const ONE = context(0, int(1));
export const PROVIDERS = [64497, 64498];
const LIST = seq(...PROVIDERS.map((asn) => int(asn)));
/** What follows the version. */
const REST = [int(CUSTOMER), LIST];
const padded = (value: number): Buffer => tlv(0x02, Buffer.concat([Buffer.of(0), int(value).subarray(2)]));
export const DER = 'X.690 §10.1';

/** Every demand of aspa-profile-29 §3 broken once. */
export const BAD_CONTENTS: readonly BadContent[] = [
  ...breaking('§3.1', '!aspa-profile-29:3.1:version-encoded', [
    ['version-absent', 'the version is not encoded', seq(...REST)],
  ]),
  ...breaking('§3.1', '!aspa-profile-29:3.1:version-is-1', [
    ['version-0', 'version 0', seq(context(0, int(0)), ...REST)],
    ['version-2', 'version 2', seq(context(0, int(2)), ...REST)],
    ['version-negative', 'a negative version', seq(context(0, int(-1)), ...REST)],
    ['version-257', 'version 257, which is 1 in its low octet', seq(context(0, int(257)), ...REST)],
  ]),
  ...breaking('§3', '!aspa-profile-29:3.1:version-encoded', [
    ['version-implicit', 'the version tag is IMPLICIT', seq(implicit(0, Buffer.of(1)), ...REST)],
    ['version-tag-1', 'the version carries the tag [1]', seq(context(1, int(1)), ...REST)],
    ['version-untagged', 'the version is not tagged', seq(int(1), ...REST)],
  ]),
  ...breaking('§3.2', '!aspa-profile-29:3.2:customer-positive', [
    ['customer-0', 'customer AS 0', aspaContent(0, PROVIDERS), 0],
    ['customer-negative', 'a negative customer', aspaContent(-1, PROVIDERS)],
    ['customer-beyond-32-bits', 'customer 4294967296', aspaContent(4294967296, PROVIDERS)],
    [
      'customer-wraps',
      'a customer that is right in its low 32 bits',
      aspaContent(4294967296 + CUSTOMER, PROVIDERS),
    ],
    ['customer-boolean', 'the customer is no INTEGER', seq(ONE, TRUE, LIST)],
  ]),
  ...breaking('§3.3', '!aspa-profile-29:3.3:at-least-one', [
    ['providers-empty', 'no provider', aspaContent(CUSTOMER, [])],
  ]),
  ...breaking('§3.3', '!aspa-profile-29:3.3:ascending', [
    ['providers-descending', 'providers in descending order', aspaContent(CUSTOMER, [64498, 64497])],
    [
      'providers-by-octets',
      'providers in the order of their octets instead of their values',
      aspaContent(CUSTOMER, [65551, 64497]),
    ],
  ]),
  ...breaking('§3.3', '!aspa-profile-29:3.3:unique', [
    ['provider-twice', 'a provider twice', aspaContent(CUSTOMER, [64497, 64497])],
    ['provider-twice-apart', 'a provider twice, apart', aspaContent(CUSTOMER, [64497, 64498, 64497])],
  ]),
  ...breaking('§3.3', '!aspa-profile-29:3.3:not-the-customer', [
    ['own-provider', 'the customer among its providers', aspaContent(CUSTOMER, [CUSTOMER, 64497])],
    ['own-provider-alone', 'the customer as its only provider', aspaContent(CUSTOMER, [CUSTOMER])],
  ]),
  ...breaking('§3.3', '!aspa-profile-29:3.3:as0-alone', [
    ['as0-first', 'AS 0 before other providers', aspaContent(CUSTOMER, [0, 64497])],
    ['as0-last', 'AS 0 behind another provider', aspaContent(CUSTOMER, [64497, 0])],
    ['as0-twice', 'AS 0 twice', aspaContent(CUSTOMER, [0, 0])],
  ]),
  ...breaking('§3.3', '!aspa-profile-29:3.3:element-is-as-number', [
    ['provider-negative', 'a negative provider', aspaContent(CUSTOMER, [-1, 64497])],
    ['provider-beyond-32-bits', 'provider 4294967296', aspaContent(CUSTOMER, [64497, 4294967296])],
    ['provider-huge', 'a provider of 20 octets', seq(ONE, int(CUSTOMER), seq(int(64497), int(2n ** 150n)))],
    [
      'provider-octets',
      'a provider as OCTET STRING',
      seq(ONE, int(CUSTOMER), seq(octetString(Buffer.of(0, 0xfb, 0xf1)))),
    ],
    [
      'providers-with-families',
      'providers with address families, as profiles before -15 had them',
      seq(ONE, int(CUSTOMER), seq(seq(int(64497)), seq(int(64498), octetString(Buffer.of(0, 1))))),
    ],
    ['providers-set', 'the providers as a SET', seq(ONE, int(CUSTOMER), setOf(int(64497), int(64498)))],
  ]),
  ...breaking('§3', '!aspa-profile-29:3:econtent', [
    ['providers-absent', 'no list of providers', seq(ONE, int(CUSTOMER))],
    ['providers-bare', 'a provider outside a list', seq(ONE, int(CUSTOMER), int(64497))],
    ['member-added', 'a fourth member', seq(ONE, ...REST, int(1))],
    ['no-sequence', 'a SET in place of the outer SEQUENCE', tlv(0x31, ONE, ...REST)],
    ['no-octets', 'no octets at all', Buffer.alloc(0)],
    ['truncated', 'the last octet is missing', CONTENT.subarray(0, -1)],
  ]),
  ...breaking(DER, '!aspa-profile-29:1:der', [
    ['trailing', 'an octet behind the value', Buffer.concat([CONTENT, Buffer.of(0)])],
    ['trailing-value', 'another value behind the value', Buffer.concat([CONTENT, CONTENT])],
    ['indefinite-length', 'an indefinite length', indefinite(0x30, ONE, ...REST)],
    [
      'indefinite-list',
      'an indefinite length of the list',
      seq(ONE, int(CUSTOMER), indefinite(0x30, int(64497))),
    ],
    ['long-length', 'a length in more octets than needed', longLength(0x30, CONTENT.subarray(2))],
    ['customer-padded', 'the customer with a zero octet too many', seq(ONE, padded(CUSTOMER), LIST)],
    ['provider-padded', 'a provider with a zero octet too many', seq(ONE, int(CUSTOMER), seq(padded(64497)))],
    ['customer-empty', 'the customer as an INTEGER without octets', seq(ONE, tlv(0x02), LIST)],
  ]),
];

/** Contents that break one demand: name, title, content, and the customer of the certificate where it is not the usual one. */
function breaking(
  section: string,
  requirement: Citation,
  rows: readonly (readonly [string, string, Buffer, number?])[],
): BadContent[] {
  return rows.map(([name, title, content, customer]) => ({
    name,
    title,
    section,
    requirements: [requirement],
    content,
    ...(customer !== undefined && { customer }),
  }));
}
