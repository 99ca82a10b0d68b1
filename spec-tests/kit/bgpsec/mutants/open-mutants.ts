import type { Mutants } from './mutant.js';

/** Mistakes in the negotiation (RFC 8205 §2). */
export const openMutants: Mutants = {
  'direction-bit-inverted': {
    text: 'reads the direction bit the wrong way round',
    open: { sends: (octet) => (octet & 0x08) === 0, receives: (octet) => (octet & 0x08) !== 0 },
  },
  'direction-bit-fourth': {
    text: 'looks for the direction bit at 0x10',
    open: {
      takes: (octet, size) => size === 3 && octet >> 5 === 0,
      sends: (octet) => (octet & 0x10) !== 0,
      receives: (octet) => (octet & 0x10) === 0,
    },
  },
  'direction-unassigned-bits': {
    text: 'refuses a capability whose unassigned bits are set',
    open: { takes: (octet, size) => size === 3 && (octet & 0xf7) === 0 },
  },
  'direction-ignored': {
    text: 'takes any BGPsec capability for both directions',
    open: { sends: () => true, receives: () => true },
  },
  'direction-both-or-none': {
    text: 'wants both directions negotiated before it allows one',
    open: { direction: (send, receive) => ({ send: send && receive, receive: send && receive }) },
  },
  'version-ignored': {
    text: 'takes every version of the BGPsec capability for version 0',
    open: { takes: (_octet, size) => size === 3 },
  },
  'capability-length-ignored': {
    text: 'takes a BGPsec capability that is too long',
    open: { takes: (octet) => octet >> 4 === 0 },
  },
  'multiprotocol-not-needed': {
    text: 'negotiates BGPsec without Multiprotocol for the family',
    open: { multiprotocol: () => true },
  },
  'multiprotocol-ipv4-implied': {
    text: 'takes Multiprotocol for IPv4 as announced when it is not',
    open: { multiprotocol: ({ multiprotocol }, afi) => afi === 1 || multiprotocol.includes(afi) },
  },
  'four-octet-as-not-needed': {
    text: 'negotiates BGPsec without the capability for 4-octet AS numbers',
    open: { fourOctetAs: () => true },
  },
  'first-parameter-only': {
    text: 'reads the first Capabilities parameter alone',
    open: { parameters: (list) => list.slice(0, 1) },
  },
  'last-parameter-only': {
    text: 'lets a later Capabilities parameter replace the earlier ones',
    open: { parameters: (list) => list.slice(-1) },
  },
};
