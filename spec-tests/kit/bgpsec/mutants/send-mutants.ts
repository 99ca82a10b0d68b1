import type { Mutants } from './mutant.js';
import { type AttributeRules, attributeRules } from './send-attributes.js';

const changed = (rules: Partial<AttributeRules>): AttributeRules => ({ ...attributeRules, ...rules });

/** Mistakes of senders (RFC 8205 §4, RFC 8206 §5). */
export const sendMutants: Mutants = {
  'sends-own-target': {
    text: 'signs to its own AS number instead of that of the peer',
    send: { step: ({ segment }, { speaker }) => ({ segment, target: speaker.asn }) },
  },
  'sends-global-as': {
    text: 'signs as its global AS also on a session on which it announced another one',
    send: {
      step: ({ segment, target }, { speaker, peer }) =>
        segment.asn === peer.localAs
          ? { segment: { ...segment, asn: speaker.asn }, target }
          : { segment, target },
    },
  },
  'sends-pcount-1': {
    text: 'always sends pCount 1',
    send: { step: ({ segment, target }) => ({ segment: { ...segment, pCount: 1 }, target }) },
  },
  'sends-flags-cleared': {
    text: 'clears unassigned flag bits in the segments of others',
    send: { passedOn: (segment) => ({ ...segment, flags: segment.flags & 0x80 }) },
  },
  'sends-confed-flag-cleared': {
    text: 'does not set the Confed_Segment flag',
    send: { step: ({ segment, target }) => ({ segment: { ...segment, flags: 0 }, target }) },
  },
  'sends-identifier-inside': {
    text: 'signs as the confederation identifier towards other members',
    send: {
      step: ({ segment, target }, { speaker, peer }) =>
        peer.kind === 'confed-external'
          ? { segment: { ...segment, asn: speaker.asn }, target }
          : { segment, target },
    },
  },
  'sends-members-outside': {
    text: 'does not remove the segments of members towards external peers',
    send: { removed: () => 0 },
  },
  'sends-no-ingress': {
    text: 'adds no segment of the identifier where a route enters the confederation',
    send: { bridges: (confederation) => !confederation },
  },
  'sends-no-migration': {
    text: 'adds no segment with pCount 0 between the old and the new AS of a migration',
    send: { bridges: (confederation) => confederation },
  },
  'sends-unsupported-block': {
    text: 'keeps a Signature_Block of a suite that it does not support',
    send: { keepsBlock: () => true },
  },
  'sends-one-block': {
    text: 'signs the block of suite 1 alone, and drops a second one of a suite it supports',
    send: { keepsBlock: (suite) => suite === 1 },
  },
  'sends-unsigned-signed': {
    text: 'signs a route that it received unsigned',
    send: { unsignedSigned: true },
  },
  'sends-aggregate-signed': {
    text: 'signs a route that would have to carry an AS_SET',
    send: { aggregateSigned: true },
  },
  'sends-internal-origin-signed': {
    text: 'attaches BGPsec_PATH to its own routes for internal peers',
    send: { internalOriginSigned: true },
  },
  'sends-not-prepended': {
    text: 'does not put its own AS into the AS_PATH for a peer without BGPsec',
    send: { prepended: () => 0 },
  },
  'sends-prepended-once': {
    text: 'puts its own AS into the AS_PATH for a peer without BGPsec once, whatever is configured',
    send: { prepended: () => 1 },
  },
  'sends-any-key': {
    text: 'does not compare the AS with those of the certificate of its key',
    send: { keyFits: () => true },
  },
  'sends-too-long': {
    text: 'sends messages above 4096 octets to peers without Extended Messages',
    send: { tooLong: () => false },
  },
  'sends-unchecked': {
    text: 'passes a signed route on without the checks of RFC 8205 §5.2',
    send: { checked: false },
  },
  'sends-to-itself': {
    text: 'signs to its own AS where the peer is called external',
    send: { toItself: true },
  },
  'sends-mp-unreach': {
    text: 'passes on MP_UNREACH_NLRI, which makes the peer withdraw other routes',
    send: { attributes: changed({ left: [2, 3, 17, 18] }) },
  },
  'sends-next-hop': {
    text: 'passes on NEXT_HOP beside MP_REACH_NLRI',
    send: { attributes: changed({ left: [2, 15, 17, 18] }) },
  },
  'sends-as4-path': {
    text: 'passes on AS4_PATH, which came from a speaker of 4-octet AS numbers',
    send: { attributes: changed({ left: [2, 3, 15] }) },
  },
  'sends-reflection-outside': {
    text: 'passes ORIGINATOR_ID and CLUSTER_LIST on to external peers',
    send: { attributes: changed({ insideAs: [] }) },
  },
  'sends-local-pref-outside': {
    text: 'passes LOCAL_PREF on to external peers',
    send: { attributes: changed({ inside: [4] }) },
  },
  'sends-med-outside': {
    text: 'passes MULTI_EXIT_DISC of one neighbour AS on to another',
    send: { attributes: changed({ inside: [5] }) },
  },
  'sends-inside-less': {
    text: 'passes LOCAL_PREF, MULTI_EXIT_DISC, ORIGINATOR_ID and CLUSTER_LIST on to nobody',
    send: { attributes: changed({ left: [2, 3, 4, 5, 9, 10, 15, 17, 18] }) },
  },
  'sends-last-repeated': {
    text: 'takes the last of repeated attributes',
    send: { attributes: changed({ which: (same) => same.at(-1) }) },
  },
  'sends-unknown-dropped': {
    text: 'drops unknown transitive attributes',
    send: { attributes: changed({ unknown: () => undefined }) },
  },
  'sends-unknown-non-transitive': {
    text: 'passes on unknown attributes that are not transitive',
    send: { attributes: changed({ unknown: (flags) => (flags & 0x40 ? 0xe0 : 0x80) }) },
  },
  'sends-partial-unset': {
    text: 'does not set the Partial bit of unknown transitive attributes',
    send: { attributes: changed({ unknown: (flags) => (flags & 0x40 ? flags & 0xe0 : undefined) }) },
  },
  'sends-partial-cleared': {
    text: 'clears the Partial bit of the attributes that it knows',
    send: { attributes: changed({ known: (_flags, right) => right }) },
  },
  'sends-low-flag-bits': {
    text: 'passes on the low four bits of the attribute flags',
    send: {
      attributes: changed({
        unknown: (flags) => (flags & 0x40 ? 0xe0 | (flags & 0x0f) : undefined),
        known: (flags, right) => right | (flags & (right === 0xc0 ? 0x2f : 0x0f)),
      }),
    },
  },
};
