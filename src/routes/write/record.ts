import { createWriter, type Writer } from '../../bytes/index.js';
import { BGP4MP, BGP4MP_ET } from '../mrt/mrt-types.js';

/** When an MRT record was made: seconds since 1970, and microseconds within the second for the _ET types. */
export interface MrtTime {
  readonly time: number;
  readonly microseconds?: number | undefined;
}

/**
 * An MRT record (RFC 6396 §2) with what `body` writes as its message. A BGP4MP record with microseconds becomes
 * BGP4MP_ET, whose length includes them (§3).
 *
 * @throws {RangeError} for a number outside its field, or microseconds of a type that cannot have them.
 */
export function encodeMrtRecord(
  { time, microseconds }: MrtTime,
  type: number,
  subtype: number,
  body: (writer: Writer) => void,
): Uint8Array {
  if (microseconds !== undefined && (type !== BGP4MP || !(microseconds >= 0 && microseconds < 1_000_000))) {
    throw new RangeError(`${microseconds} microseconds in a record of type ${type}`);
  }
  const writer = createWriter();
  writer.u32(time, 'mrt.time').u16(microseconds === undefined ? type : BGP4MP_ET, 'mrt.type');
  writer.u16(subtype, 'mrt.subtype');
  writer.sized(4, 'mrt.length', (message) => {
    if (microseconds !== undefined) message.u32(microseconds, 'mrt.microseconds');
    body(message);
  });
  return writer.finish();
}
