import {
  type Capability,
  decodeCapability,
  encodeCapability,
  roleCapability,
  roleOfValue,
} from 'pathsec/bgp';
import { toHex } from 'pathsec/bytes';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { hex } from './wire-support.js';

describe('capabilities: encode, decode, re-encode', () => {
  const rows: readonly [octets: string, capability: Capability][] = [
    ['01 04 0001 00 01', { name: 'multiprotocol', afi: 1, safi: 1, reserved: 0 }],
    ['01 04 0002 ff 80', { name: 'multiprotocol', afi: 2, safi: 128, reserved: 255 }],
    ['02 00', { name: 'route-refresh' }],
    ['06 00', { name: 'extended-message' }],
    // RFC 8205 §2.1 and the four values of interest.
    ['07 03 08 00 01', { name: 'bgpsec', version: 0, direction: 'send', afi: 1, unassigned: 0 }],
    ['07 03 00 00 01', { name: 'bgpsec', version: 0, direction: 'receive', afi: 1, unassigned: 0 }],
    ['07 03 08 00 02', { name: 'bgpsec', version: 0, direction: 'send', afi: 2, unassigned: 0 }],
    ['07 03 00 00 02', { name: 'bgpsec', version: 0, direction: 'receive', afi: 2, unassigned: 0 }],
    ['07 03 f7 40 04', { name: 'bgpsec', version: 15, direction: 'receive', afi: 0x4004, unassigned: 7 }],
    ['09 01 03', { name: 'role', value: 3 }],
    ['09 01 ff', { name: 'role', value: 255 }],
    ['41 04 ffffffff', { name: 'four-octet-as', asn: 4_294_967_295 }],
    [
      '45 08 0001 01 01 0002 01 03',
      {
        name: 'add-path',
        families: [
          { afi: 1, safi: 1, mode: 'receive' },
          { afi: 2, safi: 1, mode: 'both' },
        ],
      },
    ],
    ['40 02 8078', { name: 'opaque', code: 64, value: hex('8078') }],
  ];
  it.each(rows)('%s', (text, capability) => {
    requirement(
      'rfc8205:2.1:capability-length',
      'rfc8205:2.1:version-0',
      'rfc8205:2.1:direction-bit',
      'rfc8205:2.1:two-families',
      'rfc9234:4.1:capability-format',
    );
    const octets = hex(text);
    expect(toHex(encodeCapability(capability))).toBe(toHex(octets));
    const decoded = decodeCapability(octets[0] as number, octets.subarray(2));
    expect(decoded).toEqual(capability);
    expect(toHex(encodeCapability(decoded))).toBe(toHex(octets));
  });

  const notUnderstood: readonly [code: number, value: string][] = [
    [1, '000101'],
    [1, '0001000100'],
    [2, '00'],
    [6, '00'],
    [7, ''],
    [7, '0800'],
    [7, '08000100'],
    [9, ''],
    [9, '0303'],
    [65, '0000'],
    [65, '0000000001'],
    [69, ''],
    [69, '000101'],
    [69, '00010100'],
    [69, '00010104'],
  ];
  it.each(notUnderstood)('code %i with value %s is kept as octets', (code, value) => {
    requirement('!rfc8205:2.1:capability-length', '!rfc9234:4.1:capability-format');
    expect(decodeCapability(code, hex(value))).toEqual({ name: 'opaque', code, value: hex(value) });
  });

  it('the encoder refuses values outside their fields', () => {
    requirement('!rfc8205:2.1:unassigned-bits');
    const bgpsec = { name: 'bgpsec', version: 0, direction: 'send', afi: 1, unassigned: 0 } as const;
    const bad: readonly Capability[] = [
      { ...bgpsec, version: 16 },
      { ...bgpsec, unassigned: 8 },
      { ...bgpsec, afi: 65_536 },
      { name: 'role', value: 256 },
      { name: 'four-octet-as', asn: 2 ** 32 },
      { name: 'multiprotocol', afi: -1, safi: 1, reserved: 0 },
      { name: 'add-path', families: [] },
      { name: 'opaque', code: 1, value: new Uint8Array(256) },
      { name: 'opaque', code: 256, value: new Uint8Array(0) },
    ];
    for (const capability of bad) expect(() => encodeCapability(capability)).toThrow(RangeError);
    expect(bad).toHaveLength(9);
  });

  it('names roles, RFC 9234 Table 1', () => {
    requirement('rfc9234:4.1:role-values');
    const roles = ['provider', 'rs', 'rs-client', 'customer', 'peer'] as const;
    expect([0, 1, 2, 3, 4, 5].map(roleOfValue)).toEqual([...roles, undefined]);
    expect(roles.map((role) => roleCapability(role).value)).toEqual([0, 1, 2, 3, 4]);
    expect(() => roleCapability('complex' as never)).toThrow(TypeError);
  });
});
