import { fromHex, toHex } from 'pathsec/bytes';
import { createRtrCache, decodePdu, encodePdu, type Pdu, type RtrVersion } from 'pathsec/rtr';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { lines, note } from '../rtr/harness.js';
import { end, play, report, response, TIMING, VRP } from '../rtr/play.js';

/** Every PDU with reserved fields: the octets that a sender makes, and a mask of the bits marked "zero" or reserved. */
const RESERVED: readonly (readonly [name: string, octets: string, mask: string])[] = [
  ['reset-query', '0202000000000008', '0000ffff00000000'],
  ['ipv4-prefix', '020400000000001401181a00c00002000000fbf0', '0000ffff00000000fe0000ff0000000000000000'],
  [
    'ipv6-prefix',
    '02060000000000200020300020010db8000000000000000000000000ffffffff',
    '0000ffff00000000fe0000ff0000000000000000000000000000000000000000',
  ],
  ['cache-reset', '0208000000000008', '0000ffff00000000'],
  [
    'router-key',
    '020901000000002351515151515151515151515151515151515151510000fbf0300102',
    '0000feff00000000000000000000000000000000000000000000000000000000000000',
  ],
  ['aspa', '020b0100000000140000fbf00000fbf20000fbf3', '0000feff00000000000000000000000000000000'],
  ['aspa', '020b00000000000c0000fbf0', '0000feff0000000000000000'],
];

describe('8210bis §5, fields', () => {
  it.each(RESERVED)('reserved fields of %s are zero on transmission (%s)', (type, octets, mask) => {
    requirement('8210bis:5:zero-sent');
    const { pdu, version } = decodePdu(fromHex(octets));
    expect(pdu.type).toBe(type);
    const sent = encodePdu(pdu, version);
    expect(toHex(sent)).toBe(octets);
    expect(sent.every((octet, i) => (octet & (fromHex(mask)[i] as number)) === 0)).toBe(true);
  });

  it.each(RESERVED)(
    'reserved fields of %s are ignored on receipt, and not handed on (%s)',
    (_, octets, mask) => {
      requirement('!8210bis:5:zero-sent', '8210bis:5:zero-ignored');
      const set = fromHex(octets).map((octet, i) => octet | (fromHex(mask)[i] as number));
      const { pdu, version } = decodePdu(set);
      expect(pdu).toEqual(decodePdu(fromHex(octets)).pdu);
      expect(toHex(encodePdu(pdu, version))).toBe(octets);
    },
  );

  it('a router takes payload with reserved bits set as it takes it without', () => {
    requirement('!8210bis:5:zero-ignored');
    const held = [false, true].map((spoiled) => {
      const { client, seen, open, give } = play();
      open(0);
      give(0, 2, response());
      for (const [, octets, mask] of RESERVED.slice(1, 6).filter(([type]) => type !== 'cache-reset')) {
        const masks = fromHex(mask);
        const announce = octets.startsWith('0206') ? octets.replace(/^(.{16})00/, '$101') : octets;
        const sent = fromHex(announce).map((octet, i) => (spoiled ? octet | (masks[i] as number) : octet));
        note(seen, client.received(sent, 0));
      }
      give(0, 2, end(1));
      return lines(client.payloads());
    });
    expect(held[0]?.length).toBe(4);
    expect(held[1]).toEqual(held[0]);
  });

  it('what a cache sends has zero in every reserved field', () => {
    requirement('8210bis:5:zero-sent');
    const cache = createRtrCache({ sessionId: 5 });
    const six = { afi: 2 as const, octets: new Uint8Array(16).fill(0x20), length: 128 };
    cache.replace({
      vrps: [VRP, { prefix: six, maxLength: 128, asn: 1 }],
      aspas: [{ customer: 1, providers: [2] }],
      routerKeys: [{ asn: 1, ski: new Uint8Array(20).fill(255), spki: new Uint8Array(5).fill(255) }],
    });
    cache.replace({ vrps: [], aspas: [], routerKeys: [] });
    for (const stream of [cache.since(2, 0) as Uint8Array]) {
      const types = new Set<number>();
      for (let at = 0; at < stream.length; ) {
        const view = new DataView(stream.buffer, stream.byteOffset + at);
        const type = view.getUint8(1);
        types.add(type);
        if (type === 4 || type === 6) expect([view.getUint16(2), view.getUint8(11)]).toEqual([0, 0]);
        if (type === 9 || type === 11) expect(view.getUint8(3)).toBe(0);
        at += view.getUint32(4);
      }
      expect([...types]).toEqual([3, 4, 6, 9, 11, 7]);
    }
  });

  it('a PDU of exactly 65,535 octets is read, and one octet more is refused by its header', () => {
    requirement('8210bis:5.1:length', '!8210bis:5.1:length');
    const key = (length: number): Pdu => ({
      type: 'router-key',
      announce: true,
      key: { asn: 1, ski: new Uint8Array(20), spki: new Uint8Array(length) },
    });
    const longest = encodePdu(key(65_503), 2);
    expect(longest.length).toBe(65_535);
    expect(decodePdu(longest).pdu).toEqual(key(65_503));
    for (const header of ['0209010000010000', '020b010000010000', '020a000000010000']) {
      const { client, seen, open, give, last } = play();
      open(0);
      give(0, 2, response());
      note(seen, client.received(fromHex(header), 0));
      expect(last('error-sent')).toMatchObject({ errorCode: 0, code: 'rtr-length' });
    }
  });

  it('max length equal to the prefix length is the least, that of the family the most', () => {
    requirement('8210bis:5.1:max-length-router', '!8210bis:5.1:max-length-router');
    const octets = (max: string): Uint8Array => fromHex(`02040000000000140118${max}00c00002000000fbf0`);
    for (const max of ['18', '20']) {
      expect(decodePdu(octets(max)).pdu).toMatchObject({ vrp: { maxLength: Number.parseInt(max, 16) } });
    }
    for (const max of ['17', '00', '21']) {
      expect(() => decodePdu(octets(max))).toThrowError(
        expect.objectContaining({ code: 'rtr-max-length', errorCode: 0 }),
      );
    }
  });

  it('End of Data has no intervals in version 0, three in versions 1 and 2 (§5.7)', () => {
    requirement('8210bis:5.7:layout', '!8210bis:5.7:layout');
    for (const [version, length] of [
      [0, 12],
      [1, 24],
      [2, 24],
    ] as const) {
      expect(encodePdu(end(1), version).length).toBe(length);
      const other: RtrVersion = version === 0 ? 2 : 0;
      const wrong = encodePdu(end(1), other).slice();
      wrong[0] = version;
      expect(() => decodePdu(wrong)).toThrowError(expect.objectContaining({ code: 'rtr-length' }));
    }
    expect(decodePdu(encodePdu(end(1), 2)).pdu).toMatchObject({ timing: TIMING });
  });
});

