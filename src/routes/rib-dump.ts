import { readU16 } from '../bytes/index.js';
import { octetFormatOf } from './formats.js';
import { TABLE_DUMP, TABLE_DUMP_V2 } from './mrt/mrt-types.js';
import { RECORD_HEADER } from './mrt/record-splitter.js';

/** Whether an input that begins so is read as a RIB dump, which `createRibCutter` can cut. */
export function isRibDump(head: Uint8Array): boolean {
  if (head.length < RECORD_HEADER || octetFormatOf(head)?.name !== 'mrt') return false;
  const type = readU16(head, 4);
  return type === TABLE_DUMP_V2 || type === TABLE_DUMP;
}
