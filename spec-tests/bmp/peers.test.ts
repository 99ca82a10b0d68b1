import type { AddPathCapability } from 'pathsec/bgp';
import { createBmpPeers, makePeerHeader } from 'pathsec/bmp';
import { describe, expect, it } from 'vitest';
import { PEER, PEER6, peerUp } from './samples.js';

const capability = (mode: 'send' | 'receive' | 'both', afi = 1): AddPathCapability => ({
  name: 'add-path',
  families: [{ afi, safi: 1, mode }],
});
const down = (fields = PEER) =>
  ({ kind: 'peer-down', peer: makePeerHeader(fields), reason: 4, data: new Uint8Array(0) }) as const;
const ipv4 = [{ afi: 1, safi: 1 }];
const ipv6 = { afi: 2, safi: 1 };

describe('the peers of a router', () => {
  it('are up from Peer Up to Peer Down, whatever the flags of their messages are', () => {
    const peers = createBmpPeers();
    peers.up(peerUp());
    peers.up(peerUp(PEER6));
    peers.up(peerUp());
    expect(peers.size).toBe(2);
    expect(peers.isUp(makePeerHeader({ ...PEER, rib: 'adj-rib-in-post' }))).toBe(true);
    peers.down(down());
    expect([peers.size, peers.isUp(makePeerHeader(PEER))]).toEqual([1, false]);
    peers.down(down());
    expect(peers.size).toBe(1);
  });

  it('have ADD-PATH by direction, as their two OPENs say', () => {
    const peers = createBmpPeers();
    peers.up(peerUp(PEER, [capability('receive')], [capability('send')]));
    const of = (rib: 'adj-rib-in-pre' | 'adj-rib-in-post' | 'adj-rib-out-post') =>
      peers.sessionOf(makePeerHeader({ ...PEER, rib })).addPath;
    expect([of('adj-rib-in-pre'), of('adj-rib-in-post'), of('adj-rib-out-post')]).toEqual([ipv4, ipv4, []]);
    peers.up(peerUp(PEER, [capability('send')], [capability('both')]));
    expect([of('adj-rib-in-pre'), of('adj-rib-out-post')]).toEqual([[], ipv4]);
  });

  it('have AS numbers of the size that the A flag says, and mirrored messages that of the OPENs', () => {
    const peers = createBmpPeers();
    const header = makePeerHeader({ ...PEER, asnSize: 2 });
    expect(peers.sessionOf(header)).toEqual({ asnSize: 2, addPath: [], extendedMessages: true });
    peers.up(peerUp());
    expect(peers.sessionOf(header).asnSize).toBe(2);
    expect(peers.sessionOf(makePeerHeader(PEER)).asnSize).toBe(4);
    expect(peers.mirroredSessionOf(header).asnSize).toBe(4);
  });

  it('of a Loc-RIB have ADD-PATH wherever its capability is, and their families add up (RFC 9069 §5.2, §6.1.1)', () => {
    const peers = createBmpPeers();
    const locRib = { asn: 64511, bgpId: 1, rib: 'loc-rib' } as const;
    peers.up(peerUp(locRib, [capability('send')]));
    peers.up(peerUp(locRib, [capability('send'), capability('receive', 2)]));
    expect(peers.sessionOf(makePeerHeader(locRib))).toEqual({
      asnSize: 4,
      addPath: [...ipv4, ipv6],
      extendedMessages: true,
    });
    expect(peers.size).toBe(1);
    expect(peers.isUp(makePeerHeader({ ...locRib, bgpId: 2 }))).toBe(false);
  });

  it('are up with an OPEN that cannot be read too, without ADD-PATH, and the fault is told', () => {
    const peers = createBmpPeers();
    const good = peerUp(PEER, [capability('both')]);
    const receivedOpen = good.receivedOpen.slice();
    receivedOpen[19] = 3;
    expect(() => peers.up({ ...good, receivedOpen })).toThrowError(/version 3/);
    expect(peers.isUp(makePeerHeader(PEER))).toBe(true);
    expect(peers.sessionOf(makePeerHeader(PEER)).addPath).toEqual([]);
  });

  it('are no more than allowed', () => {
    const peers = createBmpPeers(1);
    peers.up(peerUp());
    expect(() => peers.up(peerUp(PEER6))).toThrowError(/more than 1 peers are up/);
    peers.up(peerUp());
    expect(peers.size).toBe(1);
  });
});
