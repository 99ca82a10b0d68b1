import { concatOctets, writeU32 } from '../../bytes/index.js';
import type { RtrVersion } from '../pdu/format.js';

/** The octets of a PDU with a header that may lie. */
export function rawPdu(
  version: number,
  type: number,
  x: number,
  body: Uint8Array,
  length = 8 + body.length,
): Uint8Array {
  const header = Uint8Array.of(version, type, x >> 8, x, 0, 0, 0, 0);
  writeU32(header, 4, length);
  return concatOctets([header, body]);
}

/** The response with `extra` before its End of Data. */
export function beforeEnd(version: RtrVersion, response: Uint8Array, extra: Uint8Array): Uint8Array {
  const end = response.length - (version === 0 ? 12 : 24);
  return concatOctets([response.subarray(0, end), extra, response.subarray(end)]);
}
