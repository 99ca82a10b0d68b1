import type { Peer, Place } from './place.js';

/**
 * What every neighbour announces at first; the last IPv4 prefix is withdrawn later. ExaBGP 4.2.25 refuses its neighbour beside a
 * route of IPv6 with 32 bits: it takes the mask of one for that of the other.
 */
export const PREFIXES = ['192.0.2.0/24', '198.51.100.128/25', '203.0.113.0/24', '2001:db8::/48'] as const;
export const [FIRST, SECOND, WITHDRAWN, IPV6] = PREFIXES;

export const OWN = { as: 64_500, address: '127.0.0.1' } as const;
export const THEIRS = { as: 64_499, address: '127.0.0.2' } as const;

/** How a neighbour is to speak. */
export interface Speaking {
  /** Scratch folder. */
  readonly folder: string;
  /** It connects to this port; undefined: it waits at `theirPort`. */
  readonly ownPort: number | undefined;
  readonly theirPort: number;
  /** Its role (RFC 9234), where it knows roles. */
  readonly role: string | undefined;
}

export interface RunningNeighbor {
  /** Withdraws the last IPv4 prefix. */
  withdraw(): Promise<unknown>;
  /** What it says of the session, where it tells why that ended. */
  ended?(): Promise<string>;
  /** How many routes of ours it holds, of both families, where it tells. */
  held?(): Promise<number>;
  stop(): Promise<void>;
}

/** A BGP speaker of somebody else. */
export interface Neighbor extends Peer {
  readonly name: string;
  readonly roles: boolean;
  /** It sends End-of-RIB to a peer that has not offered graceful restart. */
  readonly endOfRib: boolean;
  /** It announces IPv6 over a session of IPv4 addresses with the next hop that it is told. */
  readonly ipv6: boolean;
  /** It can wait for us. */
  readonly waits: boolean;
  start(speaking: Speaking): Promise<RunningNeighbor>;
}

/** When it has stopped, what its place made for itself goes too. */
export async function ended(stopped: Promise<void>, place: Place): Promise<void> {
  await stopped;
  place.leave();
}
