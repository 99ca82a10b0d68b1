import { type Capability, encodeMessage, encodeNlri, makeOpen } from 'pathsec/bgp';
import {
  type BmpMessage,
  type BmpPeerUp,
  encodeBmp,
  INFORMATION_STRING,
  INFORMATION_SYS_NAME,
  makePeerHeader,
  OPENBMP_FLAG_ROUTER,
  OPENBMP_RAW,
  type OpenBmpFrame,
  type PeerHeaderFields,
} from 'pathsec/bmp';
import { concatOctets, fromHex } from 'pathsec/bytes';
import { parseAddress } from 'pathsec/inet';
import { attributes, mpReach, nlri, update } from '../routes/fixtures.js';

export const text = (words: string): Uint8Array => new TextEncoder().encode(words);

/** The peer 192.0.2.1 of AS 64496, of which the router tells the time. */
export const PEER: PeerHeaderFields = {
  address: parseAddress('192.0.2.1'),
  asn: 64496,
  bgpId: 0xc0000201,
  seconds: 1_700_000_000,
  microseconds: 42,
};
export const PEER6: PeerHeaderFields = {
  ...PEER,
  address: parseAddress('2001:db8::1'),
  asn: 4_200_000_001,
};

/** An UPDATE that announces 198.51.100.0/24, with the Path Identifier 7 or without. */
export const announce = (path: string, addPath = false, asnSize: 2 | 4 = 4): Uint8Array =>
  update({
    attributes: attributes(path, asnSize),
    nlri: encodeNlri(nlri(addPath ? ['198.51.100.0/24', 7] : '198.51.100.0/24'), addPath),
  });
export const announce6 = update({
  attributes: [mpReach(encodeNlri(nlri('2001:db8::/32'), false)), ...attributes('4200000001 64497')],
});
export const withdraw = update({ withdrawn: encodeNlri(nlri('198.51.100.0/24'), false) });

export const monitor = (octets: Uint8Array, fields: PeerHeaderFields = PEER): BmpMessage => ({
  kind: 'route-monitoring',
  peer: makePeerHeader(fields),
  update: octets,
});

/** Peer Up with the capabilities of the router and of its peer. */
export function peerUp(
  fields: PeerHeaderFields = PEER,
  own: readonly Capability[] = [],
  theirs: readonly Capability[] = own,
): BmpPeerUp {
  return {
    kind: 'peer-up',
    peer: makePeerHeader(fields),
    localAddressField: new Uint8Array(16),
    localPort: 179,
    remotePort: 40_000,
    sentOpen: encodeMessage(makeOpen(64511, 1, own)),
    receivedOpen: encodeMessage(makeOpen(fields.asn, fields.bgpId, theirs)),
    information: [],
  };
}

export const INITIATION: BmpMessage = {
  kind: 'initiation',
  information: [
    { type: INFORMATION_SYS_NAME, value: text('router') },
    { type: INFORMATION_STRING, value: text('of tests') },
    { type: 99, value: fromHex('00ff') },
  ],
};
export const STATISTICS: BmpMessage = {
  kind: 'statistics',
  peer: makePeerHeader(PEER),
  statistics: [
    { type: 4, value: fromHex('00000102') },
    { type: 7, value: fromHex('0000000100000002') },
    { type: 16, value: fromHex('0002010000000000000003') },
    { type: 7, value: fromHex('00') },
    { type: 1000, value: fromHex('0102') },
  ],
};
const notification = encodeMessage({
  kind: 'notification',
  code: 6,
  subcode: 2,
  data: text('\u0004bye\n'),
});

/** A message of each kind. */
export const MESSAGES: readonly BmpMessage[] = [
  INITIATION,
  peerUp(PEER, [{ name: 'add-path', families: [{ afi: 1, safi: 1, mode: 'both' }] }]),
  { ...peerUp(PEER6), information: [{ type: 3, value: text('global') }] },
  monitor(announce('64496 64497')),
  monitor(announce6, PEER6),
  monitor(withdraw),
  monitor(announce('64497'), { asn: 64511, bgpId: 1, rib: 'loc-rib' }),
  STATISTICS,
  { kind: 'route-mirroring', peer: makePeerHeader(PEER), items: [{ type: 1, value: fromHex('0001') }] },
  {
    kind: 'route-mirroring',
    peer: makePeerHeader(PEER),
    items: [
      { type: 1, value: fromHex('0000') },
      { type: 0, value: withdraw },
    ],
  },
  { kind: 'peer-down', peer: makePeerHeader(PEER), reason: 3, data: notification },
  { kind: 'peer-down', peer: makePeerHeader(PEER6), reason: 2, data: fromHex('000a') },
  {
    kind: 'termination',
    information: [
      { type: 1, value: fromHex('0002') },
      { type: 0, value: text('no\u001bmemory') },
    ],
  },
  { kind: 'unknown', type: 77, body: fromHex('010203') },
];
export const OCTETS: readonly Uint8Array[] = MESSAGES.map(encodeBmp);

/** The frame of OpenBMP's raw feed around a message, from the router with this number. */
export const framed = (message: Uint8Array, router = 1): OpenBmpFrame => ({
  minorVersion: 7,
  flags: OPENBMP_FLAG_ROUTER,
  objectType: OPENBMP_RAW,
  seconds: 1_700_000_001,
  microseconds: 7,
  collectorHash: new Uint8Array(16).fill(9),
  collectorAdminId: text('collector'),
  router: {
    hash: new Uint8Array(16).fill(router),
    addressField: Uint8Array.of(192, 0, 2, router, ...new Uint8Array(12)),
    group: text('routers'),
  },
  rowCount: 1,
  extension: new Uint8Array(0),
  message,
});

/** The peer has closed the session. */
export const DOWN: BmpMessage = {
  kind: 'peer-down',
  peer: makePeerHeader(PEER),
  reason: 4,
  data: new Uint8Array(0),
};

/** Two peers of a router: they come up, announce, one withdraws and ends with an End-of-RIB, and goes down. */
export const TWO_PEERS: readonly BmpMessage[] = [
  INITIATION,
  peerUp(),
  peerUp(PEER6),
  monitor(announce('64496 64497')),
  monitor(announce6, PEER6),
  STATISTICS,
  monitor(withdraw),
  monitor(update({})),
  DOWN,
];

/** The octets of messages, one behind the other. */
export const stream = (...messages: readonly BmpMessage[]): Uint8Array =>
  concatOctets(messages.map(encodeBmp));
