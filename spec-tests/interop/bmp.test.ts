import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  decodeUpdate,
  encodeMpUnreach,
  encodeNlri,
  formatAsPath,
  type PathAttribute,
  pathAttribute,
} from 'pathsec/bgp';
import { type BmpMessage, peerAddress, ribOfPeer } from 'pathsec/bmp';
import { formatAddress, formatPrefix } from 'pathsec/inet';
import { type BmpRouter, type BmpStationEvent, listenBmp } from 'pathsec/node';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { attributes, mpReach, nlri, update } from '../routes/fixtures.js';
import { type BgpPeerSession, connectPeer } from './bgp-peer.js';
import {
  BMP_ROUTERS,
  type BmpRouterProgram,
  PEER_ADDRESS,
  PEER_AS,
  ROUTER_ADDRESS,
  ROUTER_AS,
} from './bmp-routers.js';
import { freePort, settle } from './daemon.js';
import { writeSection } from './matrix.js';
import { lackingFor, versionOf } from './place.js';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const announce = (path: string, ...prefixes: string[]): Uint8Array =>
  update({ attributes: attributes(path), nlri: encodeNlri(nlri(...prefixes), false) });
const announce6 = (path: string, prefix: string): Uint8Array =>
  update({ attributes: [mpReach(encodeNlri(nlri(prefix), false)), ...attributes(path).slice(0, 2)] });
const unreach6 = (prefix: string): PathAttribute =>
  pathAttribute(15, encodeMpUnreach({ afi: 2, safi: 1, field: encodeNlri(nlri(prefix), false) }));

/** What a station holds of one RIB of the peer, by what routers tell: prefix and path. */
class Held {
  readonly routes = new Map<string, string>();
  readonly told: string[] = [];
  readonly faults: string[] = [];
  readonly #prepended: string;

  /** What the router puts in front of every path. */
  constructor(prepended: string) {
    this.#prepended = prepended;
  }

  take(router: BmpRouter, event: BmpStationEvent): void {
    if (event.kind === 'fault') this.faults.push(event.error.message);
    else if (event.kind !== 'message') this.told.push(event.kind);
    else this.#message(router, event.message);
  }

  #message(router: BmpRouter, message: BmpMessage): void {
    if (message.kind !== 'route-monitoring') {
      const of = 'peer' in message && ribOfPeer(message.peer) === 'loc-rib' ? ' of the Loc-RIB' : '';
      this.told.push(`${message.kind}${of}`);
      return;
    }
    const { peer } = message;
    if (ribOfPeer(peer) !== 'adj-rib-in-pre') return;
    const who = `${formatAddress(peerAddress(peer))} AS${peer.asn}`;
    if (!router.peers.isUp(peer)) this.faults.push(`${who} is not up`);
    const {
      nlri: reached,
      withdrawn,
      values,
      asPath = [],
    } = decodeUpdate(message.update, router.peers.sessionOf(peer));
    for (const { prefix } of [...withdrawn, ...(values.mpUnreach?.nlri ?? [])]) {
      this.routes.delete(formatPrefix(prefix));
    }
    for (const { prefix } of [...reached, ...(values.mpReach?.nlri ?? [])]) {
      this.routes.set(formatPrefix(prefix), `${who}: ${formatAsPath(asPath)}`);
    }
  }

  differs(expected: Readonly<Record<string, string>>): string | undefined {
    const wanted = Object.entries(expected)
      .map(([prefix, path]) => `${prefix} ${PEER_ADDRESS} AS${PEER_AS}: ${this.#prepended}${path}`)
      .sort();
    const held = [...this.routes].map(([prefix, path]) => `${prefix} ${path}`).sort();
    return JSON.stringify(held) === JSON.stringify(wanted) ? undefined : held.join('\n') || 'nothing';
  }
}

/** What was seen of each router. */
const results = new Map<BmpRouterProgram, string>();

