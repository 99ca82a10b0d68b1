import type { Writer } from '../../bytes/index.js';
import { PDU_TYPE, writeHeader } from './header.js';

/** Cache Reset (8210bis §5.6): the cache cannot tell the changes since the serial that was asked about. */
export interface CacheReset {
  readonly type: 'cache-reset';
}

/** Writes the whole PDU. */
export function encodeCacheReset(writer: Writer, version: number): void {
  writeHeader(writer, version, PDU_TYPE.cacheReset, 0, 8);
}

/** The PDU has no body, and its zero field is ignored. */
export function decodeCacheReset(): CacheReset {
  return { type: 'cache-reset' };
}
