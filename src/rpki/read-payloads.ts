import { DecodeError } from '../bytes/index.js';
import { Collector } from './collector.js';
import type { PayloadFile, ReadOptions } from './payload-file.js';
import { firstLine, payloadFileKindOf, payloadFormatOf } from './payload-formats.js';

/**
 * Reads validated payloads in any of the dialects in circulation, told apart by content:
 * JSON of rpki-client (old, new and filemode; Cloudflare, bgpipe and StayRTR write the same members) and of Routinator
 * (`json`, `jsonext`), OpenBGPD `aspa-set` and `roa-set`, BIRD `route` statements, CSV of Routinator, rpki-client,
 * FORT, RIPE's validator or without a header, and NIST BGP-SRx scripts. Records that cannot be used are reported and skipped; unknown members are ignored.
 * NON-SPEC: the dialects of relying parties.
 *
 * @throws {DecodeError} when the text as a whole is of no dialect or is cut off, and in strict mode for the first
 * problem.
 */
export function readPayloads(text: string, options: ReadOptions = {}): PayloadFile {
  const line = firstLine(text);
  if (line === undefined) {
    throw new DecodeError('empty-file', 'nothing but blanks and comments', { field: 'text', offset: 0 });
  }
  const format = payloadFormatOf(line);
  if (format === undefined) {
    const kind = payloadFileKindOf(text);
    const what = kind === undefined ? 'text' : `${kind.holds} (${kind.title})`;
    throw new DecodeError('unknown-dialect', `${what}, but no RPKI payloads`, { field: 'text', offset: 0 });
  }
  return format.read(text, new Collector(options));
}
