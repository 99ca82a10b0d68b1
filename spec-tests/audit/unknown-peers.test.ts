import { encodeNlri } from 'pathsec/bgp';
import { parseAddress, parsePrefix } from 'pathsec/inet';
import { createMrtReader, type Element, type RouteElement } from 'pathsec/routes';
import { describe, expect, it } from 'vitest';
import { concat } from '../routes/collect.js';
import { announcement, attributes, message, nlri, update } from '../routes/fixtures.js';
import { auditOf, route } from './build.js';

const P = '192.0.2.0/24';
const from = (address: string, peerAs: number, path: string): RouteElement => {
  const peer = { address: address === '' ? new Uint8Array(0) : parseAddress(address), asn: peerAs };
  return { ...route(P, path, peerAs), peer };
};

describe('audit: peers recorded as AS 23456 or AS 0 (D-audit-unknown-peer)', () => {
  const elements = [
    from('192.0.2.10', 23456, '65537 64501'),
    from('192.0.2.9', 23456, '65536 64501'),
    from('192.0.2.11', 23456, '23456 64501'),
    from('192.0.2.9', 0, '64500 64501'),
    from('2001:db8::1', 0, '64505 64501'),
    from('192.0.2.9', 64500, '64500 64501'),
    from('192.0.2.10', 64500, '64502 64501'),
  ];

  it('are told apart by address, and step 2 is left out in every mode', () => {
    for (const neighborCheck of ['auto', 'on'] as const) {
      const report = auditOf(elements, {}, { role: 'customer', neighborCheck });
      expect(
        report.peers.map(({ peerAs, peerAddress, neighborCheck: check, routes, pathsWithOwnAs, aspa }) => [
          peerAs,
          peerAddress,
          check,
          routes,
          pathsWithOwnAs,
          aspa.invalid,
        ]),
      ).toEqual([
        [0, '192.0.2.9', 'unknown-as', 1, 0, 0],
        [0, '2001:db8::1', 'unknown-as', 1, 0, 0],
        [23456, '192.0.2.9', 'unknown-as', 1, 0, 0],
        [23456, '192.0.2.10', 'unknown-as', 1, 0, 0],
        [23456, '192.0.2.11', 'unknown-as', 1, 0, 0],
        [64500, null, 'on', 2, 1, 1],
      ]);
    }
  });

  it('off stays off, a route server exempt, and roles can name them', () => {
    const checks = (options: object) =>
      new Set(auditOf(elements.slice(0, 5), {}, options).peers.map((peer) => peer.neighborCheck));
    expect(checks({ neighborCheck: 'off' })).toEqual(new Set(['off']));
    expect(checks({ role: 'rs' })).toEqual(new Set(['exempt']));
    const roles = new Map([[23456, 'customer' as const]]);
    const { peers } = auditOf(elements, {}, { roles });
    expect(peers.map(({ role }) => role)).toEqual([null, null, 'customer', 'customer', 'customer', null]);
  });

  it('invalid paths name the address too, in a fixed order', () => {
    const leak = ['192.0.2.10', '192.0.2.9'].map((address) => from(address, 23456, '3 2 1'));
    const report = auditOf(leak, { 1: [9] }, { role: 'customer' });
    expect(report.invalidPaths.map(({ peerAs, peerAddress }) => [peerAs, peerAddress])).toEqual([
      [23456, '192.0.2.10'],
      [23456, '192.0.2.9'],
    ]);
    const known = auditOf([from('192.0.2.9', 3, '3 2 1')], { 1: [9] }, { role: 'customer' });
    expect(known.invalidPaths[0]?.peerAddress).toBeNull();
  });

  it('without an address they are one', () => {
    const report = auditOf([from('', 0, '1'), from('', 0, '2')]);
    expect(report.peers).toMatchObject([{ peerAs: 0, peerAddress: null, routes: 2 }]);
  });

  it('withdrawals and state changes are those of the address', () => {
    const { peer } = from('192.0.2.9', 0, '1');
    const base = { time: 0, microseconds: undefined, peer, peerAs: 0, local: false };
    const more: Element[] = [
      { kind: 'withdrawal', ...base, prefix: parsePrefix(P), pathId: undefined },
      { kind: 'state', ...base, oldState: 5, newState: 6 },
    ];
    const report = auditOf([...elements, ...more]);
    expect(report.peers.map(({ withdrawals, stateChanges }) => withdrawals + stateChanges)).toEqual([
      2, 0, 0, 0, 0, 0,
    ]);
    expect(report).toMatchObject({ withdrawals: 1, stateChanges: 1 });
  });

  it('from records of two octets', () => {
    const octets = concat(
      ...['192.0.2.9', '192.0.2.10'].map((address) =>
        message(update({ attributes: attributes('64500 64501', 2), nlri: encodeNlri(nlri(P), false) }), {
          asnSize: 2,
          peerAs: 23456,
          peerAddress: parseAddress(address),
        }),
      ),
      announcement('64496 1'),
    );
    const elements: Element[] = [];
    const reader = createMrtReader((element) => elements.push(element));
    reader.push(octets);
    reader.end();
    const report = auditOf(elements, {}, { role: 'customer', neighborCheck: 'on' });
    expect(report.peers.map(({ peerAs, peerAddress }) => [peerAs, peerAddress])).toEqual([
      [23456, '192.0.2.9'],
      [23456, '192.0.2.10'],
      [64496, null],
    ]);
    expect(report.aspa.invalid).toBe(0);
  });
});

describe('audit: signed routes (RFC 8205 §4.4)', () => {
  it('are in all counts, and counted as signed by both mechanisms and by peer', () => {
    const signed = (path: string, peerAs: number): RouteElement => ({
      ...route(P, path, peerAs),
      signed: true,
    });
    const elements = [
      signed('3 2 1', 3),
      signed('3 2 1', 3),
      route(P, '3 2 1', 3),
      signed('4 2', 4),
      route(P, '4 2', 4),
      route(P, '5 2', 5),
    ];
    const report = auditOf(elements, { 1: [9], 2: [4, 5] }, { role: 'customer' });
    expect(report.routes).toBe(6);
    expect(report.signed).toEqual({
      routes: 3,
      rov: { valid: 0, invalid: 0, notFound: 3 },
      aspa: { valid: 1, invalid: 2, unknown: 0 },
    });
    expect(report.peers.map((peer) => [peer.peerAs, peer.signed])).toEqual([
      [3, 2],
      [4, 1],
      [5, 0],
    ]);
    expect(auditOf([route(P, '5 2', 5)]).signed.routes).toBe(0);
  });

  it('a signed route without a path was sent by its peer: it is judged', () => {
    const report = auditOf([{ ...route(P, '', 3), signed: true }]);
    expect([report.routes, report.notVerified.local, report.aspa.invalid]).toEqual([1, 0, 1]);
  });
});
