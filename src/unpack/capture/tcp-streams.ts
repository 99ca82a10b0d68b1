import { equalOctets } from '../../bytes/index.js';
import { HashedMap, SeededHash, type SeedOptions } from '../../tables/index.js';
import type { PacketPlace } from './packet.js';
import { createTcpDirection, type TcpDirection, type Waiting } from './tcp-direction.js';
import type { Endpoint, TcpSegment } from './tcp-segment.js';

/** Which end of a connection sends; {@link TcpSink} is told of the ends in this order. */
export type TcpSide = 0 | 1;

/** What a connection is to its sink: wanted, of no interest, or not known yet. */
export type TcpInterest = 'wanted' | 'ignored' | 'undecided';

/** Takes the octets of both directions of one TCP connection. */
export interface TcpSink {
  /** The next octets that `side` sent, in order; `at` is where they stand in the input. They stay as they are. */
  data(side: TcpSide, octets: Uint8Array, at: number, place: PacketPlace): void;
  /**
   * So many octets of `side` are missing here; undefined where it goes on elsewhere.
   *
   * @param cut whether the capture cut a packet short; else packets are missing.
   */
  gap(side: TcpSide, missing: number | undefined, cut: boolean, place: PacketPlace): void;
  /** A packet repeats octets of `side` as others than they were; those that were there first count. */
  overlap(side: TcpSide, place: PacketPlace): void;
  /** Nothing more comes. `evicted`: there were too many connections to follow this one. */
  end(evicted: boolean): void;
  readonly interest: TcpInterest;
}

/** The beginning of a connection. */
export interface TcpStart {
  readonly ends: readonly [Endpoint, Endpoint];
  /** Whether the first octet of `side` is known, because its SYN was there. */
  isKnown(side: TcpSide): boolean;
}

/** How many TCP connections are followed, and what may wait; every member has a default. NON-SPEC. */
export interface TcpLimits {
  /** Connections that are wanted; default 16,384. */
  readonly wanted?: number;
  /** Others: undecided, and those to be passed over; default 4,096. */
  readonly others?: number;
  /** Octets of all connections that wait for such as belong in front of them; default 64 MiB. */
  readonly waiting?: number;
}

/** The TCP connections of a capture (RFC 9293), each direction in order. Does no I/O. */
export interface TcpStreams {
  take(segment: TcpSegment, place: PacketPlace): void;
  /** The capture is over: what still waits is given, and all connections end. */
  end(): void;
  /** Connections that are followed. */
  readonly size: number;
}

/** A connection in one of two lists, in the order of their last packets. */
interface Connection {
  readonly key: Uint8Array;
  readonly sink: TcpSink;
  readonly directions: readonly [TcpDirection, TcpDirection];
  interest: TcpInterest;
  before: Connection | undefined;
  after: Connection | undefined;
}

/** A list of connections, the one that was silent for longest first. */
interface Recent {
  first: Connection | undefined;
  last: Connection | undefined;
  size: number;
}

/**
 * Puts TCP connections in order again: segments that come late, twice, or in part twice. A connection is the four numbers of
 * its ends, until a SYN begins it anew; without a SYN a direction begins with its first payload. What is missing counts as
 * lost when 1 MiB of its direction waits for it, or the connection ends. Memory is bounded, whatever comes
 * (docs/decisions/unpack.md D-tcp-streams).
 *
 * @param connect gives the sink of a connection that begins.
 */
