import { createWriter, readU32 } from '../../bytes/index.js';
import { expectLength } from './attribute-fault.js';

/** Type code of MULTI_EXIT_DISC (RFC 4271 §5.1.4). */
export const ATTR_MULTI_EXIT_DISC = 4;

/**
 * Decodes the value `octets[start, end)`, an unsigned 32-bit metric.
 *
 * @throws {BgpError} treat-as-withdraw (RFC 7606 §7.4): `multi-exit-disc-length`.
 */
export function decodeMultiExitDisc(octets: Uint8Array, start = 0, end = octets.length): number {
  expectLength(ATTR_MULTI_EXIT_DISC, 'multi-exit-disc', start, end, 4);
  return readU32(octets, start);
}

/** The attribute value, 4 octets. RFC 4271 §5.1.4. */
export function encodeMultiExitDisc(metric: number): Uint8Array {
  return createWriter().u32(metric, 'multi-exit-disc').finish();
}
