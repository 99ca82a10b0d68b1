import { frameMessage, MSG_OPEN } from 'pathsec/bgp';
import { fromHex, toHex } from 'pathsec/bytes';
import type { VectorCase, VectorGroup } from '../../../../src/conformance/vector.js';

const MP4 = '010400010001';
const MP6 = '010400020001';
const AS4 = '41040000fbf4';
const SEND4 = '0703080001';
const RECEIVE4 = '0703000001';
const SEND6 = '0703080002';
const RECEIVE6 = '0703000002';
const BOTH4 = [MP4, AS4, SEND4, RECEIVE4];

/** An OPEN of AS 64500 with one or more Capabilities parameters, of one or more capabilities each. */
function open(...parameters: readonly (readonly string[])[]): string {
  const list = parameters.map((capabilities) => parameter(capabilities.join('')));
  return message(list.join(''));
}

const octet = (value: number, size = 1): string => value.toString(16).padStart(2 * size, '0');
const parameter = (value: string): string => `02${octet(value.length / 2)}${value}`;
const message = (parameters: string): string =>
  toHex(
    frameMessage(MSG_OPEN, fromHex(`04fbf4005ac0000201${octet(parameters.length / 2)}${parameters}`), false),
  );

/** The extended form of RFC 9072: lengths of two octets. */
function openExtended(capabilities: readonly string[]): string {
  const value = capabilities.join('');
  const parameters = `02${octet(value.length / 2, 2)}${value}`;
  const body = `04fbf4005ac0000201ffff${octet(parameters.length / 2, 2)}${parameters}`;
  return toHex(frameMessage(MSG_OPEN, fromHex(body), false));
}

type Families = readonly [send4: boolean, receive4: boolean, send6: boolean, receive6: boolean];

