import type { Writer } from '../../bytes/index.js';
import { PDU_TYPE, writeHeader } from './header.js';

/** Reset Query (8210bis §5.4): the router asks for the whole current database. */
export interface ResetQuery {
  readonly type: 'reset-query';
}

/** Writes the whole PDU. */
export function encodeResetQuery(writer: Writer, version: number): void {
  writeHeader(writer, version, PDU_TYPE.resetQuery, 0, 8);
}

/** The PDU has no body, and its zero field is ignored. */
export function decodeResetQuery(): ResetQuery {
  return { type: 'reset-query' };
}
