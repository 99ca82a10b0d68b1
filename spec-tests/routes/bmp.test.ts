import { readFileSync } from 'node:fs';
import { formatAsPath } from 'pathsec/bgp';
import { encodeBmp } from 'pathsec/bmp';
import { concatOctets, fromHex } from 'pathsec/bytes';
import { formatAddress, formatPrefix } from 'pathsec/inet';
import { createRouteReader, type Element } from 'pathsec/routes';
import { describe, expect, it } from 'vitest';
import { announce, monitor, OCTETS, PEER, peerUp, stream, TWO_PEERS, withdraw } from '../bmp/samples.js';
import { run, temporaryFile } from '../cli/run.js';

function shown(element: Element): string {
  if (element.kind === 'path') return element.kind;
  const { peer, time, microseconds } = element;
  const who = `${formatAddress(peer.address)} AS${peer.asn} ${time}.${microseconds}`;
  if (element.kind === 'state') return `${who} ${element.oldState}>${element.newState}`;
  const id = element.pathId === undefined ? '' : ` id ${element.pathId}`;
  const path = element.kind === 'route' ? ` ${formatAsPath(element.asPath)}` : '';
  return `${who} ${element.kind} ${formatPrefix(element.prefix)}${id}${path}`;
}

function read(octets: Uint8Array, chunk = octets.length || 1) {
  const elements: string[] = [];
  const reader = createRouteReader((element) => elements.push(shown(element)));
  for (let at = 0; at < octets.length; at += chunk) reader.push(octets.subarray(at, at + chunk));
  reader.end();
  const { summary } = reader;
  const problems = summary.problems.first.map(({ code, number, offset }) => `${code} ${number} ${offset}`);
  return { elements, problems, summary };
}

describe('a stream of BMP', () => {
  it('gives routes and withdrawals of both families, and the states of sessions, with peer and time', () => {
    const octets = stream(...TWO_PEERS);
    const { elements, problems, summary } = read(octets);
    expect(elements).toEqual([
      '192.0.2.1 AS64496 1700000000.42 5>6',
      '2001:db8::1 AS4200000001 1700000000.42 5>6',
      '192.0.2.1 AS64496 1700000000.42 route 198.51.100.0/24 64496 64497',
      '2001:db8::1 AS4200000001 1700000000.42 route 2001:db8::/32 4200000001 64497',
      '192.0.2.1 AS64496 1700000000.42 withdrawal 198.51.100.0/24',
      '192.0.2.1 AS64496 1700000000.42 6>1',
    ]);
    expect(problems).toEqual([]);
    expect(summary).toMatchObject({ records: 9, usable: 9, skippedRecords: 0, octets: octets.length });
    expect(summary.recordTypes.get('bmp/0')).toBe(4);
    expect(read(octets, 1)).toEqual({ elements, problems, summary });
  });

  it('is read as Peer Up and the A flag say: ADD-PATH, AS numbers of two octets', () => {
    const both = [{ name: 'add-path', families: [{ afi: 1, safi: 1, mode: 'both' }] }] as const;
    const { elements, problems } = read(
      stream(
        peerUp(PEER, both),
        monitor(announce('64496', true)),
        monitor(announce('64497', true, 2), { ...PEER, asnSize: 2 }),
      ),
    );
    expect(problems).toEqual([]);
    expect(elements.slice(1)).toEqual([
      '192.0.2.1 AS64496 1700000000.42 route 198.51.100.0/24 id 7 64496',
      '192.0.2.1 AS64496 1700000000.42 route 198.51.100.0/24 id 7 64497',
    ]);
  });

  it('gives what came in before the policy, and says so when there is nothing else', () => {
    const post = monitor(announce('1'), { ...PEER, rib: 'adj-rib-in-post' });
    const locRib = monitor(announce('2'), { asn: 64511, bgpId: 1, rib: 'loc-rib' });
    const out = monitor(announce('3'), { ...PEER, rib: 'adj-rib-out-post' });
    const mixed = read(stream(post, locRib, out, monitor(announce('4'))));
    expect(mixed.elements).toEqual(['192.0.2.1 AS64496 1700000000.42 route 198.51.100.0/24 4']);
    expect(mixed.problems).toEqual([]);
    expect(mixed.summary).toMatchObject({ usable: 1, skippedRecords: 3 });
    expect(read(stream(post, locRib)).problems).toEqual(['bmp-no-pre-policy 2 0']);
  });

  it('reports damage with number and offset, and reads on', () => {
    const broken = encodeBmp(monitor(announce('64496')));
    broken[48] = 0; // the marker of the UPDATE
    const octets = concatOctets([OCTETS[0] as Uint8Array, broken, stream(monitor(withdraw))]);
    const { elements, problems, summary } = read(octets);
    expect(problems).toEqual([`marker 2 ${(OCTETS[0] as Uint8Array).length + 48}`]);
    expect(elements).toHaveLength(1);
    expect(summary).toMatchObject({ records: 3, usable: 2 });
  });

  it('keeps a peer whose OPEN cannot be read', () => {
    const up = peerUp();
    const sentOpen = up.sentOpen.slice();
    sentOpen[19] = 3;
    const { elements, problems } = read(stream({ ...up, sentOpen }, monitor(announce('64496'))));
    expect(problems).toEqual(['bgp-version 1 19']);
    expect(elements).toHaveLength(2);
  });

  it('ends at a header that cannot be right, and inside a message', () => {
    const good = stream(monitor(withdraw));
    const lost = read(concatOctets([good, fromHex('01020304050607'), good]), 5);
    expect(lost.problems).toEqual([`bmp-version 2 ${good.length}`]);
    expect(lost.summary.cutOff?.code).toBe('bmp-version');
    expect(lost.elements).toHaveLength(1);
    const cut = read(concatOctets([good, good.subarray(0, 20)]));
    expect(cut.problems).toEqual([`record-truncated 2 ${good.length}`]);
    expect(cut.summary.cutOff?.code).toBe('record-truncated');
  });

  it('is refused where a message is longer than allowed', () => {
    const reader = createRouteReader(() => {}, { maxRecordLength: 60 });
    reader.push(stream(monitor(announce('64496 64497'))));
    reader.end();
    expect(reader.summary.cutOff?.code).toBe('bmp-length');
  });

  it('of GoBGP 3.10, which tells of three RIBs, gives the routes before the policy once each', () => {
    const { hex } = JSON.parse(readFileSync(new URL('gobgp-bmp.json', import.meta.url), 'utf8')) as {
      hex: string;
    };
    const { elements, problems, summary } = read(fromHex(hex));
    expect(problems).toEqual([]);
    expect(elements).toEqual([
      '127.0.0.2 AS64498 1795491695.0 5>6',
      '127.0.0.2 AS64498 1795491695.0 route 203.0.113.0/24 64498 64510 {64511,64512}',
      '127.0.0.2 AS64498 1795491695.0 route 2001:db8:1::/48 64498 4200000001',
      '127.0.0.2 AS64498 1795491695.0 route 198.51.100.0/24 64498 64513 64496',
    ]);
    expect(summary).toMatchObject({ records: 12, usable: 5, skippedRecords: 7 });
  });
});

describe('audit', () => {
  it('reads BMP', async () => {
    const roa = { prefix: '198.51.100.0/24', maxLength: 24, asn: 64497 };
    const rpki = temporaryFile('rpki.json', JSON.stringify({ roas: [roa] }));
    const stdin = stream(peerUp(), monitor(announce('64496 64497')));
    const { code, stdout } = await run(['audit', '-', '--json', '--rpki', rpki], { stdin });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ routes: 1, rov: { valid: 1 } });
  });
});