function bmpRow(row: BmpRouterProgram): void {
  const { name, package: pack, start, prependsOwnAs } = row;
  const title = `${name} (${pack})`;
  const lacking = lackingFor(row);
  if (lacking) {
    it.skip(`${title}: ${lacking}`, () => {});
    return;
  }
  it(title, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pathsec-bmp-'));
    closers.push(() => rmSync(folder, { recursive: true, force: true }));
    const held = new Held(prependsOwnAs ? `${ROUTER_AS} ` : '');
    const station = await listenBmp({
      host: '127.0.0.1',
      port: 0,
      onEvent: (router, event) => held.take(router, event),
    });
    closers.push(() => station.close());
    const port = await freePort();
    const router = await start(port, station.port, folder);
    closers.push(() => router.stop());
    const until = async (ask: () => string | undefined): Promise<void> => {
      const wrong = await settle(async () => ask());
      expect(
        wrong === undefined ? undefined : `${wrong}\n${held.told}\n${held.faults}\n${router.output()}`,
      ).toBeUndefined();
    };
    const told = (what: string) => () => (held.told.includes(what) ? undefined : `no ${what}`);

    await until(told('initiation'));
    const place = { from: PEER_ADDRESS, to: ROUTER_ADDRESS, port, asn: PEER_AS };
    const peer: BgpPeerSession = await connectPeer(place);
    closers.push(() => peer.close());
    peer.send(announce('64496 64497 {64498 64499}', '198.51.100.0/24', '203.0.113.0/24'));
    peer.send(announce('64496 4200000001', '192.0.2.0/24'));
    peer.send(announce6('64496 64500', '2001:db8::/32'));
    peer.send(announce6('64496 64501', '2001:db8:1::/48'));
    const first = {
      '198.51.100.0/24': '64496 64497 {64498,64499}',
      '203.0.113.0/24': '64496 64497 {64498,64499}',
      '192.0.2.0/24': '64496 4200000001',
      '2001:db8::/32': '64496 64500',
      '2001:db8:1::/48': '64496 64501',
    };
    await until(() => held.differs(first));
    expect(held.told).toContain('peer-up');

    peer.send(update({ withdrawn: encodeNlri(nlri('203.0.113.0/24'), false) }));
    peer.send(update({ attributes: [unreach6('2001:db8::/32')] }));
    peer.send(announce('64496 64502', '192.0.2.0/24'));
    const { '203.0.113.0/24': _, '2001:db8::/32': __, ...rest } = first;
    await until(() => held.differs({ ...rest, '192.0.2.0/24': '64496 64502' }));

    peer.close();
    await until(told('peer-down'));
    expect(held.faults).toEqual([]);
    results.set(
      row,
      'equal: routes of both families, withdrawals, a route that changes; Peer Up and Peer Down',
    );
  });
}

describe('routers tell our station of their peers', () => {
  for (const router of BMP_ROUTERS) bmpRow(router);
});

afterAll(async () => {
  if (results.size !== BMP_ROUTERS.length) return;
  const lines: string[] = [];
  for (const [row, result] of results) {
    const { name, package: pack, sends, prependsOwnAs } = row;
    const own = prependsOwnAs ? '; its own AS stands in front of every path (D-bmp-own-as)' : '';
    lines.push(`| ${name} | ${pack} ${await versionOf(row)} | ${sends} | ${result}${own} |`);
  }
  writeSection(
    'BMP from real routers',
    `Written by \`spec-tests/interop/bmp.test.ts\` when every router is installed; all traffic stays on loopback. Our side is \`listenBmp\`, on which
\`pathsec bmp listen\` and \`pathsec live --bmp\` stand. A peer announces three IPv4 prefixes and two of IPv6 to the router, withdraws one of each, changes
one, and goes; after each step the station must hold of Adj-RIB-In before the policy exactly what the peer sent.

| router | package | told to send | result |
|---|---|---|---|
${lines.join('\n')}
`,
  );
});
