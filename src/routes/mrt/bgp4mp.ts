import { DecodeError, readU16, readU32 } from '../../bytes/index.js';
import { WITH_IDENTIFIERS, WITHOUT_IDENTIFIERS } from '../add-path.js';
import { deliverMessage } from '../bgp-message.js';
import { type Emitter, setElementContext } from '../emitter.js';
import { deliverState } from '../state-element.js';
import { BGP4MP_ET, BGP4MP_STATE_CHANGE, BGP4MP_STATE_CHANGE_AS4, MESSAGE_SUBTYPES } from './mrt-types.js';
import type { MrtRecord } from './record-splitter.js';

/**
 * Reads a BGP4MP or BGP4MP_ET record (RFC 6396 §4.4, §3; RFC 8050 §3). False when the subtype is not read.
 *
 * @throws {DecodeError} `truncated`, `bgp4mp-afi`, `message-marker`, `message-length`; nothing was delivered then.
 */
export function readBgp4mp(
  emitter: Emitter,
  record: MrtRecord,
  octets: Uint8Array,
  start: number,
  end: number,
): boolean {
  const { subtype } = record;
  const message = MESSAGE_SUBTYPES[subtype];
  const stateChange = subtype === BGP4MP_STATE_CHANGE || subtype === BGP4MP_STATE_CHANGE_AS4;
  if (message === undefined && !stateChange) return false;

  let at = start;
  let { time } = record;
  let microseconds: number | undefined;
  if (record.type === BGP4MP_ET) {
    need(4, at, end, 'microseconds');
    microseconds = readU32(octets, at);
    if (microseconds >= 1_000_000) {
      // RFC 6396 §3 has the time be the sum of both fields (docs/decisions/routes.md D-mrt-microseconds).
      time += Math.floor(microseconds / 1_000_000);
      microseconds %= 1_000_000;
    }
    at += 4;
  }
  const wide = message === undefined ? subtype === BGP4MP_STATE_CHANGE_AS4 : message.asnSize === 4;
  const asns = wide ? 8 : 4;
  need(asns + 4, at, end, 'bgp4mp');
  const peerAs = wide ? readU32(octets, at) : readU16(octets, at);
  at += asns;
  // RFC 6396 §4.4.2: the family of the two addresses, not of the routes.
  const afi = readU16(octets, at + 2);
  if (afi !== 1 && afi !== 2) {
    throw new DecodeError('bgp4mp-afi', `address family ${afi}`, { field: 'bgp4mp.afi', offset: at + 2 });
  }
  at += 4;
  const size = afi === 1 ? 4 : 16;
  need(2 * size, at, end, 'bgp4mp.addresses');
  const peer = emitter.internPeer(octets, at, size, peerAs);
  at += 2 * size;
  emitter.source.originated = undefined;
  if (message !== undefined) {
    setElementContext(emitter.route, time, microseconds, peer, message.local);
    const addPath = message.addPath ? WITH_IDENTIFIERS : WITHOUT_IDENTIFIERS;
    deliverMessage(emitter, octets, at, end, message.asnSize, addPath);
  } else {
    need(4, at, end, 'bgp4mp.states');
    deliverState(emitter, time, microseconds, peer, readU16(octets, at), readU16(octets, at + 2));
  }
  return true;
}

function need(length: number, at: number, end: number, field: string): void {
  if (end - at < length) {
    throw new DecodeError('truncated', `needs ${length} octets, has ${end - at}`, { field, offset: at });
  }
}
