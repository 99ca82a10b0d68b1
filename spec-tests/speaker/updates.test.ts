import { encodeBgpsecPath, type PathAttribute } from 'pathsec/bgp';
import { createSpeakerSession, describeEnd, type SpeakerOptions } from 'pathsec/speaker';
import { describe, expect, it } from 'vitest';
import {
  didOf,
  END_OF_RIB,
  establish,
  KEEPALIVE,
  notification,
  OWN_AS,
  OWN_ID,
  PEER_AS,
  peerOpen,
  rawMessage,
  reportOf,
  update4,
  update6,
} from './peer.js';

function established(options: Partial<SpeakerOptions> = {}, open = peerOpen()) {
  const session = createSpeakerSession({ localAs: OWN_AS, routerId: OWN_ID, ...options });
  establish(session, open);
  session.sent(session.status.queued, 0);
  return session;
}

const received = (octets: Uint8Array, options: Partial<SpeakerOptions> = {}, open = peerOpen()) =>
  established(options, open).received(octets, 1);

describe('UPDATEs', () => {
  it('announce and withdraw, IPv4 in its own fields', () => {
    const octets = update4(['192.0.2.0/24', '198.51.100.0/24'], ['203.0.113.0/24']);
    expect(reportOf(received(octets))).toEqual(['+192.0.2.0/24', '+198.51.100.0/24', '-203.0.113.0/24']);
  });

  it('announce IPv6 in MP_REACH_NLRI', () => {
    expect(reportOf(received(update6(['2001:db8::/32'])))).toEqual(['+2001:db8::/32']);
  });

  it('of a family that was not negotiated are passed over and told', () => {
    const ipv4 = [{ name: 'multiprotocol', afi: 1, safi: 1, reserved: 0 } as const];
    const faults = ['family-not-negotiated: attribute-discard'];
    expect(reportOf(received(update6(['2001:db8::/32']), {}, peerOpen([], { families: ipv4 })))).toEqual(
      faults,
    );
    expect(reportOf(received(update6(['2001:db8::/32'], 2)))).toEqual(faults);
    const ipv6 = [{ name: 'multiprotocol', afi: 2, safi: 1, reserved: 0 } as const];
    expect(reportOf(received(update4(['192.0.2.0/24']), {}, peerOpen([], { families: ipv6 })))).toEqual(
      faults,
    );
  });

  it('with a fault that is treat-as-withdraw withdraw all that they announce (RFC 7606 §2)', () => {
    const badOrigin: PathAttribute = { flags: 0xc0, code: 8, value: new Uint8Array(3) };
    expect(reportOf(received(update4(['192.0.2.0/24'], ['203.0.113.0/24'], [badOrigin])))).toEqual([
      'communities-length: treat-as-withdraw',
      '-203.0.113.0/24',
      '-192.0.2.0/24',
    ]);
  });

  it('with a fault that is attribute-discard keep their routes', () => {
    const aggregator: PathAttribute = { flags: 0xc0, code: 7, value: new Uint8Array(3) };
    const outputs = received(update4(['192.0.2.0/24'], [], [aggregator]));
    expect(reportOf(outputs)).toEqual(['aggregator-length: attribute-discard', '+192.0.2.0/24']);
  });

  it('that reset the session end it, with the NOTIFICATION of the fault', () => {
    const outputs = received(rawMessage(2, [0, 0, 0, 0, 33, 1]));
    expect(reportOf(outputs)).toEqual([
      'nlri-length: session-reset',
      'sent UPDATE Message Error / Invalid Network Field',
      'Idle',
    ]);
    expect(didOf(outputs)).toEqual(['NOTIFICATION 3/10', 'disconnect']);
  });

  it('without routes are End-of-RIB (RFC 4724 §2)', () => {
    expect(reportOf(received(END_OF_RIB))).toEqual(['end-of-rib 1/1']);
    const unreach: PathAttribute = { flags: 0x80, code: 15, value: Uint8Array.of(0, 2, 1) };
    expect(reportOf(received(update4([], [], [unreach])))).toEqual(['end-of-rib 2/1']);
  });

  it('with a BGPsec_PATH that was not negotiated are withdrawn (D-bgpsec-not-negotiated)', () => {
    const value = encodeBgpsecPath({
      segments: [{ pCount: 1, flags: 0, asn: PEER_AS }],
      blocks: [{ suite: 1, signatures: [{ ski: new Uint8Array(20), signature: new Uint8Array(70) }] }],
    });
    const octets = update4(['192.0.2.0/24'], [], [{ flags: 0x90, code: 33, value }]);
    expect(reportOf(received(octets))).toEqual(['bgpsec-not-negotiated: treat-as-withdraw', '-192.0.2.0/24']);
  });
});

