import type { DecodeError } from '../bytes/index.js';
import type { Emitter } from './emitter.js';
import type { ReadSummary } from './summary.js';

/** Octets of the longest record, and of the longest line, where the options say nothing else. */
export const DEFAULT_MAX_RECORD_LENGTH = 1 << 24;

/** A reader that is fed with octets and calls back; it does no input or output itself. */
export interface RouteReader {
  /** The next octets of the input, in pieces of any size. */
  push(chunk: Uint8Array): void;
  /** The input ends here; for the reason `cause` when it could not be read on. */
  end(cause?: DecodeError): void;
  readonly summary: ReadSummary;
}

/** One problem for an input that broke off; the record it broke is not a second one. */
export function reportEnd({ problem, source, summary }: Emitter, cause: DecodeError): void {
  const { code, message, field, offset = 0 } = cause;
  summary.cutOff = { code, message, field, offset, number: source.number };
  problem(summary.cutOff);
}