export function createTcpStreams(
  connect: (start: TcpStart) => TcpSink,
  limits: TcpLimits = {},
  { seed }: SeedOptions = {},
): TcpStreams {
  const { wanted = 16_384, others = 4_096, waiting: limit = 1 << 26 } = limits;
  const hash = new SeededHash(seed);
  const table = new HashedMap<Uint8Array, Connection>({
    hash: (key) => hash.octets(key, 0, key.length),
    equal: equalOctets,
  });
  const waiting: Waiting = { octets: 0, limit };
  const recent = {
    wanted: { first: undefined, last: undefined, size: 0 } as Recent,
    others: { first: undefined, last: undefined, size: 0 } as Recent,
  };
  const listOf = ({ interest }: Connection): Recent =>
    interest === 'wanted' ? recent.wanted : recent.others;

  const finish = (connection: Connection, evicted: boolean): void => {
    unlink(listOf(connection), connection);
    table.delete(connection.key);
    for (const direction of connection.directions) direction.end();
    connection.sink.end(evicted);
  };
  const makeRoom = (): void => {
    while (recent.wanted.size > wanted) finish(recent.wanted.first as Connection, true);
    while (recent.others.size > others) finish(recent.others.first as Connection, true);
  };
  const open = (key: Uint8Array, ends: readonly [Endpoint, Endpoint]): Connection => {
    const [one, other] = ends.map(({ address, port }) => ({ address: address.slice(), port })) as [
      Endpoint,
      Endpoint,
    ];
    const sink = connect({
      ends: [one, other],
      isKnown: (side) => directions[side].known,
    });
    const direction = (side: TcpSide): TcpDirection =>
      createTcpDirection(
        {
          data: (octets, at, place) => sink.data(side, octets, at, place),
          gap: (missing, cut, place) => sink.gap(side, missing, cut, place),
          overlap: (place) => sink.overlap(side, place),
        },
        waiting,
      );
    const directions = [direction(0), direction(1)] as const;
    const { interest } = sink;
    const connection = { key, sink, directions, interest, before: undefined, after: undefined };
    table.set(key, connection);
    append(listOf(connection), connection);
    return connection;
  };
  /** Moves the connection to the end of the list where it belongs now. */
  const touch = (connection: Connection): void => {
    unlink(listOf(connection), connection);
    connection.interest = connection.sink.interest;
    append(listOf(connection), connection);
    if (connection.interest === 'ignored') for (const direction of connection.directions) direction.ignore();
    makeRoom();
  };
  return {
    get size() {
      return table.size;
    },
    take({ source, destination, sequence, syn, payload, payloadAt, cut }, place) {
      if (!syn && payload.length === 0 && cut === 0) return; // an acknowledgement alone says nothing
      const { key, side } = keyOf(source, destination);
      let connection = table.get(key);
      const first = (sequence + 1) >>> 0;
      if (connection !== undefined && syn) {
        const direction = connection.directions[side];
        if (direction.begun && !direction.beginsAt(first)) {
          finish(connection, false);
          connection = undefined;
        }
      }
      connection ??= open(key, side === 0 ? [source, destination] : [destination, source]);
      const direction = connection.directions[side];
      if (syn && !direction.begun) direction.begin(first);
      if (connection.interest !== 'ignored') {
        direction.take(syn ? first : sequence, payload, cut, place.offset + payloadAt, place);
      }
      touch(connection);
    },
    end() {
      for (const connection of [...table.values()]) finish(connection, false);
    },
  };
}

/** The same for both directions: the lesser end first; and which end sends. */
function keyOf(
  source: Endpoint,
  destination: Endpoint,
): { readonly key: Uint8Array; readonly side: TcpSide } {
  const side = compareEnds(source, destination) <= 0 ? 0 : 1;
  const [one, other] = side === 0 ? [source, destination] : [destination, source];
  const { length } = one.address;
  const key = new Uint8Array(2 * length + 4);
  key.set(one.address);
  key.set(other.address, length);
  key.set([one.port >> 8, one.port & 0xff, other.port >> 8, other.port & 0xff], 2 * length);
  return { key, side };
}

function compareEnds(a: Endpoint, b: Endpoint): number {
  for (let i = 0; i < a.address.length; i++) {
    if (a.address[i] !== b.address[i]) return (a.address[i] as number) - (b.address[i] as number);
  }
  return a.port - b.port;
}

function append(list: Recent, connection: Connection): void {
  connection.before = list.last;
  connection.after = undefined;
  if (list.last === undefined) list.first = connection;
  else list.last.after = connection;
  list.last = connection;
  list.size++;
}

function unlink(list: Recent, connection: Connection): void {
  const { before, after } = connection;
  if (before === undefined) list.first = after;
  else before.after = after;
  if (after === undefined) list.last = before;
  else after.before = before;
  list.size--;
}
