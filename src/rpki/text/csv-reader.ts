import { DecodeError } from '../../bytes/index.js';
import { parseAsn } from '../../inet/index.js';
import type { Collector } from '../collector.js';
import { readTa } from '../json/members.js';
import { readMaxLength } from '../json/vrp-record.js';
import type { PayloadFile } from '../payload-file.js';
import { createPrefixScanner } from '../scan-prefix.js';
import { readTime } from '../time-text.js';
import { linesOf } from './lines.js';

const MAX_LENGTH = /^(?:0|[1-9][0-9]{0,2})$/;

/** Whether the line heads a CSV file of VRPs: Routinator's `csv` and `csvext`, rpki-client's `csv`. */
export function isCsv(line: string): boolean {
  const columns = line.split(',');
  return ['ASN', 'IP Prefix', 'Max Length'].every((name) => columns.includes(name));
}

/** Reads CSV by the names in its header: `ASN`, `IP Prefix`, `Max Length`, and if there `Trust Anchor` and the expiry. */
export function readCsv(text: string, collector: Collector): PayloadFile {
  const scan = createPrefixScanner();
  let columns: string[] | undefined;
  for (const { line, number } of linesOf(text)) {
    if (line === '' || line.startsWith('#')) continue;
    if (!columns) {
      columns = line.split(',');
      continue;
    }
    try {
      const values = line.split(',');
      if (values.length !== columns.length) {
        throw new DecodeError(
          'csv-columns',
          `${values.length} columns where the header has ${columns.length}`,
        );
      }
      const names = columns;
      const column = (name: string): string | undefined => {
        const value = values[names.indexOf(name)];
        return value === '' || value === 'N/A' ? undefined : value;
      };
      const prefix = scan(column('IP Prefix') ?? '');
      const maxLength = column('Max Length');
      if (maxLength !== undefined && !MAX_LENGTH.test(maxLength)) {
        throw new DecodeError('max-length-syntax', 'a maxLength is a whole number', { field: 'maxLength' });
      }
      const expires = expiryOf(column('Not After') ?? column('Expires'));
      const ta = readTa(column('Trust Anchor'));
      collector.vrp({
        prefix,
        maxLength: readMaxLength(maxLength === undefined ? undefined : Number(maxLength), prefix),
        asn: parseAsn(column('ASN')),
        ...(expires === undefined ? {} : { expires }),
        ...(ta === undefined ? {} : { ta }),
      });
    } catch (error) {
      collector.skip(error, 'line', number);
    }
  }
  return collector.finish('routinator-csv');
}

/** Routinator writes a date, rpki-client seconds. */
function expiryOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  return /^[0-9]{1,12}$/.test(text) ? Number(text) : readTime(text, 'expires');
}
