import {
  type AsnSize,
  type AsPath,
  ATTR_MP_REACH_NLRI,
  encodeMpReach,
  encodePathAttributes,
  frameMessage,
  HEADER_LENGTH,
  MSG_UPDATE,
  maxMessageLength,
  type PathAttribute,
  pathAttribute,
} from '../../bgp/index.js';
import { concatOctets } from '../../bytes/index.js';
import { AFI_IPV4, type Afi, type Prefix, SAFI_UNICAST } from '../../inet/index.js';
import type { SeedOptions } from '../../tables/index.js';
import { createAttributePen, sessionAttributes } from './session-attributes.js';
import { createUpdateWindow, type Nlris } from './update-window.js';

const NO_OCTETS = new Uint8Array(0);

/** What a peer takes, and where routes lead. */
export interface UpdateWriterOptions extends SeedOptions {
  /** 4 octets; absent: no routes of IPv4 are written. */
  readonly nextHop4?: Uint8Array | undefined;
  /** 16 octets, or 32 (RFC 2545 §3); absent: no routes of IPv6 are written. */
  readonly nextHop6?: Uint8Array | undefined;
  /** Octets per AS number on the session. Default 4. */
  readonly asnSize?: AsnSize;
  /** Whether the peer takes messages of 65535 octets (RFC 8654); asked for each message, so that it may show late. Default false. */
  readonly extendedMessages?: boolean;
  /** Routes that wait for others with equal attributes, at most. Default 32768. */
  readonly window?: number;
}

/** Puts routes into UPDATE messages. */
export interface UpdateWriter {
  /**
   * Takes a route of IPv4 or IPv6 unicast; `attributes` are without path and next hop, in ascending order, AGGREGATOR with four
   * octets of AS number. One array for routes that share it is several times as fast.
   *
   * @returns why it is not written: there is no next hop of its family, or no message can hold it.
   */
  announce(
    prefix: Prefix,
    asPath: AsPath,
    attributes: readonly PathAttribute[],
  ): 'next-hop' | 'message-too-long' | undefined;
  /** Writes what still waits. */
  flush(): void;
}

/** A message, and how many prefixes it announces. */
export type OnUpdate = (message: Uint8Array, routes: number) => void;

const WINDOW = 32_768;
/** Octets of attributes that wait, at most. */
const WINDOW_OCTETS = 1 << 23;
/** Octets of an UPDATE beside attributes and NLRI. */
const AROUND = HEADER_LENGTH + 4;
/** Octets of MP_REACH_NLRI beside next hop and NLRI: flags, type, length in two octets, AFI, SAFI and two more. */
const AROUND_REACH = 9;

/**
 * A writer of UPDATEs (RFC 4271 §4.3; RFC 4760 §3 for IPv6). Prefixes with equal attributes share messages, although others
 * stand between them; of one prefix the routes keep their order, so that the last one is what a peer holds.
 *
 * @throws {RangeError} for a window that is no whole number of at least 1.
 */
export function createUpdateWriter(options: UpdateWriterOptions, onUpdate: OnUpdate): UpdateWriter {
  const { nextHop4, nextHop6, asnSize = 4, window = WINDOW, seed } = options;
  if (!Number.isInteger(window) || window < 1) throw new RangeError('window: a whole number of at least 1');
  const isExtended = (): boolean => options.extendedMessages ?? false;
  const waiting = createUpdateWindow(window, { seed });
  const pen = createAttributePen();
  let last: { path: AsPath; attributes: readonly PathAttribute[]; afi: Afi } | undefined;

  /** Octets of NLRI that fit beside so many of attributes. */
  const roomOf = (afi: Afi, attributes: number): number =>
    maxMessageLength(MSG_UPDATE, isExtended()) -
    AROUND -
    attributes -
    (afi === AFI_IPV4 ? 0 : AROUND_REACH + (nextHop6?.length ?? 0));
  const write = (afi: Afi, attributes: Uint8Array, { octets, ends }: Nlris): void => {
    const room = roomOf(afi, attributes.length);
    for (let at = 0, start = 0; at < ends.length; ) {
      const from = at;
      while (at < ends.length && (ends[at] as number) - start <= room) at++;
      const end = ends[at - 1] as number;
      const field = octets.subarray(start, end);
      onUpdate(messageOf(afi, attributes, field, nextHop6, isExtended()), at - from);
      start = end;
    }
  };
  const flush = (): void => waiting.take(write);
  return {
    announce(prefix, asPath, attributes) {
      const { afi, length } = prefix;
      if ((afi === AFI_IPV4 ? nextHop4 : nextHop6) === undefined) return 'next-hop';
      if (last?.path !== asPath || last.attributes !== attributes || last.afi !== afi) {
        last = { path: asPath, attributes, afi };
        pen.write(sessionAttributes(asPath, attributes, asnSize), afi === AFI_IPV4 ? nextHop4 : undefined);
      }
      if (roomOf(afi, pen.length) < 1 + ((length + 7) >> 3)) return 'message-too-long';
      waiting.add(prefix, pen.octets, pen.length);
      if (waiting.size >= window || waiting.octets >= WINDOW_OCTETS) flush();
      return undefined;
    },
    flush,
  };
}

/** RFC 7606 §5.1: MP_REACH_NLRI stands first. */
function messageOf(
  afi: Afi,
  attributes: Uint8Array,
  field: Uint8Array,
  nextHop: Uint8Array | undefined,
  extendedMessages: boolean,
): Uint8Array {
  const four = afi === AFI_IPV4;
  const reach = four ? [] : [{ afi, safi: SAFI_UNICAST, nextHop: nextHop ?? NO_OCTETS, field }];
  const first = encodePathAttributes(
    reach.map((one) => pathAttribute(ATTR_MP_REACH_NLRI, encodeMpReach(one))),
  );
  const length = first.length + attributes.length;
  const lengths = Uint8Array.of(0, 0, length >> 8, length); // no withdrawn routes
  const body = concatOctets([lengths, first, attributes, four ? field : NO_OCTETS]);
  return frameMessage(MSG_UPDATE, body, extendedMessages);
}
