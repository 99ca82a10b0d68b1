import { DecodeError } from '../../bytes/index.js';
import { parseAsn } from '../../inet/index.js';
import type { Collector } from '../collector.js';
import { readAspa } from '../json/aspa-record.js';
import type { PayloadFile } from '../payload-file.js';
import { linesOf } from './lines.js';

/** Characters of a line: room for a million providers. */
const LONGEST = 1 << 24;

/** Whether the line is of a script for the RTR test cache of NIST's BGP-SRx. */
export function isSrxScript(line: string): boolean {
  return /^addASPA\s/.test(line);
}

/** Reads `addASPA 0 CUSTOMER PROVIDER...` lines; other commands are reported and skipped. */
export function readSrxScript(text: string, collector: Collector): PayloadFile {
  for (const { line, number } of linesOf(text)) {
    if (line === '' || line.startsWith('#')) continue;
    try {
      if (line.length > LONGEST) throw new DecodeError('line-length', `a line of ${line.length} characters`);
      const [command, zero, customer, ...providers] = line.split(/\s+/);
      if (command !== 'addASPA' || zero !== '0') {
        throw new DecodeError('srx-syntax', 'not of the form addASPA 0 CUSTOMER PROVIDER...');
      }
      const aspa = readAspa({ customer: parseAsn(customer), providers });
      collector.add('aspas', aspa, 'line', number);
    } catch (error) {
      collector.skip(error, 'line', number);
    }
  }
  return collector.finish('srx-script');
}
