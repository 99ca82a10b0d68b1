import { createPayloadSet } from '../../payload/index.js';
import { writeRpkiClientJson } from '../../rpki/payloads.js';
import type { Entries } from './entries.js';

/** Payloads as the JSON of rpki-client. */
export function jsonOf(entries: Entries): string {
  return writeRpkiClientJson(createPayloadSet(entries));
}
