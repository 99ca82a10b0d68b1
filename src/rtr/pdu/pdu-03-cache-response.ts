import type { Writer } from '../../bytes/index.js';
import { PDU_TYPE, writeHeader } from './header.js';

/** Cache Response (8210bis §5.5): payload PDUs and an End of Data follow. */
export interface CacheResponse {
  readonly type: 'cache-response';
  readonly sessionId: number;
}

/** Writes the whole PDU. */
export function encodeCacheResponse(writer: Writer, version: number, pdu: CacheResponse): void {
  writeHeader(writer, version, PDU_TYPE.cacheResponse, pdu.sessionId, 8);
}

/** The PDU has no body. */
export function decodeCacheResponse(x: number): CacheResponse {
  return { type: 'cache-response', sessionId: x };
}