/** What two OPENs negotiate (RFC 8205 §2). */
export function openGroups(): VectorGroup[] {
  const row = (
    name: string,
    title: string,
    own: string,
    peer: string,
    families: Families,
    sections = ['RFC 8205 §2.2'],
  ): VectorCase => {
    const [send4, receive4, send6, receive6] = families;
    return {
      id: `bgpsec/open-${name}`,
      title,
      sections,
      flags: [],
      input: { own, peer },
      expected: { ipv4: { send: send4, receive: receive4 }, ipv6: { send: send6, receive: receive6 } },
    };
  };
  const none: Families = [false, false, false, false];
  const ipv4: Families = [true, true, false, false];
  const all = [MP4, MP6, AS4, SEND4, RECEIVE4, SEND6, RECEIVE6];
  const full = open(all);
  const v4 = open(BOTH4);
  const cases = [
    row('both', 'both directions, both families', full, full, [true, true, true, true]),
    row('none', 'no BGPsec on either side', open([MP4, AS4]), open([MP4, AS4]), none),
    row('own-only', 'BGPsec on one side only', v4, open([MP4, AS4]), none),
    row('peer-only', 'BGPsec on the other side only', open([MP4, AS4]), v4, none),
    row('ipv4', 'IPv4 only', v4, v4, ipv4),
    row('ipv6', 'IPv6 only, with Multiprotocol for both', open([MP4, MP6, AS4, SEND6, RECEIVE6]), full, [
      false,
      false,
      true,
      true,
    ]),
    row(
      'send-only',
      'own side sends, the peer receives',
      open([MP4, AS4, SEND4]),
      open([MP4, AS4, RECEIVE4]),
      [true, false, false, false],
    ),
    row(
      'receive-only',
      'own side receives, the peer sends',
      open([MP4, AS4, RECEIVE4]),
      open([MP4, AS4, SEND4]),
      [false, true, false, false],
    ),
    row('both-send', 'both send, none receives', open([MP4, AS4, SEND4]), open([MP4, AS4, SEND4]), none),
    row(
      'both-receive',
      'both receive, none sends',
      open([MP4, AS4, RECEIVE4]),
      open([MP4, AS4, RECEIVE4]),
      none,
    ),
    row('stub', 'a stub that signs and does not verify', open([MP4, AS4, SEND4]), v4, [
      true,
      false,
      false,
      false,
    ]),
    row('directions-differ', 'one direction for each family', open([MP4, MP6, AS4, SEND4, RECEIVE6]), full, [
      true,
      false,
      false,
      true,
    ]),
    row('families-differ', 'IPv4 here, IPv6 there', v4, open([MP4, MP6, AS4, SEND6, RECEIVE6]), none),
    row(
      'unassigned-bits',
      'the three unassigned bits are set',
      open([MP4, AS4, '07030f0001', '0703070001']),
      v4,
      ipv4,
      ['RFC 8205 §2.1'],
    ),
    row('version-1', 'version 1', open([MP4, AS4, '0703180001', '0703100001']), v4, none, ['RFC 8205 §2.1']),
    row(
      'version-1-both',
      'version 1 on both sides',
      open([MP4, AS4, '0703180001', '0703100001']),
      open([MP4, AS4, '0703180001', '0703100001']),
      none,
      ['RFC 8205 §2.1'],
    ),
    row(
      'version-0-and-1',
      'versions 0 and 1',
      open([MP4, AS4, '0703180001', SEND4, '0703100001', RECEIVE4]),
      v4,
      ipv4,
      ['RFC 8205 §2.1'],
    ),
    row('version-8', 'version 8, the first bit', open([MP4, AS4, '0703880001', '0703800001']), v4, none, [
      'RFC 8205 §2.1',
    ]),
    row('length-2', 'capabilities of two octets', open([MP4, AS4, '07020800', '07020000']), v4, none, [
      'RFC 8205 §2.1',
      'RFC 5492 §4',
    ]),
    row(
      'length-4',
      'capabilities of four octets',
      open([MP4, AS4, '070408000100', '070400000100']),
      v4,
      none,
      ['RFC 8205 §2.1', 'RFC 5492 §4'],
    ),
    row('afi-3', 'another AFI', open([MP4, AS4, '0703080003', '0703000003']), v4, none),
    row(
      'multiprotocol-missing',
      'own side without Multiprotocol for IPv4',
      open([AS4, SEND4, RECEIVE4]),
      v4,
      none,
    ),
    row(
      'multiprotocol-missing-peer',
      'the peer without Multiprotocol for IPv4',
      v4,
      open([AS4, SEND4, RECEIVE4]),
      none,
    ),
    row(
      'multiprotocol-missing-ipv6',
      'BGPsec for both, Multiprotocol for IPv4 alone',
      open([MP4, AS4, SEND4, RECEIVE4, SEND6, RECEIVE6]),
      full,
      ipv4,
    ),
    row(
      'multiprotocol-missing-ipv4',
      'BGPsec for both, Multiprotocol for IPv6 alone',
      open([MP6, AS4, SEND4, RECEIVE4, SEND6, RECEIVE6]),
      full,
      [false, false, true, true],
    ),
    row(
      'four-octet-as-missing',
      'own side without 4-octet AS numbers',
      open([MP4, SEND4, RECEIVE4]),
      v4,
      none,
      ['RFC 8205 §2.2', 'RFC 8205 §7.1'],
    ),
    row(
      'four-octet-as-missing-peer',
      'the peer without 4-octet AS numbers',
      v4,
      open([MP4, SEND4, RECEIVE4]),
      none,
      ['RFC 8205 §2.2', 'RFC 8205 §7.1'],
    ),
    row(
      'parameters',
      'every capability in its own parameter',
      open(...all.map((one) => [one])),
      full,
      [true, true, true, true],
      ['RFC 5492 §4'],
    ),
    row('parameters-two', 'the directions in two parameters', open([MP4, AS4, SEND4], [RECEIVE4]), v4, ipv4, [
      'RFC 5492 §4',
    ]),
    row('repeated', 'the same capability twice', open([...BOTH4, SEND4]), v4, ipv4, ['RFC 5492 §4']),
    row('order', 'BGPsec in front of what it needs', open([RECEIVE4, SEND4, AS4, MP4]), v4, ipv4, [
      'RFC 5492 §4',
    ]),
    row(
      'unknown-beside',
      'unknown capabilities beside',
      open([...BOTH4, '0200', '4600', 'f003aabbcc']),
      v4,
      ipv4,
      ['RFC 5492 §3'],
    ),
    row('extended-parameters', 'the parameters in the extended form', openExtended(BOTH4), v4, ipv4, [
      'RFC 9072 §2',
    ]),
    row('no-parameters', 'an OPEN without parameters', message(''), v4, none),
  ];
  return [{ title: 'What two OPENs negotiate', shared: { op: 'negotiate' }, cases }];
}
