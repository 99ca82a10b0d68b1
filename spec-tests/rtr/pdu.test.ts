import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { fromHex, toHex } from 'pathsec/bytes';
import { decodePdu, encodePdu, firstVersionOf, type Pdu, type RtrVersion } from 'pathsec/rtr';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { arbitraryAsn } from '../support.js';
import { arbitraryRouterKey, arbitraryVrp } from './harness.js';

interface VectorFile {
  readonly valid: readonly {
    name: string;
    layout?: '8210bis-10';
    octets: string;
    version: RtrVersion;
    type: string;
  }[];
  readonly invalid: readonly {
    name: string;
    layout?: '8210bis-10';
    octets: string;
    code: string;
    errorCode: number;
  }[];
}

const vectors = JSON.parse(
  readFileSync(new URL('../kit/rtr/facts/pdu.json', import.meta.url), 'utf8'),
) as VectorFile;

const u16 = fc.integer({ min: 0, max: 0xffff });
const u32 = fc.integer({ min: 0, max: 0xffff_ffff });
const ascendingAsns = fc
  .uniqueArray(arbitraryAsn, { minLength: 1, maxLength: 40 })
  .map((asns) => asns.sort((a, b) => a - b));

const notify = fc.record({ sessionId: u16, serial: u32 });
const ofPrefix = (type: 'ipv4-prefix' | 'ipv6-prefix', afi: 1 | 2): fc.Arbitrary<Pdu> =>
  fc.record({
    type: fc.constant(type),
    announce: fc.boolean(),
    vrp: arbitraryVrp.filter(({ prefix }) => prefix.afi === afi),
  });

/** PDUs of every type: one that is forgotten here does not compile. */
const PDUS: Readonly<Record<Pdu['type'], fc.Arbitrary<Pdu>>> = {
  'serial-notify': notify.map((body): Pdu => ({ type: 'serial-notify', ...body })),
  'serial-query': notify.map((body): Pdu => ({ type: 'serial-query', ...body })),
  'reset-query': fc.constant<Pdu>({ type: 'reset-query' }),
  'cache-response': fc.record({ type: fc.constant('cache-response' as const), sessionId: u16 }),
  'ipv4-prefix': ofPrefix('ipv4-prefix', 1),
  'ipv6-prefix': ofPrefix('ipv6-prefix', 2),
  'end-of-data': fc.record({
    type: fc.constant('end-of-data' as const),
    sessionId: u16,
    serial: u32,
    timing: fc.record({ refresh: u32, retry: u32, expire: u32 }),
  }),
  'cache-reset': fc.constant<Pdu>({ type: 'cache-reset' }),
  'router-key': fc.record({
    type: fc.constant('router-key' as const),
    announce: fc.boolean(),
    key: arbitraryRouterKey,
  }),
  'error-report': fc.record({
    type: fc.constant('error-report' as const),
    errorCode: u16,
    erroneousPdu: fc.uint8Array({ maxLength: 60 }),
    text: fc.string({ unit: 'grapheme', maxLength: 60 }),
  }),
  aspa: fc
    .tuple(arbitraryAsn, fc.option(ascendingAsns, { nil: undefined }))
    .map(([customer, providers]): Pdu => {
      return { type: 'aspa', announce: providers !== undefined, customer, providers: providers ?? [] };
    }),
  'aspa-8210bis-10': fc.record({
    type: fc.constant('aspa-8210bis-10' as const),
    announce: fc.boolean(),
    afi: fc.constantFrom(1 as const, 2 as const),
    customer: arbitraryAsn,
    providers: ascendingAsns,
  }),
};
const arbitraryPdu: fc.Arbitrary<Pdu> = fc.oneof(...Object.values(PDUS));

