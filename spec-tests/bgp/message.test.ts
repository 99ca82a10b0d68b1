import fc from 'fast-check';
import {
  BgpError,
  type BgpMessage,
  createMessageSplitter,
  decodeMessage,
  encodeMessage,
  hardResetContent,
  maxMessageLength,
  notificationName,
  shutdownCommunication,
} from 'pathsec/bgp';
import { DecodeError, toHex } from 'pathsec/bytes';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { hex } from './wire-support.js';

const MARKER = 'ff'.repeat(16);
const KEEPALIVE = `${MARKER}001304`;

function thrown(run: () => unknown): DecodeError {
  try {
    run();
  } catch (error) {
    if (error instanceof DecodeError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** A message of `length` octets whose body is zeros. */
function sized(type: number, length: number): Uint8Array {
  const octets = new Uint8Array(length);
  octets.fill(0xff, 0, 16);
  octets.set([length >> 8, length & 255, type], 16);
  return octets;
}

describe('message header, RFC 4271 §4.1 and §6.1', () => {
  const rows: readonly [
    name: string,
    octets: Uint8Array,
    code: string,
    offset: number,
    subcode: number,
    data: string,
  ][] = [
    ['marker not all ones', hex(`${'ff'.repeat(15)}fe001304`), 'marker', 15, 1, ''],
    ['length 18', hex(`${MARKER}001204`), 'message-length', 16, 2, '0012'],
    ['length 0', hex(`${MARKER}000002`), 'message-length', 16, 2, '0000'],
    ['KEEPALIVE of 20', sized(4, 20), 'message-length', 16, 2, '0014'],
    ['OPEN of 28', sized(1, 28), 'message-length', 16, 2, '001c'],
    ['OPEN of 4097', sized(1, 4097), 'message-length', 16, 2, '1001'],
    ['UPDATE of 22', sized(2, 22), 'message-length', 16, 2, '0016'],
    ['NOTIFICATION of 20', sized(3, 20), 'message-length', 16, 2, '0014'],
    ['ROUTE-REFRESH of 22', sized(5, 22), 'message-length', 16, 2, '0016'],
    ['type 0', sized(0, 19), 'message-type', 18, 3, '00'],
    ['type 6', sized(6, 19), 'message-type', 18, 3, '06'],
  ];
  it.each(rows)('%s', (_name, octets, code, offset, subcode, data) => {
    const error = thrown(() => decodeMessage(octets));
    expect(error).toBeInstanceOf(BgpError);
    expect(error).toMatchObject({ code, offset, treatment: 'session-reset' });
    const { notification } = (error as BgpError).fault;
    expect(notification).toMatchObject({ code: 1, subcode });
    expect(toHex(notification?.data ?? new Uint8Array(0))).toBe(data);
  });

  it('extended messages, RFC 8654 §4: only with the capability, never OPEN and KEEPALIVE', () => {
    const update = sized(2, 4097);
    update.set([0x0f, 0xe9 + 1], 21);
    expect(decodeMessage(update, true).kind).toBe('update');
    expect(thrown(() => decodeMessage(update, false)).code).toBe('message-length');
    expect(decodeMessage(sized(3, 65_535), true).kind).toBe('notification');
    expect([1, 2, 3, 4, 5].map((type) => maxMessageLength(type, true))).toEqual([
      4096, 65_535, 65_535, 4096, 65_535,
    ]);
    expect([1, 2, 3, 4, 5].map((type) => maxMessageLength(type, false))).toEqual(Array(5).fill(4096));
  });

  it('one message, no more and no less', () => {
    expect(thrown(() => decodeMessage(hex(KEEPALIVE).subarray(0, 18))).code).toBe('truncated');
    expect(thrown(() => decodeMessage(hex(`${MARKER}001702 0000`)))).toMatchObject({
      code: 'truncated',
      offset: 21,
    });
    expect(thrown(() => decodeMessage(hex(`${KEEPALIVE}ff`)))).toMatchObject({
      code: 'trailing-octets',
      offset: 19,
    });
  });
});

describe('messages: encode, decode, re-encode', () => {
  const rows: readonly [octets: string, message: BgpMessage][] = [
    [KEEPALIVE, { kind: 'keepalive' }],
    [`${MARKER}0015030600`, { kind: 'notification', code: 6, subcode: 0 }],
    [`${MARKER}00170301020012`, { kind: 'notification', code: 1, subcode: 2, data: hex('0012') }],
    [`${MARKER}00170500010001`, { kind: 'route-refresh', afi: 1, safi: 1, subtype: 0 }],
    [`${MARKER}00170500020201`, { kind: 'route-refresh', afi: 2, safi: 1, subtype: 2 }],
    [
      `${MARKER}001a05 0001 00 01 014000`,
      { kind: 'route-refresh', afi: 1, safi: 1, subtype: 0, rest: hex('014000') },
    ],
    [
      `${MARKER}001702 0000 0000`,
      { kind: 'update', withdrawnField: hex(''), attributes: [], nlriField: hex('') },
    ],
    [
      `${MARKER}002e02 0004 18c00002 000e 5001000100 400600 c063020102 80 18cb0071 00`,
      {
        kind: 'update',
        withdrawnField: hex('18c00002'),
        attributes: [
          { flags: 0x50, code: 1, value: hex('00') },
          { flags: 0x40, code: 6, value: hex('') },
          { flags: 0xc0, code: 0x63, value: hex('0102') },
        ],
        attributesRest: hex('80'),
        nlriField: hex('18cb0071 00'),
      },
    ],
  ];
  it.each(rows)('%s', (octets, message) => {
    expect(toHex(encodeMessage(message))).toBe(toHex(hex(octets)));
    const decoded = decodeMessage(hex(octets));
    expect(decoded).toEqual(message);
    expect(toHex(encodeMessage(decoded))).toBe(toHex(hex(octets)));
  });

  it('ROUTE-REFRESH subtypes 1 and 2 have 4 octets, RFC 7313 §5', () => {
    const error = thrown(() => decodeMessage(hex(`${MARKER}001805 0001 01 01 00`)));
    expect(error).toMatchObject({ code: 'route-refresh-length', offset: 23 });
    expect((error as BgpError).fault.notification).toMatchObject({ code: 7, subcode: 1 });
    const bad: BgpMessage = { kind: 'route-refresh', afi: 1, safi: 1, subtype: 1, rest: hex('00') };
    expect(() => encodeMessage(bad)).toThrow(RangeError);
  });

  it('never cuts a message that is too long', () => {
    const data = new Uint8Array(4096 - 21);
    expect(encodeMessage({ kind: 'notification', code: 6, subcode: 0, data }, false)).toHaveLength(4096);
    const more: BgpMessage = { kind: 'notification', code: 6, subcode: 0, data: new Uint8Array(4096 - 20) };
    expect(() => encodeMessage(more, false)).toThrow(/4097 octets, the maximum is 4096/);
    expect(encodeMessage(more, true)).toHaveLength(4097);
    const update: BgpMessage = {
      kind: 'update',
      withdrawnField: hex(''),
      attributes: [{ flags: 0xc0, code: 99, value: new Uint8Array(256) }],
      nlriField: hex(''),
    };
    expect(() => encodeMessage(update)).toThrow(RangeError);
    expect(() => encodeMessage({ kind: 'notification', code: 256, subcode: 0 })).toThrow(RangeError);
    expect(() => encodeMessage({ kind: 'notification', code: 1, subcode: -1 })).toThrow(RangeError);
  });

  it('names NOTIFICATION codes', () => {
    requirement('rfc9234:4.2:reject-mismatch');
    expect(notificationName({ code: 2, subcode: 11 })).toBe('OPEN Message Error / Role Mismatch');
    expect(notificationName({ code: 2, subcode: 7 })).toBe('OPEN Message Error / Unsupported Capability');
    expect(notificationName({ code: 4, subcode: 0 })).toBe('Hold Timer Expired');
    expect(notificationName({ code: 3, subcode: 99 })).toBe('UPDATE Message Error / subcode 99');
    expect(notificationName({ code: 99, subcode: 1 })).toBe('code 99 / subcode 1');
  });

  it('reads a shutdown communication, RFC 9003 §2', () => {
    const at = (subcode: number, data: string) =>
      shutdownCommunication({ code: 6, subcode, data: hex(data) });
    expect(at(2, '03 e282ac')).toBe('€');
    expect(at(4, '02 6f6b')).toBe('ok');
    expect(at(2, '00')).toBe('');
    expect(at(2, '03 6f6b')).toBeUndefined();
    expect(at(2, '02 ff6b')).toBeUndefined();
    expect(at(3, '02 6f6b')).toBeUndefined();
    expect(at(2, '')).toBeUndefined();
  });

  it('reads the content of a Hard Reset, RFC 8538 §3.1', () => {
    const at = (subcode: number, data: string) => hardResetContent({ code: 6, subcode, data: hex(data) });
    const shutdown = at(9, '06 02 02 6f6b');
    expect(shutdown).toEqual({ code: 6, subcode: 2, data: hex('026f6b') });
    expect(shutdown && shutdownCommunication(shutdown)).toBe('ok');
    expect(at(9, '04 00')).toEqual({ code: 4, subcode: 0 });
    expect(at(9, '06')).toBeUndefined();
    expect(at(2, '06 02')).toBeUndefined();
    expect(hardResetContent({ code: 6, subcode: 9 })).toBeUndefined();
    expect(hardResetContent({ code: 3, subcode: 9, data: hex('0602') })).toBeUndefined();
  });
});

const family = { afi: fc.nat(0xffff), safi: fc.nat(255) };
const field = fc.uint8Array({ maxLength: 60 });
const rest = field.map((octets) => (octets.length > 0 ? { rest: octets } : {}));
const arbitraryMessage: fc.Arbitrary<BgpMessage> = fc.oneof(
  fc.constant<BgpMessage>({ kind: 'keepalive' }),
  fc.record({ code: fc.nat(255), subcode: fc.nat(255), data: field }).map(
    ({ code, subcode, data }): BgpMessage => ({
      kind: 'notification',
      code,
      subcode,
      ...(data.length > 0 && { data }),
    }),
  ),
  fc
    .tuple(fc.record({ ...family, subtype: fc.constantFrom(0, 3, 255) }), rest)
    .map(([fields, more]): BgpMessage => ({ kind: 'route-refresh', ...fields, ...more })),
  fc
    .record({
      withdrawnField: field,
      attributes: fc.array(
        fc
          .record({ flags: fc.nat(255), code: fc.nat(255), value: fc.uint8Array({ maxLength: 300 }) })
          .map(({ flags, code, value }) => ({
            flags: value.length > 255 ? flags | 0x10 : flags,
            code,
            value,
          })),
        { maxLength: 5 },
      ),
      nlriField: field,
    })
    .map((fields): BgpMessage => ({ kind: 'update', ...fields })),
);

describe('message properties', () => {
  it('decode(encode(message)) is the message, byte for byte', () => {
    fc.assert(
      fc.property(arbitraryMessage, (message) => {
        const octets = encodeMessage(message);
        expect(decodeMessage(octets)).toEqual(message);
        expect(toHex(encodeMessage(decodeMessage(octets)))).toBe(toHex(octets));
      }),
    );
  });

  it('the splitter gives the same messages for every way to cut the stream', () => {
    fc.assert(
      fc.property(fc.array(arbitraryMessage, { maxLength: 6 }), fc.array(fc.nat(50)), (messages, cuts) => {
        const parts = messages.map((message) => encodeMessage(message));
        const stream = hex(parts.map(toHex).join(''));
        const splitter = createMessageSplitter(true);
        const found: Uint8Array[] = [];
        let at = 0;
        for (const cut of [...cuts, stream.length]) {
          const chunk = stream.slice(at, at + cut);
          splitter.push(chunk);
          chunk.fill(0);
          at = Math.min(stream.length, at + cut);
          for (let one = splitter.next(); one; one = splitter.next()) found.push(one);
        }
        // Looked at in the end: what comes later writes over no message that was given out.
        expect(found.map(toHex)).toEqual(parts.map(toHex));
        expect(splitter.pending).toBe(0);
      }),
    );
  });
});

describe('message splitter', () => {
  it('yields what is whole before a broken header, then fails for good', () => {
    const splitter = createMessageSplitter(false);
    splitter.push(hex(`${KEEPALIVE}${KEEPALIVE}${MARKER}001209`));
    expect(toHex(splitter.next() ?? hex(''))).toBe(KEEPALIVE);
    expect(toHex(splitter.next() ?? hex(''))).toBe(KEEPALIVE);
    expect(thrown(() => splitter.next()).code).toBe('message-length');
    splitter.push(hex(KEEPALIVE));
    expect(thrown(() => splitter.next()).code).toBe('message-length');
  });

  it('waits for a header and for a body, octet by octet, and keeps nothing of what was taken', () => {
    const splitter = createMessageSplitter(false);
    const message = encodeMessage(
      { kind: 'notification', code: 6, subcode: 4, data: new Uint8Array(4000) },
      false,
    );
    for (let round = 0; round < 3; round++) {
      for (const [i, octet] of message.entries()) {
        splitter.push(Uint8Array.of(octet));
        const whole = splitter.next();
        expect(whole === undefined).toBe(i < message.length - 1);
      }
      expect(splitter.pending).toBe(0);
    }
  });

  it('hands out arrays of their own', () => {
    const splitter = createMessageSplitter(false);
    splitter.push(hex(KEEPALIVE));
    const first = splitter.next();
    splitter.push(new Uint8Array(4000));
    expect(toHex(first ?? hex(''))).toBe(KEEPALIVE);
  });
});
