import fc from 'fast-check';
import {
  BgpError,
  type Capability,
  decodeMessage,
  encodeMessage,
  makeOpen,
  type OpenMessage,
  openAsn,
  openCapabilities,
  sessionOfOpens,
} from 'pathsec/bgp';
import { toHex } from 'pathsec/bytes';
import { describe, expect, it } from 'vitest';
import { arbitraryAsn } from '../support.js';
import { hex } from './wire-support.js';

/** A whole OPEN around its Optional Parameters, length octet included. */
function openOf(parameters: string, fixed = '04 fbf0 005a c0000201'): Uint8Array {
  const body = hex(`${fixed} ${parameters}`);
  const length = 19 + body.length;
  return hex(`${'ff'.repeat(16)} ${length.toString(16).padStart(4, '0')} 01 ${toHex(body)}`);
}

function decodeOpen(octets: Uint8Array): OpenMessage {
  const message = decodeMessage(octets);
  if (message.kind !== 'open') throw new Error(message.kind);
  return message;
}

describe('OPEN, RFC 4271 §4.2', () => {
  it('without parameters', () => {
    const octets = openOf('00');
    const open = decodeOpen(octets);
    expect(open).toEqual({
      kind: 'open',
      myAs: 64496,
      holdTime: 90,
      bgpIdentifier: 0xc0000201,
      parameters: [],
    });
    expect(toHex(encodeMessage(open))).toBe(toHex(octets));
  });

  it('keeps how capabilities are spread over parameters, RFC 5492 §4', () => {
    const octets = openOf('14 02 06 01 04 0001 00 01 02 0a 02 00 07 03 08 0001 09 01 00');
    const open = decodeOpen(octets);
    expect(open.parameters.map((list) => list.length)).toEqual([1, 3]);
    expect(openCapabilities(open).map(({ name }) => name)).toEqual([
      'multiprotocol',
      'route-refresh',
      'bgpsec',
      'role',
    ]);
    expect(toHex(encodeMessage(open))).toBe(toHex(octets));
    const empty = openOf('02 02 00');
    expect(decodeOpen(empty).parameters).toEqual([[]]);
    expect(toHex(encodeMessage(decodeOpen(empty)))).toBe(toHex(empty));
  });

  it('the AS of the sender is that of capability 65, RFC 6793 §4.1', () => {
    expect(openAsn(decodeOpen(openOf('00')))).toBe(64496);
    const big = makeOpen(4_200_000_000, 1, []);
    expect(big.myAs).toBe(23456);
    expect(openAsn(big)).toBe(4_200_000_000);
    expect(openAsn(decodeOpen(encodeMessage(big)))).toBe(4_200_000_000);
    expect(openCapabilities(makeOpen(1, 1, [{ name: 'four-octet-as', asn: 1 }]))).toHaveLength(1);
  });

  describe('extended parameters, RFC 9072', () => {
    it.each(['ff', '01', '07'])('Non-Ext OP Len %s is ignored and kept', (length) => {
      const octets = openOf(`${length} ff 0005 02 0002 06 00`);
      const open = decodeOpen(octets);
      expect(open.nonExtOpLen).toBe(Number.parseInt(length, 16));
      expect(open.parameters).toEqual([[{ name: 'extended-message' }]]);
      expect(toHex(encodeMessage(open))).toBe(toHex(octets));
    });

    it('extended length 0 means no parameters', () => {
      const octets = openOf('ff ff 0000');
      expect(decodeOpen(octets)).toMatchObject({ parameters: [], nonExtOpLen: 255 });
      expect(toHex(encodeMessage(decodeOpen(octets)))).toBe(toHex(octets));
    });

    it('is chosen by the encoder above 255 octets and not below', () => {
      const of = (count: number): OpenMessage =>
        makeOpen(64496, 1, [{ name: 'opaque', code: 73, value: new Uint8Array(count) }]);
      const octets = (open: OpenMessage): string => toHex(encodeMessage(open)).slice(56);
      expect(octets(of(245))).toMatch(/^ff02fd4104/);
      expect(octets(of(246))).toMatch(/^ffff01010200fe4104/);
      const large: OpenMessage = {
        ...of(10),
        parameters: [of(250), of(250)].flatMap((open) => open.parameters),
      };
      expect(decodeOpen(encodeMessage(large))).toMatchObject({
        nonExtOpLen: 255,
        parameters: large.parameters,
      });
    });

    it('refuses Non-Ext OP Len 0 and more than 4096 octets', () => {
      const open = makeOpen(64496, 1, []);
      expect(() => encodeMessage({ ...open, nonExtOpLen: 0 })).toThrow(RangeError);
      const value = new Uint8Array(255);
      const capabilities = Array.from(
        { length: 16 },
        (): Capability => ({ name: 'opaque', code: 73, value }),
      );
      expect(() => encodeMessage(makeOpen(64496, 1, capabilities))).toThrow(/maximum is 4096/);
    });
  });

  const rows: readonly [name: string, octets: Uint8Array, code: string, offset: number, subcode: number][] = [
    ['version 3', openOf('00', '03 fbf0 005a c0000201'), 'bgp-version', 19, 1],
    ['AS 0', openOf('00', '04 0000 005a c0000201'), 'peer-as-zero', 20, 2],
    ['AS 0 in capability 65', openOf('08 02 06 41 04 00000000'), 'peer-as-zero', 20, 2],
    ['identifier 0', openOf('00', '04 fbf0 005a 00000000'), 'bgp-identifier-zero', 24, 3],
    ['parameter type 1', openOf('02 01 00'), 'parameter-unsupported', 29, 4],
    ['parameter type 255 later on', openOf('04 02 00 ff 00'), 'parameter-unsupported', 31, 4],
    ['hold time 1', openOf('00', '04 fbf0 0001 c0000201'), 'hold-time', 22, 6],
    ['hold time 2', openOf('00', '04 fbf0 0002 c0000201'), 'hold-time', 22, 6],
    ['length too large', openOf('03 02 00'), 'parameters-length', 29, 0],
    ['length too small', openOf('01 02 00'), 'parameters-length', 29, 0],
    ['length without parameters', openOf('01'), 'parameters-length', 29, 0],
    ['length 0 with parameters', openOf('00 02 00'), 'parameters-length', 29, 0],
    ['extended length cut off', openOf('ff ff 00'), 'parameters-length', 29, 0],
    ['extended length too large', openOf('ff ff 0004 02 0000'), 'parameters-length', 29, 0],
    ['parameter overrun', openOf('03 02 02 06'), 'parameter-overrun', 29, 0],
    ['parameter without length', openOf('01 02'), 'parameter-overrun', 29, 0],
    ['capability overrun', openOf('05 02 03 09 02 03'), 'capability-overrun', 31, 0],
    ['capability without length', openOf('03 02 01 09'), 'capability-overrun', 31, 0],
  ];
  it.each(rows)('%s', (_name, octets, code, offset, subcode) => {
    try {
      decodeMessage(octets);
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof BgpError)) throw error;
      expect(error).toMatchObject({ code, offset, treatment: 'session-reset' });
      expect(error.fault.notification).toMatchObject({ code: 2, subcode });
    }
  });

  it('the encoder refuses what the decoder refuses', () => {
    const open = makeOpen(64496, 1, []);
    for (const bad of [
      { ...open, myAs: 0 },
      { ...open, holdTime: 1 },
      { ...open, holdTime: 2 },
      { ...open, holdTime: 65_536 },
      { ...open, bgpIdentifier: 0 },
      makeOpen(0, 1, []),
    ]) {
      expect(() => encodeMessage(bad)).toThrow(RangeError);
    }
  });
});