describe('RTR PDUs (RFC 6810, RFC 8210, 8210bis §5)', () => {
  it('decode and encode the vectors to the same octets', () => {
    requirement(
      '8210bis:5:zero-sent',
      '8210bis:5.9:layout',
      '8210bis:5.10:layout',
      '8210bis:5.7:layout',
      '8210bis:5.11:layout',
      '!8210bis:12:error-0-corrupt-data',
      '!8210bis:12:error-5-type',
    );
    for (const { name, layout, octets, version, type } of vectors.valid) {
      const decoded = decodePdu(fromHex(octets), layout ? { aspaLayout: layout } : {});
      expect([decoded.version, decoded.pdu.type], name).toEqual([version, type]);
      expect(toHex(encodePdu(decoded.pdu, version)), name).toBe(octets);
    }
    expect(new Set(vectors.valid.map(({ type }) => type))).toEqual(new Set(Object.keys(PDUS)));
    expect(vectors.valid.length).toBe(30);
  });

  it('refuse the malformed vectors with the RTR error code that answers them', () => {
    requirement(
      '!8210bis:5.1:length',
      '!8210bis:5.1:max-length-router',
      '!8210bis:5.9:host-bits-router',
      '!8210bis:5.9:layout',
      '!8210bis:5.10:layout',
      '!8210bis:5.7:layout',
      '!8210bis:5.11:layout',
      '!8210bis:7:lowered-features',
      '8210bis:12:error-5-type',
    );
    for (const { name, layout, octets, code, errorCode } of vectors.invalid) {
      expect(() => decodePdu(fromHex(octets), layout ? { aspaLayout: layout } : {}), name).toThrowError(
        expect.objectContaining({ code, errorCode }),
      );
    }
    expect(vectors.invalid.length).toBe(42);
  });

  it('survive encode, decode, encode in every version that has them', () => {
    requirement('8210bis:5.1:flags', '8210bis:5.9:host-bits', '!8210bis:7:lowered-features');
    fc.assert(
      fc.property(arbitraryPdu, fc.constantFrom<RtrVersion>(0, 1, 2), (pdu, version) => {
        if (firstVersionOf(pdu.type) > version) {
          expect(() => encodePdu(pdu, version)).toThrowError(RangeError);
          return;
        }
        const octets = encodePdu(pdu, version);
        const layout = pdu.type === 'aspa-8210bis-10' ? '8210bis-10' : 'current';
        const decoded = decodePdu(octets, { aspaLayout: layout });
        expect(decoded.version).toBe(version);
        if (pdu.type === 'end-of-data' && version === 0) {
          const { timing: _, ...rest } = pdu;
          expect(decoded.pdu).toEqual(rest);
        } else {
          expect(decoded.pdu).toEqual(pdu);
        }
        expect(encodePdu(decoded.pdu, version)).toEqual(octets);
      }),
      { numRuns: 500 },
    );
  });

  it('never throw anything but a fault with a code, whatever the octets', () => {
    const header = fc
      .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 12 }), u16, fc.nat(80))
      .chain(([version, type, x, length]) =>
        fc.uint8Array({ minLength: length, maxLength: length }).map((body) => {
          const total = 8 + body.length;
          return Uint8Array.of(version, type, x >> 8, x & 0xff, 0, 0, total >> 8, total & 0xff, ...body);
        }),
      );
    fc.assert(
      fc.property(fc.oneof(header, fc.uint8Array({ maxLength: 80 })), (octets) => {
        try {
          const { pdu, version } = decodePdu(octets);
          expect(decodePdu(encodePdu(pdu, version)).pdu).toEqual(pdu);
        } catch (error) {
          expect(error).toMatchObject({ name: 'RtrError', code: expect.stringMatching(/^rtr-/) });
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('ignore zero fields and reserved flags on receipt (§5), and clear host bits in versions 0 and 1 (§5.9)', () => {
    requirement('8210bis:5:zero-ignored', '8210bis:5.9:host-bits-router');
    for (const octets of [
      '0204ffff00000014ff1818ffc0000200',
      '0104ffff00000014ff1818ffc0000263',
      '00040000000000140118180ac0000263',
    ]) {
      expect(decodePdu(fromHex(`${octets}0000fbf0`)).pdu).toEqual({
        type: 'ipv4-prefix',
        announce: true,
        vrp: {
          prefix: { afi: 1, octets: Uint8Array.of(192, 0, 2, 0), length: 24 },
          maxLength: 24,
          asn: 64496,
        },
      });
    }
    expect(decodePdu(fromHex('0202123400000008')).pdu).toEqual({ type: 'reset-query' });
  });

  it('cut an enclosed PDU and a text so that an Error Report fits, at a character (§5.8)', () => {
    requirement('8210bis:5.8:truncated', '!8210bis:5.8:truncated', '8210bis:5.8:utf8');
    const octets = encodePdu(
      {
        type: 'error-report',
        errorCode: 0,
        erroneousPdu: new Uint8Array(65_535),
        text: `${'a'.repeat(1023)}é`,
      },
      2,
    );
    expect(octets.length).toBe(65_535);
    const { pdu } = decodePdu(octets);
    expect(pdu).toMatchObject({ text: 'a'.repeat(1023) });
  });

  it('may drop AS 0 among other providers, for caches that follow an earlier draft', () => {
    const octets = fromHex('020b0100000000180000fbf0000000000000fbf2' + '0000fbf3');
    expect(() => decodePdu(octets)).toThrowError(expect.objectContaining({ code: 'rtr-aspa-zero' }));
    expect(decodePdu(octets, { zeroProvider: 'drop' }).pdu).toMatchObject({ providers: [64498, 64499] });
  });
});
