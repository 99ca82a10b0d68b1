import type { Mutants } from './mutant.js';

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
};
