import type { Reader, Writer } from '../../bytes/index.js';
import { ERROR_CODE } from './error-code.js';
import { MAX_PDU_LENGTH } from './format.js';
import { PDU_TYPE, writeHeader } from './header.js';
import { RtrError } from './rtr-error.js';

/** Error Report (8210bis §5.8). */
export interface ErrorReport {
  readonly type: 'error-report';
  readonly errorCode: number;
  /** The PDU that was wrong, perhaps cut; empty for an error that no PDU caused. Never to be parsed on trust. */
  readonly erroneousPdu: Uint8Array;
  /** Untrusted; octets that are not UTF-8 read as U+FFFD. */
  readonly text: string;
}

/** Octets of the diagnostic text that are sent at most; NON-SPEC, so that a report always fits. */
const MAX_TEXT = 1024;

/** Writes the whole PDU; the text, then the enclosed PDU, are cut so that the report fits {@link MAX_PDU_LENGTH}. */
export function encodeErrorReport(writer: Writer, version: number, pdu: ErrorReport): void {
  const text = cutUtf8(new TextEncoder().encode(pdu.text), MAX_TEXT);
  const enclosed = pdu.erroneousPdu.subarray(0, MAX_PDU_LENGTH - 16 - text.length);
  writeHeader(writer, version, PDU_TYPE.errorReport, pdu.errorCode, 16 + enclosed.length + text.length);
  writer.u32(enclosed.length, 'encapsulated-length').bytes(enclosed);
  writer.u32(text.length, 'text-length').bytes(text);
}

/**
 * Reads the body that follows a checked header. The text is read leniently, the lengths are not.
 *
 * @throws {RtrError} `rtr-error-report` when the two lengths do not fill the PDU exactly; it must not be answered.
 */
export function decodeErrorReport(x: number, body: Reader): ErrorReport {
  const encapsulated = body.u32('encapsulated-length');
  if (encapsulated > body.remaining - 4) throw lengths('encapsulated-length', body.offset - 4);
  const erroneousPdu = body.bytes(encapsulated, 'erroneous-pdu').slice();
  const textLength = body.u32('text-length');
  if (textLength !== body.remaining) throw lengths('text-length', body.offset - 4);
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(body.bytes(textLength, 'text'));
  return { type: 'error-report', errorCode: x, erroneousPdu, text };
}

function lengths(field: string, offset: number): RtrError {
  const message = 'the inner lengths of the Error Report do not fill it';
  return new RtrError(ERROR_CODE.corruptData, 'rtr-error-report', message, { field, offset });
}

/** The longest start of `octets` within `max` that does not cut a UTF-8 sequence. */
function cutUtf8(octets: Uint8Array, max: number): Uint8Array {
  if (octets.length <= max) return octets;
  let end = max;
  while (end > 0 && ((octets[end] as number) & 0xc0) === 0x80) end--;
  return octets.subarray(0, end);
}
