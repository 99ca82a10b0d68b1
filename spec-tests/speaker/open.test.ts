import { type BgpRole, roleCapability } from 'pathsec/bgp';
import { createSpeakerSession, describeEnd, type SpeakerOptions, type SpeakerOutput } from 'pathsec/speaker';
import { describe, expect, it } from 'vitest';
import { didOf, establish, OWN_AS, OWN_ID, PEER_AS, PEER_ID, peerOpen } from './peer.js';

const BASE: SpeakerOptions = { localAs: OWN_AS, routerId: OWN_ID, peerAs: PEER_AS };

function openWith(options: Partial<SpeakerOptions>, open: Uint8Array): SpeakerOutput[] {
  const session = createSpeakerSession({ ...BASE, ...options });
  session.start(0);
  session.connected(0, 'own');
  return session.received(open, 0);
}

function endOf(outputs: readonly SpeakerOutput[]): string {
  const last = outputs.flatMap((one) => (one.kind === 'state' && one.end ? [describeEnd(one.end)] : []));
  return last.join();
}

describe('an OPEN is refused', () => {
  it.each<[string, Partial<SpeakerOptions>, Uint8Array, string, string]>([
    ['another AS', {}, peerOpen([], { asn: 64999 }), '2/2', 'peer-as'],
    [
      'the own Identifier within the AS (RFC 6286)',
      { peerAs: OWN_AS },
      peerOpen([], { asn: OWN_AS, id: OWN_ID }),
      '2/3',
      'bgp-identifier',
    ],
    [
      'a role that does not fit (RFC 9234)',
      { role: 'provider' },
      peerOpen([roleCapability('provider')]),
      '2/11',
      'role-mismatch',
    ],
    [
      'an unassigned role',
      { role: 'provider' },
      peerOpen([{ name: 'role', value: 9 }]),
      '2/11',
      'role-mismatch',
    ],
    [
      'several roles, also where none is configured',
      {},
      peerOpen([roleCapability('peer'), roleCapability('rs')]),
      '2/11',
      'conflicting-roles',
    ],
    ['no role in strict mode', { role: 'peer', strictRole: true }, peerOpen(), '2/11', 'role-missing'],
  ])('%s', (_, options, open, numbers, reason) => {
    const outputs = openWith(options, open);
    expect(didOf(outputs)).toEqual([`NOTIFICATION ${numbers}`, 'disconnect']);
    expect(endOf(outputs)).toContain(`(${reason})`);
  });

  it.each([1, 2])('a hold time of %i s', (seconds) => {
    const open = peerOpen();
    open[23] = seconds;
    const outputs = openWith({}, open);
    expect(didOf(outputs)).toEqual(['NOTIFICATION 2/6', 'disconnect']);
    expect(endOf(outputs)).toContain('(hold-time)');
  });
});

describe('an OPEN is accepted', () => {
  const ROLES: readonly [BgpRole, BgpRole][] = [
    ['provider', 'customer'],
    ['customer', 'provider'],
    ['rs', 'rs-client'],
    ['rs-client', 'rs'],
    ['peer', 'peer'],
  ];

  it.each(ROLES)('%s with %s', (role, peer) => {
    const session = createSpeakerSession({ ...BASE, role, strictRole: true });
    establish(session, peerOpen([roleCapability(peer)]));
    expect(session.status).toMatchObject({
      state: 'Established',
      negotiated: { neighborRole: peer, receivedRole: peer },
    });
  });

  it('without a role, where strict mode is off: the configured one counts', () => {
    const session = createSpeakerSession({ ...BASE, role: 'customer' });
    establish(session);
    expect(session.status.negotiated).toMatchObject({ neighborRole: 'provider', receivedRole: undefined });
  });

  it('with a role where none is configured: it is told, and not believed', () => {
    const session = createSpeakerSession(BASE);
    establish(session, peerOpen([roleCapability('provider')]));
    expect(session.status.negotiated).toMatchObject({ neighborRole: undefined, receivedRole: 'provider' });
  });

  it('roles are for external peers: within the AS none is sent and none is looked at', () => {
    const session = createSpeakerSession({ ...BASE, peerAs: OWN_AS, role: 'provider', strictRole: true });
    session.start(0);
    const [open] = session.connected(0, 'own');
    expect(open?.kind === 'send' && [...open.octets].join().includes('9,1,0')).toBe(false);
    session.received(peerOpen([roleCapability('provider')], { asn: OWN_AS }), 0);
    expect(session.status.negotiated).toMatchObject({ peerKind: 'internal', neighborRole: undefined });
  });

  it('any AS where none is configured', () => {
    const { peerAs: _, ...options } = BASE;
    const session = createSpeakerSession(options);
    establish(session, peerOpen([], { asn: 4_200_000_000 }));
    expect(session.status.negotiated).toMatchObject({ peerAs: 4_200_000_000, peerId: PEER_ID });
  });
});

