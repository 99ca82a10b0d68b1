import type { JudgedRoute } from '../../audit/index.js';

/** What a column holds: microseconds since 1970, numbers of 32 bits, text. */
export type ColumnType = 'time' | 'number' | 'text';

/** A column of the table of routes. */
export interface RouteColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** Null for nothing; of a time microseconds. */
  readonly of: (route: JudgedRoute) => bigint | number | string | null;
}

/** Makes a table of routes, row by row. */
export interface RouteTable {
  /** Takes a row; the octets that are complete with it, if any. */
  add(route: JudgedRoute): Uint8Array | undefined;
  /** The rest. */
  end(): Uint8Array;
}

/** Microseconds since 1970. */
const microsecondsOf = (seconds: number, rest = 0): bigint => BigInt(seconds) * 1_000_000n + BigInt(rest);

const hop = (bounds: 'maxUpRamp' | 'maxDownRamp', end: 'customer' | 'provider') => (route: JudgedRoute) =>
  route.hops.find((one) => one.bounds === bounds)?.[end] ?? null;

/** The columns of `--routes-out`, in their order, whatever the format. */
export const ROUTE_COLUMNS: readonly RouteColumn[] = [
  {
    name: 'time',
    type: 'time',
    of: ({ time, microseconds }) => (time === 0 ? null : microsecondsOf(time, microseconds)),
  },
  { name: 'peer_address', type: 'text', of: ({ peerAddress }) => peerAddress },
  { name: 'peer_as', type: 'number', of: ({ peerAs }) => peerAs },
  { name: 'prefix', type: 'text', of: ({ prefix }) => prefix },
  { name: 'path_id', type: 'number', of: ({ pathId }) => pathId },
  { name: 'path', type: 'text', of: ({ path }) => path },
  { name: 'origin', type: 'number', of: ({ origin }) => origin },
  { name: 'rov', type: 'text', of: ({ rov }) => rov },
  { name: 'aspa', type: 'text', of: ({ aspa }) => aspa },
  { name: 'aspa_reason', type: 'text', of: ({ reason }) => reason },
  { name: 'up_customer', type: 'number', of: hop('maxUpRamp', 'customer') },
  { name: 'up_provider', type: 'number', of: hop('maxUpRamp', 'provider') },
  { name: 'down_customer', type: 'number', of: hop('maxDownRamp', 'customer') },
  { name: 'down_provider', type: 'number', of: hop('maxDownRamp', 'provider') },
  { name: 'bgpsec', type: 'text', of: ({ signed }) => (signed ? 'unverified' : 'unsigned') },
  {
    name: 'vrps',
    type: 'text',
    of: ({ vrps }) => vrps.map(({ asn, prefix, maxLength }) => `AS${asn} ${prefix}-${maxLength}`).join(', '),
  },
  {
    name: 'payload_time',
    type: 'time',
    of: ({ payloadTime }) => (payloadTime === null ? null : microsecondsOf(payloadTime)),
  },
];
