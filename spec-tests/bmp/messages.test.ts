import fc from 'fast-check';
import {
  type BmpMessage,
  type BmpPeerDown,
  type BmpRib,
  type BmpRouteMirroring,
  type BmpTermination,
  createBmpSplitter,
  decodeBmp,
  describePeerDown,
  describeTermination,
  encodeBmp,
  looksLikeBmp,
  makePeerHeader,
  type PeerHeader,
  peerAddress,
  readMirrored,
  readStatistic,
  ribOfPeer,
  tlvTexts,
} from 'pathsec/bmp';
import { concatOctets, DecodeError, fromHex, toHex } from 'pathsec/bytes';
import { formatAddress } from 'pathsec/inet';
import { describe, expect, it } from 'vitest';
import { arbitraryAsn } from '../support.js';
import { INITIATION, MESSAGES, OCTETS, PEER, PEER6, peerUp, STATISTICS, text, withdraw } from './samples.js';

const u16 = fc.integer({ min: 0, max: 0xffff });
const u32 = fc.integer({ min: 0, max: 0xffff_ffff });
const octet = fc.integer({ min: 0, max: 255 });
const octets = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const tlvs = fc.array(fc.record({ type: u16, value: fc.uint8Array({ maxLength: 20 }) }), { maxLength: 5 });
const peer: fc.Arbitrary<PeerHeader> = fc.record({
  peerType: octet,
  flags: octet,
  distinguisher: octets(8),
  addressField: octets(16),
  asn: arbitraryAsn,
  bgpId: u32,
  seconds: u32,
  microseconds: u32,
});
const { sentOpen, receivedOpen } = peerUp(PEER6);

/** Messages of every kind: one that is forgotten here does not compile. */
const ARBITRARY: Readonly<Record<BmpMessage['kind'], fc.Arbitrary<BmpMessage>>> = {
  'route-monitoring': fc.record({
    kind: fc.constant('route-monitoring' as const),
    peer,
    update: fc.uint8Array({ maxLength: 60 }),
  }),
  statistics: fc.record({ kind: fc.constant('statistics' as const), peer, statistics: tlvs }),
  'peer-down': fc.record({
    kind: fc.constant('peer-down' as const),
    peer,
    reason: octet,
    data: fc.uint8Array({ maxLength: 40 }),
  }),
  'peer-up': fc.record({
    kind: fc.constant('peer-up' as const),
    peer,
    localAddressField: octets(16),
    localPort: u16,
    remotePort: u16,
    sentOpen: fc.constant(sentOpen),
    receivedOpen: fc.constant(receivedOpen),
    information: tlvs,
  }),
  initiation: fc.record({ kind: fc.constant('initiation' as const), information: tlvs }),
  termination: fc.record({ kind: fc.constant('termination' as const), information: tlvs }),
  'route-mirroring': fc.record({ kind: fc.constant('route-mirroring' as const), peer, items: tlvs }),
  unknown: fc.record({
    kind: fc.constant('unknown' as const),
    type: fc.integer({ min: 7, max: 255 }),
    body: fc.uint8Array({ maxLength: 20 }),
  }),
};
const message = fc.oneof(...Object.values(ARBITRARY));

