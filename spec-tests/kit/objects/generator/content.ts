import { aspaContent, CONTENT, CUSTOMER } from './builder.js';
import { context, implicit, indefinite, int, longLength, octetString, seq, setOf, TRUE, tlv } from './der.js';

/** A content that the profile forbids. */
export interface BadContent {
  readonly name: string;
  readonly title: string;
  readonly section: string;
  readonly content: Buffer;
  /** Customer AS of the certificate, where it is not the usual one. */
  readonly customer?: number;
}

const ONE = context(0, int(1));
export const PROVIDERS = [64497, 64498];
const list = (...asns: readonly number[]): Buffer => seq(...asns.map((asn) => int(asn)));
const padded = (value: number): Buffer => tlv(0x02, Buffer.concat([Buffer.of(0), int(value).subarray(2)]));
export const DER = 'X.690 §10.1';

/** Every demand of aspa-profile-29 §3 broken once. */
export const BAD_CONTENTS: readonly BadContent[] = [
  {
    name: 'version-absent',
    title: 'the version is not encoded',
    section: '§3.1',
    content: seq(int(CUSTOMER), list(...PROVIDERS)),
  },
  {
    name: 'version-0',
    title: 'version 0',
    section: '§3.1',
    content: seq(context(0, int(0)), int(CUSTOMER), list(...PROVIDERS)),
  },
  {
    name: 'version-2',
    title: 'version 2',
    section: '§3.1',
    content: seq(context(0, int(2)), int(CUSTOMER), list(...PROVIDERS)),
  },
  {
    name: 'version-negative',
    title: 'a negative version',
    section: '§3.1',
    content: seq(context(0, int(-1)), int(CUSTOMER), list(...PROVIDERS)),
  },
  {
    name: 'version-257',
    title: 'version 257, which is 1 in its low octet',
    section: '§3.1',
    content: seq(context(0, int(257)), int(CUSTOMER), list(...PROVIDERS)),
  },
  {
    name: 'version-implicit',
    title: 'the version tag is IMPLICIT',
    section: '§3',
    content: seq(implicit(0, Buffer.of(1)), int(CUSTOMER), list(...PROVIDERS)),
  },
  {
    name: 'version-tag-1',
    title: 'the version carries the tag [1]',
    section: '§3',
    content: seq(context(1, int(1)), int(CUSTOMER), list(...PROVIDERS)),
  },
  {
    name: 'version-untagged',
    title: 'the version is not tagged',
    section: '§3',
    content: seq(int(1), int(CUSTOMER), list(...PROVIDERS)),
  },
  {
    name: 'customer-0',
    title: 'customer AS 0',
    section: '§3.2',
    content: aspaContent(0, PROVIDERS),
    customer: 0,
  },
  {
    name: 'customer-negative',
    title: 'a negative customer',
    section: '§3.2',
    content: aspaContent(-1, PROVIDERS),
  },
  {
    name: 'customer-beyond-32-bits',
    title: 'customer 4294967296',
    section: '§3.2',
    content: aspaContent(4294967296, PROVIDERS),
  },
  {
    name: 'customer-wraps',
    title: 'a customer that is right in its low 32 bits',
    section: '§3.2',
    content: aspaContent(4294967296 + CUSTOMER, PROVIDERS),
  },
  {
    name: 'customer-boolean',
    title: 'the customer is no INTEGER',
    section: '§3.2',
    content: seq(ONE, TRUE, list(...PROVIDERS)),
  },
  { name: 'providers-empty', title: 'no provider', section: '§3.3', content: aspaContent(CUSTOMER, []) },
  {
    name: 'providers-descending',
    title: 'providers in descending order',
    section: '§3.3',
    content: aspaContent(CUSTOMER, [64498, 64497]),
  },
  {
    name: 'providers-by-octets',
    title: 'providers in the order of their octets instead of their values',
    section: '§3.3',
    content: aspaContent(CUSTOMER, [65551, 64497]),
  },
  {
    name: 'provider-twice',
    title: 'a provider twice',
    section: '§3.3',
    content: aspaContent(CUSTOMER, [64497, 64497]),
  },
  {
    name: 'provider-twice-apart',
    title: 'a provider twice, apart',
    section: '§3.3',
    content: aspaContent(CUSTOMER, [64497, 64498, 64497]),
  },
  {
    name: 'own-provider',
    title: 'the customer among its providers',
    section: '§3.3',
    content: aspaContent(CUSTOMER, [CUSTOMER, 64497]),
  },
  {
    name: 'own-provider-alone',
    title: 'the customer as its only provider',
    section: '§3.3',
    content: aspaContent(CUSTOMER, [CUSTOMER]),
  },
  {
    name: 'as0-first',
    title: 'AS 0 before other providers',
    section: '§3.3',
    content: aspaContent(CUSTOMER, [0, 64497]),
  },
  {
    name: 'as0-last',
    title: 'AS 0 behind another provider',
    section: '§3.3',
    content: aspaContent(CUSTOMER, [64497, 0]),
  },
  { name: 'as0-twice', title: 'AS 0 twice', section: '§3.3', content: aspaContent(CUSTOMER, [0, 0]) },
  {
    name: 'provider-negative',
    title: 'a negative provider',
    section: '§3.3',
    content: aspaContent(CUSTOMER, [-1, 64497]),
  },
  {
    name: 'provider-beyond-32-bits',
    title: 'provider 4294967296',
    section: '§3.3',
    content: aspaContent(CUSTOMER, [64497, 4294967296]),
  },
  {
    name: 'provider-huge',
    title: 'a provider of 20 octets',
    section: '§3.3',
    content: seq(ONE, int(CUSTOMER), seq(int(64497), int(2n ** 150n))),
  },
  {
    name: 'provider-octets',
    title: 'a provider as OCTET STRING',
    section: '§3.3',
    content: seq(ONE, int(CUSTOMER), seq(octetString(Buffer.of(0, 0xfb, 0xf1)))),
  },
  {
    name: 'providers-with-families',
    title: 'providers with address families, as profiles before -15 had them',
    section: '§3.3',
    content: seq(ONE, int(CUSTOMER), seq(seq(int(64497)), seq(int(64498), octetString(Buffer.of(0, 1))))),
  },
  {
    name: 'providers-set',
    title: 'the providers as a SET',
    section: '§3.3',
    content: seq(ONE, int(CUSTOMER), setOf(int(64497), int(64498))),
  },
  {
    name: 'providers-absent',
    title: 'no list of providers',
    section: '§3',
    content: seq(ONE, int(CUSTOMER)),
  },
  {
    name: 'providers-bare',
    title: 'a provider outside a list',
    section: '§3',
    content: seq(ONE, int(CUSTOMER), int(64497)),
  },
  {
    name: 'member-added',
    title: 'a fourth member',
    section: '§3',
    content: seq(ONE, int(CUSTOMER), list(...PROVIDERS), int(1)),
  },
  {
    name: 'no-sequence',
    title: 'a SET in place of the outer SEQUENCE',
    section: '§3',
    content: tlv(0x31, ONE, int(CUSTOMER), list(...PROVIDERS)),
  },
  { name: 'no-octets', title: 'no octets at all', section: '§3', content: Buffer.alloc(0) },
  { name: 'truncated', title: 'the last octet is missing', section: '§3', content: CONTENT.subarray(0, -1) },
  {
    name: 'trailing',
    title: 'an octet behind the value',
    section: DER,
    content: Buffer.concat([CONTENT, Buffer.of(0)]),
  },
  {
    name: 'trailing-value',
    title: 'another value behind the value',
    section: DER,
    content: Buffer.concat([CONTENT, CONTENT]),
  },
  {
    name: 'indefinite-length',
    title: 'an indefinite length',
    section: DER,
    content: indefinite(0x30, ONE, int(CUSTOMER), list(...PROVIDERS)),
  },
  {
    name: 'indefinite-list',
    title: 'an indefinite length of the list',
    section: DER,
    content: seq(ONE, int(CUSTOMER), indefinite(0x30, int(64497))),
  },
  {
    name: 'long-length',
    title: 'a length in more octets than needed',
    section: DER,
    content: longLength(0x30, CONTENT.subarray(2)),
  },
  {
    name: 'customer-padded',
    title: 'the customer with a zero octet too many',
    section: DER,
    content: seq(ONE, padded(CUSTOMER), list(...PROVIDERS)),
  },
  {
    name: 'provider-padded',
    title: 'a provider with a zero octet too many',
    section: DER,
    content: seq(ONE, int(CUSTOMER), seq(padded(64497))),
  },
  {
    name: 'customer-empty',
    title: 'the customer as an INTEGER without octets',
    section: DER,
    content: seq(ONE, tlv(0x02), list(...PROVIDERS)),
  },
];
