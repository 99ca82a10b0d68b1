import { isBird } from './text/bird-reader.js';
import { isCsv } from './text/csv-reader.js';
import { linesOf } from './text/lines.js';
import { isOpenBgpd } from './text/openbgpd-reader.js';
import { isSrxScript } from './text/srx-reader.js';

/** Members that only files of payloads have, and the one of SLURM (RFC 8416 §3.2). */
const PAYLOADS = /"(?:roas|aspas|provider_authorizations|bgpsec_keys|routerKeys)"\s*:/;
const SLURM = /"slurmVersion"\s*:/;

/**
 * What kind of payload file a text begins like, in words for a message, or undefined. Its beginning is enough; JSON is
 * told by the names of its lists. NON-SPEC: for a reader of something else that wants to say what it got instead.
 */
export function payloadsByBeginning(text: string): string | undefined {
  for (const { line } of linesOf(text)) {
    if (line === '' || line.startsWith('#')) continue;
    if (line.startsWith('{') || line.startsWith('[')) {
      if (SLURM.test(text)) return 'local exceptions (SLURM)';
      return PAYLOADS.test(text) ? 'payloads (JSON)' : undefined;
    }
    if (isCsv(line)) return 'payloads (CSV)';
    if (isOpenBgpd(line)) return 'payloads (OpenBGPD)';
    if (isSrxScript(line)) return 'payloads (BGP-SRx)';
    return isBird(line) ? 'payloads (BIRD)' : undefined;
  }
  return undefined;
}
