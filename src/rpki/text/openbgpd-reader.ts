import { DecodeError } from '../../bytes/index.js';
import type { Collector } from '../collector.js';
import type { PayloadFile } from '../payload-file.js';
import { createPrefixScanner } from '../scan-prefix.js';
import { readAspaEntry, readRoaEntry } from './openbgpd-entries.js';
import { tokensOf } from './openbgpd-tokens.js';

/** Words of one entry, which stand in memory together: room for a million providers with families. */
const LONGEST = 1 << 21;

/** Whether the line may begin the sets of an OpenBGPD configuration. */
export function isOpenBgpd(line: string): boolean {
  return /^(?:aspa-set|roa-set)\b/.test(line);
}

/**
 * Reads the `aspa-set` and `roa-set` blocks of an OpenBGPD configuration; several of one kind merge. Anything outside
 * of them is reported.
 *
 * @throws {DecodeError} `openbgpd-truncated` when the text ends inside a set, `entry-length` for an entry without end.
 */
export function readOpenBgpd(text: string, collector: Collector): PayloadFile {
  const scan = createPrefixScanner();
  let set: 'aspa-set' | 'roa-set' | undefined;
  let depth = 0; // open braces
  let entry: string[] = [];
  let begun = 0; // line of the entry
  let reported = 0; // line of the last report outside of sets
  const finishEntry = (): void => {
    if (entry.length === 0) return;
    try {
      if (set === 'aspa-set') collector.add('aspas', readAspaEntry(entry), 'line', begun);
      else collector.add('vrps', readRoaEntry(entry, scan), 'line', begun);
    } catch (error) {
      collector.skip(error, 'line', begun);
    }
    entry = [];
  };
  for (const { text: token, line } of tokensOf(text)) {
    if (depth === 0) {
      if (token === 'aspa-set' || token === 'roa-set') {
        set = token;
      } else if (token === '{' && set) {
        depth = 1;
      } else {
        set = undefined;
        if (line !== reported) collector.problems.report('openbgpd-syntax', 'not inside a set', 'line', line);
        reported = line;
      }
    } else if (depth === 1 && token === '}') {
      finishEntry();
      depth = 0;
      set = undefined;
    } else {
      if (depth === 1 && (set === 'aspa-set' ? token === 'customer-as' : token.includes('/'))) finishEntry();
      if (token === '{') depth++;
      if (token === '}') depth--;
      if (entry.length === 0) begun = line;
      entry.push(token);
      if (entry.length > LONGEST) {
        throw new DecodeError('entry-length', `more than ${LONGEST} words in an entry`, {
          field: `line[${line}]`,
        });
      }
    }
  }
  if (depth > 0 || set)
    throw new DecodeError('openbgpd-truncated', 'the text ends inside a set', { field: 'text' });
  return collector.finish('openbgpd');
}