describe('what the two OPENs settle', () => {
  const settled = (options: Partial<SpeakerOptions>, open: Uint8Array) => {
    const session = createSpeakerSession({ ...BASE, ...options });
    establish(session, open);
    return session.status.negotiated;
  };

  it('the lower hold time', () => {
    expect(settled({ holdTime: 90 }, peerOpen([], { holdTime: 30 }))?.holdTime).toBe(30);
    expect(settled({ holdTime: 9 }, peerOpen([], { holdTime: 30 }))?.holdTime).toBe(9);
    expect(settled({ holdTime: 0 }, peerOpen([], { holdTime: 30 }))?.holdTime).toBe(0);
  });

  it('families of both; a peer without the capability has IPv4 unicast', () => {
    const ipv6 = [{ name: 'multiprotocol', afi: 2, safi: 1, reserved: 0 } as const];
    expect(settled({}, peerOpen([], { families: ipv6 }))?.families).toEqual([{ afi: 2, safi: 1 }]);
    expect(settled({}, peerOpen([], { families: [] }))?.families).toEqual([{ afi: 1, safi: 1 }]);
    expect(settled({ families: [] }, peerOpen())?.families).toEqual([]);
  });

  it('ADD-PATH in each direction', () => {
    const family = { afi: 1, safi: 1 };
    const negotiated = settled(
      { addPath: [{ ...family, mode: 'receive' }] },
      peerOpen([{ name: 'add-path', families: [{ ...family, mode: 'both' }] }]),
    );
    expect([negotiated?.receiving.addPath, negotiated?.addPathSend]).toEqual([[family], []]);
  });

  it('extended messages in each direction, by what the receiver announced (RFC 8654 §4)', () => {
    const extended = peerOpen([{ name: 'extended-message' }]);
    expect(settled({ extendedMessages: false }, extended)).toMatchObject({
      extendedMessagesSend: true,
      receiving: { extendedMessages: false },
    });
    expect(settled({}, peerOpen())).toMatchObject({
      extendedMessagesSend: false,
      receiving: { extendedMessages: true },
    });
  });

  it('BGPsec, and why not', () => {
    const bgpsec = { name: 'bgpsec', version: 0, direction: 'send', afi: 1, unassigned: 0 } as const;
    const negotiated = settled({ bgpsec: ['receive'] }, peerOpen([bgpsec]));
    expect(negotiated?.bgpsec.ipv4.receive.negotiated).toBe(true);
    expect(negotiated?.bgpsec.ipv6.receive.unmet).toEqual([{ side: 'peer', missing: 'bgpsec-send' }]);
  });
});

describe('options that make no session', () => {
  it.each<[Partial<SpeakerOptions>, RegExp]>([
    [{ localAs: 0 }, /localAs: 0/],
    [{ peerAs: 0 }, /peerAs: 0/],
    [{ routerId: 0 }, /routerId: 0/],
    [{ holdTime: 2 }, /holdTime: 0 or at least 3/],
    [{ holdTime: 65536 }, /holdTime: 65536/],
    [{ connectRetryTime: 0 }, /connectRetryTime: 0/],
    [{ maxQueued: 0 }, /maxQueued: 0/],
    [{ idleHold: [0, 1] }, /idleHold\[0\]: 0/],
  ])('%j', (options, message) => {
    expect(() => createSpeakerSession({ ...BASE, ...options })).toThrow(message);
  });

  it('a stop with too long a text', () => {
    expect(() => createSpeakerSession(BASE).stop(0, 'ä'.repeat(128))).toThrow(RangeError);
  });
});
