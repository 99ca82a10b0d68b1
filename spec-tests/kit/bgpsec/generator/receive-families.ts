import { pathAttribute } from 'pathsec/bgp';
import { fromHex } from 'pathsec/bytes';
import type { VerifyRow } from './cases.js';
import {
  announced,
  LOCAL,
  messageOf,
  ORIGIN,
  origin,
  PEER,
  pathAttributeOf,
  pathOf,
  reach,
  update,
} from './world.js';

const TAW = 'treat-as-withdraw';
const path = pathOf([ORIGIN, PEER]);
const signed = pathAttributeOf(path);
const good = messageOf(path);

/** One prefix, in MP_REACH_NLRI, of a family that is negotiated (RFC 8205 §2.2, §4.1). */
export function families(): VerifyRow[] {
  const nextHop = pathAttribute(3, fromHex('c6336401'));
  const multicast = announced('192.0.2.0/24', 2);
  const multicastMessage = messageOf(pathOf([ORIGIN, PEER], LOCAL, multicast), multicast);
  const session = { localAs: LOCAL, peerAs: PEER, kind: 'external' };
  return [
    [
      'not-negotiated',
      'BGPsec_PATH for IPv4 where only IPv6 is negotiated',
      ['RFC 8205 §2.2'],
      good,
      TAW,
      'not-negotiated',
      {
        session: { ...session, negotiated: [2] },
        acceptable: [
          {
            expected: { verdict: 'valid' },
            why: 'what a receiver does about this error of the sender is not said',
          },
        ],
      },
    ],
    [
      'negotiated-ipv4-only',
      'IPv4 where only IPv4 is negotiated',
      ['RFC 8205 §2.2'],
      good,
      'valid',
      'ok',
      { session: { ...session, negotiated: [1] } },
    ],
    [
      'mp-reach-missing',
      'the prefix stands in the NLRI field',
      ['RFC 8205 §4.1'],
      update([origin, nextHop, signed], '18c00002'),
      TAW,
      'mp-reach-missing',
    ],
    [
      'no-prefix-at-all',
      'neither MP_REACH_NLRI nor a prefix in the NLRI field',
      ['RFC 8205 §4.1', 'RFC 4271 §6.3'],
      update([origin, signed]),
      TAW,
      'mp-reach-missing',
      {
        acceptable: [
          { expected: { verdict: 'unsigned' }, why: 'there is no route to judge' },
          {
            expected: { verdict: 'session-reset' },
            why: 'RFC 7606 §5.2, where the missing attribute counts as an error',
          },
        ],
      },
    ],
    [
      'nlri-field-used',
      'one prefix in MP_REACH_NLRI and one in the NLRI field',
      ['RFC 8205 §4.1'],
      update([reach(), origin, nextHop, signed], '18c00003'),
      TAW,
      'nlri-field-used',
    ],
    [
      'nlri-field-same',
      'the same prefix in both',
      ['RFC 8205 §4.1'],
      update([reach(), origin, nextHop, signed], '18c00002'),
      TAW,
      'nlri-field-used',
    ],
    [
      'nlri-count-2',
      'two prefixes in MP_REACH_NLRI, the first is signed',
      ['RFC 8205 §4.1'],
      update([reach('18c0000218c00003'), origin, signed]),
      TAW,
      'nlri-count',
    ],
    [
      'nlri-count-twin',
      'the signed prefix twice',
      ['RFC 8205 §4.1'],
      update([reach('18c0000218c00002'), origin, signed]),
      TAW,
      'nlri-count',
    ],
    [
      'nlri-count-0',
      'no prefix in MP_REACH_NLRI',
      ['RFC 8205 §4.1'],
      update([reach(''), origin, signed]),
      TAW,
      'nlri-count',
      {
        acceptable: [
          {
            expected: { verdict: 'session-reset' },
            why: 'RFC 7606 §5.2, where this counts as an error of an attribute',
          },
          { expected: { verdict: 'unsigned' }, why: 'there is no route to judge' },
        ],
      },
    ],
    [
      'afi-unsupported',
      'AFI 25',
      ['RFC 8205 §2.1'],
      update([pathAttribute(14, fromHex('0019410400000000000018c00002')), origin, signed]),
      TAW,
      'afi-unsupported',
      {
        acceptable: [
          { expected: { verdict: 'session-reset' }, why: 'a family that was not negotiated: RFC 4760 §7' },
        ],
      },
    ],
    [
      'safi-unsupported',
      'SAFI 2 where only unicast is in use',
      ['RFC 8205 §2.1'],
      multicastMessage,
      TAW,
      'safi-unsupported',
      {
        acceptable: [
          { expected: { verdict: 'valid' }, why: 'capability and document speak of AFIs only' },
          { expected: { verdict: 'session-reset' }, why: 'a family that was not negotiated: RFC 4760 §7' },
        ],
      },
    ],
    [
      'safi-2',
      'SAFI 2 where it is in use: it is hashed',
      ['RFC 8205 §5.2 step 3'],
      multicastMessage,
      'valid',
      'ok',
      { session: { ...session, safis: [1, 2] }, flags: ['option'] },
    ],
    [
      'safi-2-signed-as-1',
      'SAFI 2, signed for SAFI 1',
      ['RFC 8205 §5.2 step 3'],
      update([reach('18c00002', 1, 2), origin, signed]),
      'not-valid',
      'signature-mismatch',
      { session: { ...session, safis: [1, 2] }, flags: ['option'] },
    ],
  ];
}
