import fc from 'fast-check';
import {
  compareOctets,
  concatOctets,
  createReader,
  createWriter,
  DecodeError,
  equalOctets,
  fromHex,
  readU32,
  toHex,
  writeU32,
} from 'pathsec/bytes';
import { describe, expect, it } from 'vitest';

describe('a writer of an expected length', () => {
  it('gives what was written whatever was expected, and writes no more into what it gave', () => {
    fc.assert(
      fc.property(
        fc.nat(12),
        fc.array(fc.nat(255), { maxLength: 12 }),
        fc.nat(12),
        (expected, values, early) => {
          const writer = createWriter(expected);
          let given = new Uint8Array(0);
          writer.sized(2, 'all', (inner) => {
            for (const [i, value] of values.entries()) {
              inner.u8(value, 'value');
              if (i === early) given = inner.finish() as typeof given;
            }
          });
          const kept = given.slice();
          const whole = writer.finish();
          writer.u32(0xffff_ffff, 'more');
          expect([...whole]).toEqual([0, values.length, ...values]);
          expect([...given]).toEqual([...kept]);
          expect([...writer.finish()]).toEqual([0, values.length, ...values, 255, 255, 255, 255]);
        },
      ),
    );
  });

  it('does not write the length of a whole into a part that it gave before', () => {
    const writer = createWriter(3);
    let given = new Uint8Array(0);
    writer.sized(2, 'all', (inner) => {
      given = inner.u8(7, 'value').finish() as typeof given;
    });
    expect([...given]).toEqual([0, 0, 7]);
    expect([...writer.finish()]).toEqual([0, 1, 7]);
  });
});

describe('Reader and Writer', () => {
  it('return what was written, at any offset', () => {
    const field = fc.oneof(
      fc.record({ kind: fc.constant('u8' as const), value: fc.integer({ min: 0, max: 0xff }) }),
      fc.record({ kind: fc.constant('u16' as const), value: fc.integer({ min: 0, max: 0xffff }) }),
      fc.record({ kind: fc.constant('u32' as const), value: fc.integer({ min: 0, max: 0xffff_ffff }) }),
    );
    fc.assert(
      fc.property(fc.array(field, { maxLength: 100 }), fc.nat(9), (fields, pad) => {
        const writer = createWriter().bytes(new Uint8Array(pad));
        for (const { kind, value } of fields) writer[kind](value, 'x');
        const reader = createReader(writer.finish(), pad);
        for (const { kind, value } of fields) expect(reader[kind]('x')).toBe(value);
        reader.expectEnd('x');
        expect(reader.offset).toBe(writer.length);
      }),
    );
  });

  it('name field and absolute offset of a read beyond the end', () => {
    const reader = createReader(Uint8Array.of(1, 2, 3, 4, 5), 1, 4).sub(2, 'outer');
    reader.u8('first');
    expect(() => reader.u16('inner')).toThrowError(
      expect.objectContaining({ code: 'truncated', field: 'inner', offset: 2 }),
    );
    expect(() => reader.expectEnd('tail')).toThrowError(
      expect.objectContaining({ code: 'trailing-octets', field: 'tail', offset: 2 }),
    );
  });

  it('refuse values that do not fit, and write lengths of sized parts', () => {
    expect(() => createWriter().u8(256, 'count')).toThrowError(
      new RangeError('count: 256 is not an integer in 0..255'),
    );
    expect(() => createWriter().u32(-1, 'asn')).toThrowError(RangeError);
    expect(() => createWriter().sized(1, 'part', (w) => w.bytes(new Uint8Array(256)))).toThrowError(
      /part: 256/,
    );
    expect(
      toHex(
        createWriter()
          .sized(2, 'part', (w) => w.u32(0xfffffffe, 'v'))
          .finish(),
      ),
    ).toBe('0004fffffffe');
  });
});

describe('hexadecimal text', () => {
  it('round-trips octets', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (octets) => {
        expect(fromHex(toHex(octets))).toEqual(octets);
      }),
    );
  });
  it('refuses other text, naming the place', () => {
    expect(() => fromHex('00fg')).toThrowError(expect.objectContaining({ code: 'hex-syntax', offset: 3 }));
    expect(() => fromHex('0')).toThrowError(DecodeError);
  });
});

describe('octet strings', () => {
  it('are joined in order, into an array of their own', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 9 }), { maxLength: 9 }), (parts) => {
        const whole = concatOctets(parts);
        expect(toHex(whole)).toBe(parts.map(toHex).join(''));
        expect(parts.every((part) => part.buffer !== whole.buffer)).toBe(true);
      }),
    );
    expect(concatOctets([])).toEqual(new Uint8Array());
  });

  it('have an order: that of their hexadecimal text', () => {
    const few = fc.uint8Array({ maxLength: 4, max: 2 });
    fc.assert(
      fc.property(fc.oneof(few, fc.uint8Array()), fc.oneof(few, fc.uint8Array()), (a, b) => {
        const [x, y] = [toHex(a), toHex(b)];
        expect(Math.sign(compareOctets(a, b))).toBe(x < y ? -1 : x > y ? 1 : 0);
        expect(equalOctets(a, b)).toBe(x === y);
      }),
    );
  });

  it('take unsigned 32-bit numbers in place', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff_ffff }), fc.nat(9), (value, at) => {
        const octets = new Uint8Array(at + 5).fill(0xaa);
        writeU32(octets, at, value);
        expect(readU32(octets, at)).toBe(value);
        expect([octets[at - 1] ?? 0xaa, octets[at + 4]]).toEqual([0xaa, 0xaa]);
      }),
    );
  });
});