describe('ROUTE-REFRESH', () => {
  it('is told, with its subtype', () => {
    expect(reportOf(received(rawMessage(5, [0, 1, 0, 1])))).toEqual(['refresh 1/1 0']);
    expect(reportOf(received(rawMessage(5, [0, 2, 2, 1])))).toEqual(['refresh 2/1 2']);
  });

  it.each([
    ['a family that was not offered (RFC 2918 §4)', [0, 1, 0, 128]],
    ['a subtype without meaning (RFC 7313 §5)', [0, 1, 9, 1]],
  ])('is ignored for %s', (_, body) => {
    expect(reportOf(received(rawMessage(5, body)))).toEqual(['route-refresh-family: attribute-discard']);
  });

  it('of a wrong length ends the session (RFC 7313 §5)', () => {
    expect(didOf(received(rawMessage(5, [0, 1, 1, 1, 7])))).toEqual(['NOTIFICATION 7/1', 'disconnect']);
  });
});

describe('NOTIFICATIONs', () => {
  it('are told with what the peer says in them (RFC 9003), escaped in words', () => {
    const text = new TextEncoder().encode('bye\u001b[2J');
    const outputs = received(notification(6, 2, Uint8Array.of(text.length, ...text)));
    expect(outputs).toMatchObject([
      { kind: 'notification-received', communication: 'bye\u001b[2J' },
      { kind: 'disconnect' },
      { kind: 'state', end: { code: 'notification' } },
    ]);
    const words = outputs.flatMap((one) => (one.kind === 'state' && one.end ? [describeEnd(one.end)] : []));
    expect(words).toEqual(['the peer says Cease / Administrative Shutdown (6/2): "bye\\u001b[2J"']);
  });

  it('of ours carry the text of a stop', () => {
    const outputs = established().stop(2, 'maintenance');
    expect(outputs).toMatchObject([
      { kind: 'send' },
      { kind: 'notification-sent', communication: 'maintenance' },
      { kind: 'disconnect', abort: false },
      { kind: 'state', state: 'Idle', end: { code: 'stopped' } },
    ]);
  });

  it('behind one nothing is read', () => {
    const session = established();
    session.received(Uint8Array.of(...notification(6, 4), ...update4(['192.0.2.0/24'])), 1);
    expect(session.received(update4(['192.0.2.0/24']), 1)).toEqual([]);
  });
});

describe('sending', () => {
  const message = update4(['192.0.2.0/24']);

  it('needs an Established session', () => {
    const session = createSpeakerSession({ localAs: OWN_AS, routerId: OWN_ID });
    expect(session.send(message, 0)).toBeUndefined();
  });

  it('takes no more than the limit, and says when it does again', () => {
    const session = established({ maxQueued: 3 * message.length });
    let taken = 0;
    while (session.send(message, 1)) taken++;
    expect([taken, session.status.queued]).toEqual([3, 3 * message.length]);
    expect(session.sent(message.length, 2)).toEqual([]);
    expect(reportOf(session.sent(message.length, 2))).toEqual(['writable']);
    expect(didOf(session.send(message, 2) ?? [])).toEqual(['UPDATE']);
  });

  it('ends the session of a peer that reads nothing, after the send hold time (RFC 9687)', () => {
    const session = established({ holdTime: 0 }, peerOpen([], { holdTime: 300 }));
    session.send(message, 10);
    expect(session.nextWake()).toBe(490);
    session.sent(1, 100);
    expect(session.nextWake()).toBe(580);
    expect(didOf(session.tick(580))).toEqual(['NOTIFICATION 8/0', 'abort']);
  });

  it('what a peer that reads nothing makes grow is a KEEPALIVE each third of the hold time', () => {
    const session = established({ holdTime: 3 });
    let least = 0;
    for (let now = 1; session.status.state === 'Established'; now++) {
      session.received(KEEPALIVE, now);
      session.tick(now);
      least = Math.max(least, session.status.queued);
    }
    expect(least).toBeLessThan(19 * 481);
  });

  it('refuses what the peer does not take', () => {
    const long = rawMessage(2, new Array(4078).fill(0));
    expect(() => established().send(long, 1)).toThrow('4097 octets, the peer takes 4096');
    expect(established({}, peerOpen([{ name: 'extended-message' }])).send(long, 1)).toBeDefined();
  });
});