describe('messages', () => {
  it('decode to what was encoded, and encode to the same octets', () => {
    fc.assert(
      fc.property(message, (value) => {
        const encoded = encodeBmp(value);
        const decoded = decodeBmp(encoded);
        expect(toHex(encodeBmp(decoded))).toBe(toHex(encoded));
        expect(decoded.kind).toBe(value.kind);
      }),
    );
  });

  it('are recognised by their header', () => {
    for (const one of OCTETS.slice(0, -1)) expect(looksLikeBmp(one)).toBe(true);
    expect(looksLikeBmp(OCTETS.at(-1) as Uint8Array)).toBe(false); // of an unknown type
    expect(looksLikeBmp(fromHex('030000000600'))).toBe(false); // Route Monitoring without a per-peer header
    expect(looksLikeBmp(fromHex('0300'))).toBe(false);
    expect(looksLikeBmp(fromHex('020000003000'))).toBe(false);
  });

  const up = encodeBmp(peerUp());
  const put = (source: Uint8Array, at: number, ...values: number[]): Uint8Array => {
    const copy = source.slice();
    copy.set(values, at);
    return copy;
  };
  const statistics = encodeBmp(STATISTICS);
  it.each<[string, Uint8Array, string, string, number]>([
    ['another version', put(up, 0, 1), 'bmp-version', 'bmp.version', 0],
    ['a length below the header', put(up, 1, 0, 0, 0, 5), 'bmp-length', 'bmp.length', 1],
    ['no header', up.subarray(0, 5), 'truncated', 'bmp', 0],
    ['too few octets', up.subarray(0, 60), 'truncated', 'bmp', 6],
    ['too many octets', concatOctets([up, Uint8Array.of(0)]), 'trailing-octets', 'bmp', up.length],
    [
      'no whole per-peer header',
      fromHex('03 0000000a 00 00000000'.replaceAll(' ', '')),
      'truncated',
      'peer.distinguisher',
      8,
    ],
    ['a TLV beyond the end', fromHex('030000000c0400020009aaaa'), 'truncated', 'initiation[0].value', 10],
    ['half a TLV', fromHex('03000000090400020f'), 'truncated', 'initiation[0].length', 8],
    ['another count of statistics', put(statistics, 51, 9), 'bmp-statistics-count', 'statistics.count', 48],
    ['no OPEN in Peer Up', up.subarray(0, 0), 'truncated', 'bmp', 0],
    ['an OPEN without marker', put(up, 68, 0), 'marker', 'peer-up.sent-open.header.marker', 68],
    ['an OPEN of another type', put(up, 86, 2), 'bmp-peer-up-open', 'peer-up.sent-open.header.type', 86],
    ['an OPEN that is too long', put(up, 84, 0x0f, 0xff), 'truncated', 'peer-up.sent-open', 68],
  ])('%s is refused', (_, bad, code, field, offset) => {
    try {
      decodeBmp(bad);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(DecodeError);
      expect(error).toMatchObject({ code, field, offset });
    }
  });

  it('say which part of a Peer Up is missing', () => {
    const cut = up.slice(0, 70);
    cut.set([0, 0, 0, 70], 1);
    expect(() => decodeBmp(cut)).toThrowError(/peer-up.sent-open at offset 68: needs 19 octets, has 2/);
  });

  it('are not encoded from values that do not fit', () => {
    const header = makePeerHeader(PEER);
    expect(() => encodeBmp({ kind: 'unknown', type: 3, body: withdraw })).toThrowError(RangeError);
    expect(() => encodeBmp({ ...peerUp(), localAddressField: new Uint8Array(4) })).toThrowError(
      /peer-up.local-address: 4 octets, it has 16/,
    );
    const short = { ...header, distinguisher: new Uint8Array(1) };
    expect(() => encodeBmp({ kind: 'statistics', peer: short, statistics: [] })).toThrowError(RangeError);
    expect(() => makePeerHeader({ asn: 1, bgpId: 1 })).toThrowError(/an address has 4 or 16/);
  });
});

describe('the per-peer header', () => {
  it.each<[BmpRib, number, number]>([
    ['adj-rib-in-pre', 0, 0],
    ['adj-rib-in-pre', 1, 0xaf],
    ['adj-rib-in-post', 2, 0x40],
    ['adj-rib-out-pre', 0, 0x10],
    ['adj-rib-out-post', 0, 0x50],
    ['loc-rib', 3, 0xff],
    ['unknown', 4, 0],
  ])('says %s by type %i and flags %i', (rib, peerType, flags) => {
    expect(ribOfPeer({ ...makePeerHeader(PEER), peerType, flags })).toBe(rib);
  });

  it('is made for each of them', () => {
    for (const rib of ['adj-rib-in-pre', 'adj-rib-in-post', 'adj-rib-out-pre', 'adj-rib-out-post'] as const) {
      for (const fields of [PEER, PEER6]) {
        const header = makePeerHeader({ ...fields, rib });
        expect(ribOfPeer(header)).toBe(rib);
        expect(peerAddress(header)).toEqual(fields.address);
      }
    }
    const locRib = makePeerHeader({ asn: 64511, bgpId: 1, rib: 'loc-rib' });
    expect([ribOfPeer(locRib), peerAddress(locRib).length]).toEqual(['loc-rib', 0]);
    expect(formatAddress(peerAddress(makePeerHeader(PEER6)))).toBe('2001:db8::1');
  });
});

