import { concatOctets } from '../../bytes/index.js';
import type { RtrVersion } from '../pdu/format.js';
import type { RtrCache } from './cache.js';

/** What a fault is made from. */
export interface FaultContext {
  readonly version: RtrVersion;
  readonly cache: RtrCache;
}

/**
 * Something that a cache must not do, by name, for testing routers. `now` faults are sent out of the blue; `response`
 * faults spoil the next response, which `octets` is given.
 */
export interface Fault {
  readonly name: string;
  /** What is wrong with it. */
  readonly what: string;
  /** The section of 8210bis-26 that it breaks. */
  readonly section: string;
  /** The first version in which it can be shown. */
  readonly since: RtrVersion;
  readonly where: 'now' | 'response';
  /** Whether the connection is closed after it. */
  readonly closes: boolean;
  octets(context: FaultContext, response: Uint8Array): Uint8Array;
}

/** The octets of a PDU with a header that may lie. */
export function rawPdu(
  version: number,
  type: number,
  x: number,
  body: Uint8Array,
  length = 8 + body.length,
): Uint8Array {
  const out = new Uint8Array(8 + body.length);
  const view = new DataView(out.buffer);
  out[0] = version;
  out[1] = type;
  view.setUint16(2, x);
  view.setUint32(4, length);
  out.set(body, 8);
  return out;
}

/** The response with `extra` before its End of Data. */
export function beforeEnd(version: RtrVersion, response: Uint8Array, extra: Uint8Array): Uint8Array {
  const end = response.length - (version === 0 ? 12 : 24);
  return concatOctets([response.subarray(0, end), extra, response.subarray(end)]);
}
