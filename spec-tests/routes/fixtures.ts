import {
  type AsPath,
  encodeAsPath,
  encodeMpReach,
  encodeNlri,
  encodeUpdateMessage,
  type Nlri,
  type PathAttribute,
  parseAsPath,
  pathAttribute,
} from 'pathsec/bgp';
import { parseAddress, parsePrefix } from 'pathsec/inet';
import { type Bgp4mpMessage, encodeBgp4mpMessage, encodePeerIndexTable } from 'pathsec/routes';

export const TIME = 1_700_000_000;

export const session = {
  time: TIME,
  peerAs: 64496,
  localAs: 64511,
  peerAddress: parseAddress('192.0.2.1'),
  localAddress: parseAddress('192.0.2.254'),
} as const;

/** ORIGIN IGP, AS_PATH and NEXT_HOP 192.0.2.1. */
export function attributes(path: string | AsPath, asnSize: 2 | 4 = 4): PathAttribute[] {
  const asPath = typeof path === 'string' ? parseAsPath(path) : path;
  return [
    pathAttribute(1, Uint8Array.of(0)),
    pathAttribute(2, encodeAsPath(asPath, asnSize)),
    pathAttribute(3, parseAddress('192.0.2.1')),
  ];
}

/** A prefix, and its Path Identifier where there is one. */
export type Entry = string | readonly [string, number];

export const nlri = (...entries: Entry[]): Nlri[] =>
  entries.map((entry) =>
    typeof entry === 'string'
      ? { prefix: parsePrefix(entry) }
      : { prefix: parsePrefix(entry[0]), pathId: entry[1] },
  );

export interface UpdateParts {
  readonly withdrawn?: Uint8Array;
  readonly attributes?: readonly PathAttribute[];
  readonly nlri?: Uint8Array;
}

export function update(parts: UpdateParts): Uint8Array {
  const none = new Uint8Array(0);
  return encodeUpdateMessage(
    {
      kind: 'update',
      withdrawnField: parts.withdrawn ?? none,
      attributes: parts.attributes ?? [],
      nlriField: parts.nlri ?? none,
    },
    true,
  );
}

/** MP_REACH_NLRI for IPv6 unicast by 2001:db8::1. */
export function mpReach(field: Uint8Array, safi = 1): PathAttribute {
  return pathAttribute(14, encodeMpReach({ afi: 2, safi, nextHop: parseAddress('2001:db8::1'), field }));
}

export function message(octets: Uint8Array, kind: Partial<Bgp4mpMessage> = {}): Uint8Array {
  return encodeBgp4mpMessage({
    ...session,
    asnSize: 4,
    addPath: false,
    local: false,
    message: octets,
    ...kind,
  });
}

/** An announcement of 198.51.100.0/24 by `path`. */
export function announcement(path: string, kind: Partial<Bgp4mpMessage> = {}): Uint8Array {
  const entries = kind.addPath ? nlri(['198.51.100.0/24', 7]) : nlri('198.51.100.0/24');
  return message(
    update({
      attributes: attributes(path, kind.asnSize ?? 4),
      nlri: encodeNlri(entries, kind.addPath ?? false),
    }),
    kind,
  );
}

/** Peers 0: 192.0.2.1 AS64496, 1: 2001:db8::1 AS4200000001. */
export const peerIndexTable = encodePeerIndexTable({
  time: TIME,
  collectorBgpId: 0xc0000201,
  viewName: new TextEncoder().encode('sample'),
  peers: [
    { bgpId: 1, address: parseAddress('192.0.2.1'), asn: 64496 },
    { bgpId: 2, address: parseAddress('2001:db8::1'), asn: 4_200_000_001 },
  ],
});
