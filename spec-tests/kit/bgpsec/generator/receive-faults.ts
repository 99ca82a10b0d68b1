import { pathAttribute } from 'pathsec/bgp';
import { fromHex } from 'pathsec/bytes';
import type { VectorGroup } from '../../../../src/conformance/vector.js';
import { type VerifyRow, verifyGroup } from './cases.js';
import { families } from './receive-families.js';
import { shared } from './receive-paths.js';
import {
  internal,
  LOCAL,
  messageOf,
  ORIGIN,
  origin,
  PEER,
  patched,
  pathAttributeOf,
  pathOf,
  reach,
  signedAttribute,
  update,
} from './world.js';

const TAW = 'treat-as-withdraw';
const path = pathOf([ORIGIN, PEER]);
const signed = pathAttributeOf(path);
const asPath = pathAttribute(2, fromHex('02020000fbf30000fbf0'));
const good = messageOf(path);

/** The message with its own length field put right. */
function resized(octets: Uint8Array): Uint8Array {
  return patched(octets, 16, octets.length >> 8, octets.length & 0xff);
}

/** Errors of the message and of other attributes, and the presence of the path attributes. */
export function messageGroups(): VectorGroup[] {
  const reset = (
    name: string,
    title: string,
    section: string,
    message: Uint8Array,
    reason: string,
    more = {},
  ): VerifyRow => [name, title, [section], message, 'session-reset', reason, more];
  const taw = (
    name: string,
    title: string,
    section: string,
    message: Uint8Array,
    reason: string,
    more = {},
  ): VerifyRow => [name, title, [section], message, TAW, reason, more];
  const filler = pathAttribute(200, new Uint8Array(4000));
  const long = update([reach(), origin, filler, signed]);
  const broken = signedAttribute(new Uint8Array(0));
  const unreach = pathAttribute(15, fromHex('00010118cb0071'));
  const mp = reach();
  const message: VerifyRow[] = [
    reset(
      'message-over-4096',
      'more than 4096 octets on a session without Extended Messages',
      'RFC 8654 §4',
      long,
      'message-length',
      { input: { extendedMessages: false } },
    ),
    [
      'message-over-4096-extended',
      'the same where this side announced Extended Messages',
      ['RFC 8654 §4'],
      long,
      'valid',
      'ok',
      { input: { extendedMessages: true } },
    ],
    reset(
      'attributes-length',
      'Total Attribute Length beyond the message',
      'RFC 7606 §3(b)',
      patched(good, 21, 0x7f, 0xff),
      'update-length',
    ),
    reset(
      'withdrawn-length',
      'Withdrawn Routes Length beyond the message',
      'RFC 7606 §3(b)',
      patched(good, 19, 0x7f, 0xff),
      'update-length',
    ),
    taw(
      'attribute-overrun',
      'the last attribute is longer than what is left',
      'RFC 7606 §4',
      resizedAttributes([mp, origin, asPath, pathAttribute(4, fromHex('00000001'))], -1),
      'attribute-overrun',
      { detail: false },
    ),
    reset(
      'mp-reach-twice',
      'two MP_REACH_NLRI',
      'RFC 7606 §3(g)',
      update([mp, mp, origin, signed]),
      'attribute-repeated',
    ),
    taw(
      'attribute-overrun-bgpsec',
      'BGPsec_PATH is the last attribute and longer than what is left',
      'RFC 7606 §4',
      resizedAttributes([mp, origin, signed], -1),
      'attribute-overrun',
    ),
    reset(
      'mp-unreach-twice',
      'two MP_UNREACH_NLRI',
      'RFC 7606 §3(g)',
      update([mp, origin, signed, unreach, unreach]),
      'attribute-repeated',
    ),
    reset(
      'mp-reach-flags',
      'MP_REACH_NLRI with the Transitive bit',
      'RFC 7606 §3(c)',
      update([{ ...mp, flags: 0xc0 }, origin, signed]),
      'attribute-flags',
    ),
    [
      'type-33-before-30',
      'attributes 30 and 33, read with the option for printed examples: 33 counts',
      ['RFC 8205 §9'],
      update([mp, origin, { ...broken, code: 30 }, signed]),
      'valid',
      'ok',
      { input: { attributeType: 30 }, flags: ['option'] },
    ],
    reset(
      'mp-reach-short',
      'MP_REACH_NLRI of 4 octets',
      'RFC 7606 §5.3',
      update([pathAttribute(14, fromHex('00010104')), origin, signed]),
      'mp-reach-length',
    ),
    reset(
      'mp-reach-next-hop-long',
      'the next hop runs out of MP_REACH_NLRI',
      'RFC 7606 §5.3',
      update([pathAttribute(14, fromHex('000101ffc63364010018c00002')), origin, signed]),
      'mp-reach-length',
    ),
    reset(
      'prefix-length-33',
      'prefix length 33 in MP_REACH_NLRI for IPv4',
      'RFC 7606 §5.3',
      update([reach('21c000020000'), origin, signed]),
      'nlri-length',
    ),
    reset(
      'prefix-length-129',
      'prefix length 129 in MP_REACH_NLRI for IPv6',
      'RFC 7606 §5.3',
      update([reach(`81${'20010db8'.repeat(4)}00`, 2), origin, signed]),
      'nlri-length',
    ),
    reset(
      'prefix-overrun',
      'the prefix is longer than the attribute',
      'RFC 7606 §5.3',
      update([reach('18c000'), origin, signed]),
      'nlri-overrun',
    ),
    taw('origin-missing', 'no ORIGIN', 'RFC 7606 §3(d)', update([mp, signed]), 'origin-missing'),
    taw(
      'origin-value',
      'ORIGIN 3',
      'RFC 7606 §7.1',
      update([mp, pathAttribute(1, Uint8Array.of(3)), signed]),
      'origin-value',
    ),
    taw(
      'origin-length',
      'ORIGIN of two octets',
      'RFC 7606 §7.1',
      update([mp, pathAttribute(1, Uint8Array.of(0, 0)), signed]),
      'origin-length',
    ),
    taw(
      'med-length',
      'MULTI_EXIT_DISC of three octets',
      'RFC 7606 §7.4',
      update([mp, origin, pathAttribute(4, new Uint8Array(3)), signed]),
      'multi-exit-disc-length',
    ),
    reset(
      'error-without-routes',
      'a malformed BGPsec_PATH and nothing to withdraw',
      'RFC 7606 §5.2',
      update([origin, broken]),
      'reachable-nlri-missing',
    ),
    reset(
      'error-with-withdrawals-only',
      'a malformed BGPsec_PATH beside withdrawals only',
      'RFC 7606 §5.2',
      update([unreach, origin, broken]),
      'reachable-nlri-missing',
    ),
    reset(
      'stronger-wins',
      'a malformed BGPsec_PATH and a broken MP_REACH_NLRI',
      'RFC 7606 §3(h)',
      update([reach('18c000'), origin, broken]),
      'nlri-overrun',
    ),
  ];
  const session = internal(LOCAL);
  const presence: VerifyRow[] = [
    [
      'as-path-alone',
      'AS_PATH and no BGPsec_PATH: an unsigned route',
      ['RFC 8205 §2.2'],
      update([mp, origin, asPath]),
      'unsigned',
      'no-bgpsec-path',
    ],
    [
      'as-path-alone-nlri',
      'the same with the prefix in the NLRI field',
      ['RFC 8205 §2.2'],
      update([origin, asPath, pathAttribute(3, fromHex('c6336401'))], '18c00002'),
      'unsigned',
      'no-bgpsec-path',
    ],
    [
      'as-path-malformed-alone',
      'a malformed AS_PATH and no BGPsec_PATH',
      ['RFC 7606 §7.2'],
      update([mp, origin, pathAttribute(2, fromHex('090909'))]),
      TAW,
      'as-path-segment-type',
    ],
    taw(
      'no-path-external',
      'neither AS_PATH nor BGPsec_PATH from an external peer',
      'RFC 7606 §3(d)',
      update([mp, origin]),
      'as-path-missing',
    ),
    [
      'no-path-internal',
      'neither from an internal BGPsec peer: its own route, an empty AS_PATH',
      ['RFC 8205 §4.1', 'RFC 8205 §4.4'],
      update([mp, origin]),
      'unsigned',
      'internal-origin',
      { session },
    ],
    taw(
      'no-path-internal-not-negotiated',
      'neither from an internal peer that does not speak BGPsec',
      'RFC 7606 §3(d)',
      update([mp, origin]),
      'as-path-missing',
      { session: internal(LOCAL, { negotiated: [] }) },
    ),
    [
      'withdrawals-alone',
      'nothing but withdrawals',
      ['RFC 4271 §4.3'],
      update([unreach], '', '18cb0071'),
      'unsigned',
      'no-bgpsec-path',
    ],
    taw(
      'as-path-beside',
      'AS_PATH beside BGPsec_PATH',
      'RFC 8205 §5.2(4)',
      update([mp, origin, asPath, signed]),
      'as-path-present',
    ),
    taw(
      'as-path-beside-malformed',
      'a malformed AS_PATH beside BGPsec_PATH',
      'RFC 8205 §5.2(4)',
      update([mp, origin, pathAttribute(2, fromHex('090909')), signed]),
      'as-path-present',
    ),
  ];
  return [
    verifyGroup('The message and its other attributes', shared, message),
    verifyGroup('Presence of AS_PATH and BGPsec_PATH', shared, presence),
    verifyGroup('One prefix, in MP_REACH_NLRI, of a negotiated family', shared, families()),
  ];
}

/** An UPDATE whose last attribute says more octets than there are: the field ends `cut` octets early. */
function resizedAttributes(list: Parameters<typeof update>[0], cut: number): Uint8Array {
  const whole = update(list);
  const octets = resized(whole.subarray(0, whole.length + cut));
  const length = octets.length - 23;
  return patched(octets, 21, length >> 8, length & 0xff);
}
