import type { Mutant } from '../../mutant.js';
import { kit, ownAses } from './kit.js';
import type { Parts } from './parts.js';
import { confed, type Path } from './question.js';

/** First AS of the path that RFC 8205 §4.4 reconstructs. */
const firstOfRebuilt = ({ segments }: Path): number | undefined =>
  segments.find(({ pCount }) => pCount > 0)?.asn;

export const wireMutants: readonly Mutant<Parts>[] = [
  {
    id: 'bgpsec-type-30-only',
    text: 'looks for BGPsec_PATH under type 30 alone, as the examples of RFC 8208 and RFC 8608 print it',
    parts: { typeCode: () => 30 },
  },
  {
    id: 'bgpsec-type-30-always',
    text: 'takes attribute 30 for BGPsec_PATH on the wire',
    parts: { typeCode: (_question, codes) => (codes.includes(33) ? 33 : 30) },
  },
  {
    id: 'bgpsec-attribute-flags-unchecked',
    text: 'does not check the Optional and Transitive bits of BGPsec_PATH',
    parts: { pathFlags: () => true },
  },
  {
    id: 'bgpsec-extended-length-refused',
    text: 'refuses the Extended Length flag on a BGPsec_PATH of up to 255 octets',
    parts: {
      pathFlags: (flags, length) => kit.pathFlags(flags, length) && ((flags & 0x10) === 0 || length > 255),
    },
  },
  {
    id: 'bgpsec-as-path-required',
    text: 'misses AS_PATH as a well-known mandatory attribute in a BGPsec UPDATE',
    parts: { asPathMissing: () => true },
  },
  {
    id: 'bgpsec-as-path-tolerated',
    text: 'takes a BGPsec UPDATE that has an AS_PATH as well',
    parts: { asPathAbsent: () => true },
  },
  {
    id: 'bgpsec-internal-origin-refused',
    text: 'misses AS_PATH in the own routes of an internal BGPsec peer',
    parts: { asPathMissing: (signed) => !signed },
  },
  {
    id: 'bgpsec-empty-path',
    text: 'takes a Secure_Path without any segment, for which every signature it has is right',
    parts: { emptyPath: true },
  },
  {
    id: 'bgpsec-third-block',
    text: 'ignores what follows the second Signature_Block',
    parts: { thirdBlock: true },
  },
  {
    id: 'bgpsec-suite-reserved',
    text: 'treats the reserved suites 0x00 and 0xFF like any suite it does not support',
    parts: { suites: ({ blocks: [one, two] }) => one?.suite !== two?.suite },
  },
  {
    id: 'bgpsec-suite-duplicate',
    text: 'takes two Signature_Blocks of one suite',
    parts: { suites: ({ blocks }) => blocks.every(({ suite }) => suite !== 0 && suite !== 255) },
  },
  {
    id: 'bgpsec-unsupported-block-skipped',
    text: 'skips a Signature_Block of a suite it does not support by its length, without reading it',
    parts: { readsBlock: (suite, supported) => supported.includes(suite) },
  },
  {
    id: 'bgpsec-counts-unchecked',
    text: 'does not compare the numbers of Secure_Path Segments and Signature Segments',
    parts: { counts: () => true },
  },
  {
    id: 'bgpsec-counts-8-bit',
    text: 'counts Signature Segments in 8 bits, and withdraws a path of more',
    parts: {
      counts: ({ segments, blocks }) =>
        blocks.every(({ signatures }) => (signatures.length & 0xff) === segments.length),
    },
  },
  {
    id: 'bgpsec-counts-8-bit-not-valid',
    text: 'counts Signature Segments in 8 bits, and calls a path of more Not Valid',
    parts: { order: (indices) => (indices.length > 0xff ? [indices.length] : indices) },
  },
  {
    id: 'bgpsec-nlri-field',
    text: 'takes the prefix of a BGPsec UPDATE from the NLRI field',
    parts: { nlriField: ([prefix]) => prefix },
  },
  {
    id: 'bgpsec-many-prefixes',
    text: 'takes a BGPsec UPDATE of several prefixes and verifies the first',
    parts: { oneReach: (prefixes) => prefixes >= 1 },
  },
];

