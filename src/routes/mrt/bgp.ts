import { MSG_KEEPALIVE, MSG_NOTIFICATION, MSG_OPEN } from '../../bgp/index.js';
import { DecodeError, readU16 } from '../../bytes/index.js';
import { WITHOUT_IDENTIFIERS } from '../add-path.js';
import { deliverBody } from '../bgp-message.js';
import { type Emitter, setElementContext } from '../emitter.js';
import { deliverState } from '../state-element.js';
import { count } from '../summary.js';
import { BGP_KEEPALIVE, BGP_NOTIFY, BGP_OPEN, BGP_STATE_CHANGE, BGP_UPDATE } from './mrt-types.js';
import type { MrtRecord } from './record-splitter.js';

/** What is counted of the messages without routes. */
const MESSAGES: Readonly<Record<number, number>> = {
  [BGP_OPEN]: MSG_OPEN,
  [BGP_NOTIFY]: MSG_NOTIFICATION,
  [BGP_KEEPALIVE]: MSG_KEEPALIVE,
};

/**
 * Reads a record of the deprecated types BGP (RFC 6396 §B.2.1), or BGP4PLUS and BGP4PLUS_01 (§B.2.5), whose addresses have
 * `size` octets. AS numbers have two; a message stands there without its header. False when the subtype is not read.
 *
 * @throws {DecodeError} `truncated`; nothing was delivered then.
 */
export function readBgp(
  emitter: Emitter,
  { subtype, time }: MrtRecord,
  octets: Uint8Array,
  start: number,
  end: number,
  size: 4 | 16,
): boolean {
  const message = MESSAGES[subtype];
  if (message === undefined && subtype !== BGP_UPDATE && subtype !== BGP_STATE_CHANGE) return false;
  const peerAt = start + 2;
  // Peer AS and address; behind them the states, or AS and address of the collector.
  const behind = peerAt + size;
  const body = behind + (subtype === BGP_STATE_CHANGE ? 4 : 2 + size);
  if (body > end) {
    const text = `needs ${body - start} octets, has ${end - start}`;
    throw new DecodeError('truncated', text, { field: 'mrt.bgp', offset: start });
  }
  const peer = emitter.internPeer(octets, peerAt, size, readU16(octets, start));
  emitter.source.originated = undefined;
  if (subtype === BGP_STATE_CHANGE) {
    deliverState(emitter, time, undefined, peer, readU16(octets, behind), readU16(octets, behind + 2));
  } else if (message !== undefined) count(emitter.summary.messages, message);
  else {
    setElementContext(emitter.route, time, undefined, peer, false);
    emitter.updates++;
    deliverBody(emitter, octets, body, end, 2, WITHOUT_IDENTIFIERS, end);
  }
  return true;
}
