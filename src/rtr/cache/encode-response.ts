import type { RtrFormat } from '../pdu/format.js';
import { encodePdu } from '../pdu/pdu.js';
import type { Timing } from '../pdu/timing.js';
import { type PayloadChanges, RTR } from '../rtr-kinds.js';

/** What frames a response. */
export interface ResponseFrame {
  readonly format: RtrFormat;
  readonly sessionId: number;
  readonly serial: number;
  readonly timing: Timing;
}

/**
 * A whole response in one array: Cache Response, payload PDUs in the order of 8210bis §11.2 (in every version, as
 * it recommends), End of Data. Types that the version lacks are left out.
 */
export function encodeResponse(changes: PayloadChanges, frame: ResponseFrame): Uint8Array {
  const { format, sessionId, serial, timing } = frame;
  const { version } = format;
  const head = encodePdu({ type: 'cache-response', sessionId }, version);
  const payload = RTR.encode(changes, format);
  const end = encodePdu({ type: 'end-of-data', sessionId, serial, timing }, version);
  const out = new Uint8Array(head.length + payload.length + end.length);
  out.set(head);
  payload.write(out, head.length);
  out.set(end, head.length + payload.length);
  return out;
}
