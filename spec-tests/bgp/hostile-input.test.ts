import fc from 'fast-check';
import {
  type BgpMessage,
  createMessageSplitter,
  decodeMessage,
  decodeUpdate,
  describeMessage,
  encodeMessage,
  inspectUpdate,
  makeOpen,
  type SessionOptions,
  sessionOfOpens,
} from 'pathsec/bgp';
import { DecodeError, toHex } from 'pathsec/bytes';
import { describe, expect, it } from 'vitest';
import { AS_PATH, attribute, hex, MP_REACH, NEXT_HOP, NLRI, ORIGIN, updateOf } from './wire-support.js';

const SKI = '00'.repeat(20);
const SEEDS: readonly Uint8Array[] = [
  updateOf([ORIGIN, AS_PATH, NEXT_HOP, attribute(0xc0, 8, 'fbf00064')], { nlri: NLRI, withdrawn: '00' }),
  updateOf([MP_REACH, ORIGIN, attribute(0x80, 33, `0008 01 00 0000fbf0 001b 01 ${SKI} 0002 abcd`)]),
  updateOf([
    attribute(0x80, 14, `0002 01 20 ${'20'.repeat(32)} 00 2020010db8`),
    attribute(0x80, 15, '0001 01 18c00002'),
    ORIGIN,
    AS_PATH,
    attribute(0xc0, 17, '0201 00010000'),
    attribute(0xc0, 32, '00'.repeat(12)),
    attribute(0xc0, 35, '0000fbf0'),
  ]),
  encodeMessage(
    makeOpen(4_200_000_000, 1, [
      { name: 'multiprotocol', afi: 1, safi: 1, reserved: 0 },
      { name: 'bgpsec', version: 0, direction: 'send', afi: 1, unassigned: 0 },
      { name: 'add-path', families: [{ afi: 1, safi: 1, mode: 'both' }] },
    ]),
  ),
  encodeMessage({ ...makeOpen(1, 1, [{ name: 'extended-message' }]), nonExtOpLen: 255 }),
  encodeMessage({ kind: 'notification', code: 6, subcode: 2, data: hex('026f6b') }),
  encodeMessage({ kind: 'route-refresh', afi: 1, safi: 1, subtype: 0 }),
  encodeMessage({ kind: 'keepalive' }),
];

const arbitrarySession: fc.Arbitrary<SessionOptions> = fc.record({
  asnSize: fc.constantFrom(2 as const, 4 as const),
  addPath: fc.constantFrom([], [{ afi: 1, safi: 1 }], [{ afi: 2, safi: 1 }]),
  extendedMessages: fc.boolean(),
  peer: fc.constantFrom('external' as const, 'confed-external' as const, 'internal' as const),
  bgpsecReceived: fc.boolean(),
  printedBgpsecType: fc.boolean(),
  mpFault: fc.constantFrom('session-reset' as const, 'afi-safi-disable' as const),
});

/** A whole message with its length right, so that damage gets past the header. */
const damaged = fc
  .tuple(
    fc.constantFrom(...SEEDS),
    fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 4 }),
    fc.nat(6),
    fc.uint8Array({ maxLength: 12 }),
  )
  .map(([seed, changes, cut, tail]) => {
    const body = [...seed.subarray(19, seed.length - Math.min(cut, seed.length - 19)), ...tail];
    const octets = Uint8Array.from([...seed.subarray(0, 19), ...body]);
    for (const [at, value] of changes) if (body.length > 0) octets[19 + (at % body.length)] = value;
    octets.set([octets.length >> 8, octets.length & 255], 16);
    return octets;
  });

function unlessDecodeError<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    expect(error).toBeInstanceOf(DecodeError);
    return undefined;
  }
}

describe('hostile input', () => {
  it('decoders throw nothing but DecodeErrors, and what they accept re-encodes byte for byte', () => {
    fc.assert(
      fc.property(
        fc.oneof(damaged, fc.uint8Array({ maxLength: 80 })),
        arbitrarySession,
        (octets, session) => {
          const message = unlessDecodeError<BgpMessage>(() =>
            decodeMessage(octets, session.extendedMessages),
          );
          if (message) expect(toHex(encodeMessage(message))).toBe(toHex(octets));
          const report = unlessDecodeError(() => inspectUpdate(octets, session));
          const update = unlessDecodeError(() => decodeUpdate(octets, session));
          expect(update === undefined).toBe(report === undefined || report.treatment === 'session-reset');
          for (const fault of report?.faults ?? []) {
            expect(fault.offset).toBeGreaterThanOrEqual(0);
            expect(fault.offset).toBeLessThanOrEqual(octets.length);
            expect(fault.field).toMatch(/^update\./);
          }
          if (message?.kind === 'open') expect(sessionOfOpens(message, message).asnSize).toBeGreaterThan(1);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('the splitter throws nothing but DecodeErrors and never hands out more than came in', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(damaged, fc.uint8Array({ maxLength: 40 })), { maxLength: 5 }),
        (chunks) => {
          const splitter = createMessageSplitter(true);
          let given = 0;
          let taken = 0;
          for (const chunk of chunks) {
            splitter.push(chunk);
            given += chunk.length;
            for (let i = 0; i < 100; i++) {
              const message = unlessDecodeError(() => splitter.next());
              if (!message) break;
              taken += message.length;
            }
          }
          expect(taken + splitter.pending).toBe(given);
        },
      ),
    );
  });

  const full = 65_535 - 23 - 4 - 20;
  const repeat = (text: string, size: number): string => text.repeat(Math.floor(size / (text.length / 2)));
  const extremes: readonly [name: string, octets: Uint8Array][] = [
    ['AS_PATH segments of one ASN', updateOf([attribute(0x40, 2, repeat('02010000fbf0', full))])],
    ['AS_PATH segments of no ASN', updateOf([attribute(0x40, 2, repeat('0200', full))])],
    ['attributes of no octets', updateOf(Array.from({ length: 21_000 }, () => attribute(0xc0, 99, '')))],
    ['malformed attributes', updateOf(Array.from({ length: 16_000 }, () => attribute(0x40, 1, '03')))],
    [
      'MP_REACH_NLRI of default routes',
      updateOf([attribute(0x80, 14, `00010104c000020100${repeat('00', full - 9)}`)]),
    ],
    ['NLRI of default routes', updateOf([ORIGIN, AS_PATH, NEXT_HOP], { nlri: repeat('00', 65_000) })],
    ['Secure_Path segments', updateOf([attribute(0x80, 33, `ff00${repeat('01000000fbf0', 65_278)}000301`)])],
    [
      'Signature Segments of no signature',
      updateOf([attribute(0x80, 33, `00080100 0000fbf0 fd07 01 ${repeat(`${SKI}0000`, 64_768)}`)]),
    ],
    ['communities', updateOf([attribute(0xc0, 8, repeat('fbf00064', full))])],
  ];
  it.each(extremes)('a full message of %s is read once, with a bounded tree', (_name, octets) => {
    expect(octets.length).toBeGreaterThan(50_000);
    expect(inspectUpdate(octets).faults.length).toBeLessThanOrEqual(octets.length / 3);
    const { tree, errors } = describeMessage(octets);
    expect(tree.length).toBe(octets.length);
    expect(errors.length).toBeLessThanOrEqual(octets.length / 3);
  });
});
