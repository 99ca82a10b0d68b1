import { fromHex } from 'pathsec/bytes';
import { checkDer } from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';

describe('DER (X.690)', () => {
  it.each([
    '0500',
    '0101ff',
    '020100',
    '020200ff',
    '0201ff',
    '30060201010201ff',
    '3106020101020102',
    '030206c0',
    '030100',
    '06032a0304',
    '8000',
    'a003020101',
    '9f1f00',
    'bf1f00',
    '02020080',
    '03020780',
    '3100',
    '0603550403',
  ])('%s is DER', (hex) => {
    expect(() => checkDer(fromHex(hex))).not.toThrow();
  });

  it.each([
    ['', 'der-truncated', 0],
    ['02', 'der-truncated', 1],
    ['020201', 'der-truncated', 0],
    ['30800000', 'der-length', 1],
    ['02810101', 'der-length', 1],
    ['0282000101', 'der-length', 1],
    ['0285000000000100', 'der-length', 1],
    ['0200', 'der-integer', 0],
    ['02020001', 'der-integer', 0],
    ['0202ff80', 'der-integer', 0],
    ['010101', 'der-boolean', 0],
    ['05010000', 'der-null', 0],
    ['24030401ff', 'der-constructed', 0],
    ['1000', 'der-constructed', 0],
    ['030207c1', 'der-bit-string', 0],
    ['0300', 'der-bit-string', 0],
    ['03020801', 'der-bit-string', 0],
    ['06022a80', 'der-oid', 0],
    ['06032a8001', 'der-oid', 0],
    ['0600', 'der-oid', 0],
    ['3106020102020101', 'der-set-order', 5],
    ['9f1e00', 'der-tag', 0],
    ['9f801f00', 'der-tag', 0],
    ['050000', 'der-trailing', 2],
    ['04810100', 'der-length', 1],
    ['0482000100', 'der-length', 1],
    ['04850000000001', 'der-length', 1],
    ['0405', 'der-truncated', 0],
    ['3003040500', 'der-truncated', 2],
    ['0a020001', 'der-integer', 0],
    ['0102ffff', 'der-boolean', 0],
    ['03020781', 'der-bit-string', 0],
    ['050100', 'der-null', 0],
    ['2403040100', 'der-constructed', 0],
    ['0000', 'der-tag', 0],
    ['0603558001', 'der-oid', 0],
    ['06025581', 'der-oid', 0],
    ['30803080', 'der-length', 1],
    ['30040201010202', 'der-truncated', 6],
  ])('%s is refused with %s at %i', (hex, code, offset) => {
    expect(() => checkDer(fromHex(hex))).toThrowError(expect.objectContaining({ code, offset }));
  });

  const timed = (tag: number, text: string): Uint8Array =>
    Uint8Array.of(tag, text.length, ...new TextEncoder().encode(text));
  const UTC = 0x17;
  const GENERALIZED = 0x18;

  it.each([
    [UTC, '260601120000Z'],
    [UTC, '000229235959Z'],
    [UTC, '500101000000Z'],
    [UTC, '491231235959Z'],
    [GENERALIZED, '20260601120000Z'],
    [GENERALIZED, '20260601120000.25Z'],
    [GENERALIZED, '00010101000000Z'],
    [GENERALIZED, '99991231235959Z'],
  ])('a time of tag %i, %s, is DER (X.690 §11.7, §11.8)', (tag, text) => {
    expect(() => checkDer(timed(tag, text))).not.toThrow();
  });

  it.each([
    [UTC, ''],
    [UTC, '2606011200Z'],
    [UTC, '260601120000'],
    [UTC, '260601120000+0000'],
    [UTC, '260601120000.5Z'],
    [UTC, '20260601120000Z'],
    [UTC, '261301000000Z'],
    [UTC, '260229000000Z'],
    [UTC, '260601240000Z'],
    [UTC, '260601000060Z'],
    [UTC, '26060100000xZ'],
    [GENERALIZED, '202606011200Z'],
    [GENERALIZED, '20260601120000'],
    [GENERALIZED, '20260601120000.Z'],
    [GENERALIZED, '20260601120000.50Z'],
    [GENERALIZED, '20260601120000,5Z'],
    [GENERALIZED, '20260601120000+0100'],
    [GENERALIZED, '260601120000Z'],
    [GENERALIZED, '20260631120000Z'],
    [GENERALIZED, `20260601120000.${'1'.repeat(60)}0Z`],
  ])('a time of tag %i, %s, is not: der-time', (tag, text) => {
    expect(() => checkDer(timed(tag, text))).toThrowError(expect.objectContaining({ code: 'der-time' }));
  });

  it('stops at a depth, not at the end of the stack', () => {
    const nested = new Uint8Array(20_000);
    for (let i = 0; i < nested.length; i += 4) {
      const rest = nested.length - i - 4;
      nested.set([0x30, 0x82, rest >> 8, rest & 0xff], i);
    }
    expect(() => checkDer(nested)).toThrowError(expect.objectContaining({ code: 'der-depth' }));
  });
});