const arbitraryCapability: fc.Arbitrary<Capability> = fc.oneof(
  fc
    .record({ afi: fc.nat(0xffff), safi: fc.nat(255), reserved: fc.nat(255) })
    .map((fields) => ({ name: 'multiprotocol' as const, ...fields })),
  fc.constantFrom<Capability>({ name: 'route-refresh' }, { name: 'extended-message' }),
  fc
    .record({
      version: fc.nat(15),
      direction: fc.constantFrom('send' as const, 'receive' as const),
      afi: fc.nat(0xffff),
      unassigned: fc.nat(7),
    })
    .map((fields) => ({ name: 'bgpsec' as const, ...fields })),
  fc.nat(255).map((value) => ({ name: 'role' as const, value })),
  arbitraryAsn.map((asn) => ({ name: 'four-octet-as' as const, asn })),
  fc
    .record({ code: fc.integer({ min: 70, max: 255 }), value: fc.uint8Array({ maxLength: 255 }) })
    .map((fields) => ({ name: 'opaque' as const, ...fields })),
);

describe('OPEN properties', () => {
  const arbitraryOpen: fc.Arbitrary<OpenMessage> = fc
    .record({
      myAs: fc.integer({ min: 1, max: 0xffff }),
      holdTime: fc.integer({ min: 3, max: 0xffff }),
      bgpIdentifier: fc.integer({ min: 1, max: 0xffff_ffff }),
      parameters: fc.array(fc.array(arbitraryCapability, { maxLength: 3 }), { maxLength: 4 }),
    })
    .map((fields) => ({ kind: 'open', ...fields }));

  it('decode(encode(open)) is the open; the extended form appears by itself', () => {
    fc.assert(
      fc.property(arbitraryOpen, (open) => {
        // A parameter above 255 octets, too, exists in the extended form alone.
        const octets = encodeMessage(open);
        const { nonExtOpLen, ...decoded } = decodeOpen(octets);
        expect(decoded).toEqual(open);
        expect(nonExtOpLen).toBe(octets[28] === 255 && octets[29] === 255 ? 255 : undefined);
        expect(toHex(encodeMessage(decodeOpen(octets)))).toBe(toHex(octets));
      }),
    );
  });
});

