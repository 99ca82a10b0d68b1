import { pathAttribute } from 'pathsec/bgp';
import { fromHex } from 'pathsec/bytes';
import type { VectorGroup } from '../../../../src/conformance/vector.js';
import { type VerifyRow, verifyGroup } from './cases.js';
import { hostBits, prefixes } from './receive-prefixes.js';
import {
  external,
  type Hop,
  MIDDLE,
  messageOf,
  ORIGIN,
  origin,
  PEER,
  pathAttributeOf,
  pathOf,
  publicKeys,
  reach,
  u32,
  update,
} from './world.js';

const ALGORITHM = ['RFC 8205 §5.2', 'RFC 8205 §5.2 step 3'];

export const shared = { session: external(), keys: publicKeys(ORIGIN, MIDDLE, PEER) };

/** Paths that are as they should be. */
export function validGroups(): VectorGroup[] {
  return [
    verifyGroup('Signed paths of all kinds', shared, shapes(), true),
    verifyGroup('Other attributes beside a signed path', shared, attributes()),
    verifyGroup('Prefixes of all lengths', shared, [...prefixes(), ...hostBits()]),
  ];
}

function shapes(): VerifyRow[] {
  const row = (name: string, title: string, hops: readonly Hop[], more = {}): VerifyRow => [
    name,
    title,
    ALGORITHM,
    messageOf(pathOf(hops)),
    'valid',
    'ok',
    more,
  ];
  const big = [4_294_967_295, 65536, 23456];
  return [
    row('path-1', 'one hop: the neighbour is the origin', [PEER]),
    row('path-2', 'two hops', [ORIGIN, PEER]),
    row('path-3', 'three hops', [ORIGIN, MIDDLE, PEER]),
    row('path-6', 'six hops', [ORIGIN, ...big, MIDDLE, PEER], {
      keys: publicKeys(ORIGIN, ...big, MIDDLE, PEER),
    }),
    row('path-prepended', 'pCount 3 in the middle, 2 in front', [
      ORIGIN,
      { asn: MIDDLE, pCount: 3 },
      { asn: PEER, pCount: 2 },
    ]),
    row('path-pcount-255', 'pCount 255 at the origin', [{ asn: ORIGIN, pCount: 255 }, PEER]),
    row('path-same-as', 'one AS in two segments behind each other', [ORIGIN, ORIGIN, PEER]),
    row('path-pcount-zero-inner', 'pCount 0 in a segment that is not the newest', [
      ORIGIN,
      { asn: MIDDLE, pCount: 0 },
      PEER,
    ]),
    row('path-pcount-zero-origin', 'pCount 0 in the segment of the origin', [
      { asn: ORIGIN, pCount: 0 },
      PEER,
    ]),
    row('flags-unassigned', 'unassigned flag bits are ignored, and covered by the signatures', [
      { asn: ORIGIN, flags: 0x01 },
      { asn: MIDDLE, flags: 0x7f },
      { asn: PEER, flags: 0x40 },
    ]),
  ];
}

function attributes(): VerifyRow[] {
  const path = pathOf([ORIGIN, PEER]);
  const signed = pathAttributeOf(path);
  const long = { ...signed, flags: 0x90 };
  const med = pathAttribute(4, u32(10));
  const filler = pathAttribute(200, new Uint8Array(100));
  const longPath = pathOf([ORIGIN, MIDDLE, PEER]);
  const row = (name: string, title: string, sections: readonly string[], message: Uint8Array): VerifyRow => [
    name,
    title,
    sections,
    message,
    'valid',
    'ok',
  ];
  return [
    row(
      'extended-length-set',
      'Extended Length flag on an attribute of less than 256 octets',
      ['RFC 4271 §4.3'],
      update([reach(), origin, long]),
    ),
    row(
      'extended-length-needed',
      'an attribute of more than 255 octets has the Extended Length flag',
      ['RFC 4271 §4.3'],
      messageOf(longPath),
    ),
    row(
      'partial-bit',
      'Partial bit set: not judged',
      ['RFC 7606 §3(c)'],
      update([reach(), origin, { ...signed, flags: 0xa0 }]),
    ),
    row(
      'low-flag-bits',
      'the low four bits of the attribute flags are ignored',
      ['RFC 4271 §4.3'],
      update([reach(), origin, { ...signed, flags: 0x8f }]),
    ),
    row(
      'attribute-order',
      'BGPsec_PATH in front, MP_REACH_NLRI last',
      ['RFC 4271 §5'],
      update([signed, med, origin, reach()]),
    ),
    row(
      'attributes-others',
      'attributes that no signature covers, known and unknown',
      ['RFC 8205 §4.2'],
      update([reach(), origin, med, pathAttribute(8, u32(0xfde80001)), filler, signed]),
    ),
    row(
      'next-hop-ignored',
      'NEXT_HOP beside MP_REACH_NLRI is ignored',
      ['RFC 4760 §3'],
      update([reach(), origin, pathAttribute(3, fromHex('c0000201')), signed]),
    ),
    row(
      'as4-path-ignored',
      'AS4_PATH between two speakers of 4-octet AS numbers is discarded',
      ['RFC 6793 §6'],
      update([reach(), origin, pathAttribute(17, fromHex('0201000000ff')), signed]),
    ),
    row(
      'local-pref-discarded',
      'LOCAL_PREF from an external peer is discarded',
      ['RFC 7606 §7.5'],
      update([reach(), origin, pathAttribute(5, u32(100)), signed]),
    ),
    row(
      'bgpsec-path-twice',
      'a second BGPsec_PATH is discarded, the first counts',
      ['RFC 7606 §3(g)'],
      update([reach(), origin, signed, pathAttributeOf(pathOf([MIDDLE, PEER]))]),
    ),
    row(
      'withdrawals-too',
      'withdrawn routes in the same message',
      ['RFC 7606 §5.1'],
      update([reach(), origin, signed], '', '18cb0071'),
    ),
  ];
}
