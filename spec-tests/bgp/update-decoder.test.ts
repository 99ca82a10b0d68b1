import fc from 'fast-check';
import { BgpError, createUpdateDecoder, decodeUpdate, type SessionOptions } from 'pathsec/bgp';
import { describe, expect, it } from 'vitest';
import { FRAME_ROWS } from './update-frame-rows.js';
import { VALUE_ROWS } from './update-value-rows.js';
import { AS_PATH, attribute, NEXT_HOP, NLRI, ORIGIN, updateOf } from './wire-support.js';

/** Paths that differ in one octet, in length, or are malformed in one of the sessions. */
const PATHS = [
  ...[
    '0201 0000fbf0',
    '0201 0000fbf1',
    '0202 0000fbf0 0000fbf1',
    '0202 0000fbf0 0000fbf2',
    '',
    '0101 0000fbf0',
  ],
  ...[
    '0201 00000000',
    '0301 0000fbf0 0201 0000fbf1',
    '0200',
    '02',
    '0205 0000fbf0',
    `02ff ${'0000fbf0'.repeat(255)}`,
  ],
];
const SESSIONS: readonly SessionOptions[] = [
  {},
  { asnSize: 2 },
  { peer: 'external' },
  { peer: 'confed-external' },
  { peer: 'internal', bgpsecReceived: true },
];

const read = (decode: () => unknown): unknown => {
  try {
    return decode();
  } catch (error) {
    if (!(error instanceof BgpError)) throw error;
    return error.fault;
  }
};

describe('a decoder of the UPDATEs of a session', () => {
  it('reads each as if no other had come before', () => {
    const sane = fc
      .constantFrom(...PATHS)
      .map((path) => updateOf([ORIGIN, attribute(0x40, 2, path), NEXT_HOP], { nlri: NLRI }));
    const spoilt = fc.constantFrom(...FRAME_ROWS, ...VALUE_ROWS).map(({ message }) => message);
    const twice = fc
      .constantFrom(...PATHS)
      .map((path) => updateOf([ORIGIN, AS_PATH, attribute(0x40, 2, path), NEXT_HOP], { nlri: NLRI }));
    const messages = fc.array(fc.oneof({ weight: 4, arbitrary: sane }, spoilt, twice), { maxLength: 12 });
    fc.assert(
      fc.property(fc.constantFrom(...SESSIONS), messages, (session, all) => {
        const decode = createUpdateDecoder(session);
        for (const octets of all)
          expect(read(() => decode(octets.slice()))).toEqual(read(() => decodeUpdate(octets, session)));
      }),
      { numRuns: 100 },
    );
  });

  it('gives equal AS_PATHs behind each other one value, and others their own', () => {
    const decode = createUpdateDecoder();
    const pathOf = (path: string) =>
      decode(updateOf([ORIGIN, attribute(0x40, 2, path), NEXT_HOP], { nlri: NLRI })).asPath;
    const first = pathOf('0201 0000fbf0');
    expect(pathOf('0201 0000fbf0')).toBe(first);
    expect(pathOf('0201 0000fbf1')).not.toBe(first);
    expect(pathOf('0201 0000fbf0')).toEqual(first);
  });
});
