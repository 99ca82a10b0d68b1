import { DecodeError } from '../bytes/index.js';
import { Collector } from './collector.js';
import { readJson } from './json/read-json.js';
import type { PayloadFile, ReadOptions } from './payload-file.js';
import { isBird, readBird } from './text/bird-reader.js';
import { isCsv, readCsv } from './text/csv-reader.js';
import { linesOf } from './text/lines.js';
import { isOpenBgpd, readOpenBgpd } from './text/openbgpd-reader.js';
import { isSrxScript, readSrxScript } from './text/srx-reader.js';

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
  const collector = new Collector(options);
  for (const { line } of linesOf(text)) {
    if (line === '' || line.startsWith('#')) continue;
    // The first line that says anything decides.
    if (line.startsWith('{') || line.startsWith('[')) return readJson(text, collector);
    if (isCsv(line)) return readCsv(text, collector);
    if (isOpenBgpd(line)) return readOpenBgpd(text, collector);
    if (isSrxScript(line)) return readSrxScript(text, collector);
    if (isBird(line)) return readBird(text, collector);
    throw new DecodeError('unknown-dialect', 'text, but no RPKI payloads', { field: 'text', offset: 0 });
  }
  throw new DecodeError('empty-file', 'nothing but blanks and comments', { field: 'text', offset: 0 });
}