describe('8210bis §5.8, Error Report', () => {
  it('without a PDU or a text both lengths are zero', () => {
    requirement('8210bis:5.8:generic', '8210bis:5.8:no-text');
    expect(toHex(encodePdu(report(1), 2))).toBe('020a0001000000100000000000000000');
  });

  it('a length that is not zero without what it counts is refused', () => {
    requirement('!8210bis:5.8:no-text');
    for (const body of ['0000000100000000', '0000000000000001']) {
      expect(() => decodePdu(fromHex(`020a000100000010${body}`))).toThrowError(
        expect.objectContaining({ code: 'rtr-error-report' }),
      );
    }
  });

  it('the text goes out as UTF-8, and comes back', () => {
    requirement('8210bis:5.8:utf8');
    const octets = encodePdu({ ...report(1), type: 'error-report', text: 'prefix “é”' } as Pdu, 2);
    expect(toHex(octets.slice(16))).toBe('70726566697820e2809cc3a9e2809d');
    expect(decodePdu(octets).pdu).toMatchObject({ text: 'prefix “é”' });
  });

  it('a text that is no UTF-8 cannot be sent, and shows as replaced where it comes', () => {
    requirement('!8210bis:5.8:utf8');
    const octets = encodePdu({ ...report(1), type: 'error-report', text: 'a\ud800b' } as Pdu, 2);
    expect(toHex(octets.slice(16))).toBe('61efbfbd62');
    const { pdu } = decodePdu(fromHex('020a0001000000120000000000000002' + 'ff41'));
    expect(pdu).toMatchObject({ text: '\ufffdA' });
  });
});

describe('8210bis §5.12, ASPA', () => {
  const aspa = (announce: boolean, providers: number[], customer = 64496): Pdu => ({
    type: 'aspa',
    announce,
    customer,
    providers,
  });

  it('an announcement has one provider or more, ascending, and AS 0 may stand alone', () => {
    requirement(
      '8210bis:5.12:ascending',
      '8210bis:5.12:not-empty-router',
      '8210bis:5.12:zero-router',
      '!8210bis:12:error-9-providers',
    );
    for (const providers of [[0], [1], [0xffff_ffff], [1, 0x7fff_ffff, 0x8000_0000]]) {
      const octets = encodePdu(aspa(true, providers), 2);
      expect(octets.length).toBe(12 + 4 * providers.length);
      expect(decodePdu(octets).pdu).toEqual(aspa(true, providers));
    }
  });

  it.each([
    ['none', [], 'rtr-aspa-empty'],
    ['0 before others', [0, 1], 'rtr-aspa-zero'],
    ['0 behind others', [1, 0], 'rtr-aspa-zero'],
    ['0 twice', [0, 0], 'rtr-aspa-zero'],
    ['one twice', [1, 1], 'rtr-aspa-order'],
    ['one twice, apart', [1, 2, 1], 'rtr-aspa-order'],
    ['descending', [0x8000_0000, 1], 'rtr-aspa-order'],
  ] as const)('a list of providers with %s is error 9', (_, providers, code) => {
    requirement(
      '!8210bis:5.12:unique',
      '!8210bis:5.12:ascending',
      '!8210bis:5.12:not-empty-cache',
      '!8210bis:5.12:not-empty-router',
      '!8210bis:5.12:zero-cache',
      '!8210bis:5.12:zero-router',
    );
    const octets = encodePdu(aspa(true, [...providers]), 2);
    expect(() => decodePdu(octets)).toThrowError(expect.objectContaining({ code, errorCode: 9 }));
  });

  it('a withdrawal has twelve octets, names its customer, and lists nobody', () => {
    requirement(
      '8210bis:5.12:withdrawal-customer',
      '8210bis:5.12:withdrawal-providers',
      '8210bis:5.12:withdrawal-length',
    );
    const octets = encodePdu(aspa(false, []), 2);
    expect(toHex(octets)).toBe('020b00000000000c0000fbf0');
    expect(decodePdu(octets).pdu).toEqual(aspa(false, []));
  });

  it('a withdrawal that lists providers is error 9, one of 8 octets without a customer, or of AS 0, error 0', () => {
    requirement(
      '!8210bis:5.12:withdrawal-customer',
      '!8210bis:5.12:withdrawal-providers',
      '!8210bis:5.12:withdrawal-length',
    );
    for (const [octets, errorCode] of [
      ['020b0000000000100000fbf00000fbf2', 9],
      ['020b000000000008', 0],
      ['020b00000000000c00000000', 0],
    ] as const) {
      expect(() => decodePdu(fromHex(octets))).toThrowError(expect.objectContaining({ errorCode }));
    }
  });
});