export const checkMutants: readonly Mutant<Parts>[] = [
  {
    id: 'bgpsec-peer-as-unchecked',
    text: 'does not compare the newest segment with the AS of the peer',
    parts: { peerAs: () => true },
  },
  {
    id: 'bgpsec-peer-as-rebuilt',
    text: 'compares the first AS of the rebuilt AS_PATH, not the newest segment, with the AS of the peer',
    parts: { peerAs: (path, { kind, peerAs }) => kind === 'internal' || firstOfRebuilt(path) === peerAs },
  },
  {
    id: 'bgpsec-peer-as-internal',
    text: 'compares the newest segment with the AS of the peer also when the peer is internal',
    parts: { peerAs: ({ segments: [first] }, { peerAs }) => first?.asn === peerAs },
  },
  {
    id: 'bgpsec-confed-flag-from-outside',
    text: 'takes Confed_Segment flags from outside the confederation',
    parts: { notFlagged: () => true },
  },
  {
    id: 'bgpsec-confed-flag-newest-only',
    text: 'looks for a Confed_Segment flag from outside in the newest segment only',
    parts: {
      notFlagged: (path, session) =>
        kit.notFlagged({ ...path, segments: path.segments.slice(0, 1) }, session),
    },
  },
  {
    id: 'bgpsec-confed-flag-unknown',
    text: 'refuses every Confed_Segment flag',
    parts: { notFlagged: ({ segments }) => !segments.some(confed) },
  },
  {
    id: 'bgpsec-confed-flag-optional',
    text: 'does not ask a peer of the confederation for the Confed_Segment flag',
    parts: { flagged: () => true },
  },
  {
    id: 'bgpsec-pcount-zero-accepted',
    text: 'takes pCount 0 from every peer',
    parts: { pCount: () => true },
  },
  {
    id: 'bgpsec-pcount-zero-anywhere',
    text: 'refuses pCount 0 in any segment',
    parts: {
      pCount: (path, session) =>
        kit.pCount(path, session) && path.segments.slice(1).every(({ pCount }) => pCount > 0),
    },
  },
  {
    id: 'bgpsec-pcount-zero-internal',
    text: 'refuses pCount 0 in the newest segment also from internal peers',
    parts: { pCount: (path, session) => kit.pCount(path, { ...session, kind: 'external' }) },
  },
  {
    id: 'bgpsec-pcount-zero-never',
    text: 'refuses pCount 0 also from a peer that is configured for it',
    parts: { pCount: (path, session) => kit.pCount(path, { ...session, allowPcountZero: false }) },
  },
  {
    id: 'bgpsec-loop-sees-pcount-zero',
    text: 'looks for loops in the Secure_Path, segments with pCount 0 included, not in the rebuilt AS_PATH',
    parts: { loop: ({ segments }, session) => !segments.some(({ asn }) => ownAses(session).includes(asn)) },
  },
  {
    id: 'bgpsec-loop-unchecked',
    text: 'does not look for the local AS in the path',
    parts: { loop: () => true },
  },
  {
    id: 'bgpsec-loop-member-as-everywhere',
    text: 'looks for the Member-AS number outside of AS_CONFED_SEQUENCE too',
    parts: {
      loop: (path, session) =>
        kit.loop(path, session) &&
        !path.segments.some(({ asn, pCount }) => pCount > 0 && asn === session.confederation?.memberAs),
    },
  },
  {
    id: 'bgpsec-loop-member-as-ignored',
    text: 'looks for the confederation identifier alone, not for the Member-AS number',
    parts: {
      loop: ({ segments }, session) =>
        !segments.some(({ asn, pCount }) => pCount > 0 && ownAses(session).includes(asn)),
    },
  },
  {
    id: 'bgpsec-malformed-resets',
    text: 'resets the session over an error in BGPsec_PATH',
    parts: { treatment: (verdict) => (verdict === 'treat-as-withdraw' ? 'session-reset' : verdict) },
  },
  {
    id: 'bgpsec-malformed-not-valid',
    text: 'reports a malformed UPDATE as Not Valid instead of treating it as withdrawn',
    parts: { treatment: (verdict) => (verdict === 'treat-as-withdraw' ? 'not-valid' : verdict) },
  },
  {
    id: 'bgpsec-always-valid',
    text: 'answers valid to every UPDATE',
    parts: { treatment: () => 'valid' },
  },
  {
    id: 'bgpsec-always-not-valid',
    text: 'answers Not Valid to every UPDATE',
    parts: { treatment: () => 'not-valid' },
  },
  {
    id: 'bgpsec-always-unsigned',
    text: 'answers unsigned to every UPDATE',
    parts: { treatment: () => 'unsigned' },
  },
  {
    id: 'bgpsec-not-valid-withdrawn',
    text: 'treats a Not Valid UPDATE as withdrawn instead of leaving that to policy',
    parts: { treatment: (verdict) => (verdict === 'not-valid' ? 'treat-as-withdraw' : verdict) },
  },
];
