import { DecodeError, ownText } from '../../bytes/index.js';
import { parseAsn } from '../../inet/index.js';
import type { Collector } from '../collector.js';
import { readMaxLength } from '../json/max-length.js';
import { readTa } from '../json/members.js';
import { vrpOf } from '../json/vrp-of.js';
import type { PayloadFile } from '../payload-file.js';
import { createPrefixScanner } from '../scan-prefix.js';
import { readTime } from '../time-text.js';
import { fieldsOf } from './csv-fields.js';
import { type CsvColumn, type CsvHeader, csvHeader } from './csv-header.js';
import { linesOf } from './lines.js';

const MAX_LENGTH = /^(?:0|[1-9][0-9]{0,2})$/;

/**
 * Whether the line begins a CSV file of VRPs: Routinator's `csv`, `csvcompat` and `csvext`, those of rpki-client, FORT and
 * RIPE's validator, and rows without a header.
 */
export function isCsv(line: string): boolean {
  return csvHeader(line) !== undefined;
}

/** Reads CSV by its first line ({@link csvHeader}). Other columns are passed over; rows with more or fewer are reported. */
export function readCsv(text: string, collector: Collector): PayloadFile {
  const scan = createPrefixScanner();
  let header: CsvHeader | undefined;
  for (const { line, number } of linesOf(text)) {
    if (line === '' || line.startsWith('#')) continue;
    if (!header) {
      header = csvHeader(line);
      if (!header?.isRow) continue;
    }
    const { places, least, most } = header;
    try {
      const values = fieldsOf(line);
      if (values.length < least || values.length > most) {
        throw new DecodeError(
          'csv-columns',
          `${values.length} columns where ${least === most ? most : `${least} to ${most}`} belong`,
        );
      }
      const column = (name: CsvColumn): string | undefined => {
        const place = places[name];
        const value = place === undefined ? undefined : values[place];
        return value === '' || value === 'N/A' ? undefined : value;
      };
      const prefix = scan(column('prefix') ?? '');
      const maxLength = column('maxLength');
      if (maxLength !== undefined && !MAX_LENGTH.test(maxLength)) {
        throw new DecodeError('max-length-syntax', 'a maxLength is a whole number', { field: 'maxLength' });
      }
      const expires = expiryOf(column('expires'));
      const name = readTa(column('ta'));
      const ta = name && ownText(name);
      collector.add(
        'vrps',
        vrpOf(
          prefix,
          readMaxLength(maxLength === undefined ? undefined : Number(maxLength), prefix),
          parseAsn(column('asn')),
          expires,
          ta,
        ),
        'line',
        number,
      );
    } catch (error) {
      collector.skip(error, 'line', number);
    }
  }
  return collector.finish(header?.dialect ?? 'csv');
}

/** Routinator writes a date, rpki-client seconds. */
function expiryOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  return /^[0-9]{1,12}$/.test(text) ? Number(text) : readTime(text, 'expires');
}
