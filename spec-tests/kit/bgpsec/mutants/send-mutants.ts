import type { Mutant } from '../../mutant.js';
import type { Parts } from './parts.js';
import { type AttributeRules, attributeRules } from './send-attributes.js';

const changed = (rules: Partial<AttributeRules>): AttributeRules => ({ ...attributeRules, ...rules });

/** Mistakes of senders (RFC 8205 §4, RFC 8206 §5). */
export const sendMutants: readonly Mutant<Parts>[] = [
  {
    id: 'bgpsec-sends-own-target',
    text: 'signs to its own AS number instead of that of the peer',
    parts: { step: ({ segment }, { speaker }) => ({ segment, target: speaker.asn }) },
  },
  {
    id: 'bgpsec-sends-global-as',
    text: 'signs as its global AS also on a session on which it announced another one',
    parts: {
      step: ({ segment, target }, { speaker, peer }) =>
        segment.asn === peer.localAs
          ? { segment: { ...segment, asn: speaker.asn }, target }
          : { segment, target },
    },
  },
  {
    id: 'bgpsec-sends-pcount-1',
    text: 'always sends pCount 1',
    parts: { step: ({ segment, target }) => ({ segment: { ...segment, pCount: 1 }, target }) },
  },
  {
    id: 'bgpsec-sends-flags-cleared',
    text: 'clears unassigned flag bits in the segments of others',
    parts: { passedOn: (segment) => ({ ...segment, flags: segment.flags & 0x80 }) },
  },
  {
    id: 'bgpsec-sends-confed-flag-cleared',
    text: 'does not set the Confed_Segment flag',
    parts: { step: ({ segment, target }) => ({ segment: { ...segment, flags: 0 }, target }) },
  },
  {
    id: 'bgpsec-sends-identifier-inside',
    text: 'signs as the confederation identifier towards other members',
    parts: {
      step: ({ segment, target }, { speaker, peer }) =>
        peer.kind === 'confed-external'
          ? { segment: { ...segment, asn: speaker.asn }, target }
          : { segment, target },
    },
  },
  {
    id: 'bgpsec-sends-members-outside',
    text: 'does not remove the segments of members towards external peers',
    parts: { removed: () => 0 },
  },
  {
    id: 'bgpsec-sends-no-ingress',
    text: 'adds no segment of the identifier where a route enters the confederation',
    parts: { bridges: (confederation) => !confederation },
  },
  {
    id: 'bgpsec-sends-no-migration',
    text: 'adds no segment with pCount 0 between the old and the new AS of a migration',
    parts: { bridges: (confederation) => confederation },
  },
  {
    id: 'bgpsec-sends-unsupported-block',
    text: 'keeps a Signature_Block of a suite that it does not support',
    parts: { keepsBlock: () => true },
  },
  {
    id: 'bgpsec-sends-one-block',
    text: 'signs the block of suite 1 alone, and drops a second one of a suite it supports',
    parts: { keepsBlock: (suite) => suite === 1 },
  },
  {
    id: 'bgpsec-sends-unsigned-signed',
    text: 'signs a route that it received unsigned',
    parts: { unsignedSigned: true },
  },
  {
    id: 'bgpsec-sends-aggregate-signed',
    text: 'signs a route that would have to carry an AS_SET',
    parts: { aggregateSigned: true },
  },
  {
    id: 'bgpsec-sends-internal-origin-signed',
    text: 'attaches BGPsec_PATH to its own routes for internal peers',
    parts: { internalOriginSigned: true },
  },
  {
    id: 'bgpsec-sends-not-prepended',
    text: 'does not put its own AS into the AS_PATH for a peer without BGPsec',
    parts: { prepended: () => 0 },
  },
  {
    id: 'bgpsec-sends-prepended-once',
    text: 'puts its own AS into the AS_PATH for a peer without BGPsec once, whatever is configured',
    parts: { prepended: () => 1 },
  },
  {
    id: 'bgpsec-sends-any-key',
    text: 'does not compare the AS with those of the certificate of its key',
    parts: { keyFits: () => true },
  },
  {
    id: 'bgpsec-sends-too-long',
    text: 'sends messages above 4096 octets to peers without Extended Messages',
    parts: { tooLong: () => false },
  },
  {
    id: 'bgpsec-sends-unchecked',
    text: 'passes a signed route on without the checks of RFC 8205 §5.2',
    parts: { checked: false },
  },
  {
    id: 'bgpsec-sends-to-itself',
    text: 'signs to its own AS where the peer is called external',
    parts: { toItself: true },
  },
  {
    id: 'bgpsec-sends-mp-unreach',
    text: 'passes on MP_UNREACH_NLRI, which makes the peer withdraw other routes',
    parts: { attributes: changed({ left: [2, 3, 17, 18] }) },
  },
  {
    id: 'bgpsec-sends-next-hop',
    text: 'passes on NEXT_HOP beside MP_REACH_NLRI',
    parts: { attributes: changed({ left: [2, 15, 17, 18] }) },
  },
  {
    id: 'bgpsec-sends-as4-path',
    text: 'passes on AS4_PATH, which came from a speaker of 4-octet AS numbers',
    parts: { attributes: changed({ left: [2, 3, 15] }) },
  },
  {
    id: 'bgpsec-sends-reflection-outside',
    text: 'passes ORIGINATOR_ID and CLUSTER_LIST on to external peers',
    parts: { attributes: changed({ insideAs: [] }) },
  },
  {
    id: 'bgpsec-sends-local-pref-outside',
    text: 'passes LOCAL_PREF on to external peers',
    parts: { attributes: changed({ inside: [4] }) },
  },
  {
    id: 'bgpsec-sends-med-outside',
    text: 'passes MULTI_EXIT_DISC of one neighbour AS on to another',
    parts: { attributes: changed({ inside: [5] }) },
  },
  {
    id: 'bgpsec-sends-inside-less',
    text: 'passes LOCAL_PREF, MULTI_EXIT_DISC, ORIGINATOR_ID and CLUSTER_LIST on to nobody',
    parts: { attributes: changed({ left: [2, 3, 4, 5, 9, 10, 15, 17, 18] }) },
  },
  {
    id: 'bgpsec-sends-last-repeated',
    text: 'takes the last of repeated attributes',
    parts: { attributes: changed({ which: (same) => same.at(-1) }) },
  },
  {
    id: 'bgpsec-sends-unknown-dropped',
    text: 'drops unknown transitive attributes',
    parts: { attributes: changed({ unknown: () => undefined }) },
  },
  {
    id: 'bgpsec-sends-unknown-non-transitive',
    text: 'passes on unknown attributes that are not transitive',
    parts: { attributes: changed({ unknown: (flags) => (flags & 0x40 ? 0xe0 : 0x80) }) },
  },
  {
    id: 'bgpsec-sends-partial-unset',
    text: 'does not set the Partial bit of unknown transitive attributes',
    parts: { attributes: changed({ unknown: (flags) => (flags & 0x40 ? flags & 0xe0 : undefined) }) },
  },
  {
    id: 'bgpsec-sends-partial-cleared',
    text: 'clears the Partial bit of the attributes that it knows',
    parts: { attributes: changed({ known: (_flags, right) => right }) },
  },
  {
    id: 'bgpsec-sends-low-flag-bits',
    text: 'passes on the low four bits of the attribute flags',
    parts: {
      attributes: changed({
        unknown: (flags) => (flags & 0x40 ? 0xe0 | (flags & 0x0f) : undefined),
        known: (flags, right) => right | (flags & (right === 0xc0 ? 0x2f : 0x0f)),
      }),
    },
  },
];