describe('what messages say', () => {
  const of = <Kind extends BmpMessage['kind']>(kind: Kind) =>
    MESSAGES.filter((one): one is Extract<BmpMessage, { kind: Kind }> => one.kind === kind);

  it('statistics, of which unknown ones and those of another length are ignored (RFC 7854 §4.8)', () => {
    expect(of('statistics').flatMap(({ statistics }) => statistics.map(readStatistic))).toEqual([
      { name: 'as-path-loops', value: 258n },
      { name: 'adj-rib-in-routes', value: 0x1_0000_0002n },
      { name: 'adj-rib-out-pre-family-routes', value: 3n, family: { afi: 2, safi: 1 } },
      undefined,
      undefined,
    ]);
  });

  it('mirrored messages and the codes beside them', () => {
    const [lost, errored] = of('route-mirroring') as [BmpRouteMirroring, BmpRouteMirroring];
    expect(readMirrored(lost)).toEqual({ errored: false, lost: true });
    expect(readMirrored(errored)).toEqual({ message: withdraw, errored: true, lost: false });
  });

  it('texts of a router, as they stand', () => {
    expect(tlvTexts(of('initiation')[0]?.information ?? [], 0)).toEqual(['of tests']);
    expect(INITIATION.kind).toBe('initiation');
  });

  it('reasons of Peer Down, with the text of the peer escaped', () => {
    const [down] = of('peer-down') as [BmpPeerDown];
    expect(describePeerDown(down)).toBe(
      'the peer closed the session: NOTIFICATION 6/2 (Cease / Administrative Shutdown) "bye\\n"',
    );
    const words = [1, 2, 3, 4, 5, 6, 7].map((reason) =>
      describePeerDown({ ...down, reason, data: fromHex('0003') }),
    );
    expect(words).toEqual([
      'the router closed the session',
      'the router closed the session without NOTIFICATION, FSM event 3',
      'the peer closed the session',
      'the peer closed the session without NOTIFICATION',
      'the router monitors the peer no longer',
      'the router closed the table',
      'reason 7',
    ]);
    expect(describePeerDown({ ...down, data: withdraw })).toBe('the peer closed the session');
  });

  it('reasons of Termination, with the text of the router escaped', () => {
    const [termination] = of('termination') as [BmpTermination];
    expect(describeTermination(termination)).toBe('out of resources: no\\u001bmemory');
    const other = { kind: 'termination', information: [{ type: 1, value: fromHex('0009') }] } as const;
    expect(describeTermination(other)).toBe('reason 9');
    expect(describeTermination({ kind: 'termination', information: [] })).toBe('no reason given');
    expect(text('a')).toHaveLength(1);
  });
});

describe('a stream', () => {
  const stream = concatOctets(OCTETS);

  it('gives the same messages in chunks of any size', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1 }), (sizes) => {
        const splitter = createBmpSplitter();
        const taken: string[] = [];
        for (let at = 0, i = 0; at < stream.length; i++) {
          const size = sizes[i % sizes.length] as number;
          splitter.push(stream.subarray(at, at + size));
          at += size;
          for (let next = splitter.next(); next; next = splitter.next()) taken.push(toHex(next));
        }
        expect(taken).toEqual(OCTETS.map(toHex));
        expect(splitter.pending).toBe(0);
      }),
    );
  });

  it('is lost at a header that cannot be right, and says so again', () => {
    const splitter = createBmpSplitter();
    splitter.push(concatOctets([OCTETS[0] as Uint8Array, fromHex('040000000604')]));
    expect(splitter.next()).toBeDefined();
    const offset = (OCTETS[0] as Uint8Array).length;
    for (let i = 0; i < 2; i++) {
      expect(() => splitter.next()).toThrowError(new RegExp(`bmp.version at offset ${offset}: version 4`));
    }
  });

  it('refuses a message by its length, before its octets are there', () => {
    const splitter = createBmpSplitter(1000);
    splitter.push(fromHex('030000040004'));
    expect(() => splitter.next()).toThrowError(/bmp.length at offset 1: 1024 is not in 6..1000/);
    expect(splitter.pending).toBe(6);
  });
});
