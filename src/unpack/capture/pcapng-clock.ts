import type { ByteOrder } from './byte-order.js';

/** The time that two halves of a counter stand for. */
export type Clock = (
  high: number,
  low: number,
) => { readonly seconds: number; readonly microseconds: number };

/** Options of an Interface Description Block (draft-ietf-opsawg-pcapng §4.2). */
const END_OF_OPTIONS = 0;
const RESOLUTION = 9;
const OFFSET = 14;
/** Where they stand, and what stands behind them: the length of the block. */
const OPTIONS_AT = 16;
const BEHIND = 4;

const MILLION = 1_000_000n;

/** The clock of the interface that a whole Interface Description Block describes. */
export function clockOf(record: Uint8Array, order: ByteOrder): Clock {
  let unitsPerSecond = MILLION;
  let offset = 0n;
  const end = record.length - BEHIND;
  for (let at = OPTIONS_AT; at + 4 <= end; ) {
    const code = order.u16(record, at);
    const length = order.u16(record, at + 2);
    const value = at + 4;
    if (code === END_OF_OPTIONS || value + length > end) break;
    if (code === RESOLUTION && length === 1) unitsPerSecond = unitsOf(record[value] as number);
    if (code === OFFSET && length === 8) offset = BigInt.asIntN(64, counterAt(record, value, order));
    at = value + length + (-length & 3);
  }
  return (high, low) => {
    const units = (BigInt(high) << 32n) | BigInt(low);
    const seconds = Number(units / unitsPerSecond + offset);
    const microseconds = Number(((units % unitsPerSecond) * MILLION) / unitsPerSecond);
    // A time before 1970 or beyond all years is none.
    return seconds >= 0 && seconds <= MAX_SECONDS ? { seconds, microseconds } : { seconds: 0, microseconds };
  };
}

/** NON-SPEC: the last second that a date of JavaScript can have. */
const MAX_SECONDS = 8_640_000_000_000;

/** `if_tsresol`: a negative power of ten, or of two where the highest bit is set. */
function unitsOf(resolution: number): bigint {
  const exponent = BigInt(resolution & 0x7f);
  return (resolution & 0x80 ? 2n : 10n) ** exponent;
}

/** The eight octets of an option in the byte order of the section. */
function counterAt(record: Uint8Array, at: number, order: ByteOrder): bigint {
  const halves = [order.u32(record, at), order.u32(record, at + 4)].map(BigInt) as [bigint, bigint];
  const [high, low] = order.u16(Uint8Array.of(0, 1), 0) === 1 ? halves : halves.reverse();
  return ((high as bigint) << 32n) | (low as bigint);
}
