import { encodeBgpsecPath, type PathAttribute, pathAttribute } from 'pathsec/bgp';
import { fromHex, toHex } from 'pathsec/bytes';
import type { VectorCase, VectorGroup } from '../../../../src/conformance/vector.js';
import { otherCase, privateKey, signedCase } from './send-cases.js';
import { NEXT, shared, strip, to } from './send-shared.js';
import {
  external,
  type Fields,
  LOCAL,
  MIDDLE,
  messageOf,
  ORIGIN,
  origin,
  PEER,
  pathAttributeOf,
  pathOf,
  reach,
  signedAttribute,
  update,
} from './world.js';

/** What is not sent, or not signed. */
export function refusalGroup(): VectorGroup {
  const common: Fields = { ...shared, op: 'originate', prefix: '192.0.2.0/24' };
  const received = (path: ReturnType<typeof pathOf>): Fields => ({
    op: 'forward',
    session: external(),
    message: toHex(messageOf(path)),
  });
  const refused = (name: string, title: string, section: string, input: Fields, reason: string): VectorCase =>
    otherCase(`refused-${name}`, title, [section], input, { outcome: 'refused' }, reason);
  const cases = [
    refused('key-missing', 'no key of this AS', 'RFC 8205 §4.1', { keys: [] }, 'key-missing'),
    refused(
      'key-of-another-as',
      'a key that is certified for another AS only',
      'RFC 8205 §4.1',
      { keys: [privateKey(LOCAL, { certifiedAsns: [NEXT] })] },
      'key-as-mismatch',
    ),
    refused(
      'key-listed-elsewhere',
      'only the key of another AS is there',
      'RFC 8205 §4.1',
      { keys: [privateKey(NEXT)] },
      'key-missing',
    ),
    refused(
      'pcount-zero',
      'pCount 0, and no route server',
      'RFC 8205 §4.2',
      { peer: to(NEXT, { pCount: 0 }) },
      'pcount-range',
    ),
    refused('pcount-256', 'pCount 256', 'RFC 8205 §3.1', { peer: to(NEXT, { pCount: 256 }) }, 'pcount-range'),
    refused('peer-as-zero', 'a peer with AS 0', 'RFC 7607 §2', { peer: to(0) }, 'as-zero'),
    refused(
      'confed-flag',
      'a peer of a confederation, and the speaker is in none',
      'RFC 8205 §4.3',
      { peer: { ...to(65002), kind: 'confed-external' } },
      'confed-flag-not-member',
    ),
    refused(
      'suite-twice',
      'two blocks of one suite',
      'RFC 8205 §3',
      { speaker: { asn: LOCAL, originSuites: [1, 1] } },
      'suite-duplicate',
    ),
    refused(
      'suite-unsupported',
      'a block of a suite that is not supported',
      'RFC 8205 §4.2',
      { speaker: { asn: LOCAL, originSuites: [2] } },
      'suite-unsupported',
    ),
    refused(
      'loop',
      'the received path has the local AS: it was never accepted',
      'RFC 8205 §5.2(8)',
      received(pathOf([ORIGIN, LOCAL, PEER])),
      'as-loop',
    ),
    refused(
      'wrong-peer',
      'the received path does not begin with the peer',
      'RFC 8205 §5.2(2)',
      received(pathOf([ORIGIN, MIDDLE])),
      'peer-as-mismatch',
    ),
    ...checks().map(([name, title, section, message, reason]) =>
      refused(name, title, section, { op: 'forward', session: external(), message }, reason),
    ),
    refused(
      'own-as',
      'a peer that is called external and has the own AS',
      'RFC 8205 §4.1',
      { peer: to(LOCAL) },
      'peer-internal',
    ),
    refused(
      'too-long',
      'more than 4096 octets to a peer without Extended Messages',
      'RFC 8654 §4',
      { ...received(longPath(40)) },
      'message-too-long',
    ),
  ];
  const fits = signedCase(
    'long-extended',
    'the same to a peer with Extended Messages',
    ['RFC 8654 §4'],
    { ...common, ...received(longPath(40)), peer: to(NEXT, { extendedMessages: true }) },
    [LOCAL, ...[...longHops(40)].reverse()],
  );
  return { title: 'What is not sent', shared: common, cases: [...cases, strip(fits, common)] };
}

type Check = readonly [name: string, title: string, section: string, message: string, reason: string];

/** Messages from an external peer that the checks of §5.2 do not let pass: nothing of them is passed on. */
function checks(): Check[] {
  const path = pathOf([ORIGIN, PEER]);
  const flagged = (index: number): typeof path => ({
    ...path,
    segments: path.segments.map((one, i) => (i === index ? { ...one, flags: 0x80 } : one)),
  });
  const made = (attributes: readonly PathAttribute[], nlri = ''): string => toHex(update(attributes, nlri));
  const asPath = pathAttribute(2, fromHex('02020000fbf30000fbf0'));
  const value = encodeBgpsecPath(pathOf([ORIGIN]));
  const uneven = signedAttribute(fromHex(`000e01000000fbf3${toHex(value).slice(4)}`));
  const signed = pathAttributeOf(path);
  const noPcount = pathOf([ORIGIN, { asn: PEER, pCount: 0 }]);
  return [
    [
      'as-path-too',
      'AS_PATH beside BGPsec_PATH',
      'RFC 8205 §5.2(4)',
      made([reach(), origin, asPath, signed]),
      'as-path-present',
    ],
    [
      'two-prefixes',
      'two prefixes in MP_REACH_NLRI',
      'RFC 8205 §4.1',
      made([reach('18c0000218c63364'), origin, signed]),
      'nlri-count',
    ],
    [
      'prefix-in-nlri-field',
      'a second prefix in the NLRI field',
      'RFC 8205 §4.1',
      made([reach(), origin, pathAttribute(3, fromHex('c0000201')), signed], '18c63364'),
      'nlri-field-used',
    ],
    [
      'flagged',
      'the Confed_Segment flag from outside: nothing is cut off',
      'RFC 8205 §5.2(5)',
      made([reach(), origin, pathAttributeOf(flagged(0))]),
      'confed-flag-unexpected',
    ],
    [
      'flagged-inner',
      'the same in the segment of the origin',
      'RFC 8205 §5.2(5)',
      made([reach(), origin, pathAttributeOf(flagged(1))]),
      'confed-flag-unexpected',
    ],
    [
      'received-pcount-zero',
      'pCount 0 of a peer that is not expected to send it',
      'RFC 8205 §5.2(7)',
      toHex(messageOf(noPcount)),
      'pcount-zero',
    ],
    [
      'uneven',
      'one signature for two segments',
      'RFC 8205 §5.2(3)',
      made([reach(), origin, uneven]),
      'signature-count',
    ],
    [
      'syntax',
      'an attribute without segments',
      'RFC 8205 §5.2(1)',
      made([reach(), origin, signedAttribute(fromHex('0002000301'))]),
      'secure-path-empty',
    ],
    [
      'origin-value',
      'an ORIGIN that is malformed',
      'RFC 8205 §5.2',
      made([reach(), pathAttribute(1, fromHex('09')), signed]),
      'origin-value',
    ],
  ];
}

const longHops = (count: number): number[] => [
  ...Array.from({ length: count - 1 }, (_, i) => 100_000 + i),
  PEER,
];

const longPath = (count: number): ReturnType<typeof pathOf> => pathOf(longHops(count));
