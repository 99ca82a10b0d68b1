import fc from 'fast-check';
import {
  type BgpsecCapability,
  type Capability,
  makeOpen,
  negotiateBgpsec,
  type OpenMessage,
  type UnmetCondition,
} from 'pathsec/bgp';
import { describe, expect, it } from 'vitest';
import { type Citation, requirement } from '../kit/citation.js';

const mp = (afi: number): Capability => ({ name: 'multiprotocol', afi, safi: 1, reserved: 0 });
const bgpsec = (direction: 'send' | 'receive', afi: number, version = 0): BgpsecCapability => ({
  name: 'bgpsec',
  version,
  direction,
  afi,
  unassigned: 0,
});
const EXTENDED: Capability = { name: 'extended-message' };
/** Everything for IPv4. */
const FULL = [mp(1), EXTENDED, bgpsec('send', 1), bgpsec('receive', 1)];
const open = (capabilities: readonly Capability[]): OpenMessage => makeOpen(64496, 1, capabilities);
const withoutAs4 = (capabilities: readonly Capability[]): OpenMessage => ({
  ...open([]),
  parameters: [capabilities],
});

describe('BGPsec negotiation, RFC 8205 §2.2', () => {
  it('both directions when all is announced', () => {
    requirement(
      'rfc8205:2.1:version-0',
      'rfc8205:2.2:needs-multiprotocol',
      'rfc8205:2.2:needs-multiprotocol-same-afi',
      'rfc8205:2.2:sender-announced-sending',
      'rfc8205:2.2:receiver-announced-receiving',
      'rfc8205:2.2:announce-four-octet-as',
      'rfc8205:2.2:without-four-octet-as-not-negotiated',
      'rfc8205:3.1:peers-support-four-octet-as',
      'rfc8205:7.1:all-capabilities-exchanged',
    );
    const { ipv4, ipv6, notes } = negotiateBgpsec(open(FULL), open(FULL));
    expect(ipv4).toEqual({ send: { negotiated: true, unmet: [] }, receive: { negotiated: true, unmet: [] } });
    expect(ipv6.send.negotiated || ipv6.receive.negotiated).toBe(false);
    expect(notes).toEqual([]);
  });

  const rows: readonly [
    name: string,
    own: OpenMessage,
    peer: OpenMessage,
    send: readonly UnmetCondition[],
    receive: readonly UnmetCondition[],
    shows: readonly Citation[],
  ][] = [
    [
      'a stub that signs and does not verify (RFC 8207 §6)',
      open([mp(1), bgpsec('send', 1)]),
      open(FULL),
      [],
      [{ side: 'own', missing: 'bgpsec-receive' }],
      requirement('rfc8205:2.2:sender-announced-sending'),
    ],
    [
      'the peer only sends',
      open(FULL),
      open([mp(1), bgpsec('send', 1)]),
      [{ side: 'peer', missing: 'bgpsec-receive' }],
      [],
      requirement('!rfc8205:2.2:receiver-announced-receiving'),
    ],
    [
      'both only send',
      open([mp(1), bgpsec('send', 1)]),
      open([mp(1), bgpsec('send', 1)]),
      [{ side: 'peer', missing: 'bgpsec-receive' }],
      [{ side: 'own', missing: 'bgpsec-receive' }],
      requirement('!rfc8205:2.1:direction-bit', '!rfc8205:2.2:sender-announced-sending'),
    ],
    [
      'own Multiprotocol missing',
      open([bgpsec('send', 1), bgpsec('receive', 1)]),
      open(FULL),
      [{ side: 'own', missing: 'multiprotocol' }],
      [{ side: 'own', missing: 'multiprotocol' }],
      requirement('!rfc8205:2.2:needs-multiprotocol', '!rfc8205:7.1:all-capabilities-exchanged'),
    ],
    [
      'Multiprotocol for the other family only',
      open(FULL),
      open([mp(2), bgpsec('send', 1), bgpsec('receive', 1)]),
      [{ side: 'peer', missing: 'multiprotocol' }],
      [{ side: 'peer', missing: 'multiprotocol' }],
      requirement('!rfc8205:2.2:needs-multiprotocol-same-afi'),
    ],
    [
      '4-octet AS numbers missing at the peer',
      open(FULL),
      withoutAs4(FULL),
      [{ side: 'peer', missing: 'four-octet-as' }],
      [{ side: 'peer', missing: 'four-octet-as' }],
      requirement(
        '!rfc8205:2.2:announce-four-octet-as',
        '!rfc8205:2.2:without-four-octet-as-not-negotiated',
        '!rfc8205:3.1:peers-support-four-octet-as',
        '!rfc8205:7.1:all-capabilities-exchanged',
      ),
    ],
    [
      'another version',
      open([mp(1), bgpsec('send', 1, 1), bgpsec('receive', 1, 1)]),
      open([mp(1), bgpsec('send', 1, 1), bgpsec('receive', 1, 1)]),
      [
        { side: 'own', missing: 'bgpsec-send' },
        { side: 'peer', missing: 'bgpsec-receive' },
      ],
      [
        { side: 'peer', missing: 'bgpsec-send' },
        { side: 'own', missing: 'bgpsec-receive' },
      ],
      requirement('!rfc8205:2.1:version-0', '!rfc8205:2.2:receiver-announced-receiving'),
    ],
    [
      'nothing at all',
      withoutAs4([]),
      withoutAs4([]),
      [
        { side: 'own', missing: 'bgpsec-send' },
        { side: 'peer', missing: 'bgpsec-receive' },
        { side: 'own', missing: 'multiprotocol' },
        { side: 'own', missing: 'four-octet-as' },
        { side: 'peer', missing: 'multiprotocol' },
        { side: 'peer', missing: 'four-octet-as' },
      ],
      [
        { side: 'peer', missing: 'bgpsec-send' },
        { side: 'own', missing: 'bgpsec-receive' },
        { side: 'peer', missing: 'multiprotocol' },
        { side: 'peer', missing: 'four-octet-as' },
        { side: 'own', missing: 'multiprotocol' },
        { side: 'own', missing: 'four-octet-as' },
      ],
      requirement(
        '!rfc8205:2.2:needs-multiprotocol',
        '!rfc8205:2.2:sender-announced-sending',
        '!rfc8205:3.1:peers-support-four-octet-as',
        'rfc8205:7.1:log-failure',
      ),
    ],
  ];
  it.each(rows)('%s', (_name, own, peer, send, receive) => {
    const { ipv4 } = negotiateBgpsec(own, peer);
    expect(ipv4.send).toEqual({ negotiated: send.length === 0, unmet: send });
    expect(ipv4.receive).toEqual({ negotiated: receive.length === 0, unmet: receive });
  });

  it('IPv6 is negotiated apart from IPv4', () => {
    requirement('rfc8205:2.1:two-families', 'rfc8205:2.2:needs-multiprotocol-same-afi');
    const six = [mp(2), EXTENDED, bgpsec('send', 2), bgpsec('receive', 2)];
    const { ipv4, ipv6 } = negotiateBgpsec(open(six), open([...six, ...FULL]));
    expect(ipv6.send.negotiated && ipv6.receive.negotiated).toBe(true);
    expect(ipv4.send.negotiated || ipv4.receive.negotiated).toBe(false);
  });

  it('notes on faulty announcements (D-bgpsec-capability-faults)', () => {
    requirement(
      '!rfc8205:2.1:capability-length',
      '!rfc8205:2.1:two-families',
      '!rfc8205:2.2:needs-multiprotocol-same-afi',
      '!rfc8205:2.2:announce-four-octet-as',
    );
    const notes = (peer: OpenMessage): unknown => negotiateBgpsec(open(FULL), peer).notes;
    expect(notes(open([...FULL, { name: 'opaque', code: 7, value: new Uint8Array(2) }]))).toEqual([
      { side: 'peer', code: 'capability-length' },
    ]);
    expect(notes(open([...FULL, bgpsec('send', 1, 3)]))).toEqual([
      { side: 'peer', code: 'version-unknown', afi: 1 },
    ]);
    expect(notes(open([...FULL, bgpsec('send', 25)]))).toEqual([
      { side: 'peer', code: 'afi-unknown', afi: 25 },
    ]);
    expect(notes(open([...FULL, bgpsec('send', 2)]))).toEqual([
      { side: 'peer', code: 'multiprotocol-missing', afi: 2 },
    ]);
    expect(notes(withoutAs4([mp(1), bgpsec('send', 1)]))).toEqual([
      { side: 'peer', code: 'four-octet-as-missing' },
      { side: 'peer', code: 'extended-message-missing' },
    ]);
    expect(notes(open([]))).toEqual([]);
  });

  it('what one side sends the other receives, and more announcements never take anything away', () => {
    const capability = fc.constantFrom<Capability>(
      mp(1),
      mp(2),
      EXTENDED,
      bgpsec('send', 1),
      bgpsec('receive', 1),
      bgpsec('send', 2),
      bgpsec('receive', 2),
      bgpsec('send', 1, 1),
      { name: 'four-octet-as', asn: 64496 },
    );
    const list = fc.array(capability, { maxLength: 9 });
    fc.assert(
      fc.property(list, list, capability, (ours, theirs, more) => {
        const own = withoutAs4(ours);
        const peer = withoutAs4(theirs);
        const here = negotiateBgpsec(own, peer);
        const there = negotiateBgpsec(peer, own);
        const extended = negotiateBgpsec(withoutAs4([...ours, more]), peer);
        for (const family of ['ipv4', 'ipv6'] as const) {
          expect(here[family].send.negotiated).toBe(there[family].receive.negotiated);
          expect(here[family].send.negotiated).toBe(here[family].send.unmet.length === 0);
          if (here[family].send.negotiated) expect(extended[family].send.negotiated).toBe(true);
        }
      }),
    );
  });
});
