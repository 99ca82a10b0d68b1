import { bare } from '../json/spellings.js';
import type { PayloadDialect } from '../payload-file.js';
import { fieldsOf } from './csv-fields.js';

/** What a column holds. */
export type CsvColumn = 'asn' | 'prefix' | 'maxLength' | 'ta' | 'expires';

/** The columns of a file that are read, by place, and how many there are. */
export interface CsvHeader {
  readonly dialect: PayloadDialect;
  readonly places: Readonly<Partial<Record<CsvColumn, number>>>;
  /** Columns of every row; the last ones may be missing where the file has no header. */
  readonly most: number;
  readonly least: number;
  /** Whether the line is itself a row. */
  readonly isRow: boolean;
}

/** Names of columns, in small letters and without blanks: of Routinator, rpki-client, RIPE's validator, FORT. */
const NAMES: Readonly<Record<string, CsvColumn>> = {
  asn: 'asn',
  ipprefix: 'prefix',
  prefix: 'prefix',
  maxlength: 'maxLength',
  maxlen: 'maxLength',
  maxprefixlength: 'maxLength',
  trustanchor: 'ta',
  expires: 'expires',
  notafter: 'expires',
};

const ROW = /^"?(?:AS)?[0-9]{1,10}"?\s*,\s*"?[0-9a-f.:]+\/[0-9]{1,3}"?\s*,\s*"?[0-9]{0,3}"?\s*(?:,|$)/i;

/**
 * How to read a CSV file of VRPs by its first line: a header that names ASN, prefix and maxLength in any order, or a row
 * of them in that order with trust anchor and expiry behind (docs/decisions/rpki-files.md D-csv-without-header).
 * Undefined for anything else.
 */
export function csvHeader(line: string): CsvHeader | undefined {
  if (ROW.test(line)) {
    const places = { asn: 0, prefix: 1, maxLength: 2, ta: 3, expires: 4 };
    return { dialect: 'csv', places, least: 3, most: 5, isRow: true };
  }
  if (!/^"?[a-z]/i.test(line) || !line.includes(',')) return undefined;
  let names: string[];
  try {
    names = fieldsOf(line);
  } catch {
    return undefined;
  }
  const places: Partial<Record<CsvColumn, number>> = {};
  for (const [place, name] of names.entries()) {
    const column = Object.hasOwn(NAMES, bare(name)) ? NAMES[bare(name)] : undefined;
    if (column === undefined) continue;
    if (places[column] !== undefined) return undefined; // which of the two counts?
    places[column] = place;
  }
  const { asn, prefix, maxLength } = places;
  if (asn === undefined || prefix === undefined || maxLength === undefined) return undefined;
  const dialect = bare(names[maxLength] ?? '') === 'maxlength' ? 'routinator-csv' : 'fort-csv';
  return { dialect, places, least: names.length, most: names.length, isRow: false };
}
