import type { Mutant } from '../../mutant.js';
import type { Parts } from './parts.js';

/** Mistakes in the negotiation (RFC 8205 §2). */
export const openMutants: readonly Mutant<Parts>[] = [
  {
    id: 'bgpsec-direction-bit-inverted',
    text: 'reads the direction bit the wrong way round',
    parts: { sends: (octet) => (octet & 0x08) === 0, receives: (octet) => (octet & 0x08) !== 0 },
  },
  {
    id: 'bgpsec-direction-bit-fourth',
    text: 'looks for the direction bit at 0x10',
    parts: {
      takes: (octet, size) => size === 3 && octet >> 5 === 0,
      sends: (octet) => (octet & 0x10) !== 0,
      receives: (octet) => (octet & 0x10) === 0,
    },
  },
  {
    id: 'bgpsec-direction-unassigned-bits',
    text: 'refuses a capability whose unassigned bits are set',
    parts: { takes: (octet, size) => size === 3 && (octet & 0xf7) === 0 },
  },
  {
    id: 'bgpsec-direction-ignored',
    text: 'takes any BGPsec capability for both directions',
    parts: { sends: () => true, receives: () => true },
  },
  {
    id: 'bgpsec-direction-both-or-none',
    text: 'wants both directions negotiated before it allows one',
    parts: { direction: (send, receive) => ({ send: send && receive, receive: send && receive }) },
  },
  {
    id: 'bgpsec-version-ignored',
    text: 'takes every version of the BGPsec capability for version 0',
    parts: { takes: (_octet, size) => size === 3 },
  },
  {
    id: 'bgpsec-capability-length-ignored',
    text: 'takes a BGPsec capability that is too long',
    parts: { takes: (octet) => octet >> 4 === 0 },
  },
  {
    id: 'bgpsec-multiprotocol-not-needed',
    text: 'negotiates BGPsec without Multiprotocol for the family',
    parts: { multiprotocol: () => true },
  },
  {
    id: 'bgpsec-multiprotocol-ipv4-implied',
    text: 'takes Multiprotocol for IPv4 as announced when it is not',
    parts: { multiprotocol: ({ multiprotocol }, afi) => afi === 1 || multiprotocol.includes(afi) },
  },
  {
    id: 'bgpsec-four-octet-as-not-needed',
    text: 'negotiates BGPsec without the capability for 4-octet AS numbers',
    parts: { fourOctetAs: () => true },
  },
  {
    id: 'bgpsec-first-parameter-only',
    text: 'reads the first Capabilities parameter alone',
    parts: { parameters: (list) => list.slice(0, 1) },
  },
  {
    id: 'bgpsec-last-parameter-only',
    text: 'lets a later Capabilities parameter replace the earlier ones',
    parts: { parameters: (list) => list.slice(-1) },
  },
];