describe('sessionOfOpens', () => {
  const addPath = (mode: 'send' | 'receive' | 'both'): Capability => ({
    name: 'add-path',
    families: [{ afi: 1, safi: 1, mode }],
  });

  it('2-octet AS numbers unless both announced capability 65, RFC 6793 §4.1', () => {
    const old: OpenMessage = { ...makeOpen(64496, 1, []), parameters: [] };
    const modern = makeOpen(64497, 2, []);
    expect(sessionOfOpens(modern, modern).asnSize).toBe(4);
    expect(sessionOfOpens(modern, old).asnSize).toBe(2);
    expect(sessionOfOpens(old, modern).asnSize).toBe(2);
  });

  it('ADD-PATH when this side receives and the peer sends, RFC 7911 §5', () => {
    const used = (own: Capability[], peer: Capability[]): number =>
      sessionOfOpens(makeOpen(1, 1, own), makeOpen(2, 2, peer)).addPath.length;
    expect(used([addPath('receive')], [addPath('send')])).toBe(1);
    expect(used([addPath('both')], [addPath('both')])).toBe(1);
    expect(used([addPath('send')], [addPath('receive')])).toBe(0);
    expect(used([addPath('receive')], [addPath('receive')])).toBe(0);
    expect(used([addPath('receive')], [])).toBe(0);
  });

  it('extended messages are received when this side announced them, RFC 8654 §4', () => {
    const plain = makeOpen(1, 1, []);
    const extended = makeOpen(2, 2, [{ name: 'extended-message' }]);
    expect(sessionOfOpens(extended, plain).extendedMessages).toBe(true);
    expect(sessionOfOpens(plain, extended).extendedMessages).toBe(false);
  });
});
