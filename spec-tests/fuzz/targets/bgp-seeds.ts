import { readFileSync } from 'node:fs';
import {
  encodeAsPath,
  encodeLargeCommunities,
  encodeMessage,
  encodeMpReach,
  encodeMpUnreach,
  encodeNlri,
  encodeUpdateMessage,
  makeOpen,
  type PathAttribute,
  parseAsPath,
  pathAttribute,
  type UpdateMessage,
} from 'pathsec/bgp';
import { fromHex } from 'pathsec/bytes';
import { parseAddress, parsePrefix } from 'pathsec/inet';
import { messageOf, pathOf } from '../../bgpsec/world.js';

const none = new Uint8Array(0);
const hex = (text: string): Uint8Array => fromHex(text.replaceAll(' ', ''));

/** All members of a file of facts about BGPsec that look like hexadecimal octets and have one of the names. */
export function octetsOfFacts(file: string, names: readonly string[]): Uint8Array[] {
  const found: Uint8Array[] = [];
  const visit = (value: unknown, name: string): void => {
    if (typeof value === 'string') {
      if (names.includes(name) && /^(?:[0-9a-f]{2})+$/.test(value)) found.push(fromHex(value));
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, member] of Object.entries(value)) visit(member, Array.isArray(value) ? name : key);
    }
  };
  visit(JSON.parse(readFileSync(new URL(`../../kit/bgpsec/facts/${file}`, import.meta.url), 'utf8')), '');
  return found;
}

export const AS_PATHS = [
  '64496 65536 4200000000',
  '64496 {64497,64498} 64499',
  '(65010 65011) [65012] 64496',
  '1',
];

/** Values of the attributes this product reads, by type code. */
export const ATTRIBUTE_VALUES: Readonly<Record<number, readonly Uint8Array[]>> = {
  1: [hex('00'), hex('02')],
  2: AS_PATHS.map((path) => encodeAsPath(parseAsPath(path), 4)),
  3: [hex('c0000201')],
  4: [hex('00000064')],
  5: [hex('00000064')],
  6: [none],
  7: [hex('0000fbf0 c0000201')],
  8: [hex('fbf00001 fbf00002 ffffff01')],
  14: [
    encodeMpReach({
      afi: 2,
      safi: 1,
      nextHop: parseAddress('2001:db8::1'),
      field: encodeNlri(
        [{ prefix: parsePrefix('2001:db8::/32') }, { prefix: parsePrefix('2001:db8:2::/47') }],
        false,
      ),
    }),
    encodeMpReach({ afi: 1, safi: 1, nextHop: hex('c0000201'), field: hex('18cb0071') }),
    encodeMpReach({ afi: 25, safi: 70, nextHop: hex('c0000201'), field: hex('0102030405') }),
  ],
  15: [
    encodeMpUnreach({ afi: 2, safi: 1, field: hex('2020010db8') }),
    encodeMpUnreach({ afi: 1, safi: 2, field: hex('18cb0071') }),
  ],
  17: [encodeAsPath(parseAsPath('65536 4200000000'), 4)],
  18: [hex('00010000 c0000201')],
  32: [encodeLargeCommunities([[64496, 1, 2]])],
  33: octetsOfFacts('rfc8608.json', ['attribute', 'value']),
  35: [hex('0000fbf0')],
};

const values = (...codes: readonly number[]): PathAttribute[] =>
  codes.flatMap((code) => {
    const [value] = ATTRIBUTE_VALUES[code] ?? [];
    return value === undefined ? [] : [pathAttribute(code, value)];
  });

const update = (attributes: readonly PathAttribute[], nlri: string, withdrawn = ''): Uint8Array => {
  const message: UpdateMessage = {
    kind: 'update',
    withdrawnField: hex(withdrawn),
    attributes,
    nlriField: hex(nlri),
  };
  return encodeUpdateMessage(message, true);
};

/** A signed UPDATE for AS 64500 from AS 64499 over two more hops. */
export const SIGNED = messageOf(pathOf([64497, 65536, 64499], 64500));
export const TWO_BLOCKS = messageOf(pathOf([64498, 64499], 64500, [1, 0xf7]));

/** UPDATEs that decode without any fault on a plain session. */
export const UPDATES: readonly Uint8Array[] = [
  update(values(1, 2, 3), '18c00002 10c633'),
  update(values(14, 1, 2, 4, 8, 32, 35), ''),
  update(values(15), ''),
  update([], '', '18c00002 00'),
  update([], ''),
  update(values(1, 2, 3, 4, 6, 7, 8, 32, 35), '18c00002', '18cb0071'),
  update(
    [...values(1, 3), { flags: 0x50, code: 2, value: encodeAsPath(parseAsPath(AS_PATHS[1] ?? ''), 4) }],
    '20c0000201',
  ),
  SIGNED,
  TWO_BLOCKS,
  ...octetsOfFacts('frr-capture.json', ['message']),
];

const capabilities = [
  { name: 'multiprotocol', afi: 2, safi: 1, reserved: 0 },
  { name: 'route-refresh' },
  { name: 'extended-message' },
  { name: 'bgpsec', version: 0, direction: 'send', afi: 1, unassigned: 0 },
  { name: 'bgpsec', version: 0, direction: 'receive', afi: 2, unassigned: 0 },
  { name: 'role', value: 0 },
  { name: 'add-path', families: [{ afi: 1, safi: 1, mode: 'both' }] },
  { name: 'opaque', code: 71, value: hex('000101000078') },
] as const;

export const OPENS: readonly Uint8Array[] = [
  makeOpen(64496, 0xc0000201, []),
  makeOpen(65536, 0xc0000201, capabilities.slice(0, 5)),
  makeOpen(64496, 1, capabilities.slice(4), 0),
  { ...makeOpen(64496, 1, [capabilities[1]]), nonExtOpLen: 255 },
].map((open) => encodeMessage(open));

export const OTHERS: readonly Uint8Array[] = [
  encodeMessage({ kind: 'keepalive' }),
  encodeMessage({ kind: 'notification', code: 2, subcode: 7, data: hex('41040000fbf0') }),
  encodeMessage({ kind: 'notification', code: 6, subcode: 2, data: hex('0568656c6c6f') }),
  encodeMessage({ kind: 'route-refresh', afi: 2, safi: 1, subtype: 0 }),
  encodeMessage({ kind: 'route-refresh', afi: 1, safi: 1, subtype: 1 }),
];

export { none };
